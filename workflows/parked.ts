import type { PersonId, PlatformName } from './ids.ts'
import { phrase } from './phrase.ts'
import { toolName } from './sight.ts'
import { pressId, type StuckItem } from './stuck.ts'
import { type Line, plainView, type View } from './view.ts'

/**
 * Something that came in and could not be worked on, however often it was tried: it lies still, with all its words,
 * until somebody decides. Who sent it is null where that cannot be told; `at` is epoch ms.
 */
export type Parked = {
  readonly id: string
  readonly platform: PlatformName
  readonly person: PersonId | null
  readonly at: number
  readonly reason: string
}

/** Reads of what came in and lies still. Nobody but its sender reads the words, and that only where they wrote them. */
export interface ParkedReads {
  /** The newest first; bounded. */
  list(): Promise<readonly Parked[]>
  /** That one, if it still lies there. */
  find(id: string): Promise<Parked | null>
}

/** What is decided about it: it is `heard` again, or left. */
export function parkedItem({ id }: Pick<Parked, 'id'>): StuckItem {
  return { type: 'heard', id }
}

/** A line of the list of what is stuck: on which tool, from whom, since when. */
export function parkedLine(one: Parked): Line {
  return {
    type: 'item',
    text: phrase('parked.line', whoAndWhen(one)),
    button: { id: pressId('open', parkedItem(one)), label: phrase('delivery.button-open') },
  }
}

/** One of them, with what can be done about it; its words stay with whoever wrote them. */
export function parkedView(one: Parked): View {
  return {
    tone: 'plain',
    title: null,
    lines: [
      { type: 'strong', text: phrase('parked.line', whoAndWhen(one)) },
      { type: 'note', text: phrase('delivery.reason', { reason: { words: one.reason } }) },
      { type: 'text', text: phrase('parked.hint') },
    ],
    buttons: [
      { id: pressId('again', parkedItem(one)), label: phrase('parked.button-again') },
      { id: pressId('leave', parkedItem(one)), label: phrase('delivery.button-leave') },
    ],
  }
}

/** What whoever sent it reads, with the beginning of their own words where these are known. */
export function unworkedView({ id, at }: Pick<Parked, 'id' | 'at'>, words: string): View {
  const said = words.trim()
  const short = said.length > mostWords ? `${said.slice(0, mostWords)}…` : said
  const view = plainView(
    [phrase('parked.sender', { time: { time: at } })],
    [{ id: `rerun::${id}`, label: phrase('parked.button-mine') }],
  )
  return short ? { ...view, lines: [...view.lines, { type: 'quote', text: { words: short } }] } : view
}

// Enough to know which message is meant.
const mostWords = 200

function whoAndWhen({ platform, person, at }: Parked) {
  return {
    who: person ? { person } : phrase('parked.somebody'),
    tool: toolName(platform),
    time: { date: at },
  }
}
