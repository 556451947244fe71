import { renderModal } from '../../bot/discord/modal.ts'
import { renderView } from '../../bot/discord/render.ts'
import type { Answer, Outgoing, Platform } from '../../bot/platform.ts'
import { writeText } from '../../bot/signal/text.ts'
import { drawForm } from '../../bot/slack/form.ts'
import { drawMessages } from '../../bot/slack/message.ts'
import { begin, hear } from '../../commands/conversation.ts'
import type { OpenForm, Values } from '../../commands/form.ts'
import type { Reader } from '../../workflows/text/say.ts'
import { ground, type House, noon, openHouse } from '../house.ts'
import { discordMessage, discordModal } from './discord.ts'
import type { Page } from './page.ts'
import { type Bubble, signalChat } from './signal.ts'
import { slackMessage, slackModal } from './slack.ts'

const words = {
  en: 'The polls in Maricopa County stay open until 21:00. Whoever is in line by then may vote. Questions: {hotline}.',
  es: 'Las urnas del condado de Maricopa siguen abiertas hasta las 21:00. Quien esté en la fila puede votar. Preguntas: {hotline}.',
}
const draft = { whom: 'AZ and GA, rooms of AZ', ...words, urgency: 'urgent', answer: 'got-it' }

/** What coordinators, leaders and everybody else see of one broadcast on each tool, by the name of the picture. */
export async function castPictures(): Promise<Record<string, Page>> {
  const at = ground()
  const sent: Outgoing[] = []
  const heard = (platform: Platform): Platform => ({
    ...platform,
    post: async (to, message) => {
      sent.push(message)
      return platform.post(to, message)
    },
  })
  const house = await openHouse(at, noon, { between: heard })
  const opened = await house.only('magpie', '/broadcast new')
  if (opened.reply.type !== 'form') throw new Error('no form')
  const first = await house.fill('magpie', '/broadcast new', draft)
  const filled = await screen(house, 'magpie', pressable(first).about, { values: 'hotline = 602-555-0134' })
  await house.press('magpie', pressable(filled).submit ?? '')
  const asked = newest(sent, 'en', 'approval.title')
  const seen = await house.type('eagle', '/broadcast B-0001')
  await house.press('eagle', pressable(seen).approve ?? '')
  await house.pass(1)
  const [english, spanish] = [newest(sent, 'en', 'words', /Maricopa/), newest(sent, 'es', 'words', /Maricopa/)]
  await house.press('heron', 'answer:B-0001:got-it')
  await house.press('kestrel', 'answer:B-0001:got-it')
  await house.write('wren', 'recibido', null)
  const going = seenIn(await house.type('magpie', '/broadcast B-0001'))
  const table = seenIn(await house.type('magpie', '/broadcast B-0001 table'))
  await house.close()
  at.leave()
  const { form } = opened.reply
  return {
    'broadcast-form-slack': slackModal({ ...drawForm(form, openedAs(form), opened.reader) }),
    'broadcast-form-discord': discordModal(renderModal(form, opened.reader)),
    'broadcast-form-signal': signalChat(conversation(form, opened.reader)),
    'broadcast-preview': onSlack(seenIn(filled)),
    'broadcast-preview-signal': onSignal(seenIn(filled)),
    'broadcast-approve': onDiscord(asked),
    'broadcast-approve-signal': onSignal(asked),
    'broadcast-read-slack': onSlack(english),
    'broadcast-read-discord': onDiscord(english),
    'broadcast-read-signal': onSignal(spanish),
    'broadcast-going': onSlack(going),
    'broadcast-table': onSlack(table),
    'broadcast-table-signal': onSignal(table),
  }
}

type Sent = Pick<Outgoing, 'view' | 'reader'>

const onSlack = ({ view, reader }: Sent) => slackMessage(drawMessages(view, reader).flatMap(one => one.blocks))
const onDiscord = ({ view, reader }: Sent) => discordMessage(renderView(view, reader))
const onSignal = ({ view, reader }: Sent) =>
  signalChat(writeText(view, reader).pieces.map((text): Bubble => ({ from: 'hub', text })))

function openedAs({ id, command, about }: OpenForm) {
  return { form: id, command, about, room: null, message: null, files: [] }
}

async function screen(house: House, who: string, button: string | undefined, values: Values): Promise<Answer> {
  const opened = await house.press(who, button ?? 'nothing')
  if (opened.reply.type !== 'form') throw new Error('no screen opened')
  return house.submit(who, opened.reply.form, { ...opened.reply.form.values, ...values })
}

function pressable({ reply }: Answer): Readonly<Record<string, string>> {
  const buttons = reply.type === 'view' ? reply.view.buttons : []
  return Object.fromEntries(buttons.map(({ id }) => [id.split(':')[2]?.split('.')[0] ?? '', id]))
}

/** The newest message in that language whose title is that sentence, or that holds those words. */
function newest(sent: readonly Outgoing[], language: string, key: string, holds = /./): Outgoing {
  const found = sent.findLast(({ view, reader }) => {
    const titled = view.title && 'key' in view.title && view.title.key === key
    const says = key === 'words' && view.lines.some(line => 'text' in line && holds.test(JSON.stringify(line.text)))
    return reader.language === language && (titled || (says && !JSON.stringify(view.title).includes('approval')))
  })
  if (!found) throw new Error(`nothing was sent with ${key} in ${language}`)
  return found
}

function conversation(form: OpenForm, reader: Reader): Bubble[] {
  const bubbles: Bubble[] = []
  let turn = begin<string>(form, reader, noon)
  for (const said of [draft.whom, words.en, words.es, '2', '2']) {
    if (turn.type !== 'going') break
    bubbles.push({ from: 'hub', text: writeText(turn.view, reader).pieces[0] ?? '' }, { from: 'me', text: said })
    turn = hear(turn.state, { words: said, files: [] }, reader, noon)
  }
  if (turn.type !== 'going') throw new Error('the conversation did not come to its end')
  return [...bubbles, { from: 'hub', text: writeText(turn.view, reader).pieces[0] ?? '' }]
}

function seenIn({ reply, reader }: Answer): Sent {
  if (reply.type !== 'view') throw new Error('no view')
  return { view: reply.view, reader }
}
