import type { ScanInput, ScanRule } from '../../../workflows/detect/scan.ts'
import { scanRule } from '../../../workflows/detect/scan.ts'
import { ConfigError } from '../../../workflows/errors.ts'
import { startScan } from '../../scanning.ts'
import type { Row } from './read.ts'
import { type Columns, columnOf, countOf, dayOf, nameOf, numberOf } from './series.ts'

/** The counties of a table, by name, with what is to be scanned; days are given where a column names them. */
export type ScanTable = {
  readonly names: readonly string[]
  readonly days: readonly number[]
  readonly input: ScanInput
}

/** Scans a table with one row a county (or one a county and day); gives the cluster with the names of its counties. */
export async function scanTable(
  rows: AsyncIterable<Row>,
  asked: Columns,
  set: Readonly<Record<string, unknown>>,
): Promise<object> {
  const table = await readScan(rows, asked)
  const by = Object.fromEntries(
    Object.entries(scanRule).map(([name, usual]) => [name, typeof set[name] === 'number' ? set[name] : usual]),
  ) as ScanRule
  if (!(by.share > 0 && by.share <= 1)) throw new ConfigError('share is a part of the whole: more than 0, at most 1.')
  const found = await startScan(table.input, by)
  const last = table.days.at(-1)
  const cluster = found && {
    ...found,
    sites: found.sites.map(site => table.names[site]),
    ...(last === undefined ? {} : { from: nameOf(last - found.days + 1), to: nameOf(last) }),
  }
  return { method: 'scan', column: columnOf(asked), by, counties: table.names.length, cluster }
}

/** Reads what is to be scanned. @throws ConfigError that names the row, or the column that is missing */
export async function readScan(rows: AsyncIterable<Row>, asked: Columns): Promise<ScanTable> {
  const column = (name: string) => (typeof asked[name] === 'string' ? asked[name] : null)
  const [place, date, expected] = [column('place') ?? 'county', column('date'), column('expected')]
  const [lon, lat] = [column('lon') ?? 'lon', column('lat') ?? 'lat']
  const sites = new Map<string, { readonly lon: number; readonly lat: number }>()
  const cells = new Map<number, Map<string, { cases: number; expected: number }>>()
  for await (const row of rows) {
    const name = row.cells.get(place)
    if (name === undefined) throw new ConfigError(`There is no column "${place}": name the counties with --place.`)
    if (!sites.has(name)) sites.set(name, siteOf(row, lon, lat))
    const day = date === null ? 0 : dayOf(row, date)
    const of = cells.get(day) ?? new Map<string, { cases: number; expected: number }>()
    const cell = of.get(name) ?? { cases: 0, expected: 0 }
    cell.cases += countOf(row, columnOf(asked)) || 0
    cell.expected += expected === null ? 1 : countOf(row, expected) || 0
    cells.set(day, of.set(name, cell))
  }
  const names = [...sites.keys()]
  const known = [...cells.keys()].sort((one, other) => one - other)
  const [first = 0, last = -1] = [known[0], known.at(-1)]
  if (last - first > 3660) throw new ConfigError(`The days reach over ten years, to ${nameOf(last)}: is one mistyped?`)
  const days = Array.from({ length: last - first + 1 }, (_, at) => first + at)
  const list = (what: 'cases' | 'expected') =>
    days.map(day => Float64Array.from(names, name => cells.get(day)?.get(name)?.[what] ?? (what === 'cases' ? 0 : 1)))
  const input = { sites: [...sites.values()], cases: list('cases'), expected: list('expected') }
  return { names, days: date === null ? [] : days, input }
}

function siteOf(row: Row, lon: string, lat: string): { readonly lon: number; readonly lat: number } {
  const site = { lon: numberOf(row, lon), lat: numberOf(row, lat) }
  if (Math.abs(site.lat) <= 90 && Math.abs(site.lon) <= 360) return site
  throw new ConfigError(`Row ${row.number}: ${site.lon}, ${site.lat} is no longitude and latitude in degrees.`)
}
