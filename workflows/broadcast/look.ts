import type { Broadcast, Counted } from '../broadcast.ts'
import { drillOf } from '../drill.ts'
import type { IncidentId } from '../ids.ts'
import type { Actor } from '../permission.ts'
import { type Phrase, phrase } from '../phrase.ts'
import type { Read } from '../ports.ts'
import { plainView, type View } from '../view.ts'
import { countAudience, type Meant, resolvePlan } from './resolve.ts'
import { seen } from './scene.ts'
import type { Tally } from './standing.ts'
import { broadcastView } from './view.ts'

/** What of a broadcast is looked at with: who, when (epoch ms), and what may be read. */
export type Looking = {
  readonly read: Pick<Read, 'broadcasts' | 'incidents' | 'directory'>
  readonly actor: Actor
  readonly now: number
}

/** Shows and counts a broadcast as it stands at a moment, without reading anything more. */
export type Look = {
  /** How many people and rooms it means. */
  readonly counted: (broadcast: Broadcast) => Counted
  /** The broadcast with all that can be done with it by whoever looks at it. */
  readonly view: (broadcast: Broadcast, ...first: readonly Phrase[]) => View
  /** The same, with what was saved first. */
  readonly saved: (broadcast: Broadcast) => View
}

/** Reads all that is needed to show a broadcast that is about that incident (null: about none). */
export async function lookFor(about: IncidentId | null, looking: Looking, tally: Tally | null = null): Promise<Look> {
  const { read, actor, now } = looking
  const incident = (about && (await read.incidents.find(about))?.incident) ?? null

  function meant({ plan, drill: id }: Broadcast): readonly Meant[] {
    const drill = id === undefined ? null : drillOf({ drill: id }, read.directory)
    return resolvePlan(plan, read.directory, { now, incident, drill })
  }

  function view(broadcast: Broadcast, ...first: readonly Phrase[]): View {
    const scene = seen(broadcast, incident, read.directory, actor)
    // What they have changed may be no part of theirs any more.
    if (!scene) return plainView([...first, phrase('approval.unknown')])
    return broadcastView(scene, { language: actor.language, now, first, tally })
  }

  return {
    counted: broadcast => countAudience(meant(broadcast)),
    view,
    saved: broadcast => view(broadcast, phrase('broadcast.saved', { id: broadcast.id, time: { time: now } })),
  }
}

/** The same for a broadcast that has been read, with how far it has come. */
export async function lookAtIt(broadcast: Broadcast, looking: Looking): Promise<Look> {
  const tally = broadcast.startedAt === null ? null : await looking.read.broadcasts.tally(broadcast.id)
  return lookFor(broadcast.plan.incident, looking, tally)
}
