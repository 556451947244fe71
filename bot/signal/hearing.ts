import type { MessageRef } from '../../workflows/delivery.ts'
import { phrase } from '../../workflows/phrase.ts'
import { aboutOf, cardCommand, type Numbered } from './actions.ts'
import { messageRef, readRef, roomOf, selfRef } from './address.ts'
import type { Menu, Standing } from './board.ts'
import type { Heard } from './heard.ts'
import { readLine, readReaction } from './meaning.ts'
import type { Tools, Visit } from './visit.ts'

type Of<T extends Heard['type']> = Extract<Heard, { type: T }>

const day = 24 * 60 * 60_000

/** Does what follows from one thing heard, and leaves in the visit what is to be said and known. */
export async function understand(visit: Visit, tools: Tools): Promise<void> {
  const { heard } = visit
  switch (heard.type) {
    case 'text':
      if (heard.once) visit.tell(phrase('signal.once'))
      if (heard.words.trim() === '' && heard.files.length === 0) return
      await (heard.group === null ? hearAlone(heard, visit, tools) : hearInGroup(heard, heard.group, visit, tools))
      return
    case 'reaction':
      await hearReaction(heard, visit, tools)
      return
    case 'edit': {
      const self = messageRef(roomOf(heard), heard.account, heard.target)
      if (heard.group === null && visit.mend(heard.target, heard.words)) return
      visit.answer(await visit.ask({ type: 'edited', self, words: heard.words }))
      return
    }
    case 'deletion': {
      const self = messageRef(roomOf(heard), heard.account, heard.target)
      if (heard.group === null && visit.mend(heard.target, null)) return
      visit.answer(await visit.ask({ type: 'deleted', self }))
      return
    }
    case 'unreadable':
    case 'nothing':
      return
  }
}

async function hearAlone(heard: Of<'text'>, visit: Visit, tools: Tools): Promise<void> {
  const { words, files } = heard
  const forming = visit.desk().forms.length > 0
  const meaning = readLine(words, tools.commands, { alone: true, forming, called: heard.mentioned })
  const quoted = await quotedMessage(heard, tools)
  if (meaning.type === 'command') return command(meaning.name, meaning.words, visit, quoted?.ref ?? null)
  const number = meaning.type === 'number' ? meaning.number : null
  if (quoted?.own && (await onMessage(quoted, number, heard, visit))) return
  if (number !== null && !quoted && (await bareNumber(number, heard, visit, tools))) return
  if (forming) return visit.converse({ words, files })
  await message(heard, null, visit)
}

async function hearInGroup(heard: Of<'text'>, group: string, visit: Visit, tools: Tools): Promise<void> {
  const meaning = readLine(heard.words, tools.commands, { alone: false, forming: false, called: heard.mentioned })
  const quoted = await quotedMessage(heard, tools)
  const about = quoted?.standing?.under ?? quoted?.ref ?? null
  if (meaning.type === 'command') {
    const lead = meaning.name === 'report' ? { lead: phrase('signal.alone') } : {}
    return visit.answer(
      await visit.ask({ type: 'command', name: meaning.name, words: meaning.words, message: about }),
      lead,
    )
  }
  if (quoted?.own) {
    const number = meaning.type === 'number' ? meaning.number : null
    const action = quoted.standing && meantBy(heard.words, number, quoted.standing.actions)
    if (action) return act(action, quoted.ref, visit)
    const known = number === null ? null : cardCommand(number)
    if (known) return command(known, '', visit, about)
    if (number === null) await message(heard, about, visit)
    return
  }
  if (quoted) return message(heard, about, visit)
  if (meaning.type === 'number') return numberInGroup(meaning.number, group, visit, tools)
  // What people say to each other there without quoting a card is no business of the hub.
  if (heard.mentioned) visit.answer(await visit.ask({ type: 'command', name: 'hub', words: 'help' }))
}

