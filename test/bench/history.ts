import { join } from 'node:path'
import type { Interaction } from '../../bot/platform.ts'
import { postgresNeed, startPostgres } from '../postgres.ts'
import { makeHistory } from './fill.ts'
import { tempFolder } from './folder.ts'
import { accountOf, type BenchHub, openHub } from './hub.ts'
import { atMost, type Bench, compared, type Goal, inTurn, limited, type Result } from './measure.ts'
import { measureSearch } from './search.ts'
import { measureStart, startNames } from './start.ts'

type Question = { readonly name: string; readonly who: string; readonly line: string; readonly goal: Goal }
type Wanted = (name: string) => boolean

const long = 1_000_000
const short = 10_000
const rounds = 25

const questions: readonly Question[] = [
  { name: 'sitrep-history', who: 'eagle', line: 'sitrep', goal: atMost(1.5, { value: 150, unit: 'ms' }) },
  { name: 'incidents-history', who: 'owl', line: 'incidents', goal: atMost(1.5) },
  { name: 'mine-history', who: accountOf(1), line: 'mine', goal: atMost(1.5) },
]

/** On SQLite: what people ask most, and the start of the program, with a million incidents of history. */
export const sqliteHistory: Bench = {
  names: [...questions.map(question => question.name), 'search-history', ...startNames],
  run: wanted => limited(300, 'the history on SQLite', onSqlite(wanted)),
}

/** On PostgreSQL: what people ask most with a million incidents of history. */
export const postgresHistory: Bench = {
  names: postgresNeed().path
    ? [...questions.map(question => `${question.name}-postgres`), 'search-history-postgres']
    : [],
  run: wanted => limited(420, 'the history on PostgreSQL', onPostgres(wanted)),
}

async function* onSqlite(wanted: Wanted): AsyncGenerator<Result> {
  using folder = tempFolder()
  const now = Date.now()
  const longUrl = `file:${join(folder.path, 'long.db')}`
  await makeHistory(longUrl, folder.path, long, now)
  if (questions.some(question => wanted(question.name))) {
    const shortUrl = `file:${join(folder.path, 'short.db')}`
    await makeHistory(shortUrl, folder.path, short, now)
    yield* asked({ longUrl, shortUrl, folder: folder.path, now, suffix: '' }, wanted)
  }
  const history = { url: longUrl, folder: folder.path, now, count: long }
  if (wanted('search-history')) yield await measureSearch('search-history', history)
  yield* measureStart(longUrl, folder.path, wanted)
}

async function* onPostgres(wanted: Wanted): AsyncGenerator<Result> {
  using folder = tempFolder()
  const server = await startPostgres({ durable: true })
  try {
    const now = Date.now()
    const [longUrl, shortUrl] = [await server.fresh(), await server.fresh()]
    await makeHistory(longUrl, folder.path, long, now)
    if (questions.some(question => wanted(`${question.name}-postgres`))) {
      await makeHistory(shortUrl, folder.path, short, now)
      yield* asked({ longUrl, shortUrl, folder: folder.path, now, suffix: '-postgres' }, wanted)
    }
    const history = { url: longUrl, folder: folder.path, now, count: long }
    if (wanted('search-history-postgres')) yield await measureSearch('search-history-postgres', history)
  } finally {
    await server.stop()
  }
}

type Ground = { longUrl: string; shortUrl: string; folder: string; now: number; suffix: string }

async function* asked({ longUrl, shortUrl, folder, now, suffix }: Ground, wanted: Wanted): AsyncGenerator<Result> {
  const [much, little] = [await openHub(longUrl, folder, () => now), await openHub(shortUrl, folder, () => now)]
  try {
    for (const { name, who, line, goal } of questions.filter(question => wanted(question.name + suffix))) {
      const both = await inTurn(
        rounds,
        () => ask(much, who, line),
        () => ask(little, who, line),
      )
      yield compared(name + suffix, 'ms', both, goal, `/${line} with ${short.toLocaleString('en-US')} incidents`)
    }
  } finally {
    await much.store.close()
    await little.store.close()
  }
}

/** Ms from the command to its answer, through the hub's port. */
async function ask({ hub }: BenchHub, account: string, name: string): Promise<number> {
  const origin = { platform: 'workspace', key: `bench:${name}`, account, room: null, message: null, at: 0 } as const
  const typed: Interaction = { ...origin, type: 'command', name, words: '' }
  const begun = performance.now()
  const { reply } = await hub.receive(typed)
  const ms = performance.now() - begun
  if (reply.type !== 'view') throw new Error(`/${name} was not answered: ${JSON.stringify(reply)}`)
  return ms
}
