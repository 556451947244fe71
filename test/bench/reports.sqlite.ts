import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { fileReports } from './filing.ts'
import { tempFolder } from './folder.ts'
import { type BenchHub, openHub } from './hub.ts'
import { atLeast, type Bench, compared, informed, inTurn, limited, type Result } from './measure.ts'

const rounds = 7
const ms = 1_500

/**
 * Reports committed durably on SQLite against durable commits of one row each; and, to inform, while cards and receipts go
 * out to the practice workspace in the same process.
 */
export const sqliteReports: Bench = {
  names: ['reports-sqlite', 'reports-delivering'],
  run: wanted => limited(60, 'reports on SQLite', measure(wanted)),
}

async function* measure(wanted: (name: string) => boolean): AsyncGenerator<Result> {
  using folder = tempFolder()
  const hub = await openHub(`file:${join(folder.path, 'hub.db')}`, folder.path)
  const bare = oneRowCommits(join(folder.path, 'bare.db'))
  try {
    if (wanted('reports-sqlite')) {
      const both = await inTurn(
        rounds,
        () => fileReports(hub, ms),
        () => bare.commit(ms / 3),
      )
      const note = 'better-sqlite3, one row a commit, WAL, synchronous=FULL'
      yield compared('reports-sqlite', 'reports/s', both, atLeast(1), note)
    }
    if (wanted('reports-delivering')) {
      const rate = await delivering(hub, () => fileReports(hub, 2 * ms))
      yield informed('reports-delivering', 'reports/s', rate, 'nothing: it only informs')
    }
  } finally {
    bare.close()
    await hub.store.close()
  }
}

/** Does something while delivery runs beside it as fast as it can. */
async function delivering<T>({ delivery }: BenchHub, run: () => Promise<T>): Promise<T> {
  let ended = false
  async function deliver(): Promise<void> {
    while (!ended) if (!(await delivery.run())) await pause(10)
  }
  const [result] = await Promise.all([
    run().finally(() => {
      ended = true
    }),
    deliver(),
  ])
  return result
}

/** Commits one row after another, each durable before the next. */
function oneRowCommits(path: string) {
  const client = new Sqlite(path)
  client.pragma('journal_mode = wal')
  client.pragma('synchronous = full')
  client.exec('create table reports (id integer primary key, words text not null)')
  const insert = client.prepare('insert into reports (words) values (?)')
  const words = 'About 20 people shouting outside the polling place.'
  return {
    commit(ms: number): number {
      const begun = performance.now()
      const until = begun + ms
      let rows = 0
      for (; performance.now() < until; rows++) insert.run(words)
      return rows / ((performance.now() - begun) / 1000)
    },
    close: () => client.close(),
  }
}
