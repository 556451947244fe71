import { laneOf, toPerson } from '../alert.ts'
import type { AnnounceContext } from '../announce.ts'
import { caution, titleOf } from '../card.ts'
import type { Post } from '../change.ts'
import { type Account, type Language, type Person, roomsOf } from '../directory.ts'
import type { Entry } from '../event.ts'
import type { Incident } from '../incident.ts'
import { mask } from '../mask/labels.ts'
import { type Param, type Phrase, phrase } from '../phrase.ts'
import { sight, whereElse } from '../sight.ts'
import { onOneLine } from '../talk.ts'
import { type Button, type Line, plainView, type View } from '../view.ts'
import { type Call, callsOf } from './calling.ts'
import { ownerText, stepName, stepText } from './naming.ts'
import { mainButton, runButton, stepButton } from './press.ts'
import { rungs } from './rung.ts'
import { silenceOf } from './times.ts'
import { waitsFor } from './waits.ts'

/**
 * What is said because of these entries of steps that are due soon, overdue, or that somebody needs help with: one
 * message a person, however many of their steps it is about, and one line in each room that may read of them.
 */
export function remindPosts(entries: readonly Entry[], incident: Incident, context: AnnounceContext): readonly Post[] {
  const calls = callsOf(entries, incident, context)
  if (calls.length === 0) return []
  const byPerson = new Map<Person, Call[]>()
  for (const call of calls)
    for (const person of call.people) byPerson.set(person, [...(byPerson.get(person) ?? []), call])
  const direct = [...byPerson].flatMap(([person, own]) => {
    const key = `${incident.id}:${own[0]?.entry.seq}:due`
    const view = (account: Account) => personView(own, person, account, incident, context)
    return toPerson(person, key, incident, view, laneOf(incident))
  })
  return [...direct, ...roomPosts(calls, incident, context)]
}

// More lines with a button each do not fit beside the rest in the tightest tool.
const most = 8

function personView(
  calls: readonly Call[],
  person: Person,
  { platform }: Account,
  incident: Incident,
  context: AnnounceContext,
): View | null {
  const { directory, taxonomy } = context
  const seen = sight(incident, { person, through: platform }, directory)
  if (seen === 'nothing' && incident.visibility === 'restricted') return null
  if (seen === 'bare' || seen === 'own') {
    const names = calls.map(({ reading, standing }) => stepName(reading.run.id, standing.step.id))
    const where = whereElse(incident, person, directory)
    return plainView([phrase('remind.bare', { id: incident.id, name: names }), where])
  }
  const language = seen === 'whole' ? (person.languages[0] ?? 'en') : null
  const [first] = calls
  const [one] = calls.length === 1 ? calls : []
  if (!first) return null
  // Whoever was named to a step from elsewhere reads of their step, and not of the incident.
  const title = seen === 'nothing' ? null : titleOf(incident, taxonomy)
  const rest = calls.length - most
  const steps: readonly Line[] = one
    ? [{ type: 'strong', text: headline(one, context) }]
    : calls.slice(0, most).map(call => withButton(headline(call, context), mainOf(call, incident)))
  // Several steps ask the same thing of the same person.
  const asked = new Map(calls.map(call => question(call, context, language)).map(ask => [JSON.stringify(ask), ask]))
  const questions = [...asked.values()].flatMap((text): Line[] => (text ? [{ type: 'text', text }] : []))
  return {
    tone: `S${incident.severity}`,
    title: one || !title ? title : phrase('remind.title', { count: calls.length, id: incident.id }),
    lines: [
      ...steps,
      ...questions,
      ...(one ? note(one, incident, context) : []),
      ...(rest > 0 ? [{ type: 'note', text: phrase('remind.more', { count: rest }) } as const] : []),
      ...caution(incident),
    ],
    buttons: one ? buttons(one, incident) : [runButton(incident.id, first.reading.run, 'open')],
  }
}

/** What it is about, in one line that never ends in the middle of somebody's question. */
function headline(call: Call, { now }: AnnounceContext): Phrase {
  const step = stepParam(call)
  if (call.type === 'help') return phrase('remind.help', { step })
  const overdue = call.type === 'overdue' || call.dueAt <= now
  return later(phrase(overdue ? 'remind.overdue' : 'remind.due', { step, time: { time: call.dueAt } }), call)
}

