import type { Command, Reply, Request } from '../commands/command.ts'
import type { Store } from '../db/store.ts'
import type { Directory } from '../workflows/directory.ts'
import { takeBroadcastId } from '../workflows/ids.ts'
import { type Actor, maySee, refusal } from '../workflows/permission.ts'
import { type Phrase, phrase } from '../workflows/phrase.ts'
import type { Known } from '../workflows/ports.ts'
import { plain } from '../workflows/spoken.ts'
import { noEvidence } from '../workflows/tally.ts'
import { type Asking, type Spoken, speak, takeId } from './asking.ts'

/** Which command is meant, about which incident, and whether this person may. */
export async function understand(
  interaction: Asking,
  actor: Actor,
  commands: ReadonlyMap<string, Command>,
  store: Store,
): Promise<{ command: Command; request: Request } | Reply> {
  const spoken = speak(interaction)
  const command = commands.get(spoken.name)
  if (!command) return { type: 'refused', phrase: phrase('hub.no-command', { name: { words: spoken.name } }) }
  const kept = keptOut(command, actor, store.roster.directory())
  if (kept) return { type: 'refused', phrase: kept }
  const found = await findIncident(command, spoken, interaction, actor, store)
  if (found.missing) return { type: 'refused', phrase: found.missing }
  const meant = meantBy(command, found.words, commands)
  const no = mayNot(meant.command, actor, found.known, store.roster.directory())
  const back = await tookBack(meant.command, no, actor, found.known, store)
  if (back ?? no) return { type: 'refused', phrase: (back ?? no) as Phrase }
  const { from, assumed, values } = spoken
  const request = {
    from,
    assumed,
    values,
    words: meant.words,
    incident: found.known,
    files: [],
    evidence: noEvidence,
  }
  return { command: meant.command, request }
}

/** The command that a first word stands for, with the words after it; else the command itself. */
function meantBy(command: Command, words: string, commands: ReadonlyMap<string, Command>) {
  const take = command.broadcasts ? takeBroadcastId : (rest: string) => ({ id: null, rest })
  const before = take(words)
  const [, first = '', rest = ''] = /^\s*(\S+)\s*(.*)$/su.exec(before.rest) ?? []
  const [name = '', ...lead] = (command.subs?.[plain(first)] ?? '').split(' ')
  const other = commands.get(name)
  if (!other) return { command, words }
  const after = before.id ? before : take(rest)
  const said = before.id ? rest : after.rest
  return { command: other, words: [...(after.id ? [after.id] : []), ...lead, said].join(' ').trim() }
}

async function findIncident(
  command: Command,
  spoken: Spoken,
  interaction: Asking,
  actor: Actor,
  store: Store,
): Promise<Found> {
  if (command.about === 'nothing') return { known: null, words: spoken.about || spoken.words, missing: null }
  const typed = takeTypedId(command, spoken, store.roster.directory())
  const id = typed.id ?? (interaction.message && (await store.cards.at(interaction.platform, interaction.message)))
  const known = id && (await store.incidents.find(id))
  // The card of what was restricted since tells nobody which one it was.
  if (!id || (!typed.id && !(known && maySee(actor, known.incident)))) {
    const missing = command.about === 'incident' ? phrase('hub.which-incident', { command: command.name }) : null
    return { known: null, words: spoken.words, missing }
  }
  const words = typed.id ? [typed.rest, spoken.about ? spoken.words : ''].join(' ').trim() : spoken.words
  return { known, words, missing: known ? null : phrase('refusal.unknown', { id }) }
}

/** The id in what was typed: first, after the verb of a command that has one, or after what that is done to. */
function takeTypedId(command: Command, { about, words }: Spoken, directory: Directory): ReturnType<typeof takeId> {
  const first = takeId(about || words, directory)
  if (first.id || !command.verb || about) return first
  const [, verb = '', after = ''] = /^\s*(\S+)\s+([\s\S]+)$/.exec(words) ?? []
  const second = takeId(after, directory)
  if (second.id) return { id: second.id, rest: `${verb} ${second.rest}` }
  const [, deed = '', last = ''] = atEnd.exec(words) ?? []
  const third = takeId(last, directory)
  if (third.id) return { id: third.id, rest: deed }
  return command.verb === 'loose' ? takeLater(words, directory) : first
}

// `P1.4 done AZ-0412`: nothing else was said. What is longer may be words that speak of another incident.
const atEnd = /^\s*([a-z][\w-]*[.·]\w+\s+\S+)\s+(#?[a-z]{2,5}-\d{1,9})\s*$/i

/** The id behind a verb and what that is about, as in `start P1 AZ-0412`; further on it is what somebody says. */
function takeLater(words: string, directory: Directory): ReturnType<typeof takeId> {
  const [start = ''] = /^\s*\S+\s+(?=\S*\d)\S{1,12}\s+/.exec(words) ?? []
  const found = takeId(words.slice(start.length), directory)
  return start !== '' && found.id ? { id: found.id, rest: `${start}${found.rest}`.trim() } : { id: null, rest: words }
}

/** Why somebody may not use this at all: they are not on the roster, or nothing of theirs is taken now. */
function keptOut(command: Command, actor: Actor, { people }: Directory): Phrase | null {
  const known = people.get(actor.id)
  // Whatever they may take back or see: their phone or account may be in wrong hands.
  if (known?.hidden === 'cut') return phrase('shield.paused')
  if (known?.blocked && !evenBlocked.has(command.name)) return phrase('triage.blocked-you')
  if (actor.vetted) return null
  if (!command.strangers) return phrase('triage.only-report')
  return known || beforeKnown.has(command.name) ? null : phrase('triage.not-known')
}

// Whatever they did: what is theirs stays theirs to see and to take back.
const evenBlocked = new Set(['whoami', 'erase', 'withdraw', 'hub', 'stop', 'start', 'prefer'])
const beforeKnown = new Set(['report', 'hub'])

function mayNot(command: Command, actor: Actor, known: Known | null, { regions }: Directory): Phrase | null {
  const incident = known?.incident ?? null
  const region = regions.find(each => each.code === incident?.region)?.name
  return refusal(command.permission, actor, incident, region ?? incident?.region ?? '')
}

/** Whoever took their report back hears that, and not that there is none; null if it was not theirs. */
async function tookBack(
  { name }: Command,
  no: Phrase | null,
  actor: Actor,
  known: Known | null,
  store: Store,
): Promise<Phrase | null> {
  if (!known) return null
  const { id, status, reporter } = known.incident
  const over = status === 'withdrawn' && reporter === actor.id && forReporters.has(name)
  const nobodys = reporter === null && (no?.key === 'refusal.unknown' || name === 'withdraw')
  if (!over && !nobodys) return null
  const entries = await store.incidents.timeline(id, mostEntries)
  const own = entries.find(({ event, by }) => event.type === 'withdrawn' && by === actor.id)
  return own ? phrase('privacy.took-back', { id, time: { time: own.at } }) : null
}

const forReporters = new Set(['withdraw', 'details', 'sources', 'place', 'add'])
const mostEntries = 1_000

type Found = { readonly known: Known | null; readonly words: string; readonly missing: Phrase | null }
