import type { IncidentId, RegionCode } from './ids.ts'
import type { Kind, Severity } from './taxonomy.ts'
import type { Level } from './warning.ts'

/** How many incidents of a window are of that region, severity and kind; `aside`: they needed no response. */
export type Cell = {
  readonly region: RegionCode
  readonly severity: Severity
  readonly kind: Kind | null
  readonly aside: boolean
  readonly count: number
}

/**
 * What a summary told, as far as the next of its plan is compared with it: codes and counts, no words and no names.
 * Times are epoch ms.
 */
export type Former = {
  /** The key of its window, the same whoever made it. */
  readonly key: string
  readonly plan: string
  readonly from: number
  readonly to: number
  /** When it was made. */
  readonly at: number
  readonly cells: readonly Cell[]
  /** The open S4 and S5 that it listed, and the counties under most pressure. */
  readonly urgent: readonly IncidentId[]
  readonly hot: readonly string[]
  readonly levels: Readonly<Partial<Record<RegionCode, Level>>>
}

/** What is kept of the summaries that went out. */
export interface FormerStore {
  /** The last of a plan whose window ended before that moment (epoch ms), or null. */
  last(plan: string, before: number): Promise<Former | null>
  /** Keeps it, the first of its key; what of its plan is older than 60 days is forgotten. */
  keep(former: Former): Promise<void>
}

/** A figure of the former summary that is otherwise by now: it was `was`, and counted again it `is`. */
export type Correction = {
  readonly of: 'reports' | 'aside' | 'severity' | 'region' | 'kind'
  readonly name: string
  readonly was: number
  readonly is: number
}

/**
 * What of the former summary has changed since its window ended: reports that came late, were set aside, or moved to
 * another region, severity or kind. Reports and regions first; nothing where all is as it was told.
 */
export function corrections(was: readonly Cell[], is: readonly Cell[]): readonly Correction[] {
  const serious = (cell: Cell) => !cell.aside
  return [
    ...compared('reports', was, is, () => ''),
    ...compared(
      'aside',
      was.filter(cell => cell.aside),
      is.filter(cell => cell.aside),
      () => '',
    ),
    ...compared('region', was, is, cell => cell.region),
    ...compared('severity', was.filter(serious), is.filter(serious), cell => `S${cell.severity}`),
    ...compared('kind', was.filter(serious), is.filter(serious), cell => cell.kind ?? ''),
  ]
}

function compared(
  of: Correction['of'],
  was: readonly Cell[],
  is: readonly Cell[],
  nameOf: (cell: Cell) => string,
): readonly Correction[] {
  const [before, now] = [summed(was, nameOf), summed(is, nameOf)]
  return [...new Set([...before.keys(), ...now.keys()])]
    .toSorted()
    .map(name => ({ of, name, was: before.get(name) ?? 0, is: now.get(name) ?? 0 }))
    .filter(one => one.was !== one.is)
}

function summed(cells: readonly Cell[], nameOf: (cell: Cell) => string): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const cell of cells) sums.set(nameOf(cell), (sums.get(nameOf(cell)) ?? 0) + cell.count)
  return sums
}
