import { undoneLease } from './claim.ts'
import { awaiting } from './collect.ts'
import type { Entry, IncidentEvent } from './event.ts'
import { lessOf, linkless, linksGiven } from './given.ts'
import { evolveHandCounts, isOfCount } from './headcount/state.ts'
import type { PersonId } from './ids.ts'
import { clearings, type Evidence, type FileRef, type Incident, type Status } from './incident.ts'
import { alike } from './likeness.ts'
import { reworded, unsaid } from './reword.ts'
import { evolveRuns } from './run/evolve.ts'
import { reviewed } from './speech.ts'
import { noEvidence, one, sum } from './tally.ts'
import { absorbed, merged, parted, separated, sourced } from './union.ts'

/** The incident after one more timeline entry; pure, and the only way its state ever changes. */
export function evolve(incident: Incident | null, entry: Entry): Incident {
  const { event, seq } = entry
  if (event.type === 'reported') return born(entry, event)
  if (!incident) throw new Error(`entry ${seq} (${event.type}) stands before the report`)
  const updatedAt = isNews(incident, entry) ? entry.at : incident.updatedAt
  // Words that came after something was cleared away are cleared away in their own time.
  const anew = incident.cleared && entry.by !== null && entry.words !== null ? { cleared: 0 } : {}
  return { ...incident, ...anew, ...changed(incident, entry, event), updatedAt, seq }
}

/** The incident that a whole timeline tells, oldest entry first; throws if it does not start with the report. */
export function replay(entries: readonly Entry[]): Incident {
  const incident = entries.reduce<Incident | null>(evolve, null)
  if (!incident) throw new Error('an empty timeline tells no incident')
  return incident
}

type Reported = Extract<IncidentEvent, { type: 'reported' }>
type Later = Exclude<IncidentEvent, Reported>

function born(entry: Entry, { type: _, files, waiting, ...facts }: Reported): Incident {
  return {
    ...facts,
    ...shows(facts.evidence),
    ...named([], files),
    ...linksGiven([], entry.by, facts.evidence.link),
    status: 'reported',
    credibility: 'unverified',
    credibilityBy: null,
    details: {},
    reporter: entry.by,
    claim: null,
    joined: [],
    handover: null,
    lowering: null,
    declined: [],
    rung: 0,
    poolSince: entry.at,
    reporterTold: false,
    // What is made up is looked through by nobody.
    triage: waiting ? 'waiting' : facts.drill === undefined ? 'fresh' : 'done',
    passed: null,
    outcome: null,
    undo: null,
    mergedInto: null,
    merged: [],
    reportedAt: entry.at,
    claimedAt: null,
    resolvedAt: null,
    updatedAt: entry.at,
    whatSeq: entry.words?.what ? entry.seq : 0,
    whereSeq: entry.words?.where ? entry.seq : 0,
    seq: entry.seq,
  }
}

