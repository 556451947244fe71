import { button } from './button.ts'
import { countyText } from './card/place.ts'
import { type CardContext, personCard, titleOf } from './card.ts'
import { RuleError } from './errors.ts'
import { type Incident, isOpen, isWaiting } from './incident.ts'
import { offers } from './offer.ts'
import type { Actor } from './permission.ts'
import { type Phrase, phrase } from './phrase.ts'
import type { Known, Read } from './ports.ts'
import { shownOn } from './rest.ts'
import { speechNote } from './review.ts'
import { alikeButtons } from './same.ts'
import { actorSight, asSeen, type Sight, unseenKin } from './sight.ts'
import { mayWork } from './standing.ts'
import { timelineLines } from './timeline.ts'
import { buttonId, type Line, plainView, type View } from './view.ts'

type Asked = { readonly read: Read; readonly actor: Actor; readonly now: number }

const tail = 8

/**
 * An incident for one person, as far as they may see it where they ask: the whole words (masked), the end of its
 * timeline, and everything they may do with it. @throws RuleError if they may not know of it
 */
export async function insideView(known: Known, asked: Asked): Promise<View> {
  const { read, actor, now } = asked
  const context = { directory: read.directory, taxonomy: read.taxonomy, language: actor.language, now }
  const seen = actorSight(known.incident, actor, read.directory)
  if (seen === 'nothing') throw new RuleError(phrase('refusal.unknown', { id: known.incident.id }))
  const viewer = { person: actor, through: actor.platform }
  const incident = asSeen(known, viewer, read.directory)
  // Who only reported it does not read what the team writes among itself.
  const inside = actor.id !== incident.reporter || mayWork(actor, incident)
  const card = personCard(shownOn(known, viewer, read.directory), actor, seen, { ...context, outside: !inside }, true)
  if (seen !== 'whole') return { ...card, buttons: offers(incident, actor, now) }
  const entries = await read.incidents.timeline(incident.id, tail)
  const unseen = unseenKin(known, viewer, read.directory)
  const lines = timelineLines(entries, { ...context, mayRead: entry => inside || entry.by === actor.id, unseen })
  const scored = mayWork(actor, incident) ? speechNote(incident) : null
  return {
    ...card,
    lines: [
      ...sharing(incident),
      ...card.lines,
      ...(scored ? [scored] : []),
      ...(lines.length > 0 ? [{ type: 'rule' as const }, ...lines] : []),
    ],
    buttons: [...offers(incident, actor, now), ...(mayWork(actor, incident) ? alikeButtons(incident) : [])],
  }
}

// Who reads on must know first with whom they may speak of it.
function sharing({ mark, visibility, allowed }: Incident): readonly Line[] {
  const people = allowed.map(person => ({ person }))
  return [
    ...(mark === 'AMBER'
      ? []
      : [{ type: mark === 'RED' ? 'strong' : 'note', text: phrase('reply.mark', { mark }) } as const]),
    ...(visibility === 'restricted' ? [{ type: 'strong', text: phrase('reply.restricted', { people }) } as const] : []),
  ]
}

/**
 * One line of a list: severity, id and kind, where, and who has it; with a button that opens it. Where only the bare
 * facts may be shown it ends with the place.
 */
export function listLine(
  incident: Incident,
  seen: Exclude<Sight, 'nothing'>,
  context: Pick<CardContext, 'directory' | 'taxonomy'>,
): Line {
  const facts = { title: titleOf(incident, context.taxonomy), place: countyText(incident, context.directory) }
  return {
    type: 'item',
    text:
      seen === 'whole'
        ? phrase('reply.list-line', { ...facts, standing: standing(incident) })
        : phrase('sight.list-line', facts),
    button: { id: buttonId('more', incident.id), label: phrase('button.open') },
  }
}

/** Those of a list that whoever asks may see where they ask, as lines; what they may not know of is left out. */
export function listLines(
  incidents: readonly Incident[],
  { read, actor }: Pick<Asked, 'read' | 'actor'>,
): readonly Line[] {
  return incidents.flatMap(incident => {
    const seen = actorSight(incident, actor, read.directory)
    return seen === 'nothing' ? [] : [listLine(incident, seen, read)]
  })
}

function standing(incident: Incident): Phrase {
  if (isWaiting(incident)) return phrase('triage.gathered-none-yet')
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
