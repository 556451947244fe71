import type { MessageRef } from '../../workflows/delivery.ts'
import { phrase } from '../../workflows/phrase.ts'
import { aboutOf, cardCommand, type Numbered } from './actions.ts'
import { readRef, roomOf } from './address.ts'
import type { Menu, Standing } from './board.ts'
import type { Tools, Visit } from './visit.ts'

const day = 24 * 60 * 60_000
// Two messages that came so close (ms) may both be on the screen when somebody answers.
const atOnce = 60_000
// Words that happen to stand on a list are meant for it only so long after.
const fresh = 10 * 60_000
const mostCards = 8
// What stands behind it answers the question that waits.
const typed = '>'
// A number alone in a group is rather talk when the last card came long ago.
const hours = 12 * 60 * 60_000
// Phones and servers do not agree to the second about the hour.
const slack = 5 * 60_000

/** The action of that number, or the one whose words were written out. */
export function meantBy(words: string, number: number | null, actions: readonly Numbered[]): Numbered | undefined {
  if (number !== null) return actions.find(one => one.number === number)
  const said = words.trim().toLowerCase()
  return actions.find(one => one.label.toLowerCase() === said)
}

/** Does what a number stands for; what cannot be undone is asked first. */
export async function act({ id, confirm }: Numbered, ref: MessageRef, visit: Visit): Promise<void> {
  if (confirm) {
    const yes = { number: 1, id, label: visit.words(phrase('signal.yes')) }
    const no = { number: 2, id: '', label: visit.words(phrase('signal.no')) }
    visit.tell(phrase('form.name', { name: { words: confirm } }), [yes, no])
    return
  }
  if (id === '') return visit.remark(phrase('signal.left'))
  if (id.startsWith(typed)) return visit.converse({ words: id.slice(typed.length), files: [] })
  const [, name, rest = ''] = /^\/(\S+) (.*)$/su.exec(id) ?? []
  if (name) return command(name, rest, visit, null)
  visit.answer(await visit.ask({ type: 'press', button: id, message: ref }))
}

/** Asks the hub for something as if it had been typed. */
export async function command(name: string, words: string, visit: Visit, message: MessageRef | null): Promise<void> {
  visit.answer(await visit.ask({ type: 'command', name, words, message }))
}

/**
 * What was written alone answers what the hub said last, by number or by its words. Where something with numbers came
 * unasked, after a question that waits or close to something else, it is asked which was meant. False if there is
 * nothing that it could mean.
 */
export async function chooseNewest(words: string, number: number | null, visit: Visit, { board }: Tools) {
  const { heard } = visit
  const { forms, askedAt, saidAt } = visit.desk()
  const forming = forms.length > 0
  const since = forming ? askedAt : heard.at - (number === null ? fresh : day)
  const newer = (await board.newest(roomOf(heard), heard.at + slack)).filter(menu => menu.at > since)
  const [last, before] = newer
  if (!last) return false
  const asked = last.at === saidAt
  const close = before && last.at - before.at < atOnce ? [last, before] : [last]
  const near = forming && (number === null || !asked) ? newer : asked ? [last] : close
  const fitting = near.flatMap(menu => {
    const action = meantBy(words, number, menu.standing.actions)
    return action ? [{ menu, action }] : []
  })
  const [only] = fitting
  if (!only && (forming || number === null)) return false
  if (!only) await offCard(last.standing, number, visit)
  else if (fitting.length === 1 && (!forming || only.menu.at === saidAt)) await act(only.action, only.menu.ref, visit)
  else which(fitting, number === null ? words : String(number), visit)
  return true
}

/** In a group a number alone means something only while one card stands open there; else it is asked in private. */
export async function chooseOpenCard(number: number, group: string, visit: Visit, tools: Tools): Promise<void> {
  const name = cardCommand(number)
  if (!name || !tools.host.rooms().some(room => room.address === group)) return
  const since = visit.heard.at - hours
  const open = (await tools.host.threads()).filter(card => card.room === group && (readRef(card)?.at ?? 0) > since)
  const cards: Choice[] = []
  for (const ref of open) {
    const standing = await tools.board.read(ref)
    const action = standing?.actions.find(one => one.number === number)
    if (standing && action) cards.push({ menu: { ref, standing, at: readRef(ref)?.at ?? 0 }, action })
  }
  const [only] = cards
  if (!only) return
  if (open.length === 1) return act(only.action, only.menu.ref, visit)
  which(cards.toSorted((one, other) => one.menu.at - other.menu.at).slice(-mostCards), String(number), visit)
}

/** A number that does not stand on it now: on a card the hub says how things are, else which numbers there are. */
export async function offCard({ actions }: Standing, number: number | null, visit: Visit): Promise<void> {
  const known = number === null ? null : cardCommand(number)
  const id = actions.map(one => aboutOf(one.id)).find(one => one !== null)
  const card = actions.some(one => one.number === moreNumber && one.id.startsWith('more:'))
  if (known && id && card) await command(known, id, visit, null)
  else visit.tell(phrase('signal.no-number', { numbers: actions.map(one => String(one.number)) }))
}

// Every card ends with it.
const moreNumber = 8

type Choice = { readonly menu: Menu; readonly action: Numbered }

function which(choices: readonly Choice[], words: string, visit: Visit): void {
  const form = visit.desk().forms.at(-1)
  const named = choices.map(({ menu, action: { id, label, confirm } }) => {
    const what = { what: { words: label }, title: { words: menu.standing.title } }
    return { id, label: visit.words(phrase('signal.pick', what)), ...(confirm ? { confirm } : {}) }
  })
  const title = form && questionOf(form.talk.open.form, form.talk.step)
  const answer = title ? [{ id: `${typed}${words}`, label: visit.words(phrase('signal.my-question', { title })) }] : []
  visit.tell(
    phrase('signal.which'),
    [...named, ...answer].map((choice, index) => ({ ...choice, number: index + 1 })),
  )
}

type Filled = ReturnType<Visit['desk']>['forms'][number]['talk']

function questionOf({ title, fields }: Filled['open']['form'], step: Filled['step']) {
  return (step.type === 'ask' ? fields[step.field]?.label : undefined) ?? title
}
