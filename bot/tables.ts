import type { Store } from '../db/store.ts'
import { personAsking } from '../workflows/directory.ts'
import type { IncidentId } from '../workflows/ids.ts'
import { type Phrase, phrase } from '../workflows/phrase.ts'
import { coursesOf } from '../workflows/report/course.ts'
import type { Tables } from '../workflows/report/link.ts'
import { mayReadAll, whyNotReport } from '../workflows/report/reader.ts'
import { reportCsv } from '../workflows/report/table.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import type { NotShown } from '../workflows/viewing.ts'
import { actorOf, readerOf } from './identify.ts'

/** True for what a link leads to if that is the table of a run. */
export function isTable(item: string | null): boolean {
  return item?.startsWith(mark) ?? false
}

/** Joins links, rights and timelines. */
export function createTables({ store, taxonomy, clock }: TableOptions): Tables {
  async function judge(secret: string) {
    const now = clock()
    const found = await store.tickets.find(secret, null, now)
    const directory = store.roster.directory()
    const person = found && personAsking(directory, found.ticket.person)
    if (!found || !person || !isTable(found.ticket.item)) return gone
    const { ticket } = found
    const actor = actorOf(person, { account: null, platform: ticket.platform }, directory)
    const reader = readerOf(actor, null, directory, now)
    const no = (said: Phrase): NotShown => ({ type: 'not-shown', why: 'refused', phrase: said, reader })
    if (found.browser !== 'none') return no(phrase('page.other', { id: ticket.incident }))
    const known = await store.incidents.find(ticket.incident as IncidentId)
    const refused = known ? whyNotReport(known.incident, actor, directory) : phrase('page.gone')
    if (!known || refused) return no(refused ?? phrase('page.gone'))
    const run = (ticket.item ?? '').slice(mark.length)
    return { type: 'table', incident: known.incident, run, reader, actor, no } as const
  }

  return {
    async find(secret) {
      const judged = await judge(secret)
      if (judged.type !== 'table') return judged
      const { incident, run, reader } = judged
      return { type: 'table', incident: incident.id, run, reader }
    },
    async take(secret) {
      const judged = await judge(secret)
      if (judged.type !== 'table') return judged
      const { incident, run, reader, actor, no } = judged
      if (!(await store.tickets.bind(secret, clock()))) return no(phrase('page.other', { id: incident.id }))
      const entries = await store.incidents.timeline(incident.id, incident.seq)
      const courses = coursesOf(entries, taxonomy).filter(course => course.run.id === run)
      const directory = store.roster.directory()
      const reading = { directory, language: reader.language, mayRead: mayReadAll(incident, actor) }
      return { type: 'table', incident: incident.id, run, reader, csv: reportCsv(courses, reading, reader) }
    },
  }
}

type TableOptions = {
  readonly store: Pick<Store, 'tickets' | 'roster' | 'incidents'>
  readonly taxonomy: Taxonomy
  readonly clock: () => number
}

const mark = 'table:'
const gone: NotShown = { type: 'not-shown', why: 'gone', phrase: phrase('page.gone'), reader: null }
