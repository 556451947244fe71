/** Cases and expected ones of the last w days per county, for w from 1 on: what the circles are filled with. */
export type Filling = { readonly total: number; readonly cases: Float64Array[]; readonly expected: Float64Array[] }

/** The logarithm of the likelihood ratio of a zone with `c` of `total` cases where `e` are expected; 0 unless c > e. */
export function llr(c: number, e: number, total: number): number {
  if (!(c > e)) return 0
  const outside = c < total ? (total - c) * Math.log((total - c) / (total - e)) : 0
  return c * Math.log(c / e) + outside
}

/** Per number of cases c of `total`, the most that may be expected where c are as strong as `strength`; -1 for none. */
export function mostExpected(strength: number, total: number): Float64Array {
  return Float64Array.from({ length: total + 1 }, (_, c) => {
    if (c === 0) return -1
    let [low, high] = [0, c]
    // The ratio falls as more are expected, so that halving finds where it crosses.
    for (let step = 0; step < 60; step++) {
      const half = (low + high) / 2
      if (llr(c, half, total) >= strength) low = half
      else high = half
    }
    // What equals the observed counts as reached, whatever the last digit of a sum.
    return low * (1 + 1e-12)
  })
}

/** The fewest cases that so much expected needs, by such a list; `Infinity` if not even all would do. */
export function fewest(most: Float64Array, expected: number): number {
  // A breath less than summed: sums in another order may differ in the last digit, and none may be passed over.
  const least = expected * (1 - 1e-9)
  let [low, high] = [0, most.length]
  while (low < high) {
    const half = (low + high) >> 1
    if ((most[half] ?? 0) >= least) high = half
    else low = half + 1
  }
  return low < most.length ? low : Number.POSITIVE_INFINITY
}
