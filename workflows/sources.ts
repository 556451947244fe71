import type { PersonId } from './ids.ts'
import type { Incident, Source } from './incident.ts'

/** The originals (links, files) that each person gave, as opaque look-up values. */
export type Originals = ReadonlyMap<PersonId, ReadonlySet<string>>

/** Whose reports an incident holds, its own first; without those whose reporters took them back. */
export function sourcesOf(incident: Incident): readonly Source[] {
  const { id, reporter, details, whatSeq, whereSeq, also = [] } = incident
  const own = { report: id, by: reporter, known: details.known ?? null, derivedFrom: null }
  const stands = reporter !== null || whatSeq + whereSeq > 0
  return stands ? [own, ...also] : also
}

/**
 * How many independent sources stand behind reports: the same person twice, or several reports of one original, are
 * one; all that was seen online is one, because nobody can tell what a post repeats; hearsay counts only where nothing
 * else is known.
 */
export function independent(sources: readonly Source[]): number {
  const firm = sources.filter(source => source.known !== 'told-absent')
  const roots = new Map<string, string>()
  const rootOf = (name: string): string => {
    const next = roots.get(name)
    return next === undefined ? name : rootOf(next)
  }
  const join = (one: string, other: string) => {
    const [from, to] = [rootOf(one), rootOf(other)]
    if (from !== to) roots.set(from, to)
  }
  for (const { report, by, known, derivedFrom } of firm) {
    if (by !== null) join(`report ${report}`, `person ${by}`)
    if (known === 'online') join(`report ${report}`, 'online')
    if (derivedFrom !== null) join(`report ${report}`, `report ${derivedFrom}`)
  }
  const groups = new Set(firm.map(source => rootOf(`report ${source.report}`)))
  return groups.size > 0 || sources.length === 0 ? groups.size : 1
}

/** How many independent sources an incident has. */
export function independentSources(incident: Incident): number {
  return independent(sourcesOf(incident))
}

/** The sources, each with the earliest before it that shares an original with it; what is not known stays as it is. */
export function derived(sources: readonly Source[], originals: Originals): readonly Source[] {
  return sources.map((source, at) => {
    const own = source.by === null ? undefined : originals.get(source.by)
    if (!own || own.size === 0) return source
    const first = sources
      .slice(0, at)
      .find(({ by }) => by !== source.by && by !== null && shares(originals.get(by), own))
    return first ? { ...source, derivedFrom: first.report } : source
  })
}

function shares(one: ReadonlySet<string> | undefined, other: ReadonlySet<string>): boolean {
  return one !== undefined && [...other].some(origin => one.has(origin))
}
