import { no } from './decision.ts'
import { type Person, servesRegion } from './directory.ts'
import type { RuleError } from './errors.ts'
import type { Claim, Incident } from './incident.ts'
import { actsAs, maySee } from './permission.ts'

type Someone = Pick<Person, 'id' | 'roles' | 'regions'>

/** Throws RuleError with how it ended and the way on unless somebody may still have to act on it. */
export function requireOpen(incident: Incident): void {
  const ended = ending(incident)
  if (ended) throw ended
}

/** Like requireOpen, but a resolved incident still takes news until it is closed. */
export function requireCurrent(incident: Incident): void {
  if (incident.status !== 'resolved') requireOpen(incident)
}

/** Throws RuleError if the incident no longer stands for itself: merged into another, or withdrawn. */
export function requireOwnStanding(incident: Incident): void {
  if (incident.status === 'duplicate' || incident.status === 'withdrawn') requireOpen(incident)
}

/** The claim that is in force: a lease whose hour has passed is none, even before its clock has fired. */
export function holder(incident: Incident, now: number): Claim | null {
  return incident.status === 'claimed' && incident.claim && incident.claim.until > now ? incident.claim : null
}

/** True if the person has claimed or joined it. */
export function isOnIt(incident: Incident, person: Pick<Person, 'id'>): boolean {
  return incident.claim?.by === person.id || incident.joined.includes(person.id)
}

/** True if the person may coordinate this incident: as coordinator of its region, or as one who is named. */
export function coordinates(person: Someone, incident: Incident): boolean {
  return actsAs(person, 'coordinator') && reaches(person, incident)
}

/** True if the person may take this incident: sees it, and is a responder of its region or named. */
export function mayWork(person: Someone, incident: Incident): boolean {
  return actsAs(person, 'responder') && maySee(person, incident) && reaches(person, incident)
}

/** Throws RuleError unless nobody has it, or the actor has it, has joined it or coordinates it. */
export function requireSay(incident: Incident, actor: Someone, now: number): void {
  const held = holder(incident, now)
  if (!held || isOnIt(incident, actor) || coordinates(actor, incident)) return
  throw no('rule.end-claimed', { id: incident.id, person: { person: held.by }, until: { time: held.until } })
}

function reaches(person: Someone, incident: Incident): boolean {
  return servesRegion(person, incident.region) || incident.allowed.includes(person.id)
}

function ending(incident: Incident): RuleError | null {
  const id = incident.id
  switch (incident.status) {
    case 'reported':
    case 'claimed':
      return null
    case 'resolved':
      return no('rule.over-resolved', { id })
    case 'closed':
      return no('rule.over-closed', { id })
    case 'dismissed':
      return no('rule.over-dismissed', { id })
    case 'unfounded':
      return no('rule.over-unfounded', { id })
    case 'duplicate':
      // Which one is for those to see who may know of that one.
      return no('rule.over-duplicate', { id })
    case 'withdrawn':
      return no('rule.over-withdrawn', { id })
  }
}
