import type { Conversation } from '../../commands/conversation.ts'
import { patience } from '../../commands/conversation.ts'
import type { Language } from '../../workflows/directory.ts'
import type { Reader } from '../../workflows/text/say.ts'
import type { Image, Memory, Target } from '../platform.ts'
import type { SignalFile } from './heard.ts'
import type { Written } from './text.ts'

/**
 * A form that somebody is filling in: the room it was begun in (null: the direct conversation), which of their messages
 * (by time) answered which question, and when the last one of all of these was taken in: what is older answers nothing.
 * `askedAt` is when the question as it stands was said first (epoch ms), once it was.
 */
export type Filling = {
  readonly talk: Conversation<SignalFile>
  readonly room: string | null
  readonly told: readonly { readonly at: number; readonly field: string }[]
  readonly since?: number
  readonly askedAt?: number
}

/**
 * Something to be said: where, what, under which key, and whether it asks the question that waits. `image`: the picture
 * whose words these are, as long as this process remembers it.
 */
export type Saying = {
  readonly to: Target
  readonly written: Written
  readonly key: string
  readonly asks: boolean
  readonly image?: Image
}

/** What has to be known of one person from one message to the next; the form that waits longest stands first. */
export type Desk = {
  readonly language: Language | null
  readonly zone: string
  readonly forms: readonly Filling[]
  /** When the question that waits, and when anything at all, was said to them in answer last (epoch ms). */
  readonly askedAt: number
  readonly saidAt: number
  /** Cards that they took by a raised hand, with the incident's id where it is known. */
  readonly hands: readonly { readonly card: string; readonly id: string | null }[]
  /** The times of their messages that asked for something or answered a question, which is done by now. */
  readonly acted: readonly number[]
  /** The messages that were understood last, by their keys, with what is still to be said. */
  readonly done: readonly { readonly key: string; readonly says: readonly Saying[] }[]
}

const mostDone = 40
const mostHands = 20
const mostActed = 60
const mostForms = 3

const empty: Desk = { language: null, zone: 'UTC', forms: [], askedAt: 0, saidAt: 0, hands: [], acted: [], done: [] }

/** Reads what is known of somebody; a form that was left for longer than a draft lasts is gone. */
export async function openDesk(memory: Memory, account: string, now: number): Promise<Desk> {
  const kept = await memory.get(keyOf(account))
  const desk = kept === null ? empty : { ...empty, ...(JSON.parse(kept) as Desk) }
  return { ...desk, forms: desk.forms.filter(({ talk }) => now - talk.at <= patience.draft) }
}

/**
 * What is left once whoever it is of was erased meanwhile, or null if they were not: what was kept of them has gone,
 * and nothing of it may come back. `before`: as it was opened.
 */
export async function erasedDesk(memory: Memory, account: string, before: Desk): Promise<Desk | null> {
  if (before.done.length === 0 || (await memory.get(keyOf(account))) !== null) return null
  const { language, zone } = before
  return { ...empty, language, zone }
}

/** Keeps it: the message was understood under that key, and this is still to be said. @throws StoreError */
export async function keepDesk(
  memory: Memory,
  account: string,
  desk: Desk,
  heard: { readonly key: string; readonly says: readonly Saying[] },
): Promise<void> {
  const done = [...desk.done.filter(({ key }) => key !== heard.key), heard].slice(-mostDone)
  const kept = { ...desk, done, hands: desk.hands.slice(-mostHands) }
  const forms = desk.forms.slice(-mostForms)
  const acted = desk.acted.slice(-mostActed)
  await memory.set(
    keyOf(account),
    JSON.stringify({ ...kept, forms, acted }, (name, value) => (name === 'image' ? undefined : value)),
    account,
  )
}

/** How somebody reads, as the hub answered them last. */
export function readerAt({ language, zone }: Desk, now: number): Reader {
  return { language: language ?? 'en', zone, now, person: () => null }
}

function keyOf(account: string): string {
  return `desk:${account}`
}
