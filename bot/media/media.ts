import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Draw, mostBytes, nothingTaken, type Taken } from '../../workflows/evidence.ts'
import type { Outcome, Task } from './child.ts'

/** What the hub knows of files by their bytes; strangers' bytes are only ever parsed in a child process. */
export type Media = {
  /** The MIME type that the first bytes tell, or null. */
  readonly magic: (head: Buffer) => Promise<string | null>
  /** What the metadata of a file says, given the part that its tap held; nothing if it cannot be read. */
  readonly taken: (type: string, part: Buffer) => Promise<Taken>
  readonly draw: Draw
  /** Ends the child process; asked again, it starts another. */
  readonly stop: () => void
}

/** How long one task may take, and how long the child waits for the next before it is ended. */
export type Patience = { readonly taskMs: number; readonly idleMs: number }

/**
 * Makes the reader of media. Its child starts with the first file; it sees no environment and no file but its own code,
 * may write and start nothing, does one task at a time, and is ended when one takes too long or too much memory.
 */
export function createMedia({ taskMs, idleMs }: Patience = { taskMs: 15_000, idleMs: 30_000 }): Media {
  let child: ChildProcess | null = null
  let idle: NodeJS.Timeout | undefined
  let tasks = 0
  let last: Promise<unknown> = Promise.resolve()

  function stop(): void {
    clearTimeout(idle)
    child?.kill('SIGKILL')
    child = null
    tasks = 0
  }

  function ask(task: Task): Promise<Outcome | null> {
    const turn = last.then(() => run(task))
    last = turn
    return turn
  }

  async function run(task: Task): Promise<Outcome | null> {
    clearTimeout(idle)
    child ??= start()
    const outcome = await answerOf(child, task, taskMs)
    tasks += 1
    // Decoders keep what they took until the process ends.
    if (outcome === 'lost' || tasks >= mostTasks) stop()
    else idle = setTimeout(stop, idleMs).unref()
    return outcome === 'lost' ? null : outcome
  }

  return {
    async magic(head) {
      const outcome = await ask({ do: 'magic', bytes: head })
      return outcome && 'magic' in outcome ? outcome.magic : null
    },
    async taken(type, part) {
      const outcome = await ask({ do: 'taken', type, bytes: part })
      return outcome && 'taken' in outcome ? outcome.taken : nothingTaken
    },
    async draw(item, original, look) {
      if (item.size > mostBytes.photo) return { type: 'none', why: 'too-large' }
      const pieces: Uint8Array[] = []
      for await (const piece of original) pieces.push(piece)
      const outcome = await ask({ do: 'draw', look, bytes: Buffer.concat(pieces) })
      if (!outcome || !('copy' in outcome)) return { type: 'none', why: 'unreadable' }
      const { copy } = outcome
      return copy.type === 'copy' ? { ...copy, bytes: Buffer.from(copy.bytes) } : copy
    },
    stop,
  }
}

const mostTasks = 20
const root = fileURLToPath(new URL('../..', import.meta.url))

/** The options of Node that keep a process to its own code: it may read that, and write and start nothing. */
export const confinement: readonly string[] = [
  ...['--permission', '--allow-addons', '--max-old-space-size=256', '--disable-warning=SecurityWarning'],
  ...['bot/media', 'workflows', 'node_modules', 'package.json'].map(name => `--allow-fs-read=${root}${name}`),
]

function start(): ChildProcess {
  const child = fork(fileURLToPath(new URL('child.ts', import.meta.url)), [], {
    execArgv: [...confinement],
    env: {},
    cwd: root,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  // It must not keep a program alive that has nothing else to do.
  child.unref()
  child.channel?.unref()
  return child
}

function answerOf(child: ChildProcess, task: Task, ms: number): Promise<Outcome | null | 'lost'> {
  const { promise, resolve } = Promise.withResolvers<Outcome | null | 'lost'>()
  const lost = () => resolve('lost')
  const given = (outcome: unknown) => resolve(outcome as Outcome | null)
  const timer = setTimeout(lost, ms)
  child.once('message', given).once('exit', lost).once('error', lost)
  child.send(task, error => error && lost())
  return promise.finally(() => {
    clearTimeout(timer)
    child.off('message', given).off('exit', lost).off('error', lost)
  })
}
