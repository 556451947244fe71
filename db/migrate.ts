import { readMigrationFiles } from 'drizzle-orm/migrator'
import { ConfigError } from '../workflows/errors.ts'

/** Runs one statement and gives its rows, if it has any. */
export type Execute = (statement: string) => Promise<readonly { readonly made?: unknown }[]>

/**
 * Brings the schema up to date with a folder made by drizzle-kit, inside a transaction that the caller holds alone;
 * `ConfigError` if the database knows a migration that this program does not. `changing` is called before a
 * database that holds something is changed; if it throws, nothing is.
 */
export async function migrate(folder: string, execute: Execute, changing = () => {}): Promise<void> {
  await execute('create table if not exists schema_migrations (made bigint primary key, hash text not null)')
  const applied = new Set((await execute('select made from schema_migrations')).map(row => Number(row.made)))
  const migrations = readMigrationFiles({ migrationsFolder: folder })
  const known = new Set(migrations.map(migration => migration.folderMillis))
  if ([...applied].some(made => !known.has(made))) throw new ConfigError(newer)
  const missing = migrations.filter(migration => !applied.has(migration.folderMillis))
  if (applied.size > 0 && missing.length > 0) changing()
  for (const { folderMillis, hash, sql } of missing) {
    for (const statement of sql) await execute(statement)
    await execute(`insert into schema_migrations (made, hash) values (${folderMillis}, '${hash}')`)
  }
}

const newer =
  'The database was written by a newer version of the hub. ' +
  'Start that version again, or restore the backup that was made before it.'
