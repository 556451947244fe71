import type { Drawing } from '../../workflows/drawing.ts'
import type { Reader } from '../../workflows/text/say.ts'
import { createConfined, type Patience } from '../confined.ts'
import type { Outcome, Task } from './child.ts'
import { requireFonts } from './font.ts'

/** The hub's draughtsman; its child process starts with the first picture. */
export type Draughtsman = {
  /** Draws a picture as PNG, 1080 pixels wide, in the reader's language; rejects if it cannot, and says why. */
  readonly draw: (drawing: Drawing, reader: Pick<Reader, 'language'>) => Promise<Uint8Array>
  /** Ends the child process; asked again, it starts another. */
  readonly stop: () => void
}

/** Whose borders maps have: of the United States, of a GeoJSON file by its whole path, or of nowhere. */
export type Borders = 'us' | 'none' | { readonly file: string }

/**
 * Makes who draws: one picture at a time, in a child that sees no environment and no file but its own code, and that is
 * ended when it takes too long, has nothing to do, or has drawn many.
 * @throws ConfigError if the fonts are missing
 */
export function createDrawer(
  borders: Borders = 'us',
  patience: Patience = { taskMs: 15_000, idleMs: 30_000 },
): Draughtsman {
  requireFonts()
  const file = typeof borders === 'string' ? null : borders.file
  const program = { folder: 'picture', options: ['--expose-gc'], args: [file ?? String(borders)], mostTasks } as const
  const child = createConfined<Task, Outcome>({ ...program, reads: file === null ? [] : [file] }, patience)
  return {
    async draw(drawing, { language }) {
      const outcome = await child.ask({ drawing, language })
      if (outcome === 'lost')
        throw new Error(`a picture was not drawn within ${patience.taskMs} ms, or its drawer died`)
      if ('problem' in outcome) throw new Error(`a picture could not be drawn: ${outcome.problem}`)
      return outcome.png
    },
    stop: child.stop,
  }
}

const mostTasks = 200
