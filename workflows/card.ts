import { button, cardButtons } from './button.ts'
import { countyText, placeText } from './card/place.ts'
import { protocolLines } from './card/protocol.ts'
import { evidenceLine, sourceText } from './card/source.ts'
import { statusLines } from './card/status.ts'
import { type Directory, type Language, type Room, regionName } from './directory.ts'
import { countLines } from './headcount/lines.ts'
import type { PersonId } from './ids.ts'
import { type CurrentWords, type Incident, isOpen, isWaiting } from './incident.ts'
import { mask } from './mask/labels.ts'
import { type Param, type Phrase, type PhraseKey, phrase } from './phrase.ts'
import { isSafeToGo } from './run/reading.ts'
import { redNote, type Sight, sight, whereElse } from './sight.ts'
import { kindInfo, type Taxonomy } from './taxonomy.ts'
import type { Line, Tone, View } from './view.ts'

/** Everything a card is drawn from; `now` decides only who is on duty, a card never counts down. */
export type CardContext = {
  readonly directory: Directory
  readonly taxonomy: Taxonomy
  readonly language: Language
  readonly now: number
  /** For somebody who only reported it: nothing of how the team goes about it. */
  readonly outside?: boolean
}

const firstWords = 280

/** The card of an incident in one room: what the room may see of it, and what can be pressed there. */
export function roomCard(incident: Incident, words: CurrentWords, room: Room, context: CardContext): View {
  if (isWaiting(incident) && room.purpose === 'region') {
    return bare(phrase('card.bare', { id: incident.id }), phrase('triage.card'))
  }
  switch (sight(incident, room, context.directory)) {
    case 'nothing':
      return bare(null, phrase(incident.visibility === 'restricted' ? 'card.restricted' : 'sight.unchecked'))
    case 'exists': {
      const region = regionName(context.directory, incident.region)
      return bare(phrase('card.bare', { id: incident.id }), phrase('card.moved', { region }))
    }
    case 'bare':
    case 'own':
      return redCard(incident, redNote(incident, room, context.directory), context)
    case 'whole':
      return fullCard(incident, words, context)
  }
}

/** The card for one person where they read it: as much of it as `seen` says. */
export function personCard(
  { incident, words }: { readonly incident: Incident; readonly words: CurrentWords },
  person: { readonly id: PersonId },
  seen: Exclude<Sight, 'nothing'>,
  context: CardContext,
  long = false,
): View {
  if (seen === 'whole') return fullCard(incident, words, context, long)
  const card = redCard(incident, whereElse(incident, person, context.directory), context)
  return seen === 'own' ? { ...card, lines: [...card.lines, ...ownWords(incident, words, context)] } : card
}

// Others may have corrected the place since; what they wrote is not the reporter's.
function ownWords({ whatSeq, whereSeq }: Incident, { what, where }: CurrentWords, context: CardContext): Line[] {
  if (what === null) return []
  const said = whereSeq === whatSeq && where ? `${where}: ${what}` : what
  return [
    { type: 'quote', text: { words: mask(said, context.language, context.directory) } },
    { type: 'note', text: phrase('sight.own') },
  ]
}

/** The card with everything that whoever may see the incident may see; `long` leaves the words uncut. */
export function fullCard(incident: Incident, words: CurrentWords, context: CardContext, long = false): View {
  const lines: (Line | null)[] = [
    ...caution(incident),
    { type: 'text', text: placeText(incident, words, context) },
    words.what === null
      ? note('card.no-words')
      : { type: 'quote', text: { words: shorten(mask(words.what, context.language, context.directory), long) } },
    { type: 'note', text: sourceText(incident) },
    evidenceLine(incident),
    { type: 'rule' },
    ...statusLines(incident, context),
    ...countLines(incident, context),
    ...protocolLines(incident, context),
  ]
  return {
    tone: toneOf(incident),
    title: titleOf(incident, context.taxonomy),
    lines: lines.filter(line => line !== null),
    buttons: cardButtons(incident),
  }
}

/** What everything that calls people to an open S4 or S5 says first, so that none of it sounds like an order to go. */
export function caution(incident: Incident): readonly Line[] {
  const warned = incident.severity >= 4 && isOpen(incident) && !isSafeToGo(incident)
  return warned ? [{ type: 'strong', text: phrase('card.do-not-go') }] : []
}

/** Severity in words, id and kind: the first line of a card and the name of the incident in lists. */
export function titleOf(incident: Incident, taxonomy: Taxonomy): Phrase {
  const kind = kindOf(incident, taxonomy)
  return phrase(isOpen(incident) ? 'card.title' : 'card.title-closed', {
    severity: phrase(`card.severity-${incident.severity}`),
    status: phrase(`card.status-${incident.status}`),
    id: incident.id,
    kind: incident.kindGuessed && incident.kind ? phrase('card.guessed', { kind }) : kind,
  })
}

/** The kind's name in the reader's language; "report" while nobody and no rule has set one. */
export function kindOf(incident: Incident, taxonomy: Taxonomy): Param {
  return (incident.kind && kindInfo(taxonomy, incident.kind)?.name) || phrase('card.no-kind')
}

/** The colour and weight of an incident. */
function toneOf(incident: Incident): Tone {
  return isOpen(incident) ? `S${incident.severity}` : 'closed'
}

function redCard(incident: Incident, where: Phrase, context: CardContext): View {
  const free = incident.status === 'reported' ? (['claim', 'more'] as const) : (['more'] as const)
  const buttons = isOpen(incident) ? free : []
  return {
    tone: toneOf(incident),
    title: titleOf(incident, context.taxonomy),
    lines: [
      ...caution(incident),
      { type: 'text', text: countyText(incident, context.directory) },
      { type: 'note', text: where },
    ],
    buttons: buttons.map(name => button(name, incident)),
  }
}

function bare(title: Phrase | null, text: Phrase): View {
  return {
    tone: 'closed',
    title,
    lines: [{ type: 'text', text }],
    buttons: [],
  }
}

function shorten(words: string, long: boolean): string {
  const letters = [...words]
  return long || letters.length <= firstWords
    ? words
    : `${letters
        .slice(0, firstWords - 1)
        .join('')
        .trimEnd()}…`
}

function note(key: PhraseKey, params?: Phrase['params']): Line {
  return { type: 'note', text: params ? phrase(key, params) : phrase(key) }
}
