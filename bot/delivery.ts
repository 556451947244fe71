import type { Logger } from 'pino'
import type { DueCard, DuePost, Store } from '../db/store.ts'
import { roomCard } from '../workflows/card.ts'
import type { Post } from '../workflows/change.ts'
import type { MessageRef } from '../workflows/delivery.ts'
import { type Person, type Room, roomsFor } from '../workflows/directory.ts'
import { PlatformError } from '../workflows/errors.ts'
import { phrase } from '../workflows/phrase.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import type { Reader } from '../workflows/text/say.ts'
import { plainView } from '../workflows/view.ts'
import { roomReader } from './identify.ts'
import type { Outgoing, Platform, Target } from './platform.ts'

/** What delivery works with; `holder` names this process in leases. */
export type DeliveryOptions = {
  readonly store: Store
  readonly platforms: readonly Platform[]
  readonly taxonomy: Taxonomy
  readonly clock: () => number
  readonly holder: string
  readonly log: Logger
}

/** Brings what was committed to the platforms. */
export type Delivery = {
  /** Sends and edits what is due on every platform that this process may speak to; true if there may be more. */
  readonly run: () => Promise<boolean>
}

const leaseMs = 30_000
// Short, so that a successor of a dead process need not wait long; renewed with every run.
const holdMs = 10_000
const batch = 20
const mostTries = 12

/** Makes delivery: posts once, cards until they show what is wanted, most urgent first, giving up aloud. */
export function createDelivery(options: DeliveryOptions): Delivery {
  return {
    run: async () => {
      const more = await Promise.all(options.platforms.map(platform => deliver(platform, options)))
      return more.some(Boolean)
    },
  }
}

async function deliver(platform: Platform, options: DeliveryOptions): Promise<boolean> {
  const { store, clock, holder } = options
  if (!(await store.leases.hold(`sending:${platform.name}`, holder, holdMs))) return false
  const rooms = store.roster.directory().rooms.filter(room => room.platform === platform.name)
  const ids = rooms.map(room => room.id)
  const cards = await store.cards.lease(ids, clock(), leaseMs, batch)
  for (const card of cards) await sendCard(card, platform, options)
  const posts = await store.outbox.lease(ids, [platform.name], clock(), leaseMs, batch)
  for (const post of posts) await sendPost(post, platform, options)
  return cards.length + posts.length > 0
}

async function sendCard(card: DueCard, platform: Platform, options: DeliveryOptions): Promise<void> {
  const { store, clock } = options
  const room = store.roster.directory().rooms.find(each => each.id === card.room)
  const known = await store.incidents.find(card.incident)
  if (!room || !known) return store.cards.failed(card, 'its room or incident is gone', null)
  const now = clock()
  const reader = roomReader(room, store.roster.directory(), now)
  const context = { directory: store.roster.directory(), taxonomy: options.taxonomy, language: reader.language, now }
  const view = roomCard(known.incident, known.words, room, context)
  const key = `card:${card.incident}:${card.room}:${card.generation + 1}`
  const target: Target = { type: 'room', room: room.address }
  try {
    if (card.message && mayEdit(card, platform, now)) {
      await platform.edit(card.message, { view, reader, key })
      return await store.cards.shown(card, card.wanted, card.message, 'edited', clock())
    }
    const message = await sendOnce(platform, target, { view, reader, key }, card.state === 'unknown')
    await store.cards.shown(card, card.wanted, message, 'posted', clock())
  } catch (error) {
    const problem = judge(error, card.attempts, now)
    if (problem.outcome === 'unknown') return store.cards.unknown(card, problem.reason, problem.retryAt)
    await store.cards.failed(card, problem.reason, problem.retryAt)
    if (problem.retryAt === null) await giveUp(`card:${card.incident}:${card.room}`, room.name, problem.reason, options)
  }
}

function mayEdit(card: DueCard, platform: Platform, now: number): boolean {
  const { most, within } = platform.capabilities.edits
  return card.edits < most && now - (card.sentAt ?? now) < within
}

