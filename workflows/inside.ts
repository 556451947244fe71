import { button } from './button.ts'
import { type CardContext, countyText, fullCard, titleOf } from './card.ts'
import { type Incident, isOpen } from './incident.ts'
import { offers } from './offer.ts'
import type { Actor } from './permission.ts'
import { type Phrase, phrase } from './phrase.ts'
import type { Known, Read } from './ports.ts'
import { mayWork } from './standing.ts'
import { timelineLines } from './timeline.ts'
import { buttonId, type Line, plainView, type View } from './view.ts'

type Asked = { readonly read: Read; readonly actor: Actor; readonly now: number }

const tail = 8

/**
 * An incident for one person: the whole words (masked), the end of its timeline, and everything they may do with it.
 */
export async function insideView(known: Known, asked: Asked): Promise<View> {
  const { incident, words } = known
  const { read, actor, now } = asked
  const context = { directory: read.directory, taxonomy: read.taxonomy, language: actor.language, now }
  const entries = await read.incidents.timeline(incident.id, tail)
  const card = fullCard(incident, words, context, true)
  // Who only reported it does not read what the team writes among itself.
  const inside = actor.id !== incident.reporter || mayWork(actor, incident)
  const lines = timelineLines(entries, { ...context, mayRead: entry => inside || entry.by === actor.id })
  const sharing: Phrase[] = [
    ...(incident.mark === 'AMBER' ? [] : [phrase('reply.mark', { mark: incident.mark })]),
    ...(incident.visibility === 'restricted'
      ? [phrase('reply.restricted', { people: incident.allowed.map(person => ({ person })) })]
      : []),
  ]
  return {
    ...card,
    lines: [
      ...card.lines,
      ...sharing.map((text): Line => ({ type: 'note', text })),
      ...(lines.length > 0 ? [{ type: 'rule' as const }, ...lines] : []),
    ],
    buttons: offers(incident, actor, now),
  }
}

/** One line of a list: severity, id and kind, where, and who has it; with a button that opens it. */
export function listLine(incident: Incident, context: Pick<CardContext, 'directory' | 'taxonomy'>): Line {
  return {
    type: 'item',
    text: phrase('reply.list-line', {
      title: titleOf(incident, context.taxonomy),
      place: countyText(incident, context.directory),
      standing: standing(incident),
    }),
    button: { id: buttonId('more', incident.id), label: phrase('button.open') },
  }
}

function standing(incident: Incident): Phrase {
  if (!isOpen(incident)) return phrase('reply.list-ended', { time: { time: incident.updatedAt } })
  if (!incident.claim) return phrase('reply.list-free', { time: { time: incident.poolSince } })
  return phrase('reply.list-held', { person: { person: incident.claim.by }, until: { time: incident.claim.until } })
}

/** What the claimer reads: until when they have it, what keeps it theirs, and the next steps. */
export function yoursView(incident: Incident): View {
  const until = { time: incident.claim?.until ?? incident.updatedAt }
  const lines = [
    phrase('reply.yours', { id: incident.id, until }),
    ...(incident.severity >= 4 ? [phrase('card.do-not-go')] : []),
  ]
  const names = ['update', 'resolve', 'handover', 'release', 'more'] as const
  return plainView(
    lines,
    names.map(name => button(name, incident)),
  )
}
