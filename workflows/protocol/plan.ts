import { announce } from '../announce.ts'
import { coordinatorsOf, type Directory, type Person, type Room, regionOf } from '../directory.ts'
import { makeIncidentId, type PersonId, type RegionCode } from '../ids.ts'
import type { Incident } from '../incident.ts'
import type { Protocol, RunRole, Step } from '../protocol.ts'
import { enter } from '../record.ts'
import { chainOf } from '../run/chain.ts'
import { standingSteps } from '../run/standing.ts'
import { start } from '../run/start.ts'
import { runTimes, silenceOf } from '../run/times.ts'
import { runClock } from '../run.ts'
import { sight } from '../sight.ts'
import { type Kind, kindInfo, type Severity, type Taxonomy } from '../taxonomy.ts'

/** An incident to try a protocol on. */
export type Sample = { readonly kind: Kind; readonly severity: Severity; readonly region: RegionCode }

/** What starting a protocol would touch: who would see and hear of it, and when it would speak up (epoch ms). */
export type Plan = {
  readonly incident: Incident
  /** The rooms whose card shows the checklist, and those that see the incident but nothing of its words. */
  readonly rooms: readonly { readonly room: Room; readonly checklist: boolean }[]
  /** Who is told of the start by a direct message. */
  readonly told: readonly Person[]
  /** Who fills each role from the start; empty: whoever takes it. */
  readonly roles: readonly { readonly role: RunRole; readonly people: readonly Person[] }[]
  /** The steps that stand from the start on; the others wait for answers or facts. */
  readonly steps: readonly PlannedStep[]
  readonly later: readonly Step[]
  /** Whom the first step that is due calls if nobody answers, and when. */
  readonly chain: readonly { readonly at: number; readonly people: readonly Person[] }[]
}

/** A step with when it is due and when the hub speaks of it first; null: at no set time. */
export type PlannedStep = {
  readonly step: Step
  readonly people: readonly Person[]
  readonly dueAt: number | null
  readonly ringsAt: number | null
}

type Around = {
  readonly directory: Directory
  readonly taxonomy: Taxonomy
  readonly now: number
  /** When the event is, for a protocol that is about one (epoch ms). */
  readonly eventAt: number
}

/** Starts a protocol on a made-up incident, by the rules that hold for real ones, and tells what that touches. */
export function planOf(protocol: Protocol, sample: Sample, { directory, taxonomy, now, eventAt }: Around): Plan {
  const only = { current: [protocol], find: () => protocol }
  const context = { directory, taxonomy: { ...taxonomy, protocols: only }, now, actor: null }
  const before = reported(sample, context)
  const deed = { type: 'start', protocol: protocol.id, eventAt: protocol.event ? eventAt : null } as const
  const { after, entries } = enter(before, start(before, deed, context), context)
  const words = { what: 'Sample', where: 'Sample' }
  const effects = announce(before, entries, after, { ...context, words })
  const run = after.runs?.find(one => one.protocol === protocol.id)
  if (!run) throw new Error('a run begins with its start')
  const found = (ids: readonly PersonId[]) => ids.flatMap(id => directory.people.get(id) ?? [])
  const times = runTimes(after, context.taxonomy)
  const standing = standingSteps(run, protocol, after)
  const steps = standing.map(({ step, people, dueAt }) => {
    const ringsAt = times.get(runClock('step', run.id, step.id))?.at ?? null
    return { step, people: found(people), dueAt, ringsAt }
  })
  const first = standing
    .filter(one => times.has(runClock('step', run.id, one.step.id)) && one.dueAt !== null)
    .toSorted((one, other) => (one.dueAt ?? 0) - (other.dueAt ?? 0))[0]
  const silence = silenceOf(after, taxonomy)
  const chain = first ? chainOf(first, run, after, context) : []
  const shown = new Set(standing.map(one => one.step.id))
  return {
    incident: after,
    rooms: directory.rooms
      .filter(room => effects.cards.includes(room.id))
      .map(room => ({ room, checklist: sight(after, room, directory) === 'whole' })),
    told: toldOf(effects.posts, directory),
    roles: protocol.roles.map(role => ({ role, people: found(run.roles[role] ?? []) })),
    steps,
    later: protocol.steps.filter(step => !shown.has(step.id)),
    chain: chain.map(({ people }, level) => ({ at: (first?.dueAt ?? now) + level * silence, people })),
  }
}

function reported({ kind, severity, region }: Sample, { directory, taxonomy, now }: Omit<Around, 'eventAt'>): Incident {
  const info = kindInfo(taxonomy, kind)
  const restricted = info?.restricted === true
  const event = {
    type: 'reported',
    id: makeIncidentId(region, 1),
    region,
    severity,
    kind,
    kindGuessed: false,
    mark: info?.startsRed ? 'RED' : 'AMBER',
    visibility: restricted ? 'restricted' : 'region',
    allowed: restricted ? coordinatorsOf(directory, region).map(person => person.id) : [],
    place: { state: 'found', county: regionOf(directory, region)?.name ?? region, fips: null, usState: null },
    evidence: { photo: 0, video: 0, voice: 0, document: 0 },
    contact: 'no',
    account: null,
    room: null,
  } as const
  return enter(null, [{ event, words: { what: 'Sample', where: 'Sample' } }], { now, actor: null }).after
}

function toldOf(
  posts: readonly { readonly to: { readonly room: unknown } | { readonly account: unknown } }[],
  directory: Directory,
): readonly Person[] {
  const accounts = new Set(posts.flatMap(({ to }) => ('account' in to ? [to.account] : [])))
  return [...directory.people.values()].filter(person => person.accounts.some(account => accounts.has(account.id)))
}
