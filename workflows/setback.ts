import type { Destination } from './change.ts'
import type { Directory } from './directory.ts'
import type { IncidentId } from './ids.ts'
import { type Phrase, phrase } from './phrase.ts'
import { pressId, type StuckItem, stuckButtons, whereText } from './stuck.ts'
import { type Button, type Line, plainView, type View } from './view.ts'

/**
 * Something that went wrong on the way and that coordinators must know of: it was `failed` for good or for long, nobody
 * can tell whether it arrived (`unsure`), somebody cannot be told something urgent (`unreachable`), a room is `closed`
 * to the hub, words that must go still stand (`stands`), or what somebody sent could not be worked on (`unread`).
 */
export type Setback = {
  /** Makes it told once and for ever once. */
  readonly key: string
  readonly kind: 'failed' | 'unsure' | 'unreachable' | 'closed' | 'stands' | 'unread'
  /** Where it was to go, or whose it is; null: not known, or gone. */
  readonly to: Destination | null
  /** Which incident it is about; null: none, or it may not be named. */
  readonly incident: IncidentId | null
  /** What can be decided about it, where that is one thing. */
  readonly item: StuckItem | null
  readonly reason: string | null
}

/** One that nobody was told of yet, and when it happened (epoch ms). */
export type NewSetback = Setback & { readonly id: number; readonly at: number }

/**
 * Whether people must hear of it before much else is gathered: somebody urgently needs to be reached another way, or
 * words that were taken back are still there to be read.
 */
export function isUrgentSetback({ kind }: Setback): boolean {
  return kind === 'unreachable' || kind === 'stands'
}

/** The notice for coordinators: one by itself in full, several by kind and place, with a button that opens the list. */
export function setbackView(list: readonly NewSetback[], directory: Directory): View {
  const [first] = list
  if (first && list.length === 1) return alone(first, directory)
  const kinds = [...Map.groupBy(list, one => one.kind)].sort(([one], [other]) => order(one) - order(other))
  const lines = kinds.flatMap(([kind, own]): Line[] => [
    { type: 'strong', text: phrase(`setback.count-${kind}`, { count: own.length }) },
    ...placesOf(own, directory),
  ])
  const title = phrase('setback.title', { count: list.length })
  return {
    tone: 'plain',
    title,
    lines: [...lines, { type: 'note', text: phrase('setback.open') }],
    buttons: [openAll],
  }
}

const openAll: Button = { id: 'delivery', label: phrase('setback.button-open'), style: 'primary' }
const kindOrder = ['unreachable', 'closed', 'unsure', 'failed', 'unread', 'stands'] as const
// As much as fits on a phone beside what else is to be said.
const mostPlaces = 3

function order(kind: Setback['kind']): number {
  return kindOrder.indexOf(kind)
}

function alone({ kind, to, incident, item, reason }: NewSetback, directory: Directory): View {
  const where = placeText(to, directory)
  const why = { words: reason ?? '' }
  const about = incident ? [phrase('delivery.unsure-about', { id: incident })] : []
  switch (kind) {
    case 'unsure': {
      const said = phrase('delivery.unsure', { where, reason: phrase('delivery.no-answer') })
      return plainView([said, ...about], item ? stuckButtons(item, 'unsure') : [openAll])
    }
    case 'unreachable':
      return plainView([phrase('delivery.unreachable', { where, reason: why }), ...about], [openAll])
    case 'closed':
      return plainView([phrase('delivery.closed', { where, reason: why })], [openAll])
    case 'failed':
      return plainView([phrase('hub.gave-up', { where, reason: why }), ...about], [openAll])
    case 'stands':
      return plainView([
        incident
          ? phrase('hub.stands', { where, reason: why, id: incident })
          : phrase('hub.stands-some', { where, reason: why }),
      ])
    case 'unread':
      return plainView(
        [phrase('setback.unread', { where: to ? where : phrase('parked.somebody'), reason: why })],
        item ? [{ id: pressId('open', item), label: phrase('delivery.button-open') }] : [openAll],
      )
  }
}

/** The places with the most of it, each with how many and why. */
function placesOf(list: readonly NewSetback[], directory: Directory): readonly Line[] {
  const places = [...Map.groupBy(list, ({ to }) => JSON.stringify(to))]
    .map(([, own]) => own)
    .sort((one, other) => other.length - one.length)
  const shown = places.slice(0, mostPlaces).map((own): Line => {
    const [first] = own
    const where = placeText(first?.to ?? null, directory)
    const reason = own.find(one => one.reason)?.reason
    const text = reason
      ? phrase('setback.place-why', { where, count: own.length, reason: { words: reason } })
      : phrase('setback.place', { where, count: own.length })
    return { type: 'item', text }
  })
  const left = places.length - shown.length
  return left > 0 ? [...shown, { type: 'note', text: phrase('setback.more', { count: left }) }] : shown
}

function placeText(to: Destination | null, directory: Directory): Phrase {
  return to ? whereText(to, directory) : phrase('delivery.where-gone')
}
