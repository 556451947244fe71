import type { Store } from '../db/store.ts'
import type { Feeds } from '../workflows/agenda/feed.ts'
import { outsideAgenda } from '../workflows/agenda/outside.ts'
import type { AgendaReads } from '../workflows/agenda.ts'
import { personAsking } from '../workflows/directory.ts'
import { actsAs } from '../workflows/permission.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'

/** What calendars are made of; `address` is where the hub's pages are reached, without a slash at its end. */
export type FeedOptions = {
  readonly store: Pick<Store, 'agenda' | 'roster' | 'proposals'>
  readonly agenda: AgendaReads
  readonly taxonomy: Taxonomy
  readonly clock: () => number
  readonly address: () => string
}

const hourMs = 60 * 60_000
const aheadMs = 72 * hourMs
/** How long (ms) a link to a calendar works. */
export const feedLife = 90 * 24 * hourMs

/** Makes calendars of the next 72 hours, each for one person, cut to what may lie outside the network. */
export function createFeeds({ store, agenda, taxonomy, clock, address }: FeedOptions): Feeds {
  return {
    async link(person, now) {
      if (!isSafe(address())) return null
      const until = now + feedLife
      const secret = await store.agenda.link(person, { at: now, until })
      return { url: `${address()}/calendar/${secret}.ics`, until }
    },
    async find(secret) {
      const now = clock()
      const id = await store.agenda.linked(secret, now)
      const directory = store.roster.directory()
      const person = id && personAsking(directory, id)
      if (!person || person.blocked || person.hidden === 'cut') return null
      if (!actsAs(person, 'responder') && !actsAs(person, 'leader')) return null
      const all = await agenda.between({ from: now, to: now + aheadMs }, person.regions)
      const named = all.flatMap(one => one.incident ?? [])
      const states = new Map((await store.proposals.states(named)).map(one => [one.id, one]))
      const happenings = outsideAgenda(all, { states, taxonomy, directory })
      return { happenings, language: person.languages[0] ?? 'en', directory }
    },
  }
}

/** Behind https, or on this very machine. */
function isSafe(address: string): boolean {
  const { protocol, hostname } = new URL(address)
  return protocol === 'https:' || hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname)
}
