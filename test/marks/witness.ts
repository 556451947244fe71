import type { Answer } from '../../bot/platform.ts'
import type { OpenForm } from '../../commands/form.ts'
import type { Store } from '../../db/store.ts'
import type { Person, Room } from '../../workflows/directory.ts'
import type { IncidentId, PersonId } from '../../workflows/ids.ts'
import type { CurrentWords, Incident } from '../../workflows/incident.ts'
import type { Text } from '../../workflows/phrase.ts'
import { isNamedIn } from '../../workflows/run.ts'
import { type Reader, say } from '../../workflows/text/say.ts'
import type { Line, View } from '../../workflows/view.ts'
import { type Seat, type Sent, sealedName } from './town.ts'

/** A word that stands nowhere but in what somebody once typed. */
type Secret = { readonly word: string; readonly by: PersonId; readonly silent: boolean; incident: IncidentId | null }

type Looking = { readonly room: Room } | { readonly person: Person; readonly seat: Seat }

/**
 * Remembers who typed what, sees all that is shown to anybody, and keeps by its own account of the marks what should
 * not have been: `seen` are the sentences of what was wrong.
 */
export function createWitness(store: Store) {
  const secrets = new Map<string, Secret>()
  const wrong: string[] = []
  const buttons: string[] = []
  const forms: OpenForm[] = []
  const cards: Sent[] = []
  const ids = new Set<IncidentId>()
  let loose = false

  const directory = () => store.roster.directory()
  const personAt = async ({ platform, account }: Seat) => {
    const found = await store.roster.whose(platform, account)
    return found ? (directory().people.get(found.person) ?? null) : null
  }

  /** A fresh word that this person is about to type; `silent` ones are for nobody's eyes. */
  async function secret(seat: Seat, silent = false): Promise<string> {
    const person = await personAt(seat)
    const letters = [...secrets.size.toString(10).padStart(3, '0')].map(digit => 'bcdfghjklm'[Number(digit)]).join('')
    const word = `zq${letters}x`
    if (person) secrets.set(word, { word, by: person.id, silent, incident: null })
    loose = true
    return word
  }

  // Whoever reports is told its number, and so are those who are called.
  function notice(text: string): void {
    for (const [id] of text.matchAll(/\b(?:AZ|GA|US)-0\d{3}\b/g)) {
      if (id === inHelp || ids.has(id as IncidentId)) continue
      ids.add(id as IncidentId)
      loose = true
    }
  }

  /** Finds out where the words that were just typed have gone. */
  async function bind(): Promise<void> {
    if (!loose) return
    loose = false
    for (const id of ids) {
      for (const { words } of await store.incidents.timeline(id, lastEntries)) {
        for (const word of wordsIn(JSON.stringify(words ?? {}))) {
          const found = secrets.get(word)
          if (found) found.incident = id
        }
      }
    }
  }

  async function answered(seat: Seat, asked: string, answer: Answer): Promise<void> {
    const person = await personAt(seat)
    const { reply, reader } = answer
    if (reply.type === 'form') forms.push(reply.form)
    const texts = [...textsOf(answer, reader)]
    notice(texts.join('\n'))
    await bind()
    if (person) await judge(texts.join('\n'), { person, seat }, asked)
    if (person && asked.startsWith('incidents ')) await search(texts.join('\n'), { person, seat }, asked)
  }

  async function sent(what: Sent): Promise<void> {
    const { to, message, platform } = what
    const text = viewTexts(message.view, message.reader).join('\n')
    buttons.push(...buttonsOf(message.view))
    if (to.type === 'direct') {
      const seat = { platform, account: to.account, callsign: '' }
      const person = await personAt(seat)
      if (person) await judge(text, { person, seat }, '')
      return
    }
    const address = to.type === 'room' ? to.room : to.under.room
    const room = directory().rooms.find(one => one.platform === platform && one.address === address)
    if (!room) throw new Error(`something was sent to ${address}`)
    if (to.type === 'room') cards.push(what)
    await judge(text, { room }, '')
  }

  async function judge(text: string, looking: Looking, asked: string): Promise<void> {
    const where = 'room' in looking ? looking.room.name : `${looking.person.callsign} on ${looking.seat.platform}`
    const say = (what: string) =>
      wrong.push(`${where} was shown ${what}\n  asked: ${asked}\n  ${text.replaceAll('\n', '\n  ')}`)
    notice(text)
    await bind()
    for (const word of wordsIn(text)) {
      const found = secrets.get(word)
      if (!found || asked.includes(word)) continue
      const known = found.incident ? await store.incidents.find(found.incident) : null
      const incident = known?.incident
      if (!incident) {
        if ('room' in looking || looking.person.id !== found.by) say(`${word}, which stands nowhere`)
      } else if (!mayRead(incident, found, looking, known?.words ?? null))
        say(`${word} of ${incident.id} (${incident.mark}, ${incident.visibility})`)
    }
    for (const [id] of text.matchAll(/\b(?:AZ|GA|US)-\d{4,}\b/g)) {
      if (asked.includes(id)) continue
      const incident = (await store.incidents.find(id as IncidentId))?.incident
      if (incident?.visibility === 'restricted' && !mayKnow(incident, looking))
        say(`the id of ${id}, which is restricted`)
    }
    if (text.includes(sealedName) && !asked.includes(sealedName) && !asked.startsWith('reveal')) say('a sealed name')
    if (/555-0142/.test(text) && !asked.includes('555-0142')) say('a phone number')
  }

  /** What a search finds tells that the words stand there. */
  async function search(text: string, looking: Looking, asked: string): Promise<void> {
    for (const word of wordsIn(asked)) {
      const found = secrets.get(word)
      const incident = found?.incident && (await store.incidents.find(found.incident))?.incident
      if (!found || !incident || !text.includes(incident.id)) continue
      if (!mayRead(incident, found, looking, null)) wrong.push(`a search for ${word} found ${incident.id}: ${text}`)
    }
  }

  function mayRead(incident: Incident, secret: Secret, looking: Looking, card: CurrentWords | null): boolean {
    const { by, silent, word } = secret
    if (silent || !mayKnow(incident, looking)) return false
    if ('room' in looking) return incident.mark !== 'RED' || looking.room.red
    const { person, seat } = looking
    const reporter = incident.reporter === person.id
    const team =
      person.roles.some(role => role === 'responder' || role === 'coordinator') ||
      isNamedIn(incident.runs ?? [], person.id)
    const own =
      person.accounts.find(account => account.id === incident.account)?.platform === seat.platform && by === person.id
    if (incident.mark === 'RED' && seat.platform !== 'signal' && !(reporter && own)) return false
    // Who only reported it reads what they wrote, and the card.
    return !reporter || by === person.id || team || `${card?.what} ${card?.where}`.includes(word)
  }

  return {
    secret,
    bind,
    known: (): readonly IncidentId[] => [...ids],
    answered,
    sent,
    wrong,
    buttons,
    forms,
    cards,
    /** All words that were ever typed. */
    words: () => [...secrets.keys()],
    keep: (view: View) => void buttons.push(...buttonsOf(view)),
  }
}

