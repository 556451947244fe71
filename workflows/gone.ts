import { button } from './button.ts'
import { titleOf } from './card.ts'
import type { RecallReason } from './delivery.ts'
import type { Directory } from './directory.ts'
import { type Incident, isOpen } from './incident.ts'
import { phrase } from './phrase.ts'
import { sight, type Viewer } from './sight.ts'
import { mayWork } from './standing.ts'
import type { Taxonomy } from './taxonomy.ts'
import { plainView, type View } from './view.ts'

/** What a former card shows once a newer one stands below: what it was of, as far as its room may know, and that. */
export function movedView(incident: Incident | null, to: Viewer, { directory, taxonomy }: Drawing): View {
  const seen = incident ? sight(incident, to, directory) : 'nothing'
  const moved = phrase('delivery.moved')
  if (!incident || seen === 'nothing' || seen === 'exists') return plainView([moved])
  return { ...plainView([moved]), title: titleOf(incident, taxonomy) }
}

type Drawing = { readonly directory: Directory; readonly taxonomy: Taxonomy }

type Network = Pick<Directory, 'red' | 'people'>

/** Whether a message with people's words may stay where it is, now that its incident stands like this. */
export function mayStand(incident: Incident, to: Viewer, network: Network): boolean {
  return sight(incident, to, network) === 'whole'
}

/**
 * What a message shows once its words are gone: that they are, and where the rest is for who may see it. Whoever was
 * called to something open can still take it.
 */
export function goneView(
  incident: Incident | null,
  to: Viewer,
  { reason, card }: { readonly reason: RecallReason; readonly card: boolean },
  network: Network,
): View {
  const seen = incident ? sight(incident, to, network) : 'nothing'
  if (!incident || seen === 'nothing') {
    return plainView([phrase(reason === 'withdrawn' ? 'privacy.taken-back' : 'privacy.not-here')])
  }
  const { id } = incident
  if (reason === 'expired') return plainView([phrase(card ? 'privacy.expired-of' : 'privacy.expired', { id })])
  if (card) {
    const ended = reason === 'withdrawn' && !isOpen(incident)
    return plainView([phrase(ended ? 'privacy.taken-back-ended' : 'privacy.former', { id })])
  }
  if (reason === 'sight') return plainView([phrase('privacy.see', { id })])
  if ('purpose' in to || !isOpen(incident)) return plainView([phrase('privacy.taken-back')])
  const free = incident.status === 'reported' && mayWork(to.person, incident)
  return plainView(
    [phrase('privacy.taken-back-of', { id })],
    [...(free ? [button('claim', incident)] : []), button('more', incident)],
  )
}
