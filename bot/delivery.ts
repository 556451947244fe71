import type { DueCard } from '../db/cards.ts'
import type { DuePost } from '../db/outbox.ts'
import type { Store } from '../db/store.ts'
import { roomCard } from '../workflows/card.ts'
import type { Post } from '../workflows/change.ts'
import type { MessageRef } from '../workflows/delivery.ts'
import type { Room } from '../workflows/directory.ts'
import { type PlatformError, reasonOf } from '../workflows/errors.ts'
import { namedIn, stillSaid, stillTold } from '../workflows/hush.ts'
import type { PlatformName } from '../workflows/ids.ts'
import type { Known } from '../workflows/ports.ts'
import { quietPeople } from '../workflows/quiet.ts'
import { shownOn } from '../workflows/rest.ts'
import { sight, type Viewer } from '../workflows/sight.ts'
import { fitView } from '../workflows/text/fit.ts'
import type { Reader } from '../workflows/text/say.ts'
import type { View } from '../workflows/view.ts'
import { personReader, roomReader } from './identify.ts'
import { type DeliveryOptions, giveUp, judge, Unsettled } from './outcome.ts'
import type { Outgoing, Platform, Target } from './platform.ts'
import { recallWords } from './recall.ts'

/** Brings what was committed to the platforms. */
export type Delivery = {
  /** Sends and edits what is due on every platform that this process may speak to; true if there may be more. */
  readonly run: () => Promise<boolean>
}

const leaseMs = 30_000
// Short, so that a successor of a dead process need not wait long; renewed with every run.
const holdMs = 10_000
const batch = 20

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
  const cards = await store.cards.take(await store.cards.due(ids, clock(), batch), clock(), leaseMs)
  for (const card of cards) await sendCard(card, platform, options)
  const quiet = quietPeople(store.roster.directory(), clock()).flatMap(person => person.accounts.map(own => own.id))
  const turn = await store.outbox.due({ rooms: ids, accounts: [platform.name], quiet }, clock(), batch)
  const posts = await store.outbox.take(
    turn.map(post => post.id),
    clock(),
    leaseMs,
  )
  for (const post of posts) await sendPost(post, platform, options)
  const recalled = await recallWords(platform, ids, options)
  return cards.length + posts.length + recalled > 0
}

async function sendCard(card: DueCard, platform: Platform, options: DeliveryOptions): Promise<void> {
  const { store, clock } = options
  const room = store.roster.directory().rooms.find(each => each.id === card.room)
  const known = await store.incidents.find(card.incident)
  if (!room || !known) return store.cards.failed(card, 'its room or incident is gone', null)
  // A blank card would tell that there is something to hide.
  const seen = sight(known.incident, room, store.roster.directory())
  if (!card.message && seen === 'nothing') return store.cards.failed(card, 'its incident is not for that room', null)
  const now = clock()
  const key = `card:${card.incident}:${card.room}:${card.generation + 1}`
  try {
    const message = drawn(known, room, key, options)
    if (card.message && mayEdit(card, platform, now)) {
      await platform.edit(card.message, message)
      return await store.cards.shown(card, card.wanted, card.message, 'edited', clock())
    }
    const target: Target = { type: 'room', room: room.address }
    const { ref, found } = await sendOnce(platform, target, message, card.state === 'unknown')
    // One that was found shows what was present when it was sent: it is drawn anew.
    await store.cards.shown(card, found ? 0 : card.wanted, ref, 'posted', clock())
  } catch (error) {
    const problem = judge(error, card.attempts, now)
    if (problem.aloud) await giveUp(`card:${card.incident}:${card.room}`, room.name, problem.reason, options)
    if (problem.outcome === 'unknown') return store.cards.unknown(card, problem.reason, problem.retryAt)
    await store.cards.failed(card, problem.reason, problem.retryAt)
  }
}

