import { hasRole, type Language, type Person, type Role, servesRegion } from './directory.ts'
import type { AccountId, PlatformName } from './ids.ts'
import { type Incident, isWaiting } from './incident.ts'
import { type Phrase, phrase } from './phrase.ts'
import { isNamedIn } from './run.ts'

/** Who asks: a person of the roster as the platform's account names them, with the language they read. */
export type Actor = Pick<Person, 'id' | 'callsign' | 'roles' | 'regions' | 'vetted'> & {
  readonly account: AccountId | null
  readonly platform: PlatformName
  readonly language: Language
  readonly zone: string
}

/**
 * What a command needs. `anyone` on the roster; `report` to file; `own` the reporter of that incident; `read` to see
 * it; `work` as responder of its region; `coordinate` as coordinator of its region; `lead` leaders and coordinators
 * of the network; `deliver` coordinators, administrators, and whoever has
 * claimed it.
 */
export type Permission = 'anyone' | 'report' | 'own' | 'read' | 'work' | 'coordinate' | 'lead' | 'deliver'

const climbs: Record<Role, readonly Role[]> = {
  mediator: ['mediator', 'responder', 'coordinator', 'leader', 'admin'],
  responder: ['responder', 'coordinator'],
  coordinator: ['coordinator'],
  leader: ['leader'],
  admin: ['admin'],
}

/** True if one of the person's roles includes that role. */
export function actsAs(actor: Pick<Person, 'roles'>, role: Role): boolean {
  return hasRole(actor, ...climbs[role])
}

/** True if the person may file reports: anyone of the roster, and strangers where the network takes their reports. */
export function mayReport(actor: Pick<Person, 'roles' | 'vetted'>): boolean {
  return !actor.vetted || actsAs(actor, 'mediator')
}

/** True if the person may know that this incident exists. */
export function maySee(actor: Pick<Person, 'id' | 'roles' | 'regions'>, incident: Incident): boolean {
  if (incident.reporter === actor.id || incident.allowed.includes(actor.id)) return true
  if (incident.visibility === 'restricted') return false
  // Whoever was given a part in one of its protocols works on it, wherever they belong.
  if (incident.runs && !isWaiting(incident) && isNamedIn(incident.runs, actor.id)) return true
  // What nobody has checked is for those who may check it, and for no leader's eyes.
  if (isWaiting(incident)) return actsAs(actor, 'responder') && servesRegion(actor, incident.region)
  if (hasRole(actor, 'leader') && servesRegion(actor, incident.region)) return true
  return actsAs(actor, 'responder') && servesRegion(actor, incident.region)
}

/** Null if the actor may; else the reason and the way on. Whoever may not see an incident hears that there is none. */
export function refusal(
  permission: Permission,
  actor: Actor,
  incident: Incident | null,
  region: string,
): Phrase | null {
  if (incident && !maySee(actor, incident)) return phrase('refusal.unknown', { id: incident.id })
  switch (permission) {
    case 'anyone':
      return null
    case 'report':
      return mayReport(actor) ? null : phrase('refusal.report')
    case 'read':
      return incident || actsAs(actor, 'responder') || actsAs(actor, 'leader') ? null : phrase('refusal.read')
    case 'own':
      return !incident || incident.reporter === actor.id || actsAs(actor, 'coordinator')
        ? null
        : phrase('refusal.own', { id: incident.id })
    case 'work':
      return serves(actor, 'responder', incident) ? null : refuse('refusal.work', incident, region)
    case 'coordinate':
      return serves(actor, 'coordinator', incident) ? null : refuse('refusal.coordinate', incident, region)
    case 'deliver':
      return hasRole(actor, 'coordinator', 'admin') || incident?.claim?.by === actor.id ? null : phrase('delivery.who')
    case 'lead':
      return actsAs(actor, 'leader') || actsAs(actor, 'coordinator') ? null : phrase('refusal.lead')
  }
}

function serves(actor: Actor, role: Role, incident: Incident | null): boolean {
  if (!actsAs(actor, role)) return false
  return !incident || incident.allowed.includes(actor.id) || servesRegion(actor, incident.region)
}

function refuse(key: 'refusal.work' | 'refusal.coordinate', incident: Incident | null, region: string): Phrase {
  return incident ? phrase(key, { id: incident.id, region }) : phrase(`${key}-any`)
}
