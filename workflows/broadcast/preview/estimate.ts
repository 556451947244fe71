import type { Plan } from '../../broadcast.ts'
import { type Directory, type Language, zoneOf } from '../../directory.ts'
import type { PlatformName } from '../../ids.ts'
import { localParts } from '../../zone.ts'
import type { Meant } from '../audience/resolve.ts'
import { isAnytime } from '../plan.ts'
import { firstContactsMs, firstContactsOf, paces } from './pace.ts'

/** What goes through one platform, and how long that takes at its limits (ms). */
export type Load = {
  readonly platform: PlatformName
  readonly people: number
  readonly rooms: number
  /** Those among the people whom nobody has written to before; only where that matters. */
  readonly firsts: number
  /** How many messages that is, where some are longer than one. */
  readonly messages: number
  readonly ms: number
  /** Until the last first contact; 0 without any. */
  readonly firstsMs: number
  readonly from: 'documented' | 'assumed'
}

/** How long all of it takes: the platforms go side by side; `firstsMs` is apart, for it can take days. */
export type Estimate = { readonly loads: readonly Load[]; readonly ms: number; readonly firstsMs: number }

/** How many messages the words make on a platform in a language. */
export type Pieces = (platform: PlatformName, language: Language) => number

/** How long it will take at the platforms' limits, the platform with the most readers first. */
export function estimate(meant: readonly Meant[], { urgency }: Pick<Plan, 'urgency'>, pieces: Pieces): Estimate {
  const going = meant.filter(one => one.state === 'waiting')
  const loads = [...Map.groupBy(going, one => one.platform)].flatMap(([platform, all]) =>
    platform ? [loadOf(platform, all, urgency, pieces)] : [],
  )
  return {
    loads: loads.toSorted((one, other) => other.people + other.rooms - one.people - one.rooms),
    ms: Math.max(0, ...loads.map(load => load.ms)),
    firstsMs: Math.max(0, ...loads.map(load => load.firstsMs)),
  }
}

/** How many are asleep by the hours that they set themselves, and get it when these are over. */
export function asleep(
  meant: readonly Meant[],
  plan: Pick<Plan, 'quiet' | 'urgency'>,
  directory: Directory,
  now: number,
): number {
  if (isAnytime(plan)) return 0
  const hours = new Map<string, number>()
  return meant.filter(({ person: id, state }) => {
    const person = id === null || state !== 'waiting' ? undefined : directory.people.get(id)
    if (!person?.quiet) return false
    const zone = zoneOf(person, directory)
    const hour = hours.get(zone) ?? localParts(now, zone).hour
    hours.set(zone, hour)
    const { from, to } = person.quiet
    return from < to ? from <= hour && hour < to : from <= hour || hour < to
  }).length
}

function loadOf(platform: PlatformName, all: readonly Meant[], urgency: Plan['urgency'], pieces: Pieces): Load {
  const { personMs, roomMs, from } = paces[platform]
  const rooms = all.filter(one => one.room !== null)
  const people = all.filter(one => one.person !== null)
  const firsts = people.filter(one => one.first).length
  const sum = (list: readonly Meant[]) => list.reduce((count, one) => count + pieces(platform, one.language), 0)
  const known = people.filter(one => !one.first)
  const [toRooms, toKnown] = [sum(rooms), sum(known)]
  const messages = toRooms + toKnown + sum(people.filter(one => one.first))
  return {
    ...{ platform, people: people.length, rooms: rooms.length, firsts, messages, from },
    ms: Math.round(toRooms * roomMs + toKnown * personMs),
    firstsMs: firstContactsMs(firsts, firstContactsOf(urgency)),
  }
}
