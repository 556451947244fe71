import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Ground, ground, noon, openHouse } from '../house.ts'
import { dice } from './flaky.ts'

const usage = 'npm run test:faults -- [--seed N] [--engine sqlite|postgres] [--minutes N] [--rounds N]'

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()

/** What a fault run found: what is wrong after a round, and how much was done. */
export type Found = { readonly problems: readonly string[]; readonly rounds: number; readonly reports: number }

/**
 * Plays rounds of random work on one database; in each the platform stumbles, and the process is killed in the middle.
 * After each round everything is checked. Stops at the first round that leaves something wrong.
 */
export async function faultRun(seed: number, at: Ground, enough: (rounds: number) => boolean): Promise<Found> {
  const roll = dice(seed)
  const diary: Diary = { filed: new Set(), received: new Map(), sent: new Map(), now: noon }
  for (let rounds = 1; ; rounds++) {
    const problems = [...(await round(Math.floor(roll() * 1e9), at, diary)), ...(await judge(at, diary))]
    if (problems.length > 0 || enough(rounds)) return { problems, rounds, reports: diary.received.size }
  }
}

/** What the rounds said they did. */
type Diary = {
  readonly filed: Set<string>
  readonly received: Map<string, string>
  readonly sent: Map<string, number>
  now: number
}

function round(seed: number, at: Ground, diary: Diary): Promise<readonly string[]> {
  const file = fileURLToPath(new URL('worker.ts', import.meta.url))
  const given = ['--seed', String(seed), '--start', String(diary.now), '--url', at.url, '--folder', at.folder]
  const child = spawn(process.execPath, [file, ...given], { stdio: ['ignore', 'pipe', 'pipe'] })
  let [said, errors] = ['', '']
  child.stdout.on('data', chunk => {
    said += chunk
  })
  child.stderr.on('data', chunk => {
    errors += chunk
  })
  return new Promise(done => {
    child.on('close', (code, signal) => {
      for (const line of said.split('\n').filter(Boolean)) enter(JSON.parse(line), diary)
      done(signal === 'SIGKILL' ? [] : [`round of seed ${seed} ended with ${code ?? signal}: ${errors.slice(-2000)}`])
    })
  })
}

type Note = { filed?: string; received?: string; id?: string; sent?: string; now?: number }

function enter({ filed, received, id, sent, now }: Note, diary: Diary): void {
  if (filed) diary.filed.add(filed)
  if (received && id) diary.received.set(received, id)
  if (sent) diary.sent.set(sent, (diary.sent.get(sent) ?? 0) + 1)
  if (now) diary.now = now
}

/** Starts once more, on a platform that works, lets everything settle, and gives what is not as promised. */
async function judge(at: Ground, diary: Diary): Promise<readonly string[]> {
  const house = await openHouse(at, diary.now + 60_000, {
    between: inner => ({
      ...inner,
      async post(to, message) {
        diary.sent.set(message.key, (diary.sent.get(message.key) ?? 0) + 1)
        return inner.post(to, message)
      },
    }),
  })
  try {
    await house.pass(12)
    diary.now = house.clock()
    return [
      ...doubled('sent more than once', diary.sent),
      ...(await reports(house, diary)),
      ...(await cards(house)),
      ...(await rest(house)),
    ]
  } finally {
    await house.close()
  }
}

type House = Awaited<ReturnType<typeof openHouse>>

async function every(house: House) {
  const found = []
  for (let after: string | null = ''; after !== null; ) {
    const page = { regions: 'all' as const, viewer: '' as never, limit: 100, ...(after ? { after } : {}) }
    const { items, next } = await house.store.incidents.list(page)
    found.push(...items)
    after = next
  }
  return found
}

