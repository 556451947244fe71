/** Cases and expected ones of the last w days per county, for w from 1 on: what the circles are filled with. */
export type Filling = { readonly total: number; readonly cases: Float64Array[]; readonly expected: Float64Array[] }

/** The logarithm of the likelihood ratio of a zone with `c` of `total` cases where `e` are expected; 0 unless c > e. */
export function llr(c: number, e: number, total: number): number {
  if (!(c > e)) return 0
  const outside = c < total ? (total - c) * Math.log((total - c) / (total - e)) : 0
  return c * Math.log(c / e) + outside
}
