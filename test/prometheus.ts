/** One line of figures. */
export type Line = { readonly name: string; readonly labels: Readonly<Record<string, string>>; readonly value: number }

/** What was said under one name: its kind, its explanation and its lines. */
export type Metric = { readonly type: string; readonly help: string; readonly lines: readonly Line[] }

const names = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/
const line = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)(?: \d+)?$/
const label = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(,|$)/y

/**
 * Reads the text form of Prometheus (0.0.4) as strictly as it is written down. @throws Error at the first line that is
 * not as it must be
 */
export function readMetrics(text: string): ReadonlyMap<string, Metric> {
  const found = new Map<string, { type: string; help: string; lines: Line[] }>()
  const seen = new Set<string>()
  if (!text.endsWith('\n')) throw new Error('the last line does not end')
  let current = ''
  for (const row of text.split('\n')) {
    if (row === '') continue
    const [, what, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(row) ?? []
    if (what) {
      if (!names.test(name)) throw new Error(`no name: ${row}`)
      const metric = found.get(name) ?? { type: '', help: '', lines: [] }
      if (metric.lines.length > 0 || (what === 'HELP' ? metric.help : metric.type)) throw new Error(`too late: ${row}`)
      if (what === 'HELP') metric.help = rest
      else if (/^(counter|gauge|histogram|summary|untyped)$/.test(rest)) metric.type = rest
      else throw new Error(`no type: ${row}`)
      found.set(name, metric)
      current = name
      continue
    }
    if (row.startsWith('#')) continue
    const read = readLine(row)
    const metric = found.get(current)
    if (!metric || !isPart(read.name, current, metric.type)) throw new Error(`out of its group: ${row}`)
    const key = `${read.name} ${JSON.stringify(Object.entries(read.labels).sort())}`
    if (seen.has(key)) throw new Error(`twice: ${row}`)
    seen.add(key)
    metric.lines.push(read)
  }
  for (const [name, metric] of found) check(name, metric)
  return found
}

function readLine(row: string): Line {
  const [, name = '', inner = '', number = ''] = line.exec(row) ?? []
  if (!name) throw new Error(`no figure: ${row}`)
  const labels: Record<string, string> = {}
  label.lastIndex = 0
  let end = 0
  while (end < inner.length) {
    const part = label.exec(inner)
    if (!part || part[1] === undefined || Object.hasOwn(labels, part[1])) throw new Error(`no labels: ${row}`)
    labels[part[1]] = (part[2] ?? '').replace(/\\(.)/g, (_, one) => (one === 'n' ? '\n' : one))
    end = label.lastIndex
  }
  // Whatever Go reads as a number, in which the letters of these are of either case.
  const infinite = /^([+-]?)inf(?:inity)?$/i.exec(number)
  const value = infinite ? Number(`${infinite[1]}Infinity`) : Number(number)
  if (Number.isNaN(value) && !/^nan$/i.test(number)) throw new Error(`no number: ${row}`)
  return { name, labels, value }
}

function isPart(name: string, of: string, type: string): boolean {
  if (type === 'histogram') return ['_bucket', '_sum', '_count'].some(part => name === of + part)
  if (type === 'summary') return name === of || [`${of}_sum`, `${of}_count`].includes(name)
  return name === of
}

function check(name: string, { type, help, lines }: Metric): void {
  if (!type || !help) throw new Error(`${name} has no ${type ? 'HELP' : 'TYPE'}`)
  if (type === 'counter' && lines.some(one => one.value < 0)) throw new Error(`${name} counts below zero`)
  if (type !== 'histogram') return
  const rows = Map.groupBy(lines, one => {
    const { le: _, ...others } = one.labels
    return JSON.stringify(Object.entries(others).sort())
  })
  for (const [labels, own] of rows) {
    const buckets = own.filter(one => one.name === `${name}_bucket`)
    const bounds = buckets.map(one => Number((one.labels.le ?? '').replace('Inf', 'Infinity')))
    const rising = (list: readonly number[]) => list.every((one, at) => at === 0 || one >= (list[at - 1] ?? 0))
    const count = own.find(one => one.name === `${name}_count`)?.value
    if (!rising(bounds) || !rising(buckets.map(one => one.value))) throw new Error(`${name}${labels} falls`)
    if (bounds.at(-1) !== Number.POSITIVE_INFINITY || buckets.at(-1)?.value !== count) {
      throw new Error(`${name}${labels} has no whole count`)
    }
    if (!own.some(one => one.name === `${name}_sum`)) throw new Error(`${name}${labels} has no sum`)
  }
}
