import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { renderModal } from '../../bot/discord/modal.ts'
import { renderView } from '../../bot/discord/render.ts'
import type { Answer, Outgoing, Platform } from '../../bot/platform.ts'
import { writeText } from '../../bot/signal/text.ts'
import { drawForm } from '../../bot/slack/form.ts'
import { drawMessages } from '../../bot/slack/message.ts'
import { begin, hear } from '../../commands/conversation.ts'
import type { OpenForm } from '../../commands/form.ts'
import type { Reader } from '../../workflows/text/say.ts'
import { startBrowser } from '../browser.ts'
import { photo } from '../evidence.ts'
import { ground, noon, openHouse } from '../house.ts'
import { boardPictures } from './board.ts'
import { castPictures } from './cast.ts'
import { discordMessage, discordModal } from './discord.ts'
import { type Page, pageOf } from './page.ts'
import { type Bubble, signalChat } from './signal.ts'
import { slackMessage, slackModal } from './slack.ts'
import { summaryPictures } from './summary.ts'

const report = {
  what: 'Three men with rifles slung, talking to voters in line. One of them films the plates of cars. Call me at 602-555-0147.',
  where: 'corner by the Burton Barr library, Maricopa County',
  danger: 'hurt',
  contact: 'yes',
}
const other = { ...report, what: 'Flyers with a wrong date for the vote', where: 'Tucson, Pima County', danger: 'soon' }

// Draws what people see on each chat tool, from what the hub really sends there, into docs/pictures.
const folder = process.argv[2] ?? 'docs/pictures'
const only = process.argv[3]
const summaries = await summaryPictures()
for (const [name, bytes] of Object.entries(summaries.images)) {
  if (!name.startsWith(only ?? '')) continue
  writeFileSync(join(folder, `${name}.png`), bytes)
  process.stdout.write(`${name}.png\n`)
}
const all = { ...(await samples()), ...(await castPictures()), ...summaries.pages }
const pages = Object.fromEntries(Object.entries(all).filter(([name]) => name.startsWith(only ?? '')))
const browser = await startBrowser()
for (const [name, page] of Object.entries(pages)) {
  const window = await browser.open('about:blank', { width: 390, height: 300 })
  await window.setContent(pageOf(page))
  await window.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
  process.stdout.write(`${name}.png\n`)
}
if ('board'.startsWith(only ?? '') || only?.startsWith('board')) await boardPictures(browser, folder)
await browser.close()
process.exit(0)

type Seen = Pick<Outgoing, 'view' | 'reader'>

async function samples(): Promise<Record<string, Page>> {
  const at = ground()
  const sent: Outgoing[] = []
  const heard = (platform: Platform): Platform => ({
    ...platform,
    post: async (to, message) => {
      sent.push(message)
      return platform.post(to, message)
    },
    edit: async (ref, message) => {
      sent.push(message)
      return platform.edit(ref, message)
    },
  })
  const house = await openHouse(at, noon, { between: heard })
  const opened = await house.only('heron', '/report')
  await house.fill('heron', '/report', report, null, [await photo()])
  await house.fill('heron', '/report', other)
  await house.type('wren', '/claim AZ-0002')
  const card = sent.findLast(one => one.key.startsWith('card:AZ-0001') && one.reader.language === 'en')
  const receipt = sent.find(one => one.key.endsWith('told:received') || one.key.includes('AZ-0001:told:received'))
  const summary = seenIn(await house.type('eagle', '/sitrep'))
  await house.type('finch', '/claim AZ-0001')
  await house.type('magpie', '/protocol start P1 AZ-0001')
  await gatePassed(house)
  await house.pass(7)
  const checklist = sent.findLast(one => one.key.startsWith('card:AZ-0001') && one.reader.language === 'en')
  await house.close()
  at.leave()
  if (!checklist) throw new Error('no checklist stands on the card')
  if (!card || !receipt || opened.reply.type !== 'form') throw new Error('nothing was sent')
  const { form } = opened.reply
  return {
    ...drawn('card', card),
    ...drawn('checklist', checklist),
    ...drawn('receipt', receipt),
    ...drawn('summary', summary),
    ...forms(form, opened.reader),
  }
}

/** The coordinator answers the first gate, and the first step is done: then the list has begun to move. */
async function gatePassed(house: Awaited<ReturnType<typeof openHouse>>): Promise<void> {
  const asked = await house.press('owl', 'gate:AZ-0001:P1.G1')
  if (asked.reply.type !== 'form') throw new Error('the gate asks nothing')
  await house.submit('owl', asked.reply.form, { danger: 'no' })
  await house.press('owl', 'step:AZ-0001:P1.1.0.done')
}

function drawn(name: string, { view, reader }: Seen): Record<string, Page> {
  return {
    [`slack-${name}`]: slackMessage(drawMessages(view, reader).flatMap(one => one.blocks)),
    [`discord-${name}`]: discordMessage(renderView(view, reader)),
    [`signal-${name}`]: signalChat(writeText(view, reader).pieces.map((text): Bubble => ({ from: 'hub', text }))),
  }
}

function forms(form: OpenForm, reader: Reader): Record<string, Page> {
  const { id, command, about } = form
  const opened = { form: id, command, about, room: null, message: null, files: [] }
  return {
    'slack-form': slackModal({ ...drawForm(form, opened, reader) }),
    'discord-form': discordModal(renderModal(form, reader)),
    'signal-form': signalChat(asked(form, reader)),
  }
}

/** The same form as a conversation: what the hub asks, and what somebody answers. */
function asked(form: OpenForm, reader: Reader): Bubble[] {
  const bubbles: Bubble[] = []
  let turn = begin<string>(form, reader, noon)
  for (const words of [report.what, report.where, '2', '1']) {
    if (turn.type !== 'going') break
    const [text = ''] = writeText(turn.view, reader).pieces
    bubbles.push({ from: 'hub', text }, { from: 'me', text: words })
    turn = hear(turn.state, { words, files: [] }, reader, noon)
  }
  if (turn.type !== 'going') throw new Error('the conversation did not come to its end')
  return [...bubbles, { from: 'hub', text: writeText(turn.view, reader).pieces[0] ?? '' }]
}

function seenIn({ reply, reader }: Answer): Seen {
  if (reply.type !== 'view') throw new Error('no view')
  return { view: reply.view, reader }
}
