import type { Directory } from './directory.ts'
import type { RegionCode } from './ids.ts'
import type { Status } from './incident.ts'
import type { Actor } from './permission.ts'
import type { IncidentFilter } from './ports.ts'
import { plain, readSeverity, readStatus } from './spoken.ts'
import type { Kind, Severity, Taxonomy } from './taxonomy.ts'

/** What a list was asked for: a filter, or the words that mean nothing, or regions that the asker does not see. */
export type Asked =
  | {
      readonly type: 'filter'
      readonly filter: Pick<IncidentFilter, 'regions' | 'open' | 'status' | 'severity' | 'kind'>
    }
  | { readonly type: 'unknown'; readonly word: string }
  | { readonly type: 'other-region'; readonly region: string }

type Network = { readonly directory: Directory; readonly taxonomy: Taxonomy }

/**
 * Reads what somebody typed after `incidents`, in any order: regions, a severity, a status, a kind's code, or `all`
 * for the ended ones too. Without words: the open ones of the asker's regions.
 */
export function readFilter(words: string, actor: Pick<Actor, 'regions'>, { directory, taxonomy }: Network): Asked {
  const regions: RegionCode[] = []
  const status: Status[] = []
  const found: { severity?: Severity; kind?: Kind } = {}
  let ended = false
  for (const word of wordsIn(words)) {
    const region = directory.regions.find(one => plain(one.code) === plain(word))
    const kind = taxonomy.kinds.find(one => plain(one.code) === plain(word))
    const severity = readSeverity(word)?.value
    const statuses = readStatus(word)
    if (region && !sees(actor, region.code)) return { type: 'other-region', region: region.name }
    if (region) regions.push(region.code)
    else if (kind) found.kind = kind.code
    else if (severity) found.severity = severity
    else if (statuses) status.push(...statuses)
    else if (everything.has(plain(word))) ended = true
    else return { type: 'unknown', word }
  }
  // What is open has an index of its own, however long the history.
  const live = status.length > 0 ? status.every(isLive) : !ended
  return {
    type: 'filter',
    filter: {
      ...found,
      regions: regions.length > 0 ? regions : actor.regions,
      ...(status.length > 0 ? { status } : {}),
      ...(live ? { open: true } : {}),
    },
  }
}

const everything = new Set(['all', 'todos', 'todas', 'todo'])

function isLive(status: Status): boolean {
  return status === 'reported' || status === 'claimed'
}

function wordsIn(words: string): string[] {
  return words
    .replace(/sin tomar/gi, 'unclaimed')
    .split(/[\s,;+]+/)
    .filter(word => word !== '')
}

function sees(actor: Pick<Actor, 'regions'>, region: RegionCode): boolean {
  return actor.regions === 'all' || actor.regions.includes(region)
}