async function hearReaction(heard: Of<'reaction'>, visit: Visit, tools: Tools): Promise<void> {
  const meant = readReaction(heard.emoji)
  if (!meant || heard.author !== tools.number) return
  const ref = messageRef(roomOf(heard), heard.author, heard.target)
  const standing = await tools.board.read(ref)
  const card = `${ref.room}/${ref.id}`
  if (heard.removed) {
    const hand = visit.desk().hands.find(one => one.card === card)
    if (meant !== 'claim' || !hand) return
    visit.keep({ hands: visit.desk().hands.filter(one => one.card !== card) })
    visit.tell(hand.id ? phrase('signal.hand-gone', { id: hand.id }) : phrase('signal.hand-gone-some'))
    return
  }
  const known = standing?.actions.map(({ id }) => aboutOf(id)).find(id => id !== null) ?? null
  const words = heard.group === null ? (known ?? '') : ''
  if (heard.group === null && !known) return
  if (meant !== 'claim') return askBack(meant, ref, words, visit)
  const offered = standing?.actions.find(({ id }) => id.startsWith('claim:'))
  const answered = await visit.ask(
    offered
      ? { type: 'press', button: offered.id, message: ref }
      : { type: 'command', name: 'claim', words, message: ref },
  )
  if (answered.reply.type === 'view') visit.keep({ hands: [...visit.desk().hands, { card, id: known }] })
  visit.answer(answered)
}

/** To most people these signs mean "seen", so they are asked; who may not do it hears nothing. */
async function askBack(name: 'resolve' | 'escalate', ref: MessageRef, words: string, visit: Visit): Promise<void> {
  const { reply } = await visit.ask({ type: 'command', name, words, message: ref })
  if (reply.type !== 'form') return
  const id = reply.form.about.split(':')[0] ?? ''
  const field = reply.form.form.fields.outcome
  if (name === 'escalate' || field?.type !== 'choice') {
    visit.tell(phrase(`signal.${name}`, { id }), [
      { number: 1, id: `${name}:${id}`, label: visit.words(phrase('signal.yes')) },
    ])
    return
  }
  const outcomes = field.choices.map(({ value, label }, index) => ({
    number: index + 1,
    id: `/resolve ${id} ${value}`,
    label: visit.words(label),
  }))
  visit.tell(phrase('signal.resolve', { id }), outcomes)
}

type Quoted = { readonly ref: MessageRef; readonly own: boolean; readonly standing: Standing | null }

async function quotedMessage(heard: Of<'text'>, { board, number }: Tools): Promise<Quoted | null> {
  if (!heard.quote) return null
  const ref = messageRef(roomOf(heard), heard.quote.author, heard.quote.at)
  const own = heard.quote.author === number
  return { ref, own, standing: own ? await board.read(ref) : null }
}

/** Takes what was written to a message of the hub in the direct conversation; false if it is about nothing there. */
async function onMessage({ ref, standing }: Quoted, number: number | null, heard: Of<'text'>, visit: Visit) {
  if (!standing) {
    if (number === null || visit.desk().forms.length > 0) return false
    visit.tell(phrase('signal.forgotten'))
    return true
  }
  const { actions } = standing
  const action = meantBy(heard.words, number, actions)
  const id = actions.map(one => aboutOf(one.id)).find(one => one !== null)
  if (action) await act(action, ref, visit)
  else if (number !== null && actions.length > 0) {
    const known = cardCommand(number)
    // The card may have changed since: the hub says how things stand.
    if (known && id && actions.some(one => one.id.startsWith('more:'))) await command(known, id, visit, null)
    else visit.tell(phrase('signal.no-number', { numbers: actions.map(one => String(one.number)) }))
  } else if (id && number === null && heard.files.length === 0)
    await command('update', `${id} ${heard.words}`, visit, null)
  else return false
  return true
}

/**
 * A number alone answers what the hub said last. Where something with numbers came unasked, after a question that waits
 * or close to something else, it is asked which was meant. False if there is nothing that it could mean.
 */
