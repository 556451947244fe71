import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'

/** A hub as a process of its own, which is started again whenever it ended. */
export type Process = {
  /** Starts it, again and again until it is ready or is killed; @throws Error if it cannot be started. */
  readonly start: () => Promise<void>
  /** Ends it as a power cut would. False if it does not run. */
  readonly kill: () => Promise<boolean>
  /** Asks it to stop; its exit code. */
  readonly stop: () => Promise<number | null>
  /** It hangs, and goes on. */
  readonly freeze: (yes: boolean) => void
  /** Steps its wall clock by so many ms. */
  readonly step: (ms: number) => void
  readonly isUp: () => boolean
  readonly pid: () => number | undefined
}

const restMs = 5000
const patienceMs = 30 * 60_000

/**
 * A hub that is started with that environment, and started again when it could not start; `log` gets all that it
 * writes, `fell` hears why it ended by itself after it had begun to work.
 */
export function createProcess(
  environment: Readonly<Record<string, string>>,
  { log, fell }: { readonly log: (text: string) => void; readonly fell: (why: string) => void },
): Process {
  let child: ChildProcess | null = null
  let wanted = false

  /** As whatever watches over a hub does: again and again until it runs, or nobody wants it to. */
  async function start(): Promise<void> {
    if (child) return
    wanted = true
    for (const late = Date.now() + patienceMs; wanted && !(await begin()); await pause(restMs)) {
      if (Date.now() > late) throw new Error('a hub could not be started again')
    }
  }

  /** True once it is ready, false if it ended before. */
  function begin(): Promise<boolean> {
    const clock = new URL('clock.ts', import.meta.url).href
    const made = spawn(process.execPath, ['--import', clock, 'bot/main.ts'], {
      env: { PATH: process.env.PATH ?? '', PORT: '0', LOG_LEVEL: 'info', ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    const endIt = () => made.kill('SIGKILL')
    process.once('exit', endIt)
    child = made
    let said = ''
    let ready = false
    return new Promise(resolve => {
      const hear = (chunk: Buffer) => {
        log(String(chunk))
        said = (said + chunk).slice(-4000)
        if (ready || !said.includes('Trust Hub is ready')) return
        ready = true
        resolve(true)
      }
      made.stdout?.on('data', hear)
      made.stderr?.on('data', hear)
      made.once('exit', (code, signal) => {
        process.off('exit', endIt)
        child = null
        const own = wanted && signal !== 'SIGKILL'
        if (own && ready) {
          fell(`a hub ended by itself with ${code ?? signal}: ${said.slice(-1500)}`)
          void start().catch(error => fell(String(error)))
        }
        resolve(false)
      })
    })
  }

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    const made = child
    wanted = false
    if (!made) return null
    const gone = once(made, 'exit')
    made.kill(signal)
    const [code] = await gone
    return code as number | null
  }

  return {
    start,
    kill: async () => {
      if (!child) return false
      await end('SIGKILL')
      return true
    },
    stop: () => end('SIGTERM'),
    freeze: yes => void child?.kill(yes ? 'SIGSTOP' : 'SIGCONT'),
    step: ms => void child?.send({ step: ms }),
    isUp: () => child !== null,
    pid: () => child?.pid,
  }
}
