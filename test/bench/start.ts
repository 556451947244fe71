import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { atMost, compared, inTurn, median, type Result, within } from './measure.ts'

/** What is measured of a start: ms until it is ready, and resident MiB then. */
export const startNames = ['start-ready', 'start-memory'] as const

const rounds = 5
const note = 'a process that only imports the same libraries'

/** Starts the program on that database, and a process that imports the same libraries, in turn. */
export async function* measureStart(
  url: string,
  folder: string,
  wanted: (name: string) => boolean,
): AsyncGenerator<Result> {
  if (!startNames.some(wanted)) return
  const memory: { value: number[]; baseline: number[] } = { value: [], baseline: [] }
  const environment = {
    PATH: process.env.PATH ?? '',
    PORT: '0',
    PRACTICE_DATABASE_URL: url,
    HUB_KEY_FILE: join(folder, 'hub.key'),
    LOG_LEVEL: 'error',
  }
  const start = async (file: string, into: number[]) => {
    const started = await startOnce(file, environment)
    into.push(started.mebibytes)
    return started.ms
  }
  const both = await inTurn(
    rounds,
    () => start(program('../../bot/main.ts'), memory.value),
    () => start(program('./libraries.ts'), memory.baseline),
  )
  if (wanted('start-ready')) yield compared('start-ready', 'ms', both, within(500, 'ms'), note)
  if (!wanted('start-memory')) return
  const resident = { value: median(memory.value), baseline: median(memory.baseline) }
  yield compared('start-memory', 'MiB', resident, atMost(1.3), note)
}

async function startOnce(file: string, env: Record<string, string>): Promise<{ ms: number; mebibytes: number }> {
  const begun = performance.now()
  const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    await ready(child)
    const ms = performance.now() - begun
    // What a process holds a moment after it is ready, not at the peak of its start.
    await pause(500)
    return { ms, mebibytes: residentOf(child) }
  } finally {
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    await gone
  }
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let printed = ''
    child.stdout?.on('data', chunk => {
      printed += chunk
      if (printed.includes('ready')) resolve()
    })
    child.once('exit', () => reject(new Error(`it ended before it was ready: ${printed}`)))
  })
}

function residentOf({ pid }: ChildProcess): number {
  const status = `/proc/${pid}/status`
  const kibibytes = existsSync(status)
    ? /VmRSS:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1]
    : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })
  return Number(kibibytes) / 1024
}

function program(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url))
}