// Stands in many a sentence as the example.
const inHelp = 'AZ-0412'
// No step makes more.
const lastEntries = 8

/** Somebody who sees everything. */
export type Witness = ReturnType<typeof createWitness>

function mayKnow(incident: Incident, looking: Looking): boolean {
  if ('room' in looking) {
    const { purpose, region } = looking.room
    return incident.visibility === 'region' && (purpose !== 'region' || region === incident.region)
  }
  const { id, roles, regions } = looking.person
  if (incident.reporter === id || incident.allowed.includes(id)) return true
  // Whoever was given a part in a protocol of it works on it.
  if (incident.visibility === 'region' && isNamedIn(incident.runs ?? [], id)) return true
  const serves = regions === 'all' || regions.includes(incident.region)
  const works = roles.some(role => role === 'responder' || role === 'coordinator' || role === 'leader')
  return incident.visibility === 'region' && serves && works
}

function wordsIn(text: string): Set<string> {
  return new Set([...text.matchAll(/zq[bcdfghjklm]{3,}x/g)].map(found => found[0]))
}

/** All that the asker can read of an answer, whatever it is. */
function* textsOf({ reply }: Answer, reader: Reader): Generator<string> {
  switch (reply.type) {
    case 'view':
      yield* viewTexts(reply.view, reader)
      return
    case 'refused':
      yield say(reply.phrase, reader)
      return
    case 'failed':
      yield say(reply.phrase, reader)
      yield reply.words ?? ''
      return
    case 'form': {
      const { form, notice, values, errors } = reply.form
      yield say(form.title, reader)
      if (notice) yield say(notice, reader)
      for (const field of Object.values(form.fields)) {
        yield say(field.label, reader)
        if (field.hint) yield say(field.hint, reader)
        if ('choices' in field) for (const { label } of field.choices) yield say(label, reader)
      }
      yield* Object.values(values).flat()
      for (const error of Object.values(errors)) yield say(error, reader)
      return
    }
    default:
      yield JSON.stringify(reply)
  }
}

function viewTexts({ title, lines, buttons }: View, reader: Reader): string[] {
  const texts: Text[] = [...(title ? [title] : []), ...lines.flatMap(lineTexts)]
  const all = [...buttons, ...lines.flatMap(inLine)]
  const labels = all.flatMap(({ id, label, confirm }) => [
    id,
    say(label, reader),
    ...(confirm ? [say(confirm, reader)] : []),
  ])
  return [...texts.map(text => say(text, reader)), ...labels]
}

function lineTexts(line: Line): readonly Text[] {
  if (line.type === 'rule') return []
  return line.type === 'table' ? [...line.head, ...line.rows.flat()] : [line.text]
}

function inLine(line: Line) {
  return line.type === 'item' && line.button ? [line.button] : []
}

function buttonsOf(view: View): string[] {
  return [...view.buttons, ...view.lines.flatMap(inLine)].map(button => button.id)
}