async function sendPost(post: DuePost, platform: Platform, options: DeliveryOptions): Promise<void> {
  const { store, clock } = options
  const now = clock()
  const where = await targetOf(post, options, now)
  if (!where) return store.outbox.failed(post.id, 'whoever it was for is gone', null)
  try {
    const outgoing = { view: post.view, reader: where.reader, key: post.key }
    const message = await sendOnce(platform, where.target, outgoing, post.state === 'unknown')
    await store.outbox.sent(post.id, message, clock())
  } catch (error) {
    const problem = judge(error, post.attempts, now)
    if (problem.outcome === 'unknown') return store.outbox.unknown(post.id, problem.reason, problem.retryAt)
    await store.outbox.failed(post.id, problem.reason, problem.retryAt)
    if (problem.retryAt === null && !post.key.startsWith('gave-up:')) {
      await giveUp(post.key, where.name, problem.reason, options)
    }
  }
}

/** After an unknown outcome the message is looked up before it is sent again. */
async function sendOnce(platform: Platform, to: Target, message: Outgoing, perhapsSent: boolean): Promise<MessageRef> {
  const found = perhapsSent && platform.capabilities.lookup ? await platform.find(to, message.key) : null
  return found ?? platform.post(to, message)
}

type Where = { readonly target: Target; readonly reader: Reader; readonly name: string }

async function targetOf(post: Post, { store }: DeliveryOptions, now: number): Promise<Where | null> {
  const directory = store.roster.directory()
  if ('account' in post.to) {
    const { account } = post.to
    const address = await store.roster.address(account)
    const person = [...directory.people.values()].find(each => each.accounts.some(own => own.id === account))
    if (!address || !person) return null
    return {
      target: { type: 'direct', account: address },
      reader: personReader(person, now, store),
      name: person.callsign,
    }
  }
  const { room: id } = post.to
  const room = directory.rooms.find(each => each.id === id)
  if (!room) return null
  const reader = roomReader(room, directory, now)
  const under = post.thread && post.incident ? await store.cards.message(post.incident, room.id) : null
  const target: Target = under ? { type: 'thread', under } : { type: 'room', room: room.address }
  return { target, reader, name: room.name }
}

function personReader(person: Person, now: number, store: Store): Reader {
  const directory = store.roster.directory()
  const region = person.regions === 'all' ? undefined : directory.regions.find(each => each.code === person.regions[0])
  return {
    language: person.languages[0] ?? 'en',
    zone: region?.zone ?? directory.zone,
    now,
    person: id => directory.people.get(id)?.callsign ?? null,
  }
}

type Problem =
  | { readonly outcome: 'none'; readonly reason: string; readonly retryAt: number | null }
  | { readonly outcome: 'unknown'; readonly reason: string; readonly retryAt: number }

function judge(error: unknown, attempts: number, now: number): Problem {
  const reason = error instanceof Error ? error.message : String(error)
  if (error instanceof PlatformError && (error.permanent || attempts >= mostTries)) {
    return { outcome: 'none', reason, retryAt: null }
  }
  if (error instanceof PlatformError && error.retryAfterMs !== undefined) {
    return { outcome: 'none', reason, retryAt: now + error.retryAfterMs }
  }
  return { outcome: 'unknown', reason, retryAt: now + Math.min(5 * 60_000, 500 * 2 ** attempts) }
}

/** What could not be delivered is said to the coordinators, once. */
async function giveUp(
  key: string,
  name: string,
  reason: string,
  { store, clock, log }: DeliveryOptions,
): Promise<void> {
  log.warn({ key, reason }, 'gave up a delivery')
  const view = plainView([phrase('hub.gave-up', { where: { words: name }, reason: { words: reason } })])
  const rooms: readonly Room[] = roomsFor(store.roster.directory(), 'coordination')
  const posts = rooms.map(
    (room): Post => ({
      key: `gave-up:${key}:${room.id}`,
      to: { room: room.id },
      incident: null,
      thread: false,
      lane: 'claim',
      view,
    }),
  )
  await store.outbox.add(posts, clock())
}
