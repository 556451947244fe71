import type { Store, StoreTx } from '../../db/store.ts'
import type { Effects, IncidentChange, Post } from '../../workflows/change.ts'
import type { Decision } from '../../workflows/decision.ts'
import { ConflictError } from '../../workflows/errors.ts'
import type { IncidentEvent } from '../../workflows/event.ts'
import type { IncidentId, PersonId, RoomId } from '../../workflows/ids.ts'
import type { Incident } from '../../workflows/incident.ts'
import { lossOf } from '../../workflows/loss.ts'
import { usualRetention } from '../../workflows/network/retention.ts'
import type { Network, NetworkPerson } from '../../workflows/network.ts'
import { enter } from '../../workflows/record.ts'
import { plainView } from '../../workflows/view.ts'

/** A Monday noon, epoch ms. */
export const noon = Date.UTC(2026, 9, 19, 16)

/** An id as the domain has it. */
export const incidentId = (text: string) => text as IncidentId

const nothing: Effects = { cards: [], posts: [], timers: [] }

/** What an incident starts with besides its words. */
export type Start = Partial<Extract<IncidentEvent, { type: 'reported' }>> & {
  readonly at?: number
  readonly by?: PersonId | null
  readonly what?: string
  readonly effects?: Partial<Effects>
}

/** A new incident, as the hub would commit it. */
export function reported(id: string, { at = noon, by = null, what = 'Two men shout', effects, ...facts }: Start = {}) {
  const event: IncidentEvent = {
    type: 'reported',
    id: incidentId(id),
    region: id.split('-')[0] ?? '',
    severity: 3,
    kind: null,
    kindGuessed: false,
    mark: 'AMBER',
    visibility: 'region',
    allowed: [],
    place: { state: 'found', county: 'Maricopa County', fips: '04013', usState: 'AZ' },
    evidence: { photo: 0, video: 0, voice: 0, document: 0 },
    contact: 'yes',
    account: null,
    room: null,
    ...facts,
  }
  return changed(null, [{ event, words: { what, where: 'by the library' } }], { at, by, ...(effects && { effects }) })
}

/** The next events of an incident. */
export function changed(
  before: Incident | null,
  decisions: readonly Decision[],
  how: { at?: number; by?: PersonId | null; effects?: Partial<Effects> } = {},
): IncidentChange {
  const { at = noon, by = null, effects = {} } = how
  const { after, entries } = enter(before, decisions, { now: at, actor: by && ({ id: by } as never) })
  return { before, after, entries, ...lossOf(before, entries, after), effects: { ...nothing, ...effects } }
}

/** Commits changes under a key, with an answer. */
export function keep(store: Store, key: string | null, ...incidents: readonly IncidentChange[]) {
  return store.transaction(tx => put(tx, key, ...incidents))
}

/** As `keep`, inside a transaction. */
export function put(tx: StoreTx, key: string | null, ...incidents: readonly IncidentChange[]) {
  return tx.commit({ key, person: null, now: noon, answer: { said: key }, incidents })
}

/** Reads, decides and commits, and runs anew when somebody else was first, as the hub does. */
export async function raced<T>(store: Store, run: (tx: StoreTx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await store.transaction(run)
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === 60) throw error
    }
  }
}

/** A post to a room or a thread there. */
export function post(key: string, room: RoomId, more: Partial<Post> = {}): Post {
  const view = plainView([{ words: `words of ${key}` }])
  return { key, to: { room }, incident: null, thread: false, lane: 'talk', view, ...more }
}

const person = (callsign: string, more: Partial<NetworkPerson> = {}): NetworkPerson => ({
  name: `${callsign} Sentinel-Name`,
  callsign,
  roles: ['responder'],
  regions: ['AZ'],
  languages: ['en'],
  accounts: [{ platform: 'workspace', address: callsign.toLowerCase() }],
  sample: true,
  ...more,
})

const room = (address: string) => ({ platform: 'workspace', address, name: null, language: null, red: false }) as const

/** A network of two regions, three rooms and two people. */
export const network: Network = {
  name: 'Example network',
  zone: 'America/New_York',
  languages: ['en', 'es'],
  regions: [
    {
      code: 'AZ',
      name: 'Arizona',
      zone: 'America/Phoenix',
      places: [{ type: 'state', state: 'AZ' }],
      rooms: [room('az')],
    },
    { code: 'US', name: 'Elsewhere', zone: 'UTC', places: [{ type: 'anywhere' }], rooms: [room('us')] },
  ],
  coordination: [room('coordination')],
  leadership: [],
  triage: [],
  people: [person('Heron'), person('Finch', { accounts: [{ platform: 'slack', address: 'U0FINCH' }] })],
  groups: [],
  strangers: 'refuse',
  red: ['signal', 'workspace'],
  summaries: [],
  clocks: {},
  retention: usualRetention,
}
