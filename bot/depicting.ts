import { hash } from 'node:crypto'
import type { Logger } from 'pino'
import type { Language } from '../workflows/directory.ts'
import type { Drawing, Picture } from '../workflows/drawing.ts'
import { reasonOf } from '../workflows/errors.ts'
import { altOf, inWords } from '../workflows/text/depicted.ts'
import type { Answer, Drawer, Image, Outgoing, Platform } from './platform.ts'
import { inTime } from './sending.ts'

/**
 * Draws the pictures of what goes out. It never rejects, and takes no longer than a message may wait for it: a picture
 * that cannot be drawn, or put where it is to be shown, becomes a line that says in words what it shows.
 */
export type Depicting = {
  /** The message with its picture, put where that platform shows it. */
  readonly message: (message: Outgoing, platform: Pick<Platform, 'name' | 'hold'>) => Promise<Outgoing>
  /** The answer with its picture. */
  readonly answer: (answer: Answer) => Promise<Answer>
  /** Draws a picture ahead of the messages that will show it; resolves within some seconds, drawn or not. */
  readonly ahead: (picture: Picture, languages: Iterable<Language>) => Promise<void>
}

// Together with sending these must outlast no lease.
const drawMs = 4000
// Whoever asked sees that work goes on, and nobody waits for a message that is to be posted.
const patientMs = 10_000
const holdMs = 3500
// The same summary goes to several rooms in two languages, one after the other.
const mostKept = 12

/** Makes it; without a drawer every picture is told in words. */
export function createDepicting({ draw, log }: { readonly draw: Drawer | null; readonly log: Logger }): Depicting {
  const drawings = createShelf<Uint8Array>(mostKept)
  const holdings = createShelf<string>(mostKept * 4)

  async function drawn(picture: Picture, language: Language, withinMs = drawMs): Promise<Image | null> {
    if (!draw) return null
    const { drawing } = picture
    const key = hash('sha256', JSON.stringify([drawing, language]))
    try {
      const bytes = await inTime(
        drawings.get(key, () => draw(drawing, { language })),
        withinMs,
      )
      return { bytes, name: nameOf(drawing), alt: altOf(picture, language) }
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'a picture could not be drawn')
      return null
    }
  }

  /** Where messages only name a picture, it is put there first; sent again, it stands there already. */
  async function held(image: Image, { name, hold }: Pick<Platform, 'name' | 'hold'>): Promise<Image | null> {
    if (!hold) return image
    const key = `${name}:${hash('sha256', image.bytes)}:${image.alt}`
    try {
      const id = await inTime(
        holdings.get(key, () => hold(image)),
        holdMs,
      )
      return { ...image, held: id }
    } catch (error) {
      log.warn({ platform: name, reason: reasonOf(error) }, 'a picture could not be handed over')
      return null
    }
  }

  return {
    async message(message, platform) {
      const { view, reader } = message
      if (!view.picture) return message
      const image = await drawn(view.picture, reader.language)
      const there = image && (await held(image, platform))
      return there ? { ...message, image: there } : { ...message, view: inWords(view) }
    },
    answer,
    async ahead(picture, languages) {
      for (const language of new Set(languages)) await drawn(picture, language, patientMs)
    },
  }

  async function answer(given: Answer): Promise<Answer> {
    const { reply, reader } = given
    const whole = given.later ? { ...given, later: given.later.then(answer) } : given
    if (reply.type !== 'view' || !reply.view.picture) return whole
    const image = await drawn(reply.view.picture, reader.language, patientMs)
    if (image) return { ...whole, image }
    return { ...whole, reply: { ...reply, view: inWords(reply.view) } }
  }
}

function nameOf({ kind, exercise }: Drawing): string {
  return `${exercise ? 'exercise-' : ''}${kind}.png`
}

/** Keeps the last few results by key; work that is under way is shared, and what failed is tried anew. */
function createShelf<T>(most: number) {
  const kept = new Map<string, Promise<T>>()
  return {
    get(key: string, make: () => Promise<T>): Promise<T> {
      const known = kept.get(key)
      if (known) return known
      const made = make()
      kept.set(key, made)
      made.catch(() => kept.delete(key))
      const [oldest] = kept.keys()
      if (kept.size > most && oldest !== undefined) kept.delete(oldest)
      return made
    },
  }
}
