import { button, cardButtons } from './button.ts'
import { countyName } from './county.ts'
import { type Directory, type Language, onDuty, type Room, regionOf } from './directory.ts'
import type { PersonId, RegionCode } from './ids.ts'
import { type CurrentWords, type Incident, isOpen, isWaiting } from './incident.ts'
import { evidenceButton, evidenceParts } from './kept.ts'
import { type MaskLabels, maskWords } from './mask.ts'
import { type Param, type Phrase, type PhraseKey, phrase, type Text } from './phrase.ts'
import { stateOf } from './places/states.ts'
import { sourcesText } from './same.ts'
import { redNote, type Sight, sight, whereElse } from './sight.ts'
import { clocksFor, kindInfo, type Taxonomy } from './taxonomy.ts'
import { say } from './text/say.ts'
import type { Line, Tone, View } from './view.ts'
import { wordsOf } from './words.ts'

/** Everything a card is drawn from; `now` decides only who is on duty, a card never counts down. */
export type CardContext = {
  readonly directory: Directory
  readonly taxonomy: Taxonomy
  readonly language: Language
  readonly now: number
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
    evidenceText(incident),
    { type: 'rule' },
    ...standing(incident, context),
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
  return incident.severity >= 4 && isOpen(incident) ? [{ type: 'strong', text: phrase('card.do-not-go') }] : []
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

/** County and state as far as known, else the region it stands with, or that the place is still asked. */
export function countyText(incident: Incident, directory: Directory): Phrase {
  const { county, usState, state } = incident.place
  const named = usState && (stateOf(usState)?.name ?? usState)
  if (county && named) return phrase('card.county', { county: countyName(county), state: named })
  if (state === 'asked') return phrase('card.place-asked')
  return phrase('card.region', { region: named ?? regionName(directory, incident.region) })
}

/** The name of a region, or its code if it is gone. */
export function regionName(directory: Directory, code: RegionCode): string {
  return regionOf(directory, code)?.name ?? code
}

/** Numbers, addresses, names of the roster and the like in people's words, replaced by what they are. */
export function mask(words: string, language: Language, { names }: Pick<Directory, 'names'>): string {
  return maskWords(words, labels(language), names)
}

function redCard(incident: Incident, where: Phrase, context: CardContext): View {
  const apply = new Set(incident.status === 'reported' ? ['claim', 'more'] : ['more'])
  const buttons = isOpen(incident) ? (['claim', 'more'] as const).filter(name => apply.has(name)) : []
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

function placeText(incident: Incident, words: CurrentWords, context: CardContext): Text {
  if (incident.place.state === 'asked') return askedText(incident, words, context)
  const county = countyText(incident, context.directory)
  const told = say(county, { language: 'en', zone: 'UTC', now: 0, person: () => null })
  if (!words.where || saysNoMore(words.where, told, incident.place.usState)) return county
  return phrase('card.place', { county, where: { words: mask(words.where, context.language, context.directory) } })
}

function askedText(incident: Incident, { where }: CurrentWords, { directory, language }: CardContext): Phrase {
  const region = regionName(directory, incident.region)
  return where
    ? phrase('card.place-asked-where', { region, where: { words: mask(where, language, directory) } })
    : phrase('card.place-asked-alone', { region })
}

// "Pima County, Arizona" need not stand there twice, nor "Pima County, AZ" or "condado de Pima" beside it.
function saysNoMore(where: string, county: string, usState: string | null): boolean {
  const state = usState === null ? undefined : stateOf(usState)
  const names = [county, usState ?? '', ...(state ? [...state.also, ...state.short] : []), 'condado de']
  const known = new Set(wordsOf(names.join(' ')).map(word => word.text))
  return wordsOf(where).every(word => known.has(word.text))
}

function sourceText(incident: Incident): Phrase {
  const told = {
    time: { time: incident.reportedAt },
    credibility: phrase(`card.credibility-${incident.credibility}`),
  }
  // Who took a report back is nobody's business any more.
  if (incident.status === 'withdrawn') return phrase('card.source-withdrawn', told)
  const params = {
    ...told,
    ...(incident.reporter ? { reporter: { person: incident.reporter } } : {}),
  }
  const known = incident.details.known
  const source = incident.reporter
    ? known
      ? phrase('card.source-known', { ...params, known: phrase(`card.known-${known}`) })
      : phrase('card.source', params)
    : phrase('card.source-anonymous', params)
  return sourcesText(source, incident)
}

function evidenceText(incident: Incident): Line | null {
  const { evidence, awaited } = incident
  const open = evidenceButton(incident)
  const coming = evidenceParts(awaited ?? {}).map(what => phrase('file.coming', { what }))
  const kept = evidenceParts(evidence)
  if (kept.length === 0) return coming.length > 0 ? note('card.evidence', { parts: coming }) : null
  return { type: 'item', text: phrase('card.evidence', { parts: [...kept, ...coming] }), button: open }
}

function standing(incident: Incident, context: CardContext): Line[] {
  const lines: Phrase[] = [...whoHasIt(incident, context)]
  if (incident.handover) lines.push(phrase('card.handover', { person: { person: incident.handover.to } }))
  if (incident.lowering)
    lines.push(phrase('card.lowering', { to: `S${incident.lowering.to}`, person: { person: incident.lowering.by } }))
  if (isOpen(incident) && incident.like?.length) lines.push(phrase('same.like', { ids: incident.like }))
  if (incident.merged.length > 0) lines.push(phrase('card.merged', { ids: incident.merged }))
  return lines.map(text => ({ type: 'text', text }))
}

function whoHasIt(incident: Incident, context: CardContext): Phrase[] {
  const { claim, joined, status } = incident
  if (status === 'claimed' && claim) {
    const params = { person: { person: claim.by }, until: { time: claim.until } }
    const others = joined.filter(person => person !== claim.by).length
    return [others > 0 ? phrase('card.claimed-joined', { ...params, count: others }) : phrase('card.claimed', params)]
  }
  if (isWaiting(incident)) return [phrase('triage.standing')]
  if (status === 'reported') return unclaimed(incident, context)
  return [ending(incident)]
}

function unclaimed(incident: Incident, { directory, taxonomy, now }: CardContext): Phrase[] {
  const minutes = clocksFor(taxonomy, incident.severity).claim
  const line =
    minutes === null
      ? phrase('card.unclaimed')
      : phrase('card.unclaimed-by', { time: { time: incident.poolSince + minutes * 60_000 } })
  const deserted = incident.severity >= 4 && onDuty(directory, incident.region, now).length === 0
  return deserted ? [line, phrase('card.nobody-on-duty', { region: regionName(directory, incident.region) })] : [line]
}

function ending(incident: Incident): Phrase {
  if (incident.mergedInto) return phrase('card.merged-into', { id: incident.mergedInto })
  if (!incident.resolvedAt) return phrase(`card.ended-${endings[incident.status] ?? 'other'}`)
  const params = {
    time: { time: incident.resolvedAt },
    minutes: { minutes: Math.max(1, Math.round((incident.resolvedAt - incident.reportedAt) / 60_000)) },
    outcome: incident.outcome ? phrase(`outcome.${incident.outcome}`) : phrase(`card.status-${incident.status}`),
  }
  return incident.claim
    ? phrase('card.resolved-by', { ...params, person: { person: incident.claim.by } })
    : phrase('card.resolved', params)
}

const endings: Partial<Record<Incident['status'], 'dismissed' | 'withdrawn' | 'other'>> = {
  dismissed: 'dismissed',
  withdrawn: 'withdrawn',
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

function labels(language: Language): MaskLabels {
  const reader = { language, zone: 'UTC', now: 0, person: () => null }
  const label = (key: PhraseKey) => say(phrase(key), reader)
  return {
    phone: label('card.mask-phone'),
    email: label('card.mask-email'),
    address: label('card.mask-address'),
    plate: label('card.mask-plate'),
    name: label('card.mask-name'),
    link: site => say(site ? phrase('card.mask-link-on', { site }) : phrase('card.mask-link'), reader),
  }
}

function note(key: PhraseKey, params?: Phrase['params']): Line {
  return { type: 'note', text: params ? phrase(key, params) : phrase(key) }
}
