import Sqlite from 'better-sqlite3'
import pg from 'pg'
import type { Interaction } from '../../bot/platform.ts'
import { openDatabase } from '../../db/database.ts'
import { openStore } from '../../db/open.ts'
import { openRing } from '../../db/ring.ts'
import { facetsOf, tokens } from '../../db/tokens.ts'
import type { Incident } from '../../workflows/incident.ts'
import { stemsOf } from '../../workflows/search/stem.ts'
import { type BenchHub, openHub } from './hub.ts'
import { median, type Result } from './measure.ts'

/** A history without an index of its words, and where its key lies. */
type History = { readonly url: string; readonly folder: string; readonly now: number; readonly count: number }

const longest = 100
const rounds = 12

// Words that half of all hold, a hundredth, and one in fifty thousand; more of them narrow it down.
const questions = [
  'common1 all',
  'common1',
  'middle7 all',
  'rare77 all',
  'common1 middle7 all',
  'common1 common2 common3 all',
  'common1 AZ s4 all',
  'common2 middle3 AZ closed page 3',
  'maricopa common1 since monday all',
  'rare77 rare78 all',
]

/** The line of how long a search takes at the median, over mixed questions; the history's words are indexed first. */
export async function measureSearch(name: string, history: History): Promise<Result> {
  await indexWords(history)
  const { url, folder, now, count } = history
  const hub = await openHub(url, folder, () => now)
  try {
    const each = new Map<string, number[]>()
    for (let round = 0; round <= rounds; round++) {
      for (const question of questions) {
        const ms = await ask(hub, question)
        if (round > 0) each.set(question, [...(each.get(question) ?? []), ms])
      }
    }
    const medians = [...each].map(([question, times]) => ({ question, ms: median(times) }))
    const slowest = medians.toSorted((one, other) => other.ms - one.ms)[0]
    const value = Number(median([...each.values()].flat()).toPrecision(4))
    const most = `slowest “${slowest?.question}”: ${slowest?.ms.toFixed(0)} ms`
    const note = `${count.toLocaleString('en-US')} incidents; ${most}`
    return { name, value, unit: 'ms', baseline: null, ratio: null, goal: `<= ${longest}`, ok: value <= longest, note }
  } finally {
    await hub.store.close()
  }
}

/** Ms from the question to its answer, through the hub's port. */
async function ask({ hub }: BenchHub, words: string): Promise<number> {
  const origin = {
    platform: 'workspace',
    key: `bench:${words}`,
    account: 'owl',
    room: null,
    message: null,
    at: 0,
  } as const
  const typed: Interaction = { ...origin, type: 'command', name: 'incidents', words }
  const begun = performance.now()
  const { reply } = await hub.receive(typed)
  const ms = performance.now() - begun
  if (reply.type !== 'view') throw new Error(`/incidents ${words} was not answered: ${JSON.stringify(reply)}`)
  return ms
}

/** Fills the index as the hub would, all at once. */
async function indexWords({ url, folder }: History): Promise<void> {
  const opened = await openDatabase({ url })
  const ring = await openRing(opened, { key: { value: undefined, file: `${folder}/hub.key` }, lookMs: 60_000 })
  const store = await openStore({ ...ring, filesFolder: `${folder}/files` })
  const token = tokens(ring.seal)
  const facets = new Map<string, number>()
  const words = new Map<string, number>()
  const known = (made: Map<string, number>, text: string, make: (text: string) => number) => {
    const found = made.get(text) ?? make(text)
    made.set(text, found)
    return found
  }
  const tokensOf = (row: Row, n: number) => [
    ...wordsOf(n).map(word => known(words, word, text => token.word(stemsOf(text)[0] ?? ''))),
    ...facetsOf(stateOf(row)).map(facet => known(facets, facet, token.facet)),
  ]
  try {
    if (url.startsWith('file:')) fillSqlite(url.slice('file:'.length), tokensOf)
    else await fillPostgres(url, tokensOf)
  } finally {
    await store.close()
  }
}

type Row = Record<'id' | 'region' | 'status' | 'kind' | 'reporter', string> & {
  readonly severity: number
  readonly claimer: string | null
}
type TokensOf = (row: Row, n: number) => number[]

const columns = 'id, region, status, kind, reporter, severity, claimer'

function stateOf({ claimer, ...row }: Row): Incident {
  return { ...row, claim: claimer ? { by: claimer } : null, triage: 'done' } as unknown as Incident
}

/** Thirteen words: some that many hold, some that few do, and the county. */
function wordsOf(n: number): string[] {
  const common = [1, 2, 3, 4, 5].map(at => (n % (at + 1) === 0 ? `common${at}` : `common${6 + ((n * at) % 12)}`))
  const middle = [1, 2, 3, 4].map(at => `middle${(n * 31 * at + at) % 100}`)
  const rare = [1, 2, 3].map(at => `rare${(n * 7_919 * at + at) % 50_000}`)
  return [...common, ...middle, ...rare, ['maricopa', 'fulton', 'wayne', 'dane'][n % 4] ?? '']
}

// The history numbers its incidents in the order of time.
function numberOf({ id }: Row): number {
  return Number(id.slice(id.indexOf('-') + 1)) - 100_000
}

function fillSqlite(path: string, tokensOf: TokensOf): void {
  const [reader, writer] = [new Sqlite(path), new Sqlite(path)]
  try {
    writer.pragma('synchronous = off')
    writer.exec('begin')
    const put = writer.prepare('insert into search(rowid, tokens) values (?, ?)')
    for (const row of reader.prepare<[], Row>(`select ${columns} from incidents`).iterate()) {
      const n = numberOf(row)
      if (n > 0) put.run(n, spelt(tokensOf(row, n)))
    }
    writer.exec(numbers)
    writer.exec('commit')
    writer.pragma('wal_checkpoint(truncate)')
  } finally {
    reader.close()
    writer.close()
  }
}

async function fillPostgres(url: string, tokensOf: TokensOf): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query('set synchronous_commit = off')
    await client.query("set maintenance_work_mem = '256MB'")
    await client.query('drop index search_tokens')
    await client.query('begin')
    await client.query(`declare all_rows cursor for select ${columns} from incidents`)
    for (;;) {
      const { rows } = await client.query<Row>('fetch 10000 from all_rows')
      if (rows.length === 0) break
      const values = rows.flatMap(row => {
        const n = numberOf(row)
        return n > 0 ? [`(${n}, '{${tokensOf(row, n).join()}}')`] : []
      })
      await client.query(`insert into search values ${values.join()}`)
    }
    await client.query(numbers)
    await client.query('commit')
    await client.query('create index search_tokens on search using gin (tokens)')
    await client.query('vacuum analyze search')
    await client.query('vacuum analyze searched')
  } finally {
    await client.end()
  }
}

const numbers = `insert into searched (n, incident, reported_at)
  select cast(substr(id, 4) as bigint) - 100000, id, reported_at from incidents
  where cast(substr(id, 4) as bigint) > 100000`

function spelt(all: readonly number[]): string {
  return all.map(one => one.toString(32).padStart(8, '0')).join(' ')
}
