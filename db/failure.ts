import { ConflictError, HubError, StoreError } from '../workflows/errors.ts'

type Driver = Error & { code?: string; constraint?: string; detail?: string; where?: string; internalQuery?: string }
type Reason = StoreError['reason']

/**
 * What callers get to see of a failed query: `ConflictError`, `StoreError`, or the driver's own error without the
 * values that people typed. An error that is not the database's is handed back as it is.
 */
export function storeFailure(error: unknown, outcome: StoreError['outcome'] = 'none'): unknown {
  if (error instanceof HubError) return error
  const driver = driverError(error)
  if (!driver) return error
  const code = driver.code ?? 'no code'
  if (conflicts.test(code)) return new ConflictError(`${code} ${driver.constraint ?? ''}`.trim())
  const reason = reasonOf(driver)
  if (reason) return new StoreError(reason, outcome, `${said[reason]} (${code})`)
  return scrubbed(driver)
}

/** Whether SQLite may have ended the whole transaction, whatever the statement that failed was part of. */
export function endsTransaction(error: unknown): boolean {
  return /^SQLITE_(FULL|IOERR|NOMEM|CORRUPT|NOTADB|INTERRUPT)/.test(driverError(error)?.code ?? '')
}

/** Whether another connection holds the lock that was asked for. */
export function isLocked(error: unknown): boolean {
  const driver = driverError(error)
  return driver !== undefined && reasonOf(driver) === 'locked'
}

/** Whether the connection itself is gone, so that nothing more can be learnt or undone through it. */
export function isLost(error: unknown): boolean {
  const driver = driverError(error)
  return driver !== undefined && reasonOf(driver) === 'lost'
}

const conflicts = /^(23505|40001|40P01|SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY|ROWID)|SQLITE_BUSY_SNAPSHOT)$/

/** What is said of each reason for which nothing could be kept, with what to do. */
export const said: Record<Reason, string> = {
  full: 'The disk of the database is full: nothing was kept. Make room, then try again',
  readonly: 'The database cannot be written: it is read-only. Check the rights on its file and folder, or its server',
  locked: 'Another program holds the database, or it is overloaded: nothing was kept. Try again shortly',
  lost: 'The connection to the database was lost',
  closed: 'The hub is being stopped: nothing was kept. Try again in a minute',
  newer: 'The database was written by a newer version of the hub',
  broken: 'The disk of the database fails or its file is damaged. Check the disk, and restore a backup if need be',
}

const reasons: readonly (readonly [RegExp, Reason])[] = [
  [/^(SQLITE_FULL|53100|ENOSPC|EDQUOT)$/, 'full'],
  [/^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|SQLITE_AUTH|25006$|EROFS$|EACCES$)/, 'readonly'],
  [/^(SQLITE_BUSY|SQLITE_LOCKED|SQLITE_PROTOCOL|55P03$|57014$|53300$)/, 'locked'],
  [/^(08|57P|25P0[34]$|ECONN|EPIPE$|ETIMEDOUT$|ENOTFOUND$|EHOSTUNREACH$|ENETUNREACH$|EAI_AGAIN$)/, 'lost'],
  [/^(SQLITE_IOERR|SQLITE_CORRUPT|SQLITE_NOTADB|SQLITE_NOMEM|58|XX00[12]$|53200$|EIO$)/, 'broken'],
]

// pg gives some lost connections no code at all.
const lostWords =
  /^(Connection terminated|Client has encountered a connection error|timeout e|Client was closed|Query read timeout)/

function reasonOf(error: Driver): Reason | undefined {
  if (lostWords.test(error.message)) return 'lost'
  return error.code === undefined ? undefined : reasons.find(([pattern]) => pattern.test(error.code ?? ''))?.[1]
}

function driverError(error: unknown): Driver | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (typeof (at as Driver).code === 'string' || lostWords.test(at.message)) return at
  }
  return undefined
}

function scrubbed(error: Driver): Driver {
  for (const key of ['detail', 'where', 'internalQuery'] as const) delete error[key]
  // Class 22 (data exception) quotes the value in its sentence.
  if (error.code?.startsWith('22')) error.message = `a value cannot be stored (${error.code})`
  return error
}