function changed(incident: Incident, entry: Entry, event: Later): Partial<Incident> {
  switch (event.type) {
    case 'added': {
      // "Only after you write first": now they have.
      const contact = incident.contact === 'after' && entry.by === incident.reporter ? 'yes' : incident.contact
      const came = awaiting(incident.awaited, event.awaited, 1)
      const evidence = sum(incident.evidence, event.evidence, 1)
      const own = entry.by !== null && entry.by === incident.reporter ? shows(event.evidence) : {}
      const links = linksGiven(incident.links, entry.by, event.evidence.link)
      return { evidence, ...own, ...links, ...named(incident.files, event.files), ...came, contact }
    }
    case 'collected': {
      const evidence = sum(incident.evidence, event.evidence, 1)
      const own = event.from !== null && event.from === incident.reporter ? shows(event.evidence) : {}
      const left = awaiting(incident.awaited, one(event.kind), -1)
      return { evidence, ...own, ...named(incident.files, event.files), ...left }
    }
    case 'not-collected':
      return awaiting(incident.awaited, one(event.kind), -1)
    case 'said':
    case 'updated':
      return event.links ? linked(incident, entry, event.links) : {}
    case 'reworded':
      return reworded(incident, entry.by, event)
    case 'unsaid':
      return unsaid(incident, event)
    case 'speech-scored':
      return entry.by === null ? {} : { speech: reviewed(incident.speech, entry.by, event.scores) }
    case 'evidence-opened':
    case 'evidence-exported':
    case 'claim-warned':
    case 'update-overdue':
      return {}
    case 'detailed':
      return { details: { ...incident.details, ...event.details } }
    case 'placed':
      return placed(incident, entry, event)
    case 'kind-set':
      return { kind: event.kind, kindGuessed: false, mark: event.mark }
    case 'severity-raised':
      return { severity: event.to, lowering: null, rung: 0 }
    case 'lowering-asked':
      return { lowering: entry.by === null ? null : { by: entry.by, to: event.to } }
    case 'lowering-refused':
      return { lowering: null }
    case 'severity-lowered':
      return { severity: event.to, lowering: null }
    case 'credibility-set':
      return { credibility: event.to, credibilityBy: entry.by }
    case 'marked':
      return { mark: event.to }
    case 'restricted':
      return { visibility: 'restricted', allowed: event.allowed }
    case 'unrestricted':
      return { visibility: 'region', allowed: [] }
    case 'claimed':
      return { ...taken(incident, entry, event.until), claimedAt: incident.claimedAt ?? entry.at }
    case 'extended':
      return { claim: incident.claim && { ...incident.claim, until: event.until } }
    case 'claim-lapsed':
    case 'released':
      return pooled(entry)
    case 'declined':
      return { declined: entry.by === null ? incident.declined : [...incident.declined, entry.by] }
    case 'joined':
      return { joined: entry.by === null ? incident.joined : [...incident.joined, entry.by] }
    case 'left':
      return { joined: without(incident.joined, entry.by) }
    case 'handover-offered':
      return { handover: { to: event.to, until: event.until } }
    case 'handover-accepted':
      return taken(incident, entry, event.until)
    case 'handover-declined':
    case 'handover-expired':
      return { handover: null }
    case 'unanswered':
    case 'escalated':
      return { rung: event.rung }
    case 'reporter-told':
      return { reporterTold: true }
    case 'resolved': {
      const status = event.outcome === 'unfounded' ? 'unfounded' : 'resolved'
      return { ...ended(incident, status, event.undoUntil), outcome: event.outcome, resolvedAt: entry.at }
    }
    case 'dismissed':
      return ended(incident, 'dismissed', event.undoUntil)
    case 'undone':
      return undone(incident, entry)
    case 'passed':
      return passed(incident, entry, event.from)
    case 'unpassed':
      return { triage: event.to, passed: null }
    case 'settled':
      return { undo: null }
    case 'closed':
      return { status: 'closed' }
    case 'reopened':
      return { ...pooled(entry), joined: [], lowering: null, outcome: null, resolvedAt: null, undo: null }
    case 'merged':
      return merged(incident, entry, event)
    case 'absorbed':
      return absorbed(incident, event)
    case 'separated':
      return separated(incident, entry, event)
    case 'parted':
      return parted(incident, event)
    case 'sourced':
      return sourced(incident, event)
    case 'likened':
      return alike(
        incident,
        event.to.map(one => one.id),
        null,
      )
    case 'unlikened':
      return alike(incident, [], event.to)
    case 'proposed':
    case 'broadcast':
      return {}
    case 'withdrawn':
      return withdrawn(incident, event)
    case 'revealed':
      return {}
    case 'held':
      return { hold: { owed: [], ...(event.of ? { of: event.of } : {}) } }
    case 'run':
      return evolveHandCounts(incident, event, entry.at) ?? { runs: evolveRuns(incident.runs ?? [], entry) }
    case 'hold-lifted':
      return { hold: null }
    case 'removed':
      return removed(incident, entry, event)
  }
}

/** While somebody has it, only what they do themselves counts as news of it: that is what its clocks wait for. */
function isNews(incident: Incident, { by, event }: Entry): boolean {
  if (event.type === 'evidence-opened' || event.type === 'evidence-exported') return false
  if (event.type === 'reworded' || event.type === 'unsaid' || event.type === 'broadcast') return false
  // Whoever is safe has said nothing of the incident.
  if (event.type === 'run' && isOfCount(event.on)) return false
  if (by === null || event.type === 'joined' || event.type === 'left' || event.type === 'declined') return false
  return incident.status !== 'claimed' || incident.claim?.by === by
}

