import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { loadTaxonomy } from '../../bot/config.ts'
import { findAlike } from '../../workflows/alike.ts'
import type { IncidentId } from '../../workflows/ids.ts'
import { fileReport } from './filing.ts'
import { tempFolder } from './folder.ts'
import { type BenchHub, openHub } from './hub.ts'
import { type Bench, limited, median, type Result } from './measure.ts'

const many = 100_000
const rounds = 40
const most = 30
const names = ['similar-offer', 'similar-offer-one-county'] as const

/** How long it takes to find what may be the same event among 100,000 open ones, spread and all in one county. */
export const similarOffers: Bench = {
  names,
  run: wanted => limited(180, 'what may be the same event', measure(wanted)),
}

async function* measure(wanted: (name: string) => boolean): AsyncGenerator<Result> {
  for (const name of names.filter(wanted)) {
    using folder = tempFolder()
    const path = join(folder.path, 'hub.db')
    const now = Date.now()
    const sample = await openHub(`file:${path}`, folder.path, () => now)
    for (let at = 0; at < 64; at++) await fileReport(sample, at, at)
    const first = (await sample.store.incidents.list({ regions: ['AZ'], viewer: '' as never, open: true, limit: 1 }))
      .items[0]
    await sample.store.close()
    multiply(path, name === 'similar-offer' ? 15 : 1)
    const hub = await openHub(`file:${path}`, folder.path, () => now)
    try {
      const ms = await look(hub, first?.id as IncidentId)
      const value = Number(ms.toPrecision(4))
      const note = `median of ${rounds}, words and all, among ${many.toLocaleString('en-US')} open in one region`
      yield { name, value, unit: 'ms', baseline: null, ratio: null, goal: `<= ${most}`, ok: ms <= most, note }
    } finally {
      await hub.store.close()
    }
  }
}

async function look({ store }: BenchHub, id: IncidentId): Promise<number> {
  const known = await store.incidents.find(id)
  if (!known) throw new Error('the sample is gone')
  const taxonomy = loadTaxonomy()
  const times: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const begun = performance.now()
    const found = await findAlike(known, { incidents: store.incidents, taxonomy })
    if (found.length === 0) throw new Error('nothing was found to be alike')
    if (round > 0) times.push(performance.now() - begun)
  }
  return median(times)
}

/** Repeats the reports that stand there until there are so many open ones, all of one region, with keys and words. */
function multiply(path: string, counties: number): void {
  const client = new Sqlite(path)
  const columns = (client.pragma('table_info(incidents)') as { name: string }[]).map(column => column.name)
  const put: Record<string, string> = {
    id: "'AZ-' || (100000 + n)",
    region: "'AZ'",
    county: countyOf(counties),
    reported_at: 'reported_at - n * 150 % 18000000',
    state: `json_set(state, '$.id', 'AZ-' || (100000 + n), '$.region', 'AZ', '$.place.county',
      replace(${countyOf(counties)}, ', AZ', ''), '$.reportedAt', reported_at - n * 150 % 18000000)`,
  }
  const values = columns.map(name => put[name] ?? name).join()
  client.exec(`
    create temp table series as
      with recursive s(n) as (select 1 union all select n + 1 from s where n < ${many}) select n from s;
    create temp table samples as select row_number() over (order by id) - 1 as place, id from incidents;
    create temp table pairs as
      select n, id as sample from series join samples on place = n % (select count(*) from samples);
    insert into incidents (${columns.join()}) select ${values} from pairs join incidents on incidents.id = sample;
    insert into keys (scope, sealed)
      select 'incident:AZ-' || (100000 + n), sealed from pairs join keys on scope = 'incident:' || sample;
    insert into words (incident, seq, person, sealed)
      select 'AZ-' || (100000 + n), seq, person, sealed from pairs join words on words.incident = sample;
    update incidents set county = 'Maricopa County, AZ', state = json_set(state, '$.place.county', 'Maricopa County')
      where id in (select id from samples) and region = 'AZ';
  `)
  client.close()
}

function countyOf(counties: number): string {
  return `case when n % ${counties} = 0 then 'Maricopa County, AZ' else 'County ' || (n % ${counties}) || ', AZ' end`
}
