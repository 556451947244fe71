import type { Logger } from 'pino'
import type { Reply } from '../commands/command.ts'
import type { Store } from '../db/store.ts'
import type { NewSpoken } from '../db/utterances.ts'
import type { Action } from '../workflows/action.ts'
import { InputError, RuleError, reasonOf, StoreError } from '../workflows/errors.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import { type Identity, identify } from './identify.ts'
import { lostOf, tellWriter } from './lost.ts'
import { park } from './parking.ts'
import type { Interaction } from './platform.ts'
import { transact } from './transact.ts'

/** Somebody changed, or took away, what they had written. */
export type Afterthought = Extract<Interaction, { type: 'edited' | 'deleted' }>

type Message = Extract<Interaction, { type: 'message' }>
type Standing = { readonly message: Message | null; readonly spoken?: NewSpoken }
type Tools = {
  readonly store: Store
  readonly taxonomy: Taxonomy
  readonly pause: (ms: number) => Promise<void>
  readonly log: Pick<Logger, 'warn'>
}
type Due = Awaited<ReturnType<Store['inbox']['due']>>[number]

const nothing: Reply = { type: 'nothing' }
const noWords = { what: null, where: null }
const firstPause = 15_000
const longestPause = 10 * 60_000
const mostTries = 6
// Longer than handling it takes, so that nobody else begins meanwhile.
const inHand = 60_000
const atOnce = 50

/**
 * Follows what somebody did to a message of theirs: stored first, then done once, in whatever order it and the message
 * come. Newer words take the place of the older ones everywhere; what was taken away is taken back everywhere. It never
 * runs a command.
 * @throws RuleError, InputError when newer words cannot be taken; StoreError when it could not be stored
 */
export async function handleAfterthought(said: Afterthought, identity: Identity, now: number, tools: Tools) {
  const { store, log } = tools
  if (said.type === 'edited' && !mayWrite(identity, store)) return nothing
  const heard = { key: said.key, payload: JSON.stringify({ message: said }), receivedAt: now }
  const fresh = await store.inbox.take(heard, inHand)
  if (!fresh && (await store.inbox.answer(said.key)) !== undefined) return nothing
  try {
    return await follow(said, identity, now, tools)
  } catch (error) {
    if (error instanceof RuleError || error instanceof InputError) {
      await store.inbox.handled(said.key, now)
      throw error
    }
    log.warn({ err: error }, 'a change of what somebody wrote is stored, but could not be handled yet')
    // Where even this fails, it is due as it stands.
    await store.inbox.failed(said.key, reasonOf(error), now + firstPause).catch(() => {})
    return nothing
  }
}

/** The same for what was stored and is due again, such as what a crash left. Rejects only if the store does. */
export async function retryAfterthought(said: Afterthought, stored: Due, now: number, tools: Tools): Promise<void> {
  const { store, log } = tools
  const identity = await identify(said, store)
  try {
    await follow(said, identity, now, tools)
  } catch (error) {
    log.warn({ err: error, attempts: stored.attempts }, 'a change of what somebody wrote could not be handled')
    if (error instanceof RuleError || error instanceof InputError) {
      await tellWriter(identity.actor, stored, error, now, store)
      return store.inbox.handled(stored.key, now)
    }
    // Nothing is wrong with it where the database is.
    const over = stored.attempts >= mostTries && !(error instanceof StoreError)
    if (over) return park(lostOf(stored), reasonOf(error), { store, now })
    const pause = Math.min(longestPause, firstPause * 2 ** stored.attempts)
    await store.inbox.failed(stored.key, reasonOf(error), now + pause)
  }
}

/** A message with its newest words, if it was changed before it came (null: it was taken away), to be known again. */
export async function asItStands(sent: Message, store: Store): Promise<Standing> {
  if (!sent.self) return { message: sent }
  const message = store.utterances.keyOf(sent.platform, sent.self)
  const early = await store.utterances.early(message)
  if (early?.words === null) return { message: null }
  const place = { tool: sent.platform, message: sent.self, account: sent.account }
  const spoken = { message, seen: early?.at ?? null, until: sent.until ?? null, place }
  return { message: early ? { ...sent, words: early.words } : sent, spoken }
}

/** Lets go of words whose chat has let them disappear, late rather than never; true if there may be more. */
export async function expireTalk(now: number, tools: Pick<Tools, 'store' | 'taxonomy' | 'pause'>): Promise<boolean> {
  const due = await tools.store.utterances.due(now, atOnce)
  for (const message of due) {
    const action: Action = { type: 'unsay', message, why: 'expired', at: now }
    const changed = { message, at: now, words: null, early: false }
    await transact({ key: null, actor: null, now, action, words: noWords, changed, say: () => nothing }, tools)
  }
  return due.length === atOnce
}

async function follow(said: Afterthought, { actor }: Identity, now: number, tools: Tools): Promise<Reply> {
  const { store } = tools
  const { key, at } = said
  const message = store.utterances.keyOf(said.platform, said.self)
  const words = said.type === 'edited' ? said.words : null
  const changed = { message, at, words, early: await mayCome(said, store) }
  const action: Action =
    words === null ? { type: 'unsay', message, why: 'deleted', at } : { type: 'reword', message, text: words, at }
  return transact({ key, actor, now, action, words: noWords, changed, say: () => nothing }, tools)
}

/** Whether the message itself may still come and count: then what was done to it is kept until it does. */
async function mayCome(said: Afterthought, store: Store): Promise<boolean> {
  if (said.type === 'deleted' || said.room === null) return true
  return said.message !== null && (await store.cards.at(said.platform, said.message)) !== null
}

function mayWrite({ actor }: Identity, { roster }: Store): boolean {
  return actor !== null && !roster.directory().people.get(actor.id)?.blocked
}
