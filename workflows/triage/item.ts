import type { Batch, Held, Rule } from '../batch.ts'
import { button, triageButton } from '../button.ts'
import { personCard } from '../card.ts'
import type { Incident } from '../incident.ts'
import type { Actor } from '../permission.ts'
import { type Phrase, phrase } from '../phrase.ts'
import type { Known, Read } from '../ports.ts'
import { actorSight } from '../sight.ts'
import { coordinates } from '../standing.ts'
import { type Button, buttonId, type Line, type View } from '../view.ts'
import { splitFor } from './alone.ts'
import { type Deed, ruleCode } from './asked.ts'

/** Who looks through the queue, and with what they read. */
export type Looking = { readonly read: Read; readonly actor: Actor; readonly now: number }

/** Over how long a sender's reports are counted, in ms. */
export const day = 24 * 60 * 60_000

/** How many of them are counted at most. */
export const mostCounted = 100

/**
 * One report to be looked through: what it says as far as they may see it where they ask, who sent it, what it is
 * like, and one button for each thing that can be done with it, in an order that never changes.
 */
export async function itemView(known: Known, batch: Batch, looking: Looking): Promise<View> {
  const { incident, words } = known
  const { read, actor, now } = looking
  const seen = actorSight(incident, actor, read.directory)
  const context = { directory: read.directory, taxonomy: read.taxonomy, language: actor.language, now }
  const card = personCard({ incident, words }, actor, seen === 'nothing' ? 'bare' : seen, context, true)
  const own = batch.items.find(one => one.incident.id === incident.id)
  const who = { person: actor.id, regions: actor.regions }
  const alike =
    incident.triage === 'waiting' ? await read.triage.chosen({ type: 'like', id: incident.id }, who, now, now) : []
  const theirs = incident.reporter
    ? await read.triage.chosen({ type: 'from', sender: incident.reporter }, who, now, now)
    : []
  const facts = [await senderText(incident, looking), ...likeText(incident), ...(own ? [placeInBatch(own, batch)] : [])]
  return {
    ...card,
    lines: [...card.lines.filter(isOwn), ...facts.map((text): Line => ({ type: 'note', text }))],
    buttons: [
      ...itemButtons(incident, actor),
      ...allButton('no', { type: 'from', sender: incident.reporter as never }, theirs),
      ...allButton('no', { type: 'like', id: incident.id }, alike),
      { id: buttonId('triage', '', 'list'), label: phrase('triage.button-list') },
    ],
  }
}

// What it is like stands with its button here; the card names buttons that only a card has.
function isOwn(line: Line): boolean {
  return !(line.type !== 'rule' && 'text' in line && 'key' in line.text && line.text.key === 'same.like')
}

/** Everything that can be done with one report in triage. */
function itemButtons(incident: Incident, actor: Actor): readonly Button[] {
  const [like] = incident.like ?? []
  const same: Button = like
    ? { ...triageButton('same', incident, like), label: phrase('triage.button-same-as', { id: like }) }
    : { ...button('merge', incident), label: phrase('triage.button-same') }
  return [
    triageButton('pass', incident),
    triageButton('no', incident),
    same,
    triageButton('kind', incident),
    triageButton('grade', incident),
    button('place', incident),
    triageButton('region', incident),
    triageButton('next', incident),
    ...(coordinates(actor, incident) && incident.reporter ? [blockButton(incident)] : []),
  ]
}

/** Asks, then keeps the sender out. */
function blockButton(incident: Incident): Button {
  const confirm = phrase('triage.confirm-block', { person: { person: incident.reporter as never } })
  return { ...triageButton('block', incident), confirm }
}

/** Shows what would happen to all under that rule, with how many that is; none where it is one, or would be nothing. */
export function allButton(deed: Deed, rule: Rule, chosen: readonly Incident[]): readonly Button[] {
  const of = chosen.length
  const count = splitFor(deed, chosen).takes.length
  if (of < 2 || count === 0) return []
  const label = phrase(`triage.button-${count < of ? 'some' : 'all'}-${rule.type}`, { count, of })
  return [{ id: buttonId('triage', '', `many.${deed}.${ruleCode(rule)}`), label }]
}

async function senderText({ reporter, triage }: Incident, { read, now }: Looking): Promise<Phrase> {
  if (!reporter) return phrase('triage.sender-gone')
  const sent = await read.triage.sent(reporter, now - day, mostCounted)
  const params = { person: { person: reporter }, count: sent.length }
  return phrase(triage === 'waiting' ? 'triage.sender-stranger' : 'triage.sender-roster', params)
}

function likeText({ like = [] }: Incident): Phrase[] {
  return like.length > 0 ? [phrase('triage.like', { ids: like })] : []
}

function placeInBatch({ incident, until }: Held, batch: Batch): Phrase {
  const at = batch.items.findIndex(one => one.incident.id === incident.id) + 1
  const params = { at, of: batch.items.length, until: { time: until }, count: batch.waiting }
  return phrase('triage.place-in-batch', params)
}
