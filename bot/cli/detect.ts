import { type Command, Option } from 'commander'
import type { Method, Setting } from '../../workflows/detect/method.ts'
import { judge, methods } from '../../workflows/detect/method.ts'
import { ConfigError } from '../../workflows/errors.ts'
import { type Encoding, encodings } from './table/bytes.ts'
import { type Row, readTable } from './table/read.ts'
import { scanTable } from './table/scan.ts'
import { columnOf, seriesOf } from './table/series.ts'
import { run } from './terminal.ts'

/** What is asked on the command line, numbers as they were typed. */
export type AskedToDetect = Readonly<Record<string, string | boolean | undefined>> & {
  readonly method: Method | 'scan'
  readonly column: string
}

const numbers = {
  minSigma: 'EARS: the least that a standard deviation counts as (1; 0 for none)',
  atLeast: 'EARS, Poisson: no alarm below this count (3)',
  bound: 'EARS: what the statistic must exceed (3; C3: 2)',
  alpha: 'EARS: the bound by the share of calm days above it; Poisson: alarm below this chance (0.01)',
  days: 'Poisson: days of the baseline (28); scan: the longest cluster (14)',
  k: 'CUSUM: allowance a day',
  h: 'CUSUM: alarm from here on',
  calm: 'CUSUM: what a calm day brings (the mean of the series)',
  raised: 'CUSUM: what is to be found soon (calm + √calm)',
  size: 'CUSUM of clustered counts: their size',
  share: 'scan: the largest share of what is expected in a circle (0.5)',
  replications: 'scan: how often the cases are dealt out anew (999)',
  seed: 'scan: the same seed gives the same p (1)',
} as const

/** `hub detect`: any method of early warning on a series from a file, so that an analyst can check the hub's own. */
export function addDetect(program: Command): void {
  const command = program
    .command('detect <file>')
    .description(
      'Judge a series of counts (CSV or JSON) by a method of early warning; prints values and alarms as JSON',
    )
    .addOption(new Option('-m, --method <method>', 'by which method').choices([...methods, 'scan']).default('ears-c2'))
    .option('-c, --column <name>', 'the column of counts', 'count')
    .option('--date <name>', 'the column of days (2026-11-03): puts them in order, adds up each, finds gaps')
    .addOption(new Option('--missing <what>', 'days without a row').choices(['zero', 'unknown']).default('zero'))
    .addOption(new Option('--season <how>', 'EARS: compare with').choices(['none', 'weekday', 'week']).default('none'))
    .option('--reset', 'CUSUM: begin anew after an alarm')
    .option('--place <name>', 'scan: the column of counties (county)')
    .option('--lon <name>', 'scan: the column of longitudes (lon)')
    .option('--lat <name>', 'scan: the column of latitudes (lat)')
    .option('--expected <name>', 'scan: the column of what is expected (without: the same everywhere)')
    .addOption(new Option('--encoding <name>', 'how the file is written').choices(encodings))
  for (const [name, words] of Object.entries(numbers)) {
    command.option(`--${name.replace(/[A-Z]/g, big => `-${big.toLowerCase()}`)} <number>`, words)
  }
  command.action((file: string, asked: AskedToDetect) =>
    run(async () => {
      const encoding = asked.encoding as Encoding | undefined
      const found = await detect(readTable(file, encoding === undefined ? {} : { encoding }), asked)
      process.stdout.write(`${JSON.stringify(found, endless, 2)}\n`)
      return true
    }),
  )
}

/** What the method says of the table: its settings, each day with its reading, the days that alarm, and remarks. */
export async function detect(rows: AsyncIterable<Row>, asked: AskedToDetect): Promise<object> {
  const set = settingOf(asked)
  const { method } = asked
  if (method === 'scan') return scanTable(rows, asked, set)
  const series = await seriesOf(rows, asked)
  const { readings, by } = judged(method, series.counts, set)
  const values = readings.map((reading, at) => ({ at: at + 1, ...named(series.days[at]), ...reading }))
  return {
    ...{ method, column: columnOf(asked), by, notes: series.notes },
    alarms: values.filter(value => value.alarm).map(value => value.day ?? value.at),
    values,
  }
}

// JSON has no word for it, and null would say that nothing is known.
function endless(_: string, value: unknown): unknown {
  return value === Number.POSITIVE_INFINITY ? 'infinite' : value
}

function named(day: string | undefined): { day?: string } {
  return day === undefined ? {} : { day }
}

function judged(...[method, counts, set]: Parameters<typeof judge>): ReturnType<typeof judge> {
  try {
    return judge(method, counts, set)
  } catch (error) {
    if (error instanceof RangeError) throw new ConfigError(`${error.message}.`)
    throw error
  }
}

function settingOf(asked: AskedToDetect): Setting & Record<string, unknown> {
  const set = Object.keys(numbers).flatMap(name => {
    const typed = asked[name]
    if (typeof typed !== 'string') return []
    const value = Number(typed)
    if (typed.trim() === '' || !Number.isFinite(value) || value < 0) {
      throw new ConfigError(`${name} takes a number of 0 or more, not "${typed}".`)
    }
    return [[name, value] as const]
  })
  const season = asked.season as Setting['season']
  return {
    ...(season === undefined ? {} : { season }),
    ...(asked.reset === true ? { after: 'reset' as const } : {}),
    ...Object.fromEntries(set),
  }
}
