import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { parse } from 'yaml'
import type { IncidentAction, ReportAction } from '../../workflows/action.ts'
import { type Context, type Decision, decide } from '../../workflows/decide.ts'
import type { Directory, Person } from '../../workflows/directory.ts'
import { InputError, RuleError } from '../../workflows/errors.ts'
import type { Entry, EntryWords, IncidentEvent } from '../../workflows/event.ts'
import { replay } from '../../workflows/evolve.ts'
import { type IncidentId, makeIncidentId, type PersonId } from '../../workflows/ids.ts'
import type { Evidence, Incident, Place } from '../../workflows/incident.ts'
import type { Actor } from '../../workflows/permission.ts'
import type { Param, Phrase, PhraseKey } from '../../workflows/phrase.ts'
import { enter } from '../../workflows/record.ts'
import { parseTaxonomy } from '../../workflows/taxonomy.ts'
import { say } from '../../workflows/text/say.ts'

/** The shipped taxonomy, with its clocks. */
export const taxonomy = parseTaxonomy(parse(readFileSync('workflows/content/taxonomy.yaml', 'utf8')))
/** Mediator of Arizona, who reports. */
export const heron = person('heron', ['mediator'], ['AZ'])
/** Responder of Arizona, on duty. */
export const finch = person('finch', ['responder'], ['AZ'])
/** Another responder of Arizona, on duty. */
export const wren = person('wren', ['responder'], ['AZ'])
/** Responder of Nevada only. */
export const robin = person('robin', ['responder'], ['NV'])
/** Coordinator of Arizona. */
export const crane = person('crane', ['coordinator'], ['AZ'])
/** Coordinator of Nevada. */
export const stork = person('stork', ['coordinator'], ['NV'])
/** Coordinator of the whole network. */
export const owl = person('owl', ['coordinator'], 'all')
/** Leader. */
export const eagle = person('eagle', ['leader'], 'all')
/** Everybody on the sample roster. */
export const everybody = [heron, finch, wren, robin, crane, stork, owl, eagle]
/** The incident that the specifications speak of. */
export const id = makeIncidentId('AZ', 412)
/** A place that was found. */
export const phoenix: Place = { state: 'found', county: 'Maricopa County', fips: '04013', usState: 'AZ' }
/** No kept evidence. */
export const noEvidence: Evidence = { photo: 0, video: 0, voice: 0, document: 0 }

/** Epoch ms, some minutes after 14:00 UTC on the day of the specifications. */
export function at(minutes: number): number {
  return Date.UTC(2026, 10, 3, 14) + Math.round(minutes * 60_000)
}

/** The sample roster with these people on duty all day. */
export function roster(duty: readonly Actor[] = [finch, wren], people: readonly Actor[] = everybody): Directory {
  return {
    name: 'Sample',
    zone: 'America/Phoenix',
    languages: ['en', 'es'],
    strangers: 'refuse',
    red: ['signal', 'workspace'],
    summaries: [],
    clocks: {},
    regions: [
      { code: 'AZ', name: 'Arizona', zone: 'America/Phoenix', places: [] },
      { code: 'NV', name: 'Nevada', zone: 'America/Los_Angeles', places: [] },
    ],
    rooms: [],
    people: new Map(people.map(one => [one.id, { ...one, languages: ['en'], accounts: [] } satisfies Person])),
    duty: duty.map(one => ({ person: one.id, until: at(100_000) })),
  }
}

/** What stood before: an event, who made it, and when (minutes). */
export type Past = {
  readonly event: IncidentEvent
  readonly by: Actor | null
  readonly minute: number
  words?: EntryWords
}

/** Something that a person did before. */
export function by(actor: Actor, minute: number, event: IncidentEvent, words?: EntryWords): Past {
  return words ? { event, by: actor, minute, words } : { event, by: actor, minute }
}

/** Something that the hub did before. */
export function byHub(minute: number, event: IncidentEvent): Past {
  return { event, by: null, minute }
}

/** The report at 14:00, by Heron unless said otherwise. */
export function reported(facts: Partial<Extract<IncidentEvent, { type: 'reported' }>> = {}, actor = heron): Past {
  const event = {
    type: 'reported',
    id,
    region: 'AZ',
    severity: 4,
    kind: 'AR-1',
    kindGuessed: true,
    mark: 'AMBER',
    visibility: 'region',
    allowed: [],
    place: phoenix,
    evidence: noEvidence,
    contact: 'yes',
    account: null,
    room: null,
    ...facts,
  } as const
  return by(actor, 0, event, { what: 'Three men with rifles', where: 'library' })
}

/** Claimed by Finch at 14:05, with the half hour of an S4, unless said otherwise. */
export function claimed(actor = finch, minute = 5, until = minute + 30): Past {
  return by(actor, minute, { type: 'claimed', until: at(until) })
}

