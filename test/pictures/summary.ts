import { renderView } from '../../bot/discord/render.ts'
import { createDrawer } from '../../bot/picture/drawer.ts'
import type { Answer, Image } from '../../bot/platform.ts'
import { writeText } from '../../bot/signal/text.ts'
import { drawMessages } from '../../bot/slack/message.ts'
import type { Picture } from '../../workflows/drawing.ts'
import { editions } from '../../workflows/edition.ts'
import type { Reader } from '../../workflows/text/say.ts'
import type { View } from '../../workflows/view.ts'
import { ground, openHouse } from '../house.ts'
import { morning, playSample } from './day.ts'
import { discordMessage } from './discord.ts'
import type { Page } from './page.ts'
import { signalChat } from './signal.ts'
import { slackMessage } from './slack.ts'

type Seen = { readonly view: View; readonly reader: Reader; readonly image: Image | null }

/** The summary of the sample day in each edition and on each tool, its preview, and its pictures, by file name. */
export async function summaryPictures(): Promise<{ pages: Record<string, Page>; images: Record<string, Uint8Array> }> {
  const at = ground()
  await playSample(at)
  const house = await openHouse(at, morning)
  const drawer = createDrawer()
  const pages: Record<string, Page> = {}
  const images: Record<string, Uint8Array> = {}
  const draw = async (picture: Picture, language: Reader['language']): Promise<Image> => {
    const bytes = await drawer.draw(picture.drawing, { language })
    return { bytes, name: 'summary.png', alt: picture.alt[language] ?? '', held: 'F1' }
  }
  const ask = async (who: string, words: string, language: Reader['language'] = 'en'): Promise<Seen> => {
    const { view, reader } = seenIn(await house.type(who, `/sitrep ${words}`))
    const own = { ...reader, language }
    return { view, reader: own, image: view.picture ? await draw(view.picture, language) : null }
  }
  for (const edition of editions) {
    const seen = await ask(edition === 'response' ? 'owl' : 'eagle', `all 24h ${edition}`)
    // What leaves is shown first with what it holds back; the words that go out stand beneath the line.
    const cut = seen.view.lines.findIndex(line => line.type === 'rule')
    const outside = edition === 'partner' || edition === 'public'
    const told = outside
      ? { ...seen, view: { ...seen.view, lines: seen.view.lines.slice(cut + 1), buttons: [] } }
      : seen
    Object.assign(pages, onEach(`summary-${edition}`, told))
    if (outside) pages[`summary-${edition}-preview`] = onSlack({ ...seen, image: null })
    if (told.image && edition === 'leadership') images['summary-leadership'] = told.image.bytes
  }
  pages['summary-spanish'] = onSignal(await ask('eagle', 'all 24h leadership', 'es'))
  for (const [name, words] of [
    ['map', 'AZ 72h map'],
    ['map-dark', 'all 24h map dark'],
    ['trend', 'all trend'],
  ] as const) {
    const { image } = await ask('owl', words)
    if (image) images[`summary-${name}`] = image.bytes
  }
  drawer.stop()
  await house.close()
  at.leave()
  return { pages, images }
}

function onEach(name: string, seen: Seen): Record<string, Page> {
  return { [`${name}-slack`]: onSlack(seen), [`${name}-discord`]: onDiscord(seen), [`${name}-signal`]: onSignal(seen) }
}

const onSlack = ({ view, reader, image }: Seen) =>
  slackMessage(
    drawMessages(view, reader, image ?? undefined).flatMap(one => one.blocks),
    image ?? undefined,
  )
const onDiscord = ({ view, reader, image }: Seen) =>
  discordMessage(renderView(view, reader, image ?? undefined).flat(), image ?? undefined)
const onSignal = ({ view, reader, image }: Seen) => {
  const pieces = writeText(view, reader).pieces
  return signalChat(pieces.map((text, at) => ({ from: 'hub' as const, text, ...(at === 0 && image ? { image } : {}) })))
}

function seenIn({ reply, reader }: Answer) {
  if (reply.type !== 'view') throw new Error(`no view: ${JSON.stringify(reply).slice(0, 300)}`)
  return { view: reply.view, reader }
}