/** What is asked of them; `language`: in which people's own words are masked, null where they may not be read. */
function question(call: Call, { directory }: AnnounceContext, language: Language | null): Phrase | null {
  switch (call.type) {
    case 'before':
      return null
    case 'again':
      return phrase('remind.again')
    case 'overdue':
      return whyNow(call)
    case 'help': {
      const note = call.entry.words?.note
      const words = note && language ? onOneLine(mask(note, language, directory)) : ''
      const because: Param = words === '' ? '' : phrase('post.because', { words: { words } })
      return phrase('remind.help-by', { person: asker(call), because })
    }
  }
}

function whyNow({ rung, first, standing, link }: Extract<Call, { type: 'overdue' }>): Phrase {
  if (rung === rungs.overdue) return phrase('remind.on-it')
  const { heldBy } = standing.state
  if (heldBy && !link?.people.some(({ id }) => id === heldBy)) {
    return phrase('remind.climbed-held', { person: { person: heldBy } })
  }
  if (first.length === 0) return phrase('remind.climbed-nobody')
  return phrase('remind.climbed', { people: first.slice(0, mostNamed).map(({ id }) => ({ person: id })) })
}

const mostNamed = 3

/** Who is called next and when, so that nobody relies on silence. */
function note(call: Call, incident: Incident, { taxonomy, now }: AnnounceContext): readonly Line[] {
  if (call.type !== 'overdue' || !call.next) return []
  const time = { time: now + silenceOf(incident, taxonomy) }
  return [{ type: 'note', text: phrase('remind.then', { time, to: level(call.next.rung) }) }]
}

function buttons(call: Call, incident: Incident): readonly Button[] {
  const { reading, standing } = call
  const main = mainOf(call, incident)
  const press = (verb: 'hold' | 'help' | 'snooze' | 'take') => stepButton(incident.id, reading.run, standing, verb)
  const others = call.type === 'help' ? [press('take')] : [press('hold'), press('help')]
  const snooze = call.type !== 'help' && waitsFor(incident, standing.state).length > 0 ? [press('snooze')] : []
  return [...(main ? [main] : []), ...others, ...snooze]
}

function roomPosts(calls: readonly Call[], incident: Incident, { directory }: AnnounceContext): readonly Post[] {
  const told = calls.filter(({ type }) => type === 'overdue' || type === 'help')
  const [first] = told
  if (!first || incident.visibility === 'restricted' || incident.triage === 'waiting') return []
  const view = plainView(told.map(roomLine))
  return roomsOf(directory, incident.region)
    .filter(room => sight(incident, room, directory) === 'whole')
    .map(room => ({
      key: `${incident.id}:${first.entry.seq}:due:${room.id}`,
      to: { room: room.id },
      incident: incident.id,
      thread: true,
      lane: laneOf(incident),
      view,
    }))
}

function roomLine(call: Call): Phrase {
  const step = stepParam(call)
  if (call.type !== 'overdue') {
    return phrase('remind.room-help', { person: asker(call), step })
  }
  const { standing, link } = call
  const params = { step, time: { time: call.dueAt }, owner: ownerText(standing) }
  if (!link) return later(phrase('remind.room-nobody', params), call)
  return later(phrase('remind.room', { ...params, to: toOf(link) }), call)
}

/** Whoever is asked first is named; of a level, which one it is. */
function toOf({ rung, people }: { readonly rung: number; readonly people: readonly Person[] }): Param {
  return rung <= rungs.backup ? people.slice(0, mostNamed).map(({ id }) => ({ person: id })) : level(rung)
}

function level(rung: number): Phrase {
  switch (rung) {
    case rungs.overdue:
      return phrase('remind.level-2')
    case rungs.backup:
      return phrase('remind.level-3')
    case rungs.region:
      return phrase('post.level-RC')
    case rungs.duty:
      return phrase('post.level-DO')
    default:
      return phrase('post.level-LD')
  }
}

function asker({ entry: { by } }: Call): Param {
  return by === null ? phrase('hub.someone') : { person: by }
}

function stepParam({ reading, standing: { step } }: Call): Phrase {
  return phrase('remind.step', { id: stepName(reading.run.id, step.id), text: stepText(step.text) })
}

function mainOf({ reading, standing }: Call, incident: Incident): Button | null {
  return mainButton(incident.id, reading.run, standing)
}

function later(said: Phrase, { late, entry }: Call): Phrase {
  return late === null ? said : phrase('late.line', { line: said, due: { time: late }, now: { time: entry.at } })
}

function withButton(text: Phrase, press: Button | null): Line {
  return press ? { type: 'item', text, button: press } : { type: 'item', text }
}
