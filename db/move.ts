import { ConfigError, HubError, StoreError } from '../workflows/errors.ts'
import { storeFailure } from './failure.ts'
import { digestOf, type Table, weightOf } from './move/row.ts'
import { openSource, type Source } from './move/source.ts'
import { openTarget, type Target } from './move/target.ts'

/** A move from a SQLite file to a PostgreSQL database; `show` hears how many steps of how many are done, of what. */
export type Move = {
  readonly from: string
  readonly to: string
  /** Epoch ms. */
  readonly now: number
  readonly show?: (done: number, of: number, note: string) => void
}

/** What was moved, and to where; `before`: it stood there already, and only the file was marked now. */
export type Moved = { readonly tables: number; readonly rows: number; readonly to: string; readonly before: boolean }

/**
 * Moves a whole network: every row of every table, each compared afterwards. PostgreSQL gets all of it in one
 * transaction, or nothing; the file stays as it is but for a mark, by which no hub takes up work on it again. Memory
 * does not grow with the number of rows. @throws ConfigError, StoreError; nothing was moved then, or it says otherwise
 */
export async function moveToPostgres({ from, to, now, show = () => {} }: Move): Promise<Moved> {
  const source = openSource(from)
  try {
    const target = await openTarget(to)
    try {
      return await between(source, target, now, show)
    } finally {
      await target.close()
    }
  } catch (error) {
    throw said(error)
  } finally {
    source.close()
  }
}

async function between(source: Source, target: Target, now: number, show: NonNullable<Move['show']>): Promise<Moved> {
  const [own, there] = [source.ownKey(), await target.ownKey()]
  if (own && there && own.equals(there)) {
    // The answer to the last COMMIT was lost, or the process ended right after it.
    source.mark({ at: now, to: target.name })
    return { tables: 0, rows: 0, to: target.name, before: true }
  }
  const tables = shared(source, await target.prepare())
  const counts = new Map(tables.map(({ name }) => [name, source.count(name)]))
  const rows = [...counts.values()].reduce((sum, one) => sum + one, 0)
  let done = 0
  const step = (by: number, note: string) => {
    done += by
    // The end is said once it is kept.
    show(Math.min(done, 2 * rows), 2 * rows + 1, note)
  }
  for (const table of tables) await carry(source, target, table, by => step(by, `moving ${table.name}`))
  for (const table of tables) {
    const found = await compare(source, target, table, by => step(by, `comparing ${table.name}`))
    if (found !== counts.get(table.name)) throw new StoreError('broken', 'none', differs(table.name))
  }
  await target.finish(source.highest(), { at: now, facts: { tables: tables.length, rows } })
  await target.commit()
  source.mark({ at: now, to: target.name })
  show(1, 1, 'done')
  return { tables: tables.length, rows, to: target.name, before: false }
}

/** The tables of both. @throws ConfigError if one has what the other lacks, because something would be left behind */
function shared(source: Source, there: ReadonlyMap<string, Table['columns']>): readonly Table[] {
  const names = new Set([...source.tables.keys(), ...there.keys()])
  return [...names].sort().map(name => {
    const columns = there.get(name)
    const own = source.tables.get(name)
    const same = columns && own?.length === columns.length && columns.every(column => own.includes(column.name))
    if (!same) throw new ConfigError(`The table ${name} is not the same in both databases. Nothing was moved.`)
    return { name, key: source.key(name), columns }
  })
}

async function carry(source: Source, target: Target, table: Table, step: (by: number) => void): Promise<void> {
  let [batch, weight]: [Parameters<Target['put']>[1][number][], number] = [[], 0]
  const put = async () => {
    if (batch.length === 0) return
    await target.put(table, batch)
    step(batch.length)
    batch = []
    weight = 0
  }
  for (const row of source.rows(table)) {
    batch.push(row)
    weight += weightOf(row)
    if (batch.length === mostRows || weight > mostBytes) await put()
  }
  await put()
}

const mostRows = 500
const mostBytes = 4 * 1024 * 1024

/** Reads both sides in the same order and compares row by row; gives how many rows there are. */
async function compare(source: Source, target: Target, table: Table, step: (by: number) => void): Promise<number> {
  const there = target.rows(table)
  let [rows, unsaid] = [0, 0]
  for (const row of source.rows(table)) {
    const other = await there.next()
    if (other.done || digestOf(row) !== digestOf(other.value)) {
      throw new StoreError('broken', 'none', differs(table.name, rows + 1))
    }
    rows += 1
    unsaid += 1
    if (unsaid === mostRows) {
      step(unsaid)
      unsaid = 0
    }
  }
  step(unsaid)
  if (!(await there.next()).done) throw new StoreError('broken', 'none', differs(table.name, rows + 1))
  return rows
}

const differs = (table: string, row?: number) =>
  `What arrived in PostgreSQL is not what was sent (${table}${row ? `, row ${row} by its key` : ''}). ` +
  'Check the disks of both machines.'

/** Whatever went wrong, with what became of the move. */
function said(error: unknown): unknown {
  const failure = storeFailure(error)
  if (failure instanceof StoreError) {
    const end =
      failure.outcome === 'unknown'
        ? 'It is not known whether the move was kept: run the same command again, and it is found out.'
        : 'Nothing was moved: both databases are as they were. Then run the same command again.'
    return new StoreError(failure.reason, failure.outcome, `${failure.message.replace(/\.$/, '')}. ${end}`)
  }
  return failure instanceof HubError ? failure : error
}