async function bareNumber(number: number, heard: Of<'text'>, visit: Visit, { board }: Tools): Promise<boolean> {
  const { forms, askedAt, saidAt } = visit.desk()
  const forming = forms.length > 0
  const menus = await board.newest(roomOf(heard), heard.at)
  const newer = menus.filter(menu => menu.at > (forming ? askedAt : heard.at - day))
  const [last, before] = newer
  if (!last) return false
  const unasked = last.at !== saidAt
  const close = before && last.at - before.at < atOnce ? [last, before] : [last]
  const near = !unasked ? [last] : forming ? newer : close
  const fitting = near.filter(({ standing }) => standing.actions.some(one => one.number === number))
  const [only] = fitting
  if (!only && forming) return false
  if (!only) visit.tell(phrase('signal.no-number', { numbers: last.standing.actions.map(one => String(one.number)) }))
  else if (fitting.length === 1 && !(forming && unasked)) await act(numbered(only, number), only.ref, visit)
  else which(fitting, number, visit)
  return true
}

// Two messages that came so close (ms) may both be on the screen when somebody answers.
const atOnce = 60_000

function which(menus: readonly Menu[], number: number, visit: Visit): void {
  const [form] = visit.desk().forms.toReversed()
  const choices = menus.map(menu => {
    const { id, label, confirm } = numbered(menu, number)
    const what = visit.words(phrase('signal.pick', { what: { words: label }, title: { words: menu.standing.title } }))
    return confirm ? { id, label: what, confirm } : { id, label: what }
  })
  const title = form && questionOf(form.talk.open.form, form.talk.step)
  const answers = title ? [{ id: `answer:${number}`, label: visit.words(phrase('signal.my-question', { title })) }] : []
  visit.tell(
    phrase('signal.which'),
    [...choices, ...answers].map((choice, index) => ({ ...choice, number: index + 1 })),
  )
}

type Filled = ReturnType<Visit['desk']>['forms'][number]['talk']

function questionOf({ title, fields }: Filled['open']['form'], step: Filled['step']) {
  return (step.type === 'ask' ? fields[step.field]?.label : undefined) ?? title
}

function numbered({ standing }: Menu, number: number): Numbered {
  return standing.actions.find(one => one.number === number) as Numbered
}

/** In a group a number alone means something only while one card stands open there; else it is asked in private. */
async function numberInGroup(number: number, group: string, visit: Visit, tools: Tools): Promise<void> {
  const name = cardCommand(number)
  if (!name || !tools.host.rooms().some(room => room.address === group)) return
  const open = (await tools.host.threads()).filter(card => card.room === group)
  const cards: Menu[] = []
  for (const ref of open) {
    const standing = await tools.board.read(ref)
    if (standing?.actions.some(one => one.number === number)) cards.push({ ref, standing, at: readRef(ref)?.at ?? 0 })
  }
  const [only] = cards
  if (!only) return
  if (open.length === 1) return act(numbered(only, number), only.ref, visit)
  which(cards.toSorted((one, other) => one.at - other.at).slice(-mostCards), number, visit)
}

const mostCards = 8

/** The action of that number, or whose words were written out. */
function meantBy(words: string, number: number | null, actions: readonly Numbered[]): Numbered | undefined {
  if (number !== null) return actions.find(one => one.number === number)
  const said = words.trim().toLowerCase()
  return actions.find(one => one.label.toLowerCase() === said)
}

async function act({ id, confirm }: Numbered, ref: MessageRef, visit: Visit): Promise<void> {
  if (confirm) {
    const yes = { number: 1, id, label: visit.words(phrase('signal.yes')) }
    const no = { number: 2, id: '', label: visit.words(phrase('signal.no')) }
    visit.tell(phrase('form.name', { name: { words: confirm } }), [yes, no])
    return
  }
  if (id === '') return visit.tell(phrase('signal.left'))
  if (id.startsWith('answer:')) return visit.converse({ words: id.slice('answer:'.length), files: [] })
  const [, name, rest = ''] = /^\/(\S+) (.*)$/su.exec(id) ?? []
  if (name) return command(name, rest, visit, null)
  visit.answer(await visit.ask({ type: 'press', button: id, message: ref }))
}

async function command(name: string, words: string, visit: Visit, message: MessageRef | null): Promise<void> {
  visit.answer(await visit.ask({ type: 'command', name, words, message }))
}

async function message(heard: Of<'text'>, about: MessageRef | null, visit: Visit): Promise<void> {
  const { words, files, until } = heard
  const gone = until === null ? {} : { until }
  const said = { type: 'message', words, files, self: selfRef(heard), message: about, ...gone } as const
  visit.answer(await visit.ask(said))
}
