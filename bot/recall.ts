import type { DueRecall } from '../db/recalls.ts'
import type { Directory } from '../workflows/directory.ts'
import { PlatformError } from '../workflows/errors.ts'
import { goneView, mayStand } from '../workflows/gone.ts'
import type { RoomId } from '../workflows/ids.ts'
import { receiptNow } from '../workflows/received.ts'
import type { Viewer } from '../workflows/sight.ts'
import type { Reader } from '../workflows/text/say.ts'
import { personReader, roomReader } from './identify.ts'
import { type DeliveryOptions, giveUp, judge } from './outcome.ts'
import type { Platform } from './platform.ts'

const leaseMs = 30_000
const batch = 20
const redrawMs = 15_000

/** Takes words that must go out of messages on that platform, some at a time; gives how many were looked at. */
export async function recallWords(
  platform: Platform,
  rooms: readonly RoomId[],
  options: DeliveryOptions,
): Promise<number> {
  const { store, clock } = options
  const due = await store.recalls.lease(rooms, [platform.name], clock(), leaseMs, batch)
  for (const recall of due) await take(recall, platform, options)
  return due.length
}

async function take(recall: DueRecall, platform: Platform, options: DeliveryOptions): Promise<void> {
  const { store, clock } = options
  const { incident: id, message, reason } = recall
  const now = clock()
  const directory = store.roster.directory()
  const where = whereIs(recall, platform, directory, now)
  if (!where) return store.recalls.done(recall, true)
  if (recall.card === 'drawn' && id && 'room' in recall.to) {
    const drawn = await store.cards.isDrawn(id, recall.to.room, message)
    if (drawn === 'drawn') return store.recalls.done(recall, false)
    // Either it is about to show what is, or a newer one will stand in its place.
    if (drawn === 'behind') return store.recalls.failed(recall, 'its card is being drawn', now + redrawMs)
  }
  const known = id ? await store.incidents.find(id) : null
  if (reason === 'sight' && known && mayStand(known.incident, where.to, directory)) {
    return store.recalls.done(recall, false)
  }
  const card = recall.card !== 'no'
  const receipt = reason === 'receipt' && known && 'person' in where.to ? where.to.person : null
  const view =
    known && receipt
      ? receiptNow(known.incident, receipt, { directory, taxonomy: options.taxonomy })
      : goneView(known?.incident ?? null, where.to, { reason, card }, directory)
  try {
    await overwrite(recall, { view, reader: where.reader, key: recall.key }, platform, now)
    await store.recalls.done(recall, true)
  } catch (error) {
    const problem = judge(error, recall.attempts, now)
    // That a chat tool keeps what has run out here is no news; that it keeps what somebody took back is.
    if (problem.aloud && reason !== 'expired' && reason !== 'receipt')
      await giveUp(`recall:${recall.key}`, where.name, problem.reason, options)
    await store.recalls.failed(recall, problem.reason, problem.retryAt)
  }
}

/** An old message cannot be edited on some platforms, but taken away. */
async function overwrite(
  { message, sentAt, reason }: DueRecall,
  outgoing: Parameters<Platform['edit']>[1],
  platform: Platform,
  now: number,
): Promise<void> {
  const old = now - (sentAt ?? now) >= platform.capabilities.edits.within
  try {
    if (old) throw new PlatformError(platform.name, 'the message is too old to be changed', { permanent: true })
    await platform.edit(message, outgoing)
  } catch (error) {
    // A receipt says nothing that must go: where it cannot be changed any more, it stays.
    if (reason === 'receipt' || !platform.remove || !(error instanceof PlatformError) || !error.permanent) throw error
    await platform.remove(message)
  }
}

type Where = { readonly to: Viewer; readonly reader: Reader; readonly name: string }

function whereIs({ to }: DueRecall, platform: Platform, directory: Directory, now: number): Where | null {
  if ('account' in to) {
    const person = [...directory.people.values()].find(one => one.accounts.some(own => own.id === to.account))
    if (!person) return null
    const reader = personReader(person, directory, now)
    return { to: { person, through: platform.name }, reader, name: person.callsign }
  }
  const room = directory.rooms.find(one => one.id === to.room)
  return room ? { to: room, reader: roomReader(room, directory, now), name: room.name } : null
}
