import type { Destination } from './change.ts'
import type { Directory, Room } from './directory.ts'
import type { IncidentId, PersonId, PlatformName } from './ids.ts'
import { type Phrase, phrase } from './phrase.ts'
import { pressId, type Stuck, type StuckState, whereText } from './stuck.ts'
import type { Subject, Trace, TraceState } from './trace.ts'
import { buttonId, type Line, type View } from './view.ts'

/** How it is read: at what moment (epoch ms), and of whom nothing is said by name, being the reporter. */
export type Reading = {
  readonly directory: Directory
  readonly nameless: PersonId | null
  readonly now: number
}

/** What of these came to rest or waits, as it can be decided on: unsure ones by themselves, the rest together. */
export function stuckIn(traces: readonly Trace[], subject: Subject): readonly Stuck[] {
  const about = 'incident' in subject ? { incident: subject.incident } : {}
  const groups = Map.groupBy(traces, one => {
    const state = stuckState(one.state)
    if (!state) return ''
    return state === 'unsure' ? JSON.stringify([one.what, one.id, one.to, one.incident]) : `${state} ${placeOf(one.to)}`
  })
  groups.delete('')
  return [...groups.values()].flatMap((own): Stuck[] => {
    const [first] = own
    const state = first && stuckState(first.state)
    if (!first || !state) return []
    const { to, incident, id } = first
    const item: Stuck['item'] | null =
      state !== 'unsure'
        ? { type: 'all', state, to, ...about }
        : id !== null
          ? { type: 'post', id }
          : incident && 'room' in to
            ? { type: 'card', incident, room: to.room }
            : null
    if (!item) return []
    const what = own.every(one => one.what === 'card') ? 'card' : 'message'
    const since = Math.min(...own.map(one => one.at))
    const reason = own.find(one => one.reason)?.reason ?? null
    const known = own.every(one => one.incident === incident) ? incident : null
    return [{ state, to, what, incident: known, count: own.length, since, reason, item }]
  })
}

/** How everything about an incident or for a room goes: counts, then place by place, the worst first, by pages. */
export function tracedView(
  subject: Subject,
  traces: readonly Trace[],
  { page, ...reading }: Reading & { readonly page: number },
): View {
  const title =
    'incident' in subject
      ? phrase('trace.title', { id: subject.incident })
      : phrase('trace.title-room', { where: whereText(subject, reading.directory) })
  if (traces.length === 0) {
    return { tone: 'plain', title, lines: [{ type: 'text', text: phrase('trace.none') }], buttons: [] }
  }
  const stuck = stuckIn(traces, subject)
  const places = [...Map.groupBy(traces, one => placeOf(one.to)).values()].sort(
    (one, other) => worst(one) - worst(other) || latest(other) - latest(one),
  )
  const start = page * perPage
  const shown = places.slice(start, start + perPage)
  const left = places.length - start - shown.length
  const mute = [...new Set(shown.flatMap(own => platformOf(own[0]?.to, reading.directory) ?? []))].filter(tellsNothing)
  const more = buttonId('delivery', 'incident' in subject ? subject.incident : '', `more.${page + 1}${roomOf(subject)}`)
  return {
    tone: 'plain',
    title,
    lines: [
      { type: 'strong', text: phrase('trace.counts', { counts: countsOf(traces) }) },
      ...shown.map((own): Line => placeLine(own, subject, stuck, reading)),
      ...(mute.length > 0 ? [muteLine(mute)] : []),
    ],
    buttons: left > 0 ? [{ id: more, label: phrase('trace.button-more', { count: left }) }] : [],
  }
}

// Ten lines on a phone, with the title and the counts.
const perPage = 7

const order: readonly TraceState[] = [
  ...(['failed', 'unsure', 'parked', 'kept', 'again', 'unknown'] as const),
  ...(['waiting', 'sending', 'sent'] as const),
]

function worst(own: readonly Trace[]): number {
  return Math.min(...own.map(one => order.indexOf(one.state)))
}

function latest(own: readonly Trace[]): number {
  return Math.max(...own.map(one => one.at))
}

function countsOf(traces: readonly Trace[]): readonly Phrase[] {
  const counts = order.flatMap(state => {
    const count = traces.filter(one => one.state === state).length
    return count > 0 ? [phrase('trace.count', { how: phrase(`trace.how-${state}`), count })] : []
  })
  const count = traces.filter(one => (one.seen?.read ?? 0) > 0).length
  return count > 0 ? [...counts, phrase('trace.count', { how: phrase('trace.how-read'), count })] : counts
}

