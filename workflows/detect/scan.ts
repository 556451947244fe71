/** A county by its middle, in degrees. */
export type Site = { readonly lon: number; readonly lat: number }

/** What is scanned: per county (the same order everywhere) its middle, and cases and expected ones per day. */
export type ScanInput = {
  readonly sites: readonly Site[]
  /** One list a day, oldest first, each as long as `sites`; one list: space only. */
  readonly cases: readonly ArrayLike<number>[]
  /** As many lists as `cases`: from each county's own reporting history; scaled so that all sum up to all cases. */
  readonly expected: readonly ArrayLike<number>[]
}

/** How far is scanned, and by what chance the result is measured. */
export type ScanRule = {
  /** The largest part of what is expected that a cluster may hold: 0.5. */
  readonly share: number
  /** The longest cluster in days, back from the last: 14; more than there are days: all of them. */
  readonly days: number
  /** How often the cases are dealt out anew: 999. */
  readonly replications: number
  /** The same seed gives the same p. */
  readonly seed: number
}

/** The most likely cluster: counties (indexes into `sites`, from the middle outwards) over the last `days`. */
export type Cluster = {
  readonly sites: readonly number[]
  readonly days: number
  readonly observed: number
  readonly expected: number
  /** The logarithm of the likelihood ratio. */
  readonly llr: number
  /** How many times likelier a case was inside than outside; `Infinity` if all were inside. */
  readonly ratio: number
  /** (1 + replications with so strong a cluster) / (1 + replications). */
  readonly p: number
}

/** What the rule is where nobody says otherwise. */
export const scanRule: ScanRule = { share: 0.5, days: 14, replications: 999, seed: 1 }

/** The logarithm of the likelihood ratio of a zone with `c` of `total` cases where `e` are expected; 0 unless c > e. */
export function llr(c: number, e: number, total: number): number {
  if (!(c > e)) return 0
  const outside = c < total ? (total - c) * Math.log((total - c) / (total - e)) : 0
  return c * Math.log(c / e) + outside
}
