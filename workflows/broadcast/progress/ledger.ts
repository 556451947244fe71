import type { Broadcast } from '../../broadcast.ts'
import type { Directory } from '../../directory.ts'
import { type BroadcastId, readBroadcastId, takeBroadcastId } from '../../ids.ts'
import { type Actor, maySee } from '../../permission.ts'
import { type Phrase, phrase, type Text } from '../../phrase.ts'
import type { Read } from '../../ports.ts'
import { toolName } from '../../sight.ts'
import { plain } from '../../spoken.ts'
import type { StuckItem, StuckState } from '../../stuck.ts'
import { type Button, buttonId, type Line, type View } from '../../view.ts'
import { broadcastButton } from '../screen/button.ts'
import { mayReadAll, mayReadRow } from '../screen/rights.ts'
import type { Reached, RecipientStanding, Tally } from '../standing.ts'
import { byPlatform, countLine, shareOf } from './share.ts'

/** What can be decided on together about those of a broadcast that did not get it. */
export type CastDeed = 'again' | 'arrived' | 'leave'

/** What was pressed in the list of who has not got a broadcast: a page of it, or a deed. */
export type LedgerPress =
  | { readonly id: BroadcastId; readonly type: 'page'; readonly page: number }
  | { readonly id: BroadcastId; readonly type: 'deed'; readonly deed: CastDeed }

/** The button that opens the list of who has not got it. */
export function deliveryButton(id: BroadcastId): Button {
  return { id: pressId(id, '0'), label: phrase('progress.button-delivery') }
}

/** What stands in a button's assumption, read back; null for anything else. */
export function readLedger(assumed: string): LedgerPress | null {
  const [mark, name = '', what = ''] = assumed.split('.')
  const id = mark === 'b' ? readBroadcastId(name) : null
  if (!id) return null
  if (/^\d{1,4}$/.test(what)) return { id, type: 'page', page: Number(what) }
  const deed = deeds.find(one => one === what)
  return deed ? { id, type: 'deed', deed } : null
}

/** The first page of the broadcast that words after a command name; null where they name none. */
export function ledgerNamed(words: string): LedgerPress | null {
  const { id } = takeBroadcastId(plain(words).trim())
  return id && { id, type: 'page', page: 0 }
}

/** All of a broadcast that such a deed is about. */
export function castItem(id: BroadcastId, deed: CastDeed): Extract<StuckItem, { type: 'cast' }> {
  return { type: 'cast', broadcast: id, states: statesOf[deed] }
}

/** The broadcast for its writer and for whoever may know of its incident; null for all others. */
export async function ledgerOf(id: BroadcastId, { read, actor }: Looking): Promise<Broadcast | null> {
  const broadcast = await read.broadcasts.find(id)
  const about = broadcast?.plan.incident
  const known = about && (await read.incidents.find(about))
  return !known || broadcast?.by === actor.id || maySee(actor, known.incident) ? broadcast : null
}

/** A page of who has not got it, from 0, as far as they may read of it, below how it stands with all of them. */
export async function ledgerPage(broadcast: Broadcast, page: number, looking: Looking): Promise<View> {
  const { read, actor } = looking
  const [tally, found] = await Promise.all([read.broadcasts.tally(broadcast.id), missing(broadcast, page, looking)])
  const list = found.slice(page * perPage, (page + 1) * perPage)
  const more = found.length > (page + 1) * perPage
  return ledgerView({ broadcast, tally, list, page, more, whole: mayReadAll(broadcast, actor) }, read.directory)
}

/** The lines that lead to the broadcasts of which something lies still. */
export function stuckCastLine({ id, count }: { readonly id: BroadcastId; readonly count: number }): Line {
  const button = { id: pressId(id, '0'), label: phrase('delivery.button-open') }
  return { type: 'item', text: phrase('ledger.stuck', { id, count }), button }
}

type Looking = { readonly read: Pick<Read, 'broadcasts' | 'incidents' | 'directory'>; readonly actor: Actor }

// As many lines as the tightest platform shows.
const perPage = 10
const atOnce = 100

// The most pressing first.
const notHad: readonly Reached[] = ['failed', 'unsure', 'unreachable', 'kept', 'dropped', 'stopped']

const statesOf: Readonly<Record<CastDeed, readonly StuckState[]>> = {
  again: ['failed', 'unsure', 'kept', 'parked'],
  arrived: ['unsure'],
  leave: ['failed', 'unsure', 'kept', 'parked'],
}

