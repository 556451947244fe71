import pg from 'pg'
import { newFormId } from '../../bot/asking.ts'

/** One row as its columns hold it, in the order of the table's columns. */
type Row = readonly unknown[]
/** A report as it lies in the tables. */
type Report = {
  readonly id: string
  readonly tables: readonly { readonly name: string; readonly rows: readonly Row[] }[]
}

const tables = [
  { name: 'incidents', where: 'id' },
  { name: 'keys', where: "replace(scope, 'incident:', '')" },
  { name: 'timeline', where: 'incident' },
  { name: 'words', where: 'incident' },
  { name: 'cards', where: 'incident' },
  { name: 'timers', where: 'incident' },
  { name: 'posts', where: 'incident' },
  { name: 'inbox', where: "replace(scope, 'incident:', '')" },
] as const

/** Reads the reports that lie in a store, at most so many, to be written again by `writeReports`. */
export async function readReports(url: string, most: number): Promise<readonly Report[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    const { rows } = await client.query<{ id: string }>('select id from incidents order by reported_at limit $1', [
      most,
    ])
    const reports = rows.map(({ id }) => ({ id, tables: tables.map(({ name }) => ({ name, rows: [] as Row[] })) }))
    const byId = new Map(reports.map(report => [report.id, report]))
    for (const [at, { name, where }] of tables.entries()) {
      const read = {
        text: `select ${where} as report, ${await columnsOf(client, name)} from ${name}`,
        rowMode: 'array' as const,
      }
      for (const [id, ...row] of (await client.query<unknown[]>(read)).rows) {
        byId.get(String(id))?.tables[at]?.rows.push(row)
      }
    }
    return reports
  } finally {
    await client.end()
  }
}

/**
 * Writes these reports over and over, each time as a new one, with SQL written by hand: one transaction a report, one
 * prepared statement a table, as many writers at once as there are reporters.
 */
export async function handWriter(url: string, reports: readonly Report[], writers: number, connections: number) {
  const pool = new pg.Pool({ connectionString: url, max: connections })
  // The server may be gone before the last connection has closed.
  pool.on('error', () => {})
  const statements = new Map<string, string>()
  const columns = new Map<string, string>()
  const client = await pool.connect()
  for (const { name } of tables) columns.set(name, await columnsOf(client, name))
  client.release()
  let written = 0

  function statement(table: string, row: Row, count: number): { name: string; text: string } {
    const name = `${table}_${count}`
    const known = statements.get(name)
    if (known) return { name, text: known }
    const values = Array.from(
      { length: count },
      (_, at) => `(${row.map((_, column) => `$${at * row.length + column + 1}`)})`,
    )
    const text = `insert into ${table} (${columns.get(table)}) values ${values}`
    statements.set(name, text)
    return { name, text }
  }

  async function write(report: Report): Promise<void> {
    written += 1
    const id = `HW-${String(written).padStart(4, '0')}`
    const form = `form:${newFormId(Date.now())}`
    const anew = (value: unknown) => {
      if (typeof value !== 'string') return value
      return value.startsWith('form:') ? form : value.replaceAll(report.id, id)
    }
    const client = await pool.connect()
    try {
      await client.query('begin')
      for (const { name, rows } of report.tables) {
        const [first] = rows
        if (!first) continue
        await client.query({ ...statement(name, first, rows.length), values: rows.flatMap(row => row.map(anew)) })
      }
      await client.query('commit')
    } finally {
      client.release()
    }
  }

  return {
    /** Writes for so long; gives reports a second. */
    async write(ms: number): Promise<number> {
      const begun = performance.now()
      const until = begun + ms
      let done = 0
      async function writer(at: number): Promise<void> {
        for (let turn = at; performance.now() < until; turn += 7) {
          await write(reports[turn % reports.length] as Report)
          done += 1
        }
      }
      await Promise.all(Array.from({ length: writers }, (_, at) => writer(at)))
      return done / ((performance.now() - begun) / 1000)
    },
    close: () => pool.end(),
  }
}

// Without the number that the database gives by itself.
async function columnsOf(client: pg.ClientBase, table: string): Promise<string> {
  const text = `select column_name as name from information_schema.columns
    where table_name = $1 and (table_name, column_name) <> ('posts', 'id') order by ordinal_position`
  const { rows } = await client.query<{ name: string }>(text, [table])
  return rows.map(({ name }) => name).join()
}
