import type { PersonId } from './ids.ts'
import type { Evidence, FileRef, Incident } from './incident.ts'
import { noEvidence, sum } from './tally.ts'

type Counted = Pick<Incident, 'evidence' | 'links' | 'files'>

/** Whose links there are, with those of one more entry; nothing while there are none. */
export function linksGiven(before: Incident['links'], by: PersonId | null, count = 0): Pick<Incident, 'links'> {
  if (by === null || count === 0) return {}
  const own = before?.find(one => one.by === by)?.count ?? 0
  return { links: [...(before ?? []).filter(one => one.by !== by), { by, count: own + count }] }
}

/** What is counted once that person has given so many links more, or (below zero) fewer. */
export function relinked({ evidence, links }: Counted, by: PersonId | null, more: number): Partial<Counted> {
  if (by === null || more === 0) return {}
  const changed = { evidence: sum(evidence, { ...noEvidence, link: Math.abs(more) }, more > 0 ? 1 : -1) }
  if (more > 0) return { ...changed, ...linksGiven(links, by, more) }
  const left = linksBy({ links: links ?? [] }, by) + more
  const others = (links ?? []).filter(one => one.by !== by)
  return { ...changed, links: left > 0 ? [...others, { by, count: left }] : others }
}

/** How many links that person gave. */
export function linksBy({ links = [] }: Pick<Incident, 'links'>, person: PersonId | null): number {
  return links.find(one => one.by === person)?.count ?? 0
}

/** What is counted once all words are gone, and with them the links. */
export function linkless({ evidence }: Counted): Counted {
  const { link = 0 } = evidence
  return { evidence: sum(evidence, { ...noEvidence, link }, -1), links: [] }
}

/** What is counted once that person's links are gone, and those of the files that still counted. */
export function lessOf(
  { evidence, links, files }: Counted,
  person: PersonId | null,
  gone: readonly Pick<FileRef, 'id' | 'kind'>[] = [],
): Counted {
  const counted = gone.filter(file => files?.includes(file.id))
  const ids = new Set(counted.map(file => file.id))
  const link = linksBy({ links: links ?? [] }, person)
  const less: Evidence = { ...noEvidence, link }
  for (const { kind } of counted) less[kind] += 1
  return {
    evidence: sum(evidence, less, -1),
    ...(link > 0 ? { links: (links ?? []).filter(one => one.by !== person) } : {}),
    ...(files && ids.size > 0 ? { files: files.filter(id => !ids.has(id)) } : {}),
  }
}
