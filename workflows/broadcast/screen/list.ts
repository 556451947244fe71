import type { Broadcast } from '../../broadcast.ts'
import type { IncidentId } from '../../ids.ts'
import type { Incident } from '../../incident.ts'
import type { Actor } from '../../permission.ts'
import { phrase } from '../../phrase.ts'
import type { Read } from '../../ports.ts'
import { type Line, plainView, type View } from '../../view.ts'
import { isAsked, isOver } from '../state.ts'
import { broadcastButton, newButton } from './button.ts'
import { nameOf } from './outline.ts'
import { mayStand, type Scene, seen } from './scene.ts'

type Reads = Pick<Read, 'broadcasts' | 'incidents' | 'directory'>

/** The newest broadcasts in which somebody has a part: what waits for them first, what is over last. */
export async function openTo(actor: Actor, read: Reads): Promise<readonly Scene[]> {
  const newest = await read.broadcasts.latest({ limit: mostRead })
  const about = new Map<IncidentId, Incident | null>()
  for (const id of new Set(newest.flatMap(({ plan }) => plan.incident ?? []))) {
    about.set(id, (await read.incidents.find(id))?.incident ?? null)
  }
  const incidentOf = ({ plan }: Broadcast) => (plan.incident && about.get(plan.incident)) ?? null
  const theirs = newest.flatMap(one => seen(one, incidentOf(one), read.directory, actor) ?? [])
  return theirs.toSorted((one, other) => rankOf(one) - rankOf(other))
}

/** True for what somebody has to do something about, or may want to. */
export function isUnderWay({ broadcast }: Scene): boolean {
  return !isOver(broadcast) || Boolean(broadcast.proposed)
}

/** The list, each to be opened; what is new is written from it. */
export function listView(scenes: readonly Scene[], actor: Actor): View {
  if (scenes.length === 0) return plainView([phrase('broadcast.list-none')], [newButton()])
  const lines = scenes.slice(0, mostShown).map((one): Line => lineOf(one, actor))
  const more: Line[] =
    scenes.length > mostShown ? [{ type: 'note', text: phrase('broadcast.list-more', { count: mostShown }) }] : []
  return {
    tone: 'plain',
    title: phrase('broadcast.list-title'),
    lines: [...lines, ...more],
    buttons: [newButton()],
  }
}

// Signal answers by one digit, and a message of Discord holds so many lines with a button.
const mostShown = 8
const mostRead = 60

function lineOf({ broadcast, incident, directory }: Scene, actor: Actor): Line {
  const { id, plan, by, createdAt, proposed } = broadcast
  const stands = mayStand(incident, actor, directory)
  const said = phrase('broadcast.list-line', {
    id,
    state: phrase(proposed ? 'correction.list' : `broadcast.list-${listedAs(broadcast)}`),
    title: stands ? nameOf(plan) : phrase('broadcast.about', { id: plan.incident ?? '' }),
    person: { person: by },
    time: { time: createdAt },
  })
  return { type: 'item', text: said, button: broadcastButton('see', id) }
}

/** What never began to go out was thrown away, not stopped. */
function listedAs({ state, startedAt }: Broadcast) {
  return state === 'cancelled' && startedAt === null ? 'discarded' : state
}

function rankOf({ broadcast, may, given, actor }: Scene): number {
  const { proposed } = broadcast
  if (proposed && may && !proposed.approvals.some(one => one.by === actor)) return 0
  if (isAsked(broadcast) && may && !given) return 0
  return isOver(broadcast) ? 2 : 1
}