/** The report as it comes off the form. */
export function reporting(facts: Partial<ReportAction> = {}): ReportAction {
  return {
    type: 'report',
    id,
    region: 'AZ',
    place: phoenix,
    severity: 4,
    kind: null,
    what: 'Three men with rifles',
    where: 'library',
    contact: 'yes',
    account: null,
    room: null,
    evidence: noEvidence,
    ...facts,
  }
}

/** The incident that a past leaves. */
export function incidentAfter(...past: readonly Past[]): Incident {
  return replay(past.map(entryOf))
}

/** Another incident, as the same past would leave it. */
export function another(other: IncidentId, ...past: readonly Past[]): Incident {
  return { ...incidentAfter(...past), id: other }
}

/** Starts a specification: what stood before. */
export function given(...past: readonly Past[]) {
  const incident = past.length > 0 ? incidentAfter(...past) : null
  return {
    /** What somebody (null: a clock) does, minutes after 14:00. */
    when: (action: IncidentAction, actor: Actor | null, minute: number, directory = roster()) =>
      outcome(incident, action, { now: at(minute), actor, taxonomy, directory }),
  }
}

/** A clock that is due. */
export function due(clock: Extract<IncidentAction, { type: 'clock' }>['clock']): IncidentAction {
  return { type: 'clock', clock }
}

function outcome(incident: Incident | null, action: IncidentAction, context: Context) {
  const judged = attempt(() => decide(action, incident, context))
  const decisions = (): readonly Decision[] => {
    if (judged.error) throw judged.error
    return judged.decisions
  }
  const after = () => enter(incident, decisions(), context).after
  return {
    /** Exactly these events, in this order. */
    thenHappens(...events: readonly IncidentEvent[]) {
      expect(decisions().map(decision => decision.event)).toEqual(events)
      return this
    },
    /** The words of the decisions, in order; undefined where there are none. */
    words(...words: readonly (EntryWords | undefined)[]) {
      expect(decisions().map(decision => decision.words)).toEqual(words)
      return this
    },
    /** Who stands behind each entry: the actor's id, or null for the hub. */
    signed(...people: readonly (PersonId | null)[]) {
      expect(enter(incident, decisions(), context).entries.map(entry => entry.by)).toEqual(people)
      return this
    },
    /** How the incident stands afterwards, as far as named. */
    leaves(state: Partial<Incident>) {
      expect(after()).toMatchObject(state)
      return this
    },
    /** A rule says no, with a whole sentence in both languages. */
    refused(key: PhraseKey, params: Readonly<Record<string, Param>> = {}) {
      if (!(judged.error instanceof RuleError)) throw judged.error ?? new Error(`not refused: ${key}`)
      expect(judged.error.phrase.key).toBe(key)
      expect(judged.error.phrase.params).toMatchObject(params)
      expectWhole(judged.error.phrase)
    },
    /** A text cannot be taken, and the reason stands at its field, whole in both languages. */
    refusedAt(field: string, key: PhraseKey, params: Readonly<Record<string, Param>> = {}) {
      if (!(judged.error instanceof InputError)) throw judged.error ?? new Error(`not refused: ${key}`)
      expect(Object.keys(judged.error.fields)).toEqual([field])
      const reason = judged.error.fields[field] as Phrase
      expect(reason.key).toBe(key)
      expect(reason.params ?? {}).toMatchObject(params)
      expectWhole(reason)
    },
  }
}

function attempt(decided: () => readonly Decision[]): { decisions: readonly Decision[]; error: unknown } {
  try {
    return { decisions: decided(), error: null }
  } catch (error) {
    return { decisions: [], error }
  }
}

function expectWhole(refusal: Phrase): void {
  for (const language of ['en', 'es'] as const) {
    const named = (one: PersonId) => everybody.find(each => each.id === one)?.callsign ?? null
    const sentence = say(refusal, { language, zone: 'UTC', now: at(0), person: named })
    expect(sentence).not.toMatch(/[{}!]|undefined|^rule\./)
    expect(sentence).toMatch(/[.?]$/)
  }
}

function entryOf(past: Past, index: number): Entry {
  return { seq: index + 1, at: at(past.minute), by: past.by?.id ?? null, event: past.event, words: past.words ?? null }
}

function person(name: string, roles: Actor['roles'], regions: Actor['regions']): Actor {
  return {
    id: `p-${name}` as PersonId,
    callsign: name[0]?.toUpperCase() + name.slice(1),
    roles,
    regions,
    vetted: true,
    account: null,
    platform: 'workspace',
    language: 'en',
    zone: 'America/Phoenix',
  }
}
