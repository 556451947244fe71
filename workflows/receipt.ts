import { claimBy } from './arming.ts'
import { button } from './button.ts'
import { countyText } from './card/place.ts'
import type { Post } from './change.ts'
import { type Directory, regionName } from './directory.ts'
import type { Entry } from './event.ts'
import type { IncidentId, PersonId } from './ids.ts'
import { type Incident, isWaiting } from './incident.ts'
import { keptLines } from './kept.ts'
import { lateLine } from './late.ts'
import { type Phrase, phrase } from './phrase.ts'
import { offerView } from './same.ts'
import { kindInfo, type Taxonomy } from './taxonomy.ts'
import { plainView, type View } from './view.ts'

// How long after a report (ms) its reporter is still at hand.
const justNow = 10 * 60_000

type Context = { readonly directory: Directory; readonly taxonomy: Taxonomy }

/**
 * What the reporter reads after "Received": who has it, what to do in danger, until when they will hear, which
 * files are kept with it, and their pseudonym.
 */
export function receiptView(incident: Incident, { directory, taxonomy }: Context): View {
  const due = incident.severity >= 3 && !isWaiting(incident) ? claimBy(incident, taxonomy) : null
  const lines: Phrase[] = [
    received(incident, directory),
    phrase('receipt.danger'),
    ...(due === null
      ? []
      : [phrase(incident.contact === 'yes' ? 'receipt.aim' : 'receipt.aim-silent', { time: { time: due } })]),
    ...keptLines(incident),
    phrase(incident.place.state === 'asked' ? 'receipt.place-asked' : 'receipt.add'),
    ...(incident.reporter ? [phrase('receipt.sealed', { person: { person: incident.reporter } })] : []),
  ]
  return plainView(
    lines,
    (['details', 'sources', 'place', 'withdraw'] as const).map(name => button(name, incident)),
  )
}

function received(incident: Incident, directory: Directory): Phrase {
  const region = regionName(directory, incident.region)
  const place = countyText(incident, directory)
  if (isWaiting(incident)) return phrase('triage.received', { id: incident.id, place })
  if (incident.place.state === 'asked') return phrase('receipt.received-asked', { id: incident.id, region })
  const who = incident.visibility === 'restricted' ? 'receipt.received-restricted' : 'receipt.received'
  return phrase(who, { id: incident.id, place, region })
}

/**
 * The reporter's direct message for an entry, if one is due and they allowed to be written to; each kind at most
 * once.
 */
export function toReporter(entry: Entry, incident: Incident, context: Context): readonly Post[] {
  if (!incident.account || incident.contact !== 'yes' || entry.by === incident.reporter) {
    if (entry.event.type !== 'reported') return []
  }
  if (entry.event.type === 'settled' && incident.triage === 'waiting') return toStranger(entry, incident, context)
  const said = words(entry, incident, context)
  return said ? told(incident, said) : []
}

/**
 * What whoever filed a report hears when the one that it was merged into is taken, or has ended; as they allowed, and
 * each once.
 */
export function toMergedReporter(
  { event, by }: Entry,
  merged: Incident,
  now: Incident,
  { directory, taxonomy }: Context,
): readonly Post[] {
  if (event.type === 'claimed') {
    return by && by !== merged.reporter ? told(merged, takenBy(by, merged.id, now, directory)) : []
  }
  if (closesByHand(merged, taxonomy) || closesByHand(now, taxonomy)) return []
  return told(merged, { once: 'closed', view: closing(merged.id, now) })
}

function takenBy(by: PersonId, id: IncidentId, { region: code }: Incident, directory: Directory): Said {
  const region = regionName(directory, code)
  return { once: 'taken', view: plainView([phrase('receipt.taken', { id, region, person: { person: by } })]) }
}

/** `awake`: they have just written, so their quiet hours do not hold it up. */
type Said = { readonly once: string; readonly view: View; readonly awake?: boolean }

/**
 * True if closing words must come from a person: threats, hate, sexual violence, whatever else was marked RED or
 * restricted, and what turned out unfounded.
 */
export function closesByHand(incident: Incident, taxonomy: Taxonomy): boolean {
  const kind = incident.kind ? kindInfo(taxonomy, incident.kind) : null
  if (incident.mark === 'RED' || incident.visibility === 'restricted') return true
  return incident.outcome === 'unfounded' || incident.status === 'unfounded' || (kind?.startsRed ?? false)
}

/** True if what happens to it is told to its reporter in a message of its own. */
export function hearsOfIt({ account, contact }: Incident): boolean {
  return account !== null && contact === 'yes'
}

function told(incident: Incident, { once, view, awake = false }: Said): readonly Post[] {
  const { id, account } = incident
  if (!account || !hearsOfIt(incident)) return []
  const anytime = once === 'received' || awake
  return [{ key: `${id}:told:${once}`, to: { account }, incident: id, thread: false, lane: 'claim', view, anytime }]
}

/** Whoever sent many that were none hears so once an hour, not once for each. */
function toStranger({ at }: Entry, incident: Incident, { taxonomy }: Context): readonly Post[] {
  if (closesByHand(incident, taxonomy)) return []
  const view = plainView([phrase('triage.closed', { id: incident.id }), phrase('receipt.still-wrong')])
  const hour = Math.floor(at / 3_600_000)
  return told(incident, { once: 'checked', view }).map(post => ({
    ...post,
    key: `${incident.account}:checked:${hour}`,
  }))
}

function closing(id: IncidentId, { outcome }: Incident): View {
  const what = outcome ? phrase(`outcome.${outcome}`) : phrase('receipt.not-an-incident')
  return plainView([phrase('receipt.closed', { id, outcome: what }), phrase('receipt.still-wrong')])
}

function words(entry: Entry, incident: Incident, context: Context): Said | null {
  const { event } = entry
  const id = incident.id
  switch (event.type) {
    case 'reported':
      return { once: 'received', view: receiptView(incident, context) }
    case 'passed': {
      if (event.from !== 'waiting') return null
      const region = regionName(context.directory, incident.region)
      return { once: 'passed', view: plainView([phrase('triage.told-passed', { id, region })]) }
    }
    case 'reporter-told':
      return { once: 'waiting', view: plainView([lateLine(phrase('receipt.nobody-yet', { id }), entry)]) }
    case 'claimed': {
      return entry.by ? takenBy(entry.by, id, incident, context.directory) : null
    }
    case 'merged':
      if (incident.visibility === 'restricted') return null
      // Of the other the reporter may know nothing, or no more by the hour this is read.
      return { once: `merged-${event.into}`, view: plainView([phrase('same.told-merged', { id })]) }
    case 'separated': {
      const region = regionName(context.directory, incident.region)
      return { once: `separated-${entry.seq}`, view: plainView([phrase('same.told-separated', { id, region })]) }
    }
    case 'likened': {
      const view = offerView(id, event.to, context.taxonomy)
      return view && { once: 'alike', view, awake: entry.at - incident.reportedAt < justNow }
    }
    case 'settled':
      return closesByHand(incident, context.taxonomy) ? null : { once: 'closed', view: closing(id, incident) }
    default:
      return null
  }
}
