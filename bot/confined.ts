import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** How long one task may take, and how long the child waits for the next before it is ended (ms). */
export type Patience = { readonly taskMs: number; readonly idleMs: number }

/** A program of its own folder in `bot`, which may read that and what `reads` names, by whole paths; nothing else. */
export type Program = {
  readonly folder: 'media' | 'picture'
  readonly reads?: readonly string[]
  readonly args?: readonly string[]
  /** Options of Node besides those that confine it. */
  readonly options?: readonly string[]
  /** After so many tasks it is ended: native code keeps what it took until then. */
  readonly mostTasks: number
}

/** A child process that does one task after the other. */
export type Confined<Task, Outcome> = {
  /** What came of a task; `lost` if it took too long, or the child died of it. Never rejects. */
  readonly ask: (task: Task) => Promise<Outcome | 'lost'>
  /** Ends the child process; asked again, it starts another. */
  readonly stop: () => void
}

/**
 * Makes it; it starts with the first task, sees no environment and no file but its own code, may write and start
 * nothing, and is ended when a task takes too long, when it has nothing to do, or has done many.
 */
export function createConfined<Task extends object, Outcome>(
  program: Program,
  { taskMs, idleMs }: Patience,
): Confined<Task, Outcome> {
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

  async function run(task: Task): Promise<Outcome | 'lost'> {
    clearTimeout(idle)
    child ??= start(program)
    const outcome = await answerOf<Outcome>(child, task, taskMs)
    tasks += 1
    if (outcome === 'lost' || tasks >= program.mostTasks) stop()
    else idle = setTimeout(stop, idleMs).unref()
    return outcome
  }

  return {
    ask(task) {
      const turn = last.then(() => run(task))
      last = turn
      return turn
    },
    stop,
  }
}

const root = fileURLToPath(new URL('..', import.meta.url))

/** The options of Node that keep a process to its own code: it may read that, and write and start nothing. */
export function confinementOf({ folder, reads = [], options = [] }: Omit<Program, 'mostTasks'>): readonly string[] {
  const own = [`bot/${folder}`, 'workflows', 'node_modules', 'package.json'].map(name => `${root}${name}`)
  return [
    ...['--permission', '--allow-addons', '--max-old-space-size=256', '--disable-warning=SecurityWarning'],
    ...options,
    ...[...own, ...reads].map(path => `--allow-fs-read=${path}`),
  ]
}

function start(program: Program): ChildProcess {
  const child = fork(`${root}bot/${program.folder}/child.ts`, [...(program.args ?? [])], {
    execArgv: [...confinementOf(program)],
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

function answerOf<Outcome>(child: ChildProcess, task: object, ms: number): Promise<Outcome | 'lost'> {
  const { promise, resolve } = Promise.withResolvers<Outcome | 'lost'>()
  const lost = () => resolve('lost')
  const given = (outcome: unknown) => resolve(outcome as Outcome)
  const timer = setTimeout(lost, ms)
  child.once('message', given).once('exit', lost).once('error', lost)
  child.send(task, error => error && lost())
  return promise.finally(() => {
    clearTimeout(timer)
    child.off('message', given).off('exit', lost).off('error', lost)
  })
}
