import type { PersonId } from './ids.ts'
import { hasOwn, type Incident, type Source } from './incident.ts'

/** The originals (links, files) that each person gave, as opaque look-up values. */
export type Originals = ReadonlyMap<PersonId, ReadonlySet<string>>

/** Whose reports an incident holds, its own first; without those whose reporters took them back. */
export function sourcesOf(incident: Incident): readonly Source[] {
  const { id, reporter, details, shown, also = [] } = incident
  const given = shown ? { shown } : {}
  const own = { report: id, by: reporter, known: details.known ?? null, ...given, derivedFrom: null }
  return hasOwn(incident) ? [own, ...also] : also
}

/**
 * How many independent sources stand behind reports. One counts only if it is known to be one: its reporter saw it, was
 * told by somebody present or by an official, or sent their own photo, video or voice note. The same person twice, or
 * several reports of one original, are one. Where nothing of the kind is known, all reports together are one.
 */
export function independent(sources: readonly Source[]): number {
  const roots = new Map<string, string>()
  const rootOf = (name: string): string => {
    const next = roots.get(name)
    return next === undefined ? name : rootOf(next)
  }
  const join = (one: string, other: string) => {
    const [from, to] = [rootOf(one), rootOf(other)]
    if (from !== to) roots.set(from, to)
  }
  for (const { report, by, derivedFrom } of sources) {
    if (by !== null) join(`report ${report}`, `person ${by}`)
    if (derivedFrom !== null) join(`report ${report}`, `report ${derivedFrom}`)
  }
  const groups = new Set(sources.filter(vouched).map(source => rootOf(`report ${source.report}`)))
  return Math.max(groups.size, Math.min(1, sources.length))
}

/** True if it is not said how a source knows, and nothing it sent shows that. */
export function unsaid({ known, shown }: Source): boolean {
  return known === null && !shown
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

// Whoever passes on what they read or heard may pass on its picture, too.
function vouched({ known, shown }: Source): boolean {
  if (known === null) return shown === true
  return known === 'saw' || known === 'told-present' || known === 'official'
}

function shares(one: ReadonlySet<string> | undefined, other: ReadonlySet<string>): boolean {
  return one !== undefined && [...other].some(origin => one.has(origin))
}
