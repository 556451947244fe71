import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A process of its own that has said that it is ready. */
export type Started = {
  /** Ms from its start until it was ready. */
  readonly ms: number
  /** What it holds in memory now, in MiB. */
  readonly resident: () => number
  /** Ends it, and resolves when it is gone. */
  readonly stop: () => Promise<void>
}

const readyMs = 60_000
const stopMs = 15_000

/** Starts a program that lies beside, and waits until it prints "ready". @throws Error if it ends or takes a minute */
export async function startProgram(
  path: string,
  env: Readonly<Record<string, string>>,
  told: unknown = null,
): Promise<Started> {
  const begun = performance.now()
  const file = fileURLToPath(new URL(path, import.meta.url))
  const words = told === null ? [] : [JSON.stringify(told)]
  const child = spawn(process.execPath, [file, ...words], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  // However this process ends, that one does not outlive it.
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  child.once('exit', () => process.off('exit', end))
  const stop = () => stopped(child)
  try {
    await ready(child)
    return { ms: performance.now() - begun, resident: () => residentOf(child), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let printed = ''
    const late = setTimeout(() => reject(new Error(`it was not ready in time: ${printed}`)), readyMs)
    child.stdout?.on('data', chunk => {
      printed += chunk
      if (!printed.includes('ready')) return
      clearTimeout(late)
      resolve()
    })
    child.once('exit', () => {
      clearTimeout(late)
      reject(new Error(`it ended before it was ready: ${printed}`))
    })
  })
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), stopMs)
  await gone
  clearTimeout(late)
}

function residentOf({ pid }: ChildProcess): number {
  const status = `/proc/${pid}/status`
  const kibibytes = existsSync(status)
    ? /VmRSS:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1]
    : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })
  return Number(kibibytes) / 1024
}