function placeLine(own: readonly Trace[], subject: Subject, stuck: readonly Stuck[], reading: Reading): Line {
  const [first] = own
  if (!first) return { type: 'note', text: phrase('trace.none') }
  const parts = order.flatMap(state => {
    const these = own.filter(one => one.state === state)
    return these.length > 0 ? [stateText(state, these, reading.now)] : []
  })
  const seen = seenText(own)
  const said = [...parts, ...(seen ? [seen] : [])].reduceRight((rest, one) => phrase('trace.then', { one, rest }))
  const where = whereText(first.to, reading.directory, reading.nameless)
  const text = phrase('trace.line', { where, said })
  const open = stuck.filter(one => placeOf(one.to) === placeOf(first.to))
  const [worstOne] = open.toSorted((one, other) => order.indexOf(one.state) - order.indexOf(other.state))
  if (!worstOne) return { type: 'item', text }
  const about = 'incident' in subject ? subject.incident : null
  return {
    type: 'item',
    text,
    button: { id: pressId('open', worstOne.item, about), label: phrase('delivery.button-open') },
  }
}

function stateText(state: TraceState, own: readonly Trace[], now: number): Phrase {
  const cards = own.filter(one => one.what === 'card').length
  const messages = own.length - cards
  const what = [
    ...(cards > 0 ? [phrase('trace.cards', { count: cards })] : []),
    ...(messages > 0 ? [phrase('trace.messages', { count: messages })] : []),
  ]
  const times = own.map(one => one.at)
  const at = state === 'sent' ? Math.max(...times) : Math.min(...times)
  const time = now - at < halfDay ? { time: at } : { date: at }
  const how = phrase(`trace.how-${state}`)
  const reason = own.find(one => one.reason)?.reason
  if (!reason || !isTold(state)) return phrase('trace.part', { how, what, time })
  const short = reason.length > mostReason ? `${reason.slice(0, mostReason)}…` : reason
  return phrase('trace.part-why', { how, what, time, reason: { words: short } })
}

/** What its people have seen of it, as far as the platform tells: in a room of the last one, of a person's of all. */
function seenText(own: readonly Trace[]): Phrase | null {
  const seen = own.flatMap(one => (one.seen && one.state === 'sent' ? [{ ...one.seen, at: one.at, to: one.to }] : []))
  const last = seen.toSorted((one, other) => other.at - one.at)[0]
  if (!last) return null
  const { received, read } = last
  if ('room' in last.to) return phrase('trace.seen-room', { received, read })
  const opened = seen.filter(one => one.read > 0).length
  if (opened === seen.length) return phrase('trace.seen-read')
  if (opened > 0) return phrase('trace.seen-some', { read: opened, all: seen.length })
  return phrase(received > 0 ? 'trace.seen-received' : 'trace.seen-nothing')
}

function isTold(state: TraceState): boolean {
  return state !== 'sent' && state !== 'waiting' && state !== 'sending' && state !== 'unsure'
}

const halfDay = 12 * 60 * 60_000
// The whole of it stands where it is opened.
const mostReason = 60

function stuckState(state: TraceState): StuckState | null {
  switch (state) {
    case 'failed':
    case 'unsure':
    case 'parked':
    case 'kept':
      return state
    case 'again':
      return 'waiting'
    default:
      return null
  }
}

function platformOf(to: Destination | undefined, directory: Directory): PlatformName | null {
  if (!to) return null
  if ('room' in to) return directory.rooms.find(one => one.id === to.room)?.platform ?? null
  const accounts = [...directory.people.values()].flatMap(one => one.accounts)
  return accounts.find(one => one.id === to.account)?.platform ?? null
}

function muteLine(tools: readonly ('slack' | 'discord')[]): Line {
  const named = tools.map(one => phrase(`sight.tool-${one}`))
  return { type: 'note', text: phrase('trace.mute', { tools: named, count: tools.length }) }
}

// Only Signal sends receipts to the hub.
function tellsNothing(platform: PlatformName): platform is 'slack' | 'discord' {
  return platform === 'slack' || platform === 'discord'
}

function placeOf(to: Destination): string {
  return 'room' in to ? to.room : to.account
}

function roomOf(subject: Subject): string {
  return 'room' in subject ? `.${subject.room}` : ''
}

/** What a button for more of it assumed: which page, and the room, if it is about one; null for anything else. */
export function readMore(
  assumed: string,
  incident: IncidentId | null,
): { readonly subject: Subject; readonly page: number } | null {
  const [, page, room] = /^more\.(\d{1,4})(?:\.(.+))?$/.exec(assumed) ?? []
  if (page === undefined) return null
  const subject = room ? { room: room as Room['id'] } : incident && { incident }
  return subject ? { subject, page: Number(page) } : null
}