function placed(incident: Incident, entry: Entry, event: Extract<Later, { type: 'placed' }>): Partial<Incident> {
  const called = event.region === incident.region ? {} : { rung: 0, declined: [] }
  const whereSeq = entry.words?.where ? entry.seq : incident.whereSeq
  return { region: event.region, place: event.place, whereSeq, ...called }
}

function taken(incident: Incident, entry: Entry, until: number): Partial<Incident> {
  if (entry.by === null) throw new Error('only a person can have an incident')
  return {
    status: 'claimed',
    claim: { by: entry.by, since: entry.at, until },
    handover: null,
    joined: without(incident.joined, entry.by),
    declined: without(incident.declined, entry.by),
  }
}

function pooled(entry: Entry): Partial<Incident> {
  return { status: 'reported', claim: null, handover: null, declined: [], rung: 0, poolSince: entry.at }
}

/** A stranger's report starts its life with the region only now; one of the roster has long stood there. */
function passed(incident: Incident, { at }: Entry, from: Exclude<Incident['triage'], 'done'>): Partial<Incident> {
  const begun = from === 'waiting' && incident.status === 'reported' ? { rung: 0, declined: [], poolSince: at } : {}
  return { triage: 'done', passed: { at, from }, ...begun }
}

/** The claim stays on the record, so that a card can say who had it. */
function ended(incident: Incident, status: Status, until: number): Partial<Incident> {
  return { status, handover: null, undo: { until, status: incident.status, claim: incident.claim } }
}

function undone(incident: Incident, entry: Entry): Partial<Incident> {
  const { undo } = incident
  if (!undo) throw new Error(`entry ${entry.seq} undoes nothing`)
  const until = entry.at + undoneLease
  const claim = undo.claim && { ...undo.claim, until: Math.max(undo.claim.until, until) }
  return { status: undo.status, claim, outcome: null, resolvedAt: null, undo: null }
}

function withdrawn(incident: Incident, { kept, files = [] }: Extract<Later, { type: 'withdrawn' }>): Partial<Incident> {
  const { hold, reporter } = incident
  const owed = hold && reporter ? { hold: { ...hold, owed: [...hold.owed, reporter] } } : {}
  const wordless = { whatSeq: 0, whereSeq: 0, ...owed, ...lessOf(incident, reporter, files) }
  if (kept) return { ...wordless, reporter: null, account: null, contact: 'no' }
  return { ...wordless, status: 'withdrawn', handover: null }
}

function linked({ evidence, links }: Incident, { by }: Entry, count: number): Partial<Incident> {
  return { evidence: sum(evidence, { ...noEvidence, link: count }, 1), ...linksGiven(links, by, count) }
}

function removed(incident: Incident, entry: Entry, event: Extract<Later, { type: 'removed' }>): Partial<Incident> {
  const { what, lost, whose = null, files } = event
  const reporter = lost.includes('reporter')
  const { whatSeq, whereSeq } = incident
  return {
    ...(what === 'person' ? {} : { cleared: what === 'noise' ? clearings.length : clearings.indexOf(what) + 1 }),
    ...(reporter ? { reporter: null } : {}),
    ...(reporter || lost.includes('account') ? { account: null, contact: 'no' } : {}),
    ...(whose ? { ...lessOf(incident, whose, files), joined: without(incident.joined, whose) } : {}),
    ...(what === 'narrative' ? linkless(incident) : {}),
    ...(lost.includes('evidence') ? { evidence: noEvidence, files: [], links: [] } : {}),
    whatSeq: entry.words?.what ? entry.seq : lost.includes('what') ? 0 : whatSeq,
    whereSeq: entry.words?.where ? entry.seq : lost.includes('where') ? 0 : whereSeq,
  }
}

function shows({ photo, video, voice }: Evidence): Pick<Incident, 'shown'> {
  return photo + video + voice > 0 ? { shown: true } : {}
}

/** Which files there are, with those of one more entry; nothing while there are none. */
function named(before: Incident['files'], files: readonly FileRef[] = []): Pick<Incident, 'files'> {
  return files.length > 0 ? { files: [...(before ?? []), ...files.map(file => file.id)] } : {}
}

function without(people: readonly PersonId[], one: PersonId | null): readonly PersonId[] {
  return people.filter(person => person !== one)
}