function drawn(known: Known, room: Room, key: string, { store, clock, taxonomy }: DeliveryOptions): Outgoing {
  const now = clock()
  const directory = store.roster.directory()
  const reader = roomReader(room, directory, now)
  const shown = shownOn(known, room, directory)
  const view = roomCard(shown.incident, shown.words, room, {
    directory,
    taxonomy,
    language: reader.language,
    now,
  })
  return { view: fitView(view, reader), reader, key }
}

function mayEdit(card: DueCard, platform: Platform, now: number): boolean {
  const { most, within } = platform.capabilities.edits
  return card.edits < most && now - (card.sentAt ?? now) < within
}

async function sendPost(post: DuePost, platform: Platform, options: DeliveryOptions): Promise<void> {
  const { store, clock } = options
  const now = clock()
  const where = await targetOf(post, platform.name, options, now)
  if (!where) return store.outbox.failed(post, 'whoever it was for is gone', null)
  const view = await stillOf(post, where.to, store)
  if (!view) return store.outbox.failed(post, 'its incident is not for them any more', null)
  try {
    const outgoing = { view: fitView(view, where.reader), reader: where.reader, key: post.key }
    const { ref } = await sendOnce(platform, where.target, outgoing, post.state === 'unknown')
    await store.outbox.sent(post.id, ref, clock())
  } catch (error) {
    const problem = judge(error, post.attempts, now)
    if (problem.aloud && !post.key.startsWith('gave-up:')) await giveUp(post.key, where.name, problem.reason, options)
    if (problem.outcome === 'unknown') return store.outbox.unknown(post.id, problem.reason, problem.retryAt)
    await store.outbox.failed(post, problem.reason, problem.retryAt)
  }
}

/** What of a post may be said now: its incident may have been marked, restricted or moved while it waited. */
async function stillOf({ incident, view }: DuePost, to: Viewer, store: Store): Promise<View | null> {
  if (!incident) {
    const named = await Promise.all(namedIn(view).map(id => store.incidents.find(id)))
    const incidents = named.flatMap(known => known?.incident ?? [])
    return stillTold(view, incidents, to, store.roster.directory())
  }
  const known = await store.incidents.find(incident)
  return known && stillSaid(view, known, to, store.roster.directory())
}

/** After an unknown outcome the message is looked up before it is sent again. */
async function sendOnce(
  platform: Platform,
  to: Target,
  message: Outgoing,
  perhapsSent: boolean,
): Promise<{ readonly ref: MessageRef; readonly found: boolean }> {
  const found = perhapsSent && platform.capabilities.lookup ? await lookUp(platform, to, message.key) : null
  return { ref: found ?? (await platform.post(to, message)), found: found !== null }
}

/** A look-up that fails has settled nothing, whatever the platform says of it: the outcome stays unknown. */
async function lookUp(platform: Platform, to: Target, key: string): Promise<MessageRef | null> {
  try {
    return await platform.find(to, key)
  } catch (error) {
    throw new Unsettled(reasonOf(error), (error as Partial<PlatformError>).retryAfterMs)
  }
}

type Where = {
  readonly to: Viewer
  readonly target: Target
  readonly reader: Reader
  readonly name: string
}

async function targetOf(
  post: Post,
  through: PlatformName,
  { store }: DeliveryOptions,
  now: number,
): Promise<Where | null> {
  const directory = store.roster.directory()
  if ('account' in post.to) {
    const { account } = post.to
    const address = await store.roster.address(account)
    const person = [...directory.people.values()].find(each => each.accounts.some(own => own.id === account))
    if (!address || !person) return null
    return {
      to: { person, through },
      target: { type: 'direct', account: address },
      reader: personReader(person, directory, now),
      name: person.callsign,
    }
  }
  const { room: id } = post.to
  const room = directory.rooms.find(each => each.id === id)
  if (!room) return null
  const reader = roomReader(room, directory, now)
  const under = post.thread && post.incident ? await store.cards.message(post.incident, room.id) : null
  const target: Target = under ? { type: 'thread', under } : { type: 'room', room: room.address }
  return { to: room, target, reader, name: room.name }
}
