import type { Broadcast } from '../../broadcast.ts'
import type { Directory } from '../../directory.ts'
import { withinDrill } from '../../drill/within.ts'
import { RuleError } from '../../errors.ts'
import type { BroadcastId, PersonId } from '../../ids.ts'
import type { Incident } from '../../incident.ts'
import type { Actor } from '../../permission.ts'
import { type Phrase, phrase } from '../../phrase.ts'
import type { Read } from '../../ports.ts'
import { actorSight } from '../../sight.ts'
import { counting, mayApprove, type Needs, needsOfBroadcast } from '../needs.ts'
import { isWritable } from '../state.ts'

/** A broadcast as somebody who has a part in it looks at it, in the network that it is judged in. */
export type Scene = {
  readonly broadcast: Broadcast
  /** The incident that it is about, with nobody's words. */
  readonly incident: Incident | null
  readonly directory: Directory
  readonly needs: Needs
  /** Whether they may approve it, send it back, and steer it. */
  readonly may: boolean
  /** Whether their approval counts already. */
  readonly given: boolean
  /** Who looks. */
  readonly actor: PersonId
}

/** The broadcast for its writer and for whoever may approve it; for all others there is none. @throws RuleError */
export async function requireScene(id: BroadcastId | null, looking: Looking): Promise<Scene> {
  const scene = id && (await sceneOf(id, looking))
  if (!scene) throw new RuleError(phrase('approval.unknown'))
  return scene
}

/** Whether words about that incident may stand where somebody asks. */
export function mayStand(incident: Incident | null, actor: Actor, directory: Directory): boolean {
  if (!incident) return true
  const sight = actorSight(incident, actor, directory)
  return sight === 'whole' || sight === 'own'
}

/** The same where its words may stand. @throws RuleError */
export async function requireOpen(id: BroadcastId | null, looking: Looking): Promise<Scene> {
  const scene = await requireScene(id, looking)
  const { broadcast, incident } = scene
  if (mayStand(incident, looking.actor, looking.read.directory)) return scene
  throw new RuleError(phrase('broadcast.hidden', { id: broadcast.id }))
}

/** The same while it can still be written on. @throws RuleError that says how it stands */
export async function requireWritable(id: BroadcastId | null, looking: Looking): Promise<Scene> {
  const scene = await requireOpen(id, looking)
  const { broadcast } = scene
  if (!isWritable(broadcast)) throw new RuleError(phrase(`approval.is-${broadcast.state}`, { id: broadcast.id }))
  return scene
}

/** What each screen on which it is changed opens with: which one, as it stood; and that it is approved anew then. */
export function screenOf({ broadcast: { id, seq, state } }: Scene, name: string): Screen {
  const notice = state === 'draft' ? null : phrase('broadcast.form-voids', { id })
  return { about: id, assumed: `${name}.${seq.toString(36)}`, ...(notice ? { notice } : {}) }
}

/** The broadcast for its writer and for whoever may approve it; null for all others, who hear that there is none. */
export async function sceneOf(id: BroadcastId, { read, actor }: Looking): Promise<Scene | null> {
  const broadcast = await read.broadcasts.find(id)
  if (!broadcast) return null
  const about = broadcast.plan.incident && (await read.incidents.find(broadcast.plan.incident))
  return seen(broadcast, about?.incident ?? null, read.directory, actor)
}

/** The same of one that was read already, with the incident that it is about. */
export function seen(
  broadcast: Broadcast,
  incident: Incident | null,
  whole: Directory,
  actor: Pick<Actor, 'id' | 'roles' | 'regions'>,
): Scene | null {
  const directory = withinDrill(whole, broadcast.drill)
  const needs = needsOfBroadcast(broadcast, { directory, incident })
  const may = mayApprove(actor, needs, { incident })
  if (!may && broadcast.by !== actor.id) return null
  const given = counting(broadcast.approvals, needs, { directory, incident }).some(one => one.by === actor.id)
  return { broadcast, incident, directory, needs, may, given, actor: actor.id }
}

type Looking = { readonly read: Pick<Read, 'broadcasts' | 'incidents' | 'directory'>; readonly actor: Actor }

type Screen = { readonly about: BroadcastId; readonly assumed: string; readonly notice?: Phrase }
