import { hostname } from 'node:os'
import { gt } from 'drizzle-orm'
import { databaseNow, tablesOf } from './base.ts'
import type { Database } from './database.ts'

/** A process that runs on a database, and by their ids the keys of the hub that it has, the one in use first. */
export type Running = {
  readonly host: string
  readonly pid: number
  readonly source: 'HUB_KEY' | 'file'
  readonly keys: readonly string[]
}

/** The processes that run on a database, as far as they were heard of lately and are not known to be dead. */
export async function running(database: Database): Promise<readonly Running[]> {
  const { processes } = tablesOf(database.engine)
  const { host, pid, source, keys } = processes
  const heard = await database.read
    .select({ host, pid, source, keys })
    .from(processes)
    .where(gt(processes.until, databaseNow(database.engine)))
  return heard.filter(isAlive)
}

/** Whether a process may still run: on another machine nobody can tell, so there it does. */
export function isAlive({ host, pid }: Pick<Running, 'host' | 'pid'>): boolean {
  if (host !== hostname()) return true
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
