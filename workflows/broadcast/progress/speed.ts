import type { PlatformName } from '../../ids.ts'
import type { Tally } from '../standing.ts'
import { byPlatform } from './share.ts'

/** A tool that takes nothing of it now, since when, and until when if the tool has said so (epoch ms). */
export type Held = { readonly platform: PlatformName; readonly since: number; readonly until: number | null }

/** How fast it goes; `doneAt`: when the last one has it, if it goes on like this; null: nobody can tell. */
export type Speed = {
  readonly perMinute: number
  readonly doneAt: number | null
  readonly held: readonly Held[]
}

/**
 * How fast a broadcast goes, from how many went out on each tool within the last `ms`. The tools are served side by
 * side, so that the slowest says when it is done; while one of them takes nothing, nobody can tell.
 */
export function speedOf(
  tally: Pick<Tally, 'platforms'>,
  gone: readonly { readonly platform: PlatformName; readonly count: number }[],
  held: readonly Held[],
  { ms, now }: { readonly ms: number; readonly now: number },
): Speed {
  const rateOf = (platform: PlatformName) => (gone.find(one => one.platform === platform)?.count ?? 0) / ms
  const left = byPlatform(tally).filter(one => one.left > 0)
  const perMinute = Math.round(gone.reduce((sum, one) => sum + one.count, 0) / (ms / 60_000))
  const takes = left.flatMap(one => {
    const rate = rateOf(one.platform)
    return rate === 0 || held.some(other => other.platform === one.platform) ? [] : [one.left / rate]
  })
  const known = left.length > 0 && takes.length === left.length
  // A moment of whole milliseconds, as all are that are shown.
  return { perMinute, doneAt: known ? Math.round(now + Math.max(...takes)) : null, held }
}
