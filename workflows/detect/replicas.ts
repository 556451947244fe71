import type { Dealt, Held } from './guard.ts'
import { guardOf, mayHold, mostExpected, reaches, startsOf } from './guard.ts'
import type { Filling } from './likelihood.ts'
import { dealer, seeded } from './random.ts'
import type { Site, Zones } from './zones.ts'
import { neighbours } from './zones.ts'

/** What is dealt out anew, how often, and what strength it is held against. */
export type Replicas = {
  readonly sites: readonly Site[]
  readonly circles: Zones
  readonly filling: Filling
  /** What is expected per day, oldest first, and county: where a case falls is drawn from it. */
  readonly cells: readonly Float64Array[]
  readonly llr: number
  readonly replications: number
  readonly seed: number
}

/**
 * In how many replications some circle is at least as strong as `llr`, each dealing all cases out by what is expected.
 * Exact: circles are passed over only where the cases they would need lie not even in all of their block together.
 */
export function replicas(asked: Replicas): number {
  const { circles, filling, cells } = asked
  const held: Held = { circles, filling, most: mostExpected(asked.llr, filling.total) }
  const starts = circles.order.map((_, middle) => startsOf(held, middle))
  const guards = circles.order.map((_, middle) => guardOf(held, [middle], starts))
  const groups = neighbours(asked.sites, 24).map(middles => ({ middles, guard: guardOf(held, middles, starts) }))
  const deal = dealing(cells, asked, Math.round(filling.total))
  let above = 0
  for (let replication = 0; replication < asked.replications; replication++) {
    const dealt = deal()
    const strong = groups.some(
      ({ guard, middles }) =>
        mayHold(held, guard, dealt, () => true) &&
        middles.some(middle => {
          const own = guards[middle] ?? guard
          return mayHold(held, own, dealt, (block, window, before) =>
            reaches(held, dealt, { middle, block, window, before, start: starts[middle] }),
          )
        }),
    )
    if (strong) above += 1
  }
  return above
}

/** Deals the same number of cases anew each time it is called, into the same lists. */
function dealing(cells: readonly Float64Array[], { filling, circles, seed }: Replicas, total: number): () => Dealt {
  const draw = dealer(cells, seeded(seed))
  const tally = new Uint32Array(cells.length * circles.sites)
  const lists = () => new Uint32Array(Math.min(total, tally.length))
  const dealt = { length: 0, places: lists(), ages: lists(), amounts: lists() }
  const cases = filling.cases.map(() => new Float64Array(circles.sites))
  const touched = lists()
  return () => {
    for (const window of cases) window.fill(0)
    let length = 0
    for (let one = 0; one < total; one++) {
      const cell = draw()
      if (tally[cell] === 0) touched[length++] = cell
      tally[cell] = (tally[cell] ?? 0) + 1
    }
    for (let at = 0; at < length; at++) {
      const cell = touched[at] ?? 0
      const [site, age, amount] = [
        cell % circles.sites,
        cells.length - 1 - Math.floor(cell / circles.sites),
        tally[cell] ?? 0,
      ]
      tally[cell] = 0
      dealt.places[at] = site
      dealt.ages[at] = age
      dealt.amounts[at] = amount
      for (let window = age; window < cases.length; window++) add(cases[window], site, amount)
    }
    return { ...dealt, length, cases }
  }
}

function add(counts: Float64Array | undefined, site: number, amount: number): void {
  if (counts !== undefined) counts[site] = (counts[site] ?? 0) + amount
}
