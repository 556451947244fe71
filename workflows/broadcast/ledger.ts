import type { Broadcast } from '../broadcast.ts'
import { type Directory, type Person, servesRegion } from '../directory.ts'
import { type BroadcastId, readBroadcastId } from '../ids.ts'
import { type Phrase, phrase, type Text } from '../phrase.ts'
import { toolName } from '../sight.ts'
import { type Button, buttonId, type Line, type View } from '../view.ts'
import { broadcastButton } from './button.ts'
import { byPlatform, countLine, shareOf } from './share.ts'
import type { Reached, RecipientStanding, Tally } from './standing.ts'

/** What can be decided on together about those of a broadcast that did not get it. */
export type CastDeed = 'again' | 'arrived' | 'leave'

/** What was pressed in the list of who has not got a broadcast: a page of it, or a deed. */
export type LedgerPress =
  | { readonly id: BroadcastId; readonly type: 'page'; readonly page: number }
  | { readonly id: BroadcastId; readonly type: 'deed'; readonly deed: CastDeed }

/** Those who have not got it, or may not, the most pressing first: what `/delivery` lists by name. */
export const notHad: readonly Reached[] = ['failed', 'unsure', 'unreachable', 'kept', 'dropped', 'stopped']
/** How many of them stand on one screen, as many lines as the tightest platform shows. */
export const ledgerPage = 10

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

/** What of a broadcast's list somebody may read: its writer and approvers all, others what is of their regions. */
export function mayRead({ region }: Pick<RecipientStanding, 'region'>, broadcast: Broadcast, actor: Reading): boolean {
  if (actor.regions === 'all' || actor.roles.includes('admin')) return true
  if (broadcast.by === actor.id || broadcast.approvals.some(one => one.by === actor.id)) return true
  return region !== null && servesRegion(actor, region)
}

/** What is asked for: how it stands, those of this page who have not got it, and whether there are more. */
export type Ledger = {
  readonly broadcast: Broadcast
  readonly tally: Tally
  readonly list: readonly RecipientStanding[]
  readonly page: number
  readonly more: boolean
  /** All of it may be decided on by whoever reads it. */
  readonly whole: boolean
}

/** How a broadcast goes, person by person: how many stand where, then each one who has not got it, and why. */
export function ledgerView({ broadcast, tally, list, page, more, whole }: Ledger, directory: Directory): View {
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

/** The lines that lead to the broadcasts of which something lies still. */
export function stuckCastLine({ id, count }: { readonly id: BroadcastId; readonly count: number }): Line {
  const button = { id: pressId(id, '0'), label: phrase('delivery.button-open') }
  return { type: 'item', text: phrase('ledger.stuck', { id, count }), button }
}

const deeds: readonly CastDeed[] = ['again', 'arrived', 'leave']

type Reading = Pick<Person, 'id' | 'roles' | 'regions'>

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
