import type { IncidentId, PersonId, RunId, StepId } from '../workflows/ids.ts'
import type { Columns } from './columns.ts'

/** What people are to do in protocols that go on; a row goes when it is done: nothing grows with what has ended. */
export function taskTables({ table, index, primaryKey, text, timestamp }: Columns) {
  return {
    tasks: table(
      'tasks',
      {
        incident: text().$type<IncidentId>().notNull(),
        run: text().$type<RunId>().notNull(),
        step: text().$type<StepId>().notNull(),
        person: text().$type<PersonId>().notNull(),
        /** Null: at no set time. */
        dueAt: timestamp(),
      },
      row => [
        primaryKey({ columns: [row.incident, row.run, row.step, row.person] }),
        index('tasks_person').on(row.person, row.dueAt),
      ],
    ),
  }
}
