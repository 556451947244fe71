import type { Batch } from '../batch.ts'
import type { IncidentId } from '../ids.ts'
import { type Incident, isWaiting } from '../incident.ts'
import { type Actor, maySee } from '../permission.ts'
import { phrase } from '../phrase.ts'
import { type Button, buttonId, type View } from '../view.ts'
import { itemView, type Looking } from './item.ts'
import { listView } from './list.ts'

/** Where somebody goes on: with the list, the most urgent of their batch, a certain one, or the one after it. */
export type Where = { readonly type: 'list' | 'first' } | { readonly type: 'item' | 'after'; readonly id: IncidentId }

/** What they see there, under what was just done; the list where there is nothing to go on with. */
export async function goOn(batch: Batch, where: Where, looking: Looking, said: View | null): Promise<View> {
  const view = await viewOf(batch, where, looking)
  if (!said) return view
  return {
    ...view,
    lines: [...said.lines, { type: 'rule' }, ...view.lines],
    buttons: [...view.buttons, ...said.buttons],
  }
}

/** The way on for who works on a stranger's report in triage by way of another command. */
export function onButtons(incident: Incident, actor: Actor): readonly Button[] {
  if (incident.triage !== 'waiting' || incident.reporter === actor.id) return []
  const id = isWaiting(incident) ? buttonId('triage', incident.id, 'open') : buttonId('triage', '', 'start')
  return [{ id, label: phrase('triage.button-go-on') }]
}

async function viewOf(batch: Batch, where: Where, looking: Looking): Promise<View> {
  const id = idAt(batch, where)
  const known = id && (await looking.read.incidents.find(id))
  return known && maySee(looking.actor, known.incident) ? itemView(known, batch, looking) : listView(batch, looking)
}

function idAt({ items }: Batch, where: Where): IncidentId | null {
  switch (where.type) {
    case 'list':
      return null
    case 'first':
      return items[0]?.incident.id ?? null
    case 'item':
      return where.id
    case 'after': {
      const at = items.findIndex(one => one.incident.id === where.id)
      return items[at + 1]?.incident.id ?? null
    }
  }
}
