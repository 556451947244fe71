import type { Logger } from 'pino'
import type { Store } from '../db/store.ts'
import type { CalendarDay } from '../workflows/agenda/calendar.ts'
import type { Health } from '../workflows/health.ts'
import { unhidden } from '../workflows/library/find.ts'
import type { Read, ToolState } from '../workflows/ports.ts'
import type { Places } from '../workflows/routing.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import { agendaReads } from './agenda.ts'

/** What can be looked at: what is kept, what the network is made of, and how it all stands now. */
export type ReadsOptions = {
  readonly store: Store
  readonly taxonomy: Taxonomy
  readonly places: Places
  /** The election calendar; absent: none. */
  readonly calendar?: readonly CalendarDay[]
  /** How it stands with the chat tools now. */
  readonly connections: () => readonly ToolState[]
  /** How it stands with the hub itself. */
  readonly health: () => Promise<Health>
  readonly log: Pick<Logger, 'warn'>
  readonly pause: (ms: number) => Promise<void>
  /** Resolves when an answer that could do without has waited too long (ms); by default after that time. */
  readonly giveUp?: (ms: number) => Promise<void>
}

const draftLife = 24 * 60 * 60_000
// A platform wants the form within three seconds.
const draftWait = 1000

/** What commands may look at, by the hour (epoch ms) of what was asked. */
export function createReads({ log, pause, giveUp = pause, ...options }: ReadsOptions): (now: number) => Read {
  const { store, taxonomy, places, health, connections } = options

  /** A draft only helps: where it cannot be read, or not soon, the form opens without it. */
  function soon<T>(draft: Promise<T | null>): Promise<T | null> {
    const given = draft.catch(error => {
      log.warn({ err: error }, 'a draft could not be read')
      return null
    })
    return Promise.race([given, giveUp(draftWait).then(() => null)])
  }

  return now => ({
    incidents: store.incidents,
    directory: store.roster.directory(),
    places,
    taxonomy,
    evidence: id => store.files.list(id),
    held: store.held.held,
    triage: store.triage,
    tasks: store.tasks,
    proposals: store.proposals,
    warnings: store.warnings.at(now),
    broadcasts: store.broadcasts,
    library: store.library,
    exports: store.exports,
    bulletins: store.bulletins,
    messengers: unhidden(store.messengers, store.roster.directory()),
    recurring: store.recurring,
    rumours: store.rumours.reads(now),
    briefs: store.briefs,
    agenda: agendaReads({ store, taxonomy, calendar: options.calendar ?? [] }),
    drills: store.drills,
    hidden: store.shields.list,
    invites: () => store.codes.invites(now),
    stuck: store.stuck,
    parked: store.parked,
    connections: connections(),
    acquainted: store.acquainted.acquainted,
    health,
    draft: (person, name) => soon(store.drafts.latest(person, name, now - draftLife)),
  })
}
