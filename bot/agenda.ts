import type { Store } from '../db/store.ts'
import type { CalendarDay } from '../workflows/agenda/calendar.ts'
import { agendaOf, plannedKinds } from '../workflows/agenda/list.ts'
import type { AgendaReads } from '../workflows/agenda.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'

/** Where what is to come is looked up. */
export type AgendaOptions = {
  readonly store: Pick<Store, 'agenda' | 'roster'>
  readonly taxonomy: Taxonomy
  readonly calendar: readonly CalendarDay[]
}

/** What is to come: told by people, known from reports of gatherings, and of the election calendar. */
export function agendaReads({ store, taxonomy, calendar }: AgendaOptions): AgendaReads {
  return {
    async between(span, regions) {
      const told = await store.agenda.planned(span, regions)
      const gatherings = await store.agenda.gatherings(plannedKinds(taxonomy), regions)
      return agendaOf({ told, gatherings, calendar, directory: store.roster.directory(), taxonomy }, span, regions)
    },
  }
}
