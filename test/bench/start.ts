import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { atMost, compared, inTurn, median, type Result, within } from './measure.ts'
import { startProgram } from './process.ts'

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
    () => start('../../bot/main.ts', memory.value),
    () => start('./libraries.ts', memory.baseline),
  )
  if (wanted('start-ready')) yield compared('start-ready', 'ms', both, within(500, 'ms'), note)
  if (!wanted('start-memory')) return
  const resident = { value: median(memory.value), baseline: median(memory.baseline) }
  yield compared('start-memory', 'MiB', resident, atMost(1.3), note)
}

async function startOnce(file: string, env: Record<string, string>): Promise<{ ms: number; mebibytes: number }> {
  const { ms, resident, stop } = await startProgram(file, env)
  try {
    // What a process holds a moment after it is ready, not at the peak of its start.
    await pause(500)
    return { ms, mebibytes: resident() }
  } finally {
    await stop()
  }
}
