import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/** A hub as a process of its own, which is started again whenever it ended. */
export type Process = {
  /** Starts it and resolves once it is ready; @throws Error with what it said if it ends before. */
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

const readyMs = 60_000

/** A hub that is started with that environment; `log` gets all that it writes, `fell` hears that it ended by itself. */
export function createProcess(
  environment: Readonly<Record<string, string>>,
  { log, fell }: { readonly log: (text: string) => void; readonly fell: (why: string) => void },
): Process {
  let child: ChildProcess | null = null
  let wanted = false

  async function start(): Promise<void> {
    const clock = new URL('clock.ts', import.meta.url).href
    const made = spawn(process.execPath, ['--import', clock, 'bot/main.ts'], {
      env: { PATH: process.env.PATH ?? '', PORT: '0', LOG_LEVEL: 'info', ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    const end = () => made.kill('SIGKILL')
    process.once('exit', end)
    child = made
    wanted = true
    let said = ''
    const ready = new Promise<void>((done, fail) => {
      const late = setTimeout(() => fail(new Error(`a hub was not ready in time: ${said.slice(-2000)}`)), readyMs * 10)
      const hear = (chunk: Buffer) => {
        log(String(chunk))
        if (said.length < 20_000) said += chunk
        if (!/Trust Hub is ready/.test(said)) return
        clearTimeout(late)
        done()
      }
      made.stdout?.on('data', hear)
      made.stderr?.on('data', hear)
      made.once('exit', (code, signal) => {
        process.off('exit', end)
        clearTimeout(late)
        if (child === made) child = null
        if (wanted) fell(`a hub ended by itself with ${code ?? signal}: ${said.slice(-1500)}`)
        fail(new Error(`a hub ended before it was ready: ${code ?? signal} ${said.slice(-1500)}`))
      })
    })
    await ready
  }

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    const made = child
    if (!made) return null
    wanted = false
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