async function reports(house: House, diary: Diary): Promise<string[]> {
  const stood = new Map<string, string>()
  const problems: string[] = []
  for (const [what, id] of diary.received) {
    const known = await house.store.incidents.find(id as never)
    if (known?.words.what !== what) problems.push(`${id} was received as "${what}" and does not stand so`)
    if (stood.has(id)) problems.push(`${id} was given to two reports`)
    stood.set(id, what)
  }
  const said = new Map<string, number>()
  for (const who of ['heron', 'cactus-wren', 'thrasher', 'robin']) {
    for (const message of await house.store.practice.list(`direct:${who}`, 5000)) {
      const id = /(?:Received as|Recibido como) ([A-Z]{2}-\d{4})/.exec(JSON.stringify(message.body))?.[1]
      if (id) said.set(id, (said.get(id) ?? 0) + 1)
    }
  }
  for (const [what, id] of diary.received) if (!said.has(id)) problems.push(`${id} (${what}) has no receipt`)
  return [...problems, ...doubled('receipts', said)]
}

async function cards(house: House): Promise<string[]> {
  const problems: string[] = []
  const incidents = await every(house)
  for (const room of house.store.roster.directory().rooms) {
    const shown = new Map<string, number>()
    for (const message of await house.store.practice.list(room.address, 5000)) {
      const id = await house.store.cards.at('workspace', { room: room.address, id: String(message.id) })
      if (id) shown.set(id, (shown.get(id) ?? 0) + 1)
    }
    problems.push(...doubled(`cards in ${room.name}`, shown))
    for (const { id, region } of incidents) {
      if (room.region === region && !shown.has(id)) problems.push(`${id} has no card in ${room.name}`)
    }
  }
  return problems
}

async function rest({ store, clock, logged }: House): Promise<string[]> {
  const { waiting, unknown, failed } = await store.outbox.counts()
  const overdue = await store.timers.due(clock(), 10)
  return [
    ...(waiting + unknown + failed > 0 ? [`posts: ${waiting} waiting, ${unknown} unknown, ${failed} failed`] : []),
    ...overdue.map(timer => `the clock ${timer.clock} of ${timer.incident} did not fire`),
    ...(await Array.fromAsync(store.audit.verify())).map(one => `${one.incident} ${one.seq}: ${one.problem}`),
    ...[...logged().matchAll(/^.*"level":50.*$/gm)].map(([line]) => `logged: ${line.slice(0, 500)}`),
  ]
}

function doubled(what: string, counts: ReadonlyMap<string, number>): string[] {
  return [...counts].flatMap(([key, count]) => (count > 1 ? [`${what}: ${key}, ${count} times`] : []))
}

async function main(): Promise<void> {
  const { seed, engine, minutes, rounds } = choose()
  const until = performance.now() + minutes * 60_000
  const postgres = engine === 'postgres' ? await (await import('../postgres.ts')).startPostgres() : null
  const at = ground(await postgres?.fresh())
  process.stdout.write(`faults: seed ${seed}, ${engine}\n`)
  try {
    const found = await faultRun(seed, at, done => done >= rounds || performance.now() > until)
    process.stdout.write(`${found.rounds} rounds, each killed; ${found.reports} reports received\n`)
    for (const problem of found.problems) process.stdout.write(`${problem}\n`)
    const again = `npm run test:faults -- --seed ${seed} --engine ${engine} --rounds ${found.rounds}`
    process.stdout.write(found.problems.length > 0 ? `FAILED. To see it again: ${again}\n` : 'Everything held.\n')
    process.exitCode = found.problems.length > 0 ? 1 : 0
  } finally {
    await postgres?.stop()
    at.leave()
  }
}

function choose(): { seed: number; engine: string; minutes: number; rounds: number } {
  const options = {
    seed: { type: 'string', default: String(Date.now() % 1e6) },
    engine: { type: 'string', default: 'sqlite' },
    minutes: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '1000000' },
  } as const
  try {
    const { values } = parseArgs({ options })
    const numbers = { seed: Number(values.seed), minutes: Number(values.minutes), rounds: Number(values.rounds) }
    const good = Object.values(numbers).every(Number.isFinite) && ['sqlite', 'postgres'].includes(values.engine)
    if (good) return { ...numbers, engine: values.engine }
  } catch {}
  process.stderr.write(`${usage}\n`)
  process.exit(1)
}
