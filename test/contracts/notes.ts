import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Columns, postgresColumns, sqliteColumns } from '../../db/columns.ts'
import type { Database } from '../../db/database.ts'

/** A small table with a column of every kind, so that the engines are tried without the hub's own schema. */
export function notesOf(engine: Database['engine']) {
  return define(engine === 'sqlite' ? sqliteColumns : postgresColumns)
}

/** Writes a migration folder as drizzle-kit does: the table, then `later` empty migrations of a newer program. */
export function notesMigrations(folder: string, engine: Database['engine'], later = 0): string {
  const tags = ['0000_notes', ...Array.from({ length: later }, (_, at) => `000${at + 1}_later`)]
  mkdirSync(join(folder, 'meta'), { recursive: true })
  const entries = tags.map((tag, at) => ({
    idx: at,
    version: '6',
    when: 1_700_000_000_000 + at,
    tag,
    breakpoints: true,
  }))
  writeFileSync(join(folder, 'meta', '_journal.json'), JSON.stringify({ entries }))
  for (const tag of tags)
    writeFileSync(join(folder, `${tag}.sql`), tag === '0000_notes' ? tables[engine] : slow[engine])
  return folder
}

function define({ table, text, integer, serial, boolean, timestamp, json, bytes, primaryKey }: Columns) {
  const notes = table('notes', {
    id: text().primaryKey(),
    body: text().notNull(),
    claimedBy: text(),
    count: integer().notNull().default(0),
    at: timestamp(),
    red: boolean(),
    extra: json<unknown>(),
    data: bytes(),
  })
  const marks = table('marks', { note: text().notNull(), mark: integer().notNull() }, row => [
    primaryKey({ columns: [row.note, row.mark] }),
  ])
  const lines = table('lines', { at: serial(), words: text().notNull() })
  return { notes, marks, lines }
}

// Slow where it can be, so that programs that migrate at once do meet.
const slow = { sqlite: 'select 1', postgres: 'select pg_sleep(0.03)' }

const tables = {
  sqlite: `create table notes (id text primary key not null, body text not null, claimed_by text,
      count integer not null default 0, at integer, red integer, extra text, data blob);
    --> statement-breakpoint
    create table marks (note text not null, mark integer not null, primary key (note, mark));
    --> statement-breakpoint
    create table lines (at integer primary key autoincrement not null, words text not null);`,
  postgres: `create table notes (id text collate "C" primary key not null, body text collate "C" not null,
      claimed_by text, count bigint not null default 0, at bigint, red boolean, extra text, data bytea);
    --> statement-breakpoint
    create table marks (note text not null, mark bigint not null, primary key (note, mark));
    --> statement-breakpoint
    create table lines (at bigserial primary key not null, words text not null);`,
}
