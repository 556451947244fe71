import type { Broadcast } from '../../broadcast.ts'
import type { PlatformName } from '../../ids.ts'
import { type Phrase, phrase } from '../../phrase.ts'
import type { Reached, Tally } from '../standing.ts'

/** How a broadcast comes on; `amended`: how many of those who had it are served with the last correction. */
export type Progress = {
  readonly broadcast: Broadcast
  readonly tally: Tally
  readonly amended: { readonly done: number; readonly all: number } | null
}

/** How many have it, as far as anybody knows. */
export const had: readonly Reached[] = ['sent', 'delivered', 'read']
/** Those of whom something may still come by itself. */
export const going: readonly Reached[] = ['waiting', 'sending']

/** How many people and rooms stand in one of these states. */
export function counted({ people, rooms }: Pick<Tally, 'people' | 'rooms'>, states: readonly Reached[]): number {
  return countIn(people, states) + countIn(rooms, states)
}

/** How much of it is done: of people, of rooms, and of both whatever became of it. */
export function shareOf({ tally }: Pick<Progress, 'tally'>) {
  const every = (counts: Tally['people']) => Object.values(counts).reduce<number>((sum, count) => sum + (count ?? 0), 0)
  const [people, rooms] = [every(tally.people), every(tally.rooms)]
  return {
    ...{ people, rooms, have: countIn(tally.people, had), roomsHave: countIn(tally.rooms, had) },
    ...{ all: people + rooms, done: people + rooms - counted(tally, going) },
  }
}

/** The same for each tool that somebody gets it on, those with the most first. */
export function byPlatform({ platforms }: Pick<Tally, 'platforms'>) {
  const tools = [...new Set(platforms.map(one => one.platform))]
  const sum = (platform: PlatformName, states?: readonly Reached[]) =>
    platforms
      .filter(one => one.platform === platform && (!states || states.includes(one.reached)))
      .reduce((all, one) => all + one.count, 0)
  return tools
    .map(platform => ({ platform, have: sum(platform, had), left: sum(platform, going), all: sum(platform) }))
    .toSorted((one, other) => other.all - one.all)
}

/** How many stand where on one tool, in words, in the order in which it comes on. */
export function countLine({ platforms }: Pick<Tally, 'platforms'>, platform: PlatformName): readonly Phrase[] {
  return inOrder.flatMap(state => {
    const found = platforms.find(one => one.platform === platform && one.reached === state)
    return found ? [phrase('ledger.count', { count: found.count, how: phrase(`ledger.how-${state}`) })] : []
  })
}

const inOrder: readonly Reached[] = [
  ...(['waiting', 'sending', 'sent', 'delivered', 'read'] as const),
  ...(['unsure', 'kept', 'failed', 'unreachable', 'stopped', 'dropped'] as const),
]

function countIn(counts: Tally['people'], states: readonly Reached[]): number {
  return states.reduce((sum, state) => sum + (counts[state] ?? 0), 0)
}
