import type { DueCard } from '../db/cards.ts'
import { laneOf } from '../workflows/alert.ts'
import { roomCard } from '../workflows/card.ts'
import type { Lane } from '../workflows/change.ts'
import type { MessageRef } from '../workflows/delivery.ts'
import type { Room } from '../workflows/directory.ts'
import { PlatformError } from '../workflows/errors.ts'
import type { Known } from '../workflows/ports.ts'
import { shownOn } from '../workflows/rest.ts'
import { type Sight, sight } from '../workflows/sight.ts'
import { fitView } from '../workflows/text/fit.ts'
import { beyondDrillCard } from './containment.ts'
import { roomReader } from './identify.ts'
import { askWhether, type Desk, giveUp, graceMs, isShut, judge, reopenRoom, shutRoom } from './outcome.ts'
import type { Outgoing, Target } from './platform.ts'
import { inTime, lookUp, perhapsTwice, sendOnce } from './sending.ts'

// A message refused for good that often, while others pass, is itself the fault.
const mostRefusals = 3

/**
 * Brings a card to show the present state: edits its message, or posts it anew where there is none, it was edited too
 * often, is too old or was deleted. Whatever the platform does is on record in the end. Rejects only if the store does.
 */
export async function sendCard(card: DueCard, desk: Desk): Promise<void> {
  const { store, clock } = desk
  const room = store.roster.directory().rooms.find(each => each.id === card.room)
  const known = await store.incidents.find(card.incident)
  if (!room || !known) return store.cards.failed(card, 'its room or incident is gone', null)
  // A blank card would tell that there is something to hide.
  const seen = sight(known.incident, room, store.roster.directory())
  if (!card.message && seen === 'nothing') return store.cards.failed(card, 'its incident is not for that room', null)
  const barred = await beyondDrillCard(card, desk)
  if (barred) return store.cards.failed(card, barred, null)
  let posting = false
  try {
    const message = drawn(known, room, card, seen, desk)
    // One that was posted anew and lost its answer comes first, or it would stand there beside the old one.
    const lookFirst = card.state !== 'sending' && desk.platform.capabilities.lookup
    const found = lookFirst ? await lookUp({ type: 'room', room: room.address }, key(card), card.since, desk) : null
    // It shows what was present when it was sent: it is drawn anew.
    if (found) await store.cards.shown(card, 0, found, 'posted', clock())
    else if (card.message && mayEdit(card, desk) && (await edited(card.message, message, desk))) {
      await store.cards.shown(card, card.wanted, card.message, 'edited', clock())
    } else {
      posting = true
      if (!(await posted(card, known, room, message, desk))) return
    }
    await reopenRoom(room.id, desk)
  } catch (error) {
    await failed(card, laneOf(known.incident), room, error, posting, desk)
  }
}

/** Edits the message; false if it cannot be edited any more, whoever deleted it. */
async function edited(ref: MessageRef, message: Outgoing, { platform, sendMs }: Desk) {
  try {
    await inTime(platform.edit(ref, message), sendMs)
    return true
  } catch (error) {
    if (error instanceof PlatformError && error.because === 'stale') return false
    throw error
  }
}

/** Posts the card anew; false if that is for a person to decide, because it may stand there already. */
async function posted(card: DueCard, known: Known, room: Room, message: Outgoing, desk: Desk): Promise<boolean> {
  const { store, clock, platform } = desk
  const doubtful = card.state !== 'sending' && !platform.capabilities.lookup
  if (doubtful && (card.state === 'again' || known.incident.severity < 4)) {
    await store.cards.rest(card, 'unsure', 'no answer came back')
    const { incident } = card
    await askWhether({ type: 'card', incident, room: room.id }, { room: room.id }, incident, desk)
    return false
  }
  if (doubtful) await store.cards.again(card)
  const outgoing = doubtful ? { ...message, view: perhapsTwice(message.view) } : message
  const to: Target = { type: 'room', room: room.address, ...(card.message ? { replaces: card.message } : {}) }
  const late = (ref: MessageRef) => store.cards.shown(card, 0, ref, 'posted', clock())
  const { ref } = await sendOnce(to, outgoing, null, desk, late)
  await store.cards.shown(card, card.wanted, ref, 'posted', clock())
  return true
}

async function failed(
  card: DueCard,
  lane: Lane,
  room: Room,
  error: unknown,
  posting: boolean,
  desk: Desk,
): Promise<void> {
  const { store, clock, platform, shut } = desk
  const now = clock()
  const problem = judge(error, { ...card, lane }, desk, now)
  const { reason } = problem
  if (isShut(error)) {
    const others = !shut.has(room.id)
    const closed = await shutRoom(room, error, desk)
    if (card.state !== 'sending') return store.cards.unknown(card, reason, closed.nextAt)
    // Others pass, and this one never does: it is this one that is refused.
    if (!others || card.attempts < mostRefusals) return store.cards.rest(card, 'parked', reason)
  }
  if (problem.aloud) {
    await giveUp(`card:${card.incident}:${card.room}`, { room: card.room }, card.incident, reason, desk)
  }
  const { retryAt } = problem
  if (retryAt === null) return store.cards.failed(card, reason, null)
  // An earlier try may stand: that is not forgotten because this one surely does not, or was only an edit.
  const doubted = card.state !== 'sending'
  if (problem.outcome === 'none' || !posting) {
    const counted = problem.outcome === 'unknown' || problem.counted
    if (doubted) return store.cards.unknown(card, reason, retryAt)
    return store.cards.failed(card, reason, retryAt, counted)
  }
  if (platform.capabilities.lookup) return store.cards.unknown(card, reason, retryAt)
  // The second of two that nobody can look up comes to rest once its lease is over.
  if (!doubted) await store.cards.unknown(card, reason, now + graceMs)
}

function drawn(known: Known, room: Room, card: DueCard, seen: Sight, options: Desk): Outgoing {
  const { store, clock, taxonomy } = options
  const now = clock()
  const directory = store.roster.directory()
  const reader = roomReader(room, directory, now)
  const shown = shownOn(known, room, directory)
  const { language } = reader
  const view = roomCard(shown.incident, shown.words, room, { directory, taxonomy, language, now })
  const { id, severity, status } = shown.incident
  // What a room may not know of an incident, the platform is not told either.
  const facts = seen === 'nothing' || seen === 'exists' ? {} : { card: { incident: id, severity, status } }
  return { view: fitView(view, reader), reader, key: key(card), urgent: severity >= 4, ...facts }
}

/** Under which its next message is posted, however often it is tried. */
function key({ incident, room, generation }: DueCard): string {
  return `card:${incident}:${room}:${generation + 1}`
}

function mayEdit(card: DueCard, { platform, clock }: Desk): boolean {
  const { most, within } = platform.capabilities.edits
  return card.edits < most && clock() - (card.sentAt ?? clock()) < within
}