/** Those who have not got it, as far as this person may read of them; one more than fits on that page. */
async function missing(broadcast: Broadcast, page: number, { read, actor }: Looking): Promise<RecipientStanding[]> {
  const wanted = (page + 1) * perPage + 1
  const found: RecipientStanding[] = []
  for (let after: string | null = null; found.length < wanted; ) {
    const filter = { reached: notHad, limit: atOnce, ...(after === null ? {} : { after }) }
    const { items, next } = await read.broadcasts.recipients(broadcast.id, filter)
    found.push(...items.filter(one => mayReadRow(one, broadcast, actor)))
    if (next === null) break
    after = next
  }
  return found
}

/** What is asked for: how it stands, those of this page who have not got it, and whether there are more. */
type Ledger = {
  readonly broadcast: Broadcast
  readonly tally: Tally
  readonly list: readonly RecipientStanding[]
  readonly page: number
  readonly more: boolean
  /** All of it may be decided on by whoever reads it. */
  readonly whole: boolean
}

/** How a broadcast goes, person by person: how many stand where, then each one who has not got it, and why. */
function ledgerView({ broadcast, tally, list, page, more, whole }: Ledger, directory: Directory): View {
  const { id, plan } = broadcast
  const { have, people, rooms, roomsHave, all } = shareOf({ tally })
  const title = plan.title ? phrase('progress.title', { id, title: { words: plan.title } }) : { words: id }
  if (all === 0) return { tone: 'plain', title, lines: [line(phrase('ledger.waits', { id }))], buttons: [see(id)] }
  const missing = notHad.reduce((sum, state) => sum + (tally.people[state] ?? 0) + (tally.rooms[state] ?? 0), 0)
  const places = byPlatform(tally).map(
    ({ platform }): Line => ({
      type: 'item',
      text: phrase('ledger.tool', { tool: toolName(platform), each: countLine(tally, platform) }),
    }),
  )
  return {
    tone: 'plain',
    title,
    lines: [
      { type: 'strong', text: phrase('progress.people', { have, count: people }) },
      ...(rooms > 0 ? [line(phrase('progress.rooms', { have: roomsHave, count: rooms }))] : []),
      ...places,
      missing > 0
        ? { type: 'strong', text: phrase('ledger.not-had', { count: missing }) }
        : line(phrase(have + roomsHave === all ? 'ledger.none' : 'ledger.none-yet')),
      ...list.map((one): Line => ({ type: 'item', text: lineOf(one, directory) })),
    ],
    buttons: [
      ...(more ? [{ id: pressId(id, String(page + 1)), label: phrase('ledger.more') }] : []),
      ...(whole ? deedButtons(broadcast, tally) : []),
      see(id),
    ],
  }
}

const deeds: readonly CastDeed[] = ['again', 'arrived', 'leave']

function deedButtons({ id }: Broadcast, { people, rooms }: Tally): readonly Button[] {
  const at = (state: Reached) => (people[state] ?? 0) + (rooms[state] ?? 0)
  const [failed, unsure, kept] = [at('failed'), at('unsure'), at('kept')]
  const count = failed + unsure + kept
  if (count === 0) return []
  const twice = unsure > 0 ? { confirm: phrase('ledger.confirm-again', { count: unsure }) } : {}
  return [
    { id: pressId(id, 'again'), label: phrase('ledger.button-again', { count }), ...twice },
    ...(unsure > 0 ? [{ id: pressId(id, 'arrived'), label: phrase('ledger.button-arrived') }] : []),
    { id: pressId(id, 'leave'), label: phrase('ledger.button-leave') },
  ]
}

function lineOf({ person, room, platform, reached, why }: RecipientStanding, { rooms }: Directory): Phrase {
  const named = rooms.find(one => one.id === room)?.name
  const who = person ? { person } : named ? { words: named } : phrase('delivery.where-gone')
  const how = phrase(`ledger.how-${reached}`)
  const tool = platform ? toolName(platform) : phrase('ledger.nowhere')
  if (!why || reached === 'unsure' || reached === 'stopped') return phrase('ledger.line', { who, tool, how })
  return phrase('ledger.line-why', { who, tool, how, reason: { words: short(why) } })
}

function short(reason: string): string {
  return reason.length > mostReason ? `${reason.slice(0, mostReason)}…` : reason
}

const mostReason = 80

function see(id: BroadcastId): Button {
  return broadcastButton('see', id)
}

function line(text: Text): Line {
  return { type: 'text', text }
}

function pressId(id: BroadcastId, what: string): string {
  return buttonId('delivery', '', `b.${id}.${what}`)
}
