import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Diary, openDiary } from './diary.ts'
import { judge } from './judge.ts'
import { createPeople } from './people.ts'
import { type Plan, planDay, type Size } from './plan.ts'
import { createProcess, type Process } from './process.ts'
import { openStage, type Stage } from './stage.ts'
import { coordination } from './town.ts'
import { createTroubles, smallDisk } from './trouble.ts'
import { openWitness, type Witness } from './witness.ts'

/** What a day showed. */
export type Report = {
  readonly hash: string
  readonly problems: readonly string[]
  /** How often each check was made, by name. */
  readonly checks: Readonly<Record<string, number>>
  /** What is allowed to happen, and how often it did. */
  readonly allowed: Readonly<Record<string, number>>
  readonly troubles: Readonly<Record<string, number>>
  readonly deeds: Readonly<Record<string, number>>
  readonly skipped: Readonly<Record<string, number>>
  readonly met: Readonly<Record<string, number>>
  /** What every process wrote, in a file of its own. */
  readonly logs: string
}

const diskMebibytes = 96
const quietMs = 45 * 60_000
const mostRests = 5

// Run under a fast clock by `run.ts`: one whole day, told in JSON on the last line.
const size = JSON.parse(process.argv[2] ?? '{}') as Size & { readonly patient: number }
const report = await playDay(size)
process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(0))

async function playDay(size: Size & { readonly patient: number }): Promise<Report> {
  const plan = planDay(size)
  const folder = mkdtempSync(join(tmpdir(), 'hub-faults-'))
  const disk = size.engine === 'sqlite' ? smallDisk(folder, diskMebibytes) : null
  const postgres = size.engine === 'postgres' ? await (await import('../postgres.ts')).startPostgres() : null
  const url = (await postgres?.fresh()) ?? `file:${join(folder, 'hub.db')}`
  const logs = join(tmpdir(), `hub-faults-${size.engine}-${size.seed}.log`)
  writeFileSync(logs, '')
  const stage = await openStage(size.patient)
  const diary = openDiary()
  const fallen: string[] = []
  const environment = { ...stage.environment(folder), ...clockOf(), DATABASE_URL: url }
  const processes = Array.from({ length: plan.processes }, (_, n) =>
    createProcess(environment, { log: text => appendFileSync(logs, tagged(n, text)), fell: why => fallen.push(why) }),
  )
  const restart = postgres
    ? async (awayMs: number) => {
        await postgres.halt()
        await pause(awayMs)
        await postgres.start()
      }
    : null
  try {
    for (const one of processes) await one.start()
    const troubles = createTroubles({ processes, stage, diary, seed: size.seed, restart, disk: disk && folder })
    const witness = await openWitness(url, folder)
    try {
      const broken = watch(stage, troubles.now)
      await play(plan, createPeople(stage, diary).act, troubles.bring)
      note(`played; ${processes.filter(one => one.isUp()).length} of ${processes.length} hubs are up`)
      const rest = await bringToRest(processes, witness)
      writeFileSync(`${logs}.screens`, JSON.stringify(await screens(diary, stage), null, 1))
      note(`quiet; ${rest.join(', ') || 'nothing'} is left`)
      const [incidents, stuck] = [await witness.incidents(), await witness.stuck()]
      const log = readFileSync(logs, 'utf8')
      const judged = await judge({ plan, size, diary, stage, witness, incidents, stuck, broken: broken(), rest, log })
      return told(plan, diary, { ...judged, problems: [...fallen, ...troubles.failed, ...judged.problems] }, logs)
    } finally {
      await witness.close().catch(() => {})
    }
  } finally {
    await Promise.all(processes.map(one => one.stop()))
    await stage.close()
    await postgres?.stop()
    disk?.leave()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Waits until all is quiet, and stops the hubs: a clock that rings while it is judged would change what is read. */
async function bringToRest(processes: readonly Process[], witness: Witness): Promise<readonly string[]> {
  for (let again = mostRests; ; again--) {
    const rest = await witness.quiet(quietMs)
    await Promise.all(processes.map(one => one.stop()))
    // One may have rung in the very moment in which they stopped.
    const left = await witness.left()
    if (rest.length > 0 || left.length === 0 || again === 0) return [...rest, ...left]
    await Promise.all(processes.map(one => one.start()))
  }
}

/** What those see whose reports were not received, and coordinators: for whoever looks into a day that went wrong. */
async function screens({ filed, met, skipped }: Diary, stage: Stage) {
  const others = [...filed.values()].filter(one => one.told !== 'received')
  return {
    ...{ met: Object.fromEntries(met), skipped: Object.fromEntries(skipped) },
    slack: stage.written('slack', coordination.slack),
    signal: stage.written('signal', coordination.signal),
    others: await Promise.all(
      others.map(async one => ({ ...one, seen: await stage.someone(one.report.who, one.report.tool).direct() })),
    ),
  }
}

/** Keeps what was going wrong when a rule of a tool was broken. */
function watch(stage: Stage, now: () => readonly string[]) {
  const broken: { readonly rule: string; readonly during: readonly string[] }[] = []
  const look = () => {
    for (const rule of stage.broken().slice(broken.length)) broken.push({ rule, during: now() })
  }
  const timer = setInterval(look, 1000)
  return () => {
    clearInterval(timer)
    look()
    return broken
  }
}

/** Lets everything happen at its time; resolves when all of it is over. */
async function play(
  { steps }: Plan,
  act: ReturnType<typeof createPeople>['act'],
  bring: ReturnType<typeof createTroubles>['bring'],
): Promise<void> {
  const begun = Date.now()
  const going: Promise<void>[] = []
  for (const step of steps) {
    const wait = begun + step.at - Date.now()
    if (wait > 0) await pause(wait)
    going.push(step.kind === 'deed' ? act(step.deed) : bring(step.trouble))
  }
  await Promise.all(going)
}

function told(
  { hash }: Plan,
  diary: Diary,
  { problems, checks, allowed }: Awaited<ReturnType<typeof judge>>,
  logs: string,
): Report {
  const { troubles, done, skipped, met } = diary
  const plain = (counts: ReadonlyMap<string, number>) => Object.fromEntries([...counts].toSorted())
  return {
    ...{ hash, problems, logs, checks: plain(checks), allowed: plain(allowed), troubles: plain(troubles) },
    ...{ deeds: plain(done), skipped: plain(skipped), met: plain(met) },
  }
}

function clockOf(): Record<string, string> {
  return { FAULTS_CLOCK: process.env.FAULTS_CLOCK ?? '' }
}

function note(text: string): void {
  process.stderr.write(`${text}\n`)
}

function tagged(n: number, text: string): string {
  return text.replace(/^(?=.)/gm, `${n} `)
}
