import { spawn } from 'node:child_process'
import { parseArgs } from 'node:util'
import type { Report } from './day.ts'
import { planDay, type Size } from './plan.ts'
import { closing, type Run, tellRun, tellSum } from './telling.ts'

const help = `npm run test:faults -- [--seed N] [--engine sqlite|postgres] [--minutes N] [--reports N] [--kills N] [--plan]

Plays seeded days of a town on whole hubs (one on SQLite, three on PostgreSQL) between strict Slack, Discord and Signal
peers, while the hubs are killed and everything around them fails; then checks what is promised, as people see it.

  --seed N      one day of that seed; without it ten days, of the seeds 1 to 10. The plan comes from the seed alone, and
                its hash is printed: the same seed, engine, minutes, reports and kills plan the same day again.
  --engine E    sqlite or postgres; without it both.
  --minutes N   how long a day takes, in minutes of this machine (10). Clocks run ${10} times faster in it.
  --reports N   how many reports there are in a day (500).
  --kills N     how often a hub is killed in a day (30).
  --plan        prints the plan of a day, and plays nothing.`

/** How many times faster than on the wall clocks run in a day. */
const faster = 10
// An hour of a fast clock is no shorter for a machine that stops; whoever hangs is ended.
const overtimeMs = 12 * 60_000
const noon = Date.UTC(2026, 10, 3, 12)

await main()

async function main(): Promise<void> {
  const choice = choose()
  if (choice.plan) return void process.stdout.write(`${JSON.stringify(planDay(choice.days[0] as Size), null, 1)}\n`)
  const runs: Run[] = []
  for (const size of choice.days) {
    const run = { size, minutes: choice.minutes, report: await play(size) }
    runs.push(run)
    for (const line of tellRun(run)) process.stdout.write(`${line}\n`)
  }
  for (const line of tellSum(runs)) process.stdout.write(`${line}\n`)
  process.stdout.write(`${closing(runs)}\n`)
  process.exitCode = runs.every(run => run.report.problems.length === 0) ? 0 : 1
}

/** Plays a day in a process of its own, under a fast clock. */
function play(size: Size): Promise<Report> {
  const url = (name: string) => new URL(name, import.meta.url)
  const told = JSON.stringify({ ...size, patient: faster })
  const child = spawn(process.execPath, ['--import', url('clock.ts').href, url('day.ts').pathname, told], {
    env: { ...process.env, FAULTS_CLOCK: `${Date.now()},${noon},${faster}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const late = setTimeout(() => child.kill('SIGKILL'), size.spanMs / faster + overtimeMs)
  let [said, errors] = ['', '']
  child.stdout.on('data', chunk => {
    said += chunk
  })
  child.stderr.on('data', chunk => {
    errors += chunk
  })
  return new Promise(resolve => {
    child.on('close', (code, signal) => {
      clearTimeout(late)
      const last = said.trim().split('\n').at(-1) ?? ''
      resolve(last.startsWith('{') ? (JSON.parse(last) as Report) : unfinished(size, `${code ?? signal}: ${errors}`))
    })
  })
}

function unfinished(size: Size, why: string): Report {
  const none = {}
  return {
    ...{ hash: planDay(size).hash, problems: [`the day did not come to its end: ${why.slice(-3000)}`], logs: '' },
    ...{ checks: none, allowed: none, troubles: none, deeds: none, skipped: none, met: none },
  }
}

type Choice = { readonly days: readonly Size[]; readonly minutes: number; readonly plan: boolean }

function choose(): Choice {
  const text = { type: 'string' } as const
  try {
    const { values } = parseArgs({
      options: {
        ...{ seed: text, engine: text, minutes: { ...text, default: '10' }, reports: { ...text, default: '500' } },
        ...{ kills: { ...text, default: '30' }, plan: { type: 'boolean' }, help: { type: 'boolean' } },
      },
    })
    const { seed, engine, minutes, reports, kills } = values
    const engines = engine === undefined ? (['sqlite', 'postgres'] as const) : [engine]
    const seeds = seed === undefined ? Array.from({ length: 10 }, (_, n) => n + 1) : [Number(seed)]
    const day = {
      spanMs: Math.round(Number(minutes) * 60_000 * faster),
      reports: Number(reports),
      kills: Number(kills),
    }
    const good = engines.every(isEngine) && [...seeds, ...Object.values(day)].every(one => Number.isInteger(one))
    if (good && !values.help) {
      const days = engines.filter(isEngine).flatMap(one => seeds.map(each => ({ seed: each, engine: one, ...day })))
      return { days, minutes: Number(minutes), plan: values.plan ?? false }
    }
    process.stdout.write(`${help}\n`)
    process.exit(values.help ? 0 : 1)
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${help}\n`)
    process.exit(1)
  }
}

function isEngine(name: string): name is Size['engine'] {
  return name === 'sqlite' || name === 'postgres'
}
