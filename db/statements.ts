import type Sqlite from 'better-sqlite3'
import { StoreError } from '../workflows/errors.ts'
import { endsTransaction } from './failure.ts'

type Client = Pick<Sqlite.Database, 'prepare' | 'exec' | 'inTransaction'>
type Values = readonly unknown[]

/** What drizzle asks of a client, each statement compiled once; `ended` gives the error that ended the transaction. */
export type Statements = {
  readonly client: Pick<Sqlite.Database, 'prepare'>
  /** Runs statements that take and give nothing. */
  exec(source: string): void
  /** The first error since the last call that may have ended the whole transaction, if there was one. */
  ended(): unknown
  /** How many statements that may write were tried so far. */
  writes(): number
}

/**
 * Keeps compiled statements, and watches them: with `onlyInTransaction`, a statement outside a transaction throws,
 * because after SQLite has ended one by itself the rest would be committed piece by piece.
 */
export function statements(client: Client, { onlyInTransaction }: { onlyInTransaction: boolean }): Statements {
  const kept = new Map<string, ReturnType<typeof compile>>()
  let end: unknown
  let writes = 0

  function attempt<T>(query: () => T, writing: boolean): T {
    if (writing) writes += 1
    if (onlyInTransaction && !client.inTransaction) throw new StoreError('broken', 'none', 'the transaction has ended')
    try {
      return query()
    } catch (error) {
      if (endsTransaction(error)) end ??= error
      throw error
    }
  }

  function compile(source: string) {
    const plain = client.prepare<unknown[]>(source)
    const writing = !plain.readonly
    let raw: Sqlite.Statement<unknown[]> | undefined
    const lists = () => {
      raw ??= client.prepare<unknown[]>(source).raw()
      return raw
    }
    return {
      run: (...values: Values) => attempt(() => plain.run(...values), writing),
      all: (...values: Values) => attempt(() => plain.all(...values), writing),
      get: (...values: Values) => attempt(() => plain.get(...values), writing),
      raw: () => ({
        all: (...values: Values) => attempt(() => lists().all(...values), writing),
        get: (...values: Values) => attempt(() => lists().get(...values), writing),
      }),
    }
  }

  function prepare(source: string) {
    const found = kept.get(source)
    if (found) return found
    const made = compile(source)
    if (kept.size >= mostKept) kept.delete(kept.keys().next().value ?? '')
    kept.set(source, made)
    return made
  }

  return {
    client: { prepare } as unknown as Pick<Sqlite.Database, 'prepare'>,
    exec: source => void attempt(() => client.exec(source), true),
    ended() {
      const error = end
      end = undefined
      return error
    },
    writes: () => writes,
  }
}

const mostKept = 500
