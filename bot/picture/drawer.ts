import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Drawing } from '../../workflows/drawing.ts'
import type { Reader } from '../../workflows/text/say.ts'
import type { Outcome, Task } from './child.ts'
import { requireFonts } from './font.ts'

/** The hub's draughtsman; its child process starts with the first picture. */
export type Draughtsman = {
  /** Draws a picture as PNG, 1080 pixels wide, in the reader's language; rejects if it cannot, and says why. */
  readonly draw: (drawing: Drawing, reader: Pick<Reader, 'language'>) => Promise<Uint8Array>
  /** Ends the child process; asked again, it starts another. */
  readonly stop: () => void
}

/** How long one picture may take, and how long the child waits for the next before it is ended (ms). */
export type Patience = { readonly taskMs: number; readonly idleMs: number }

/** Whose borders maps have: of the United States, of a GeoJSON file by its whole path, or of nowhere. */
export type Borders = 'us' | 'none' | { readonly file: string }

/**
 * Makes who draws: one picture at a time, in a child that sees no environment and no file but its own code, and that is
 * ended when it takes too long, has nothing to do, or has drawn many.
 * @throws ConfigError if the fonts are missing
 */
export function createDrawer(
  borders: Borders = 'us',
  { taskMs, idleMs }: Patience = { taskMs: 15_000, idleMs: 30_000 },
): Draughtsman {
  requireFonts()
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

  async function run(task: Task): Promise<Uint8Array> {
    clearTimeout(idle)
    child ??= start(borders)
    const outcome = await answerOf(child, task, taskMs)
    tasks += 1
    if (outcome === 'lost' || tasks >= mostTasks) stop()
    else idle = setTimeout(stop, idleMs).unref()
    if (outcome === 'lost') throw new Error(`a picture was not drawn within ${taskMs} ms, or its drawer died`)
    if ('problem' in outcome) throw new Error(`a picture could not be drawn: ${outcome.problem}`)
    return outcome.png
  }

  return {
    draw(drawing, { language }) {
      const turn = last.then(() => run({ drawing, language }))
      last = turn.catch(() => {})
      return turn
    },
    stop,
  }
}

const mostTasks = 200
const root = fileURLToPath(new URL('../..', import.meta.url))

function start(borders: Borders): ChildProcess {
  const file = typeof borders === 'string' ? [] : [borders.file]
  const child = fork(
    fileURLToPath(new URL('child.ts', import.meta.url)),
    [typeof borders === 'string' ? borders : borders.file],
    {
      execArgv: [
        ...['--permission', '--allow-addons', '--expose-gc', '--max-old-space-size=256'],
        ...['--disable-warning=SecurityWarning'],
        ...['bot/picture', 'workflows', 'node_modules', 'package.json'].map(name => `--allow-fs-read=${root}${name}`),
        ...file.map(path => `--allow-fs-read=${path}`),
      ],
      env: {},
      cwd: root,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    },
  )
  // It must not keep a program alive that has nothing else to do.
  child.unref()
  child.channel?.unref()
  return child
}

function answerOf(child: ChildProcess, task: Task, ms: number): Promise<Outcome | 'lost'> {
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
