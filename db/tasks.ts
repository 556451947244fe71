import { and, asc, eq, sql } from 'drizzle-orm'
import type { IncidentChange } from '../workflows/change.ts'
import type { TaskReads } from '../workflows/ports.ts'
import type { Base } from './base.ts'
import { prepared, type Read, type Tx } from './database.ts'
import type { Know } from './protocols.ts'
import { batch, slot, written } from './write.ts'

/** What people are to do, and what a transaction does to it. */
export type Tasks = TaskReads & {
  /** Brings it up to what these changes made of it; touches nothing where none did. */
  write(tx: Tx, changes: readonly IncidentChange[]): Promise<void>
}

const columns = ['incident', 'run', 'step', 'person', 'dueAt'] as const

/** The tasks in the database; `know` reads what their runs are pinned to. */
export function taskStore({ database, tables: { tasks, incidents } }: Base, know: Know = async () => {}): Tasks {
  const upsert = batch('tasks_set', columns, (tx, values) =>
    tx
      .insert(tasks)
      .values(values)
      .onConflictDoUpdate({
        target: [tasks.incident, tasks.run, tasks.step, tasks.person],
        set: { dueAt: sql`excluded.due_at` },
      }),
  )
  const drop = written('tasks_drop', tx =>
    tx
      .delete(tasks)
      .where(
        and(
          eq(tasks.incident, slot('incident')),
          eq(tasks.run, slot('run')),
          eq(tasks.step, slot('step')),
          eq(tasks.person, slot('person')),
        ),
      ),
  )
  const end = written('tasks_end', tx =>
    tx.delete(tasks).where(and(eq(tasks.incident, slot('incident')), eq(tasks.run, slot('run')))),
  )
  const own = prepared('tasks_own', (read: Read) =>
    read
      .select({ incident: incidents.state, run: tasks.run, step: tasks.step, dueAt: tasks.dueAt })
      .from(tasks)
      .innerJoin(incidents, eq(incidents.id, tasks.incident))
      .where(eq(tasks.person, slot('person')))
      .orderBy(sql`${tasks.dueAt} is null`, asc(tasks.dueAt), asc(tasks.incident), asc(tasks.run), asc(tasks.step))
      .limit(slot('limit')),
  )

  return {
    async list(person, limit) {
      const rows = await own(database.read, { person, limit })
      await know(
        database.read,
        rows.map(row => row.incident),
      )
      return rows
    },
    async write(tx, changes) {
      for (const { after, effects } of changes) {
        if (!effects.tasks) continue
        const { id: incident } = after
        for (const run of effects.tasks.over) await end(tx, { incident, run })
        for (const { run, step, person } of effects.tasks.drop) await drop(tx, { incident, run, step, person })
        await upsert(
          tx,
          effects.tasks.set.map(task => ({ incident, ...task })),
        )
      }
    },
  }
}
