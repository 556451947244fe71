import type { Incident } from '../workflows/incident.ts'
import { isOpen, isWaiting } from '../workflows/incident.ts'
import type { IncidentFilter } from '../workflows/ports.ts'
import type { Seal } from './seal.ts'

/** Makes the tokens of the search index: 40 bits of a keyed hash, the same for a word under this database's key. */
export type Tokens = { readonly word: (stem: string) => number; readonly facet: (facet: string) => number }

/** The tokens under the key of that seal; the commonest few thousand words are hashed once. */
export function tokens(seal: Seal): Tokens {
  const known = remembered.get(seal) ?? new Map<string, number>()
  remembered.set(seal, known)
  const token = (text: string) => {
    const found = known.get(text)
    if (found !== undefined) return found
    const made = Buffer.from(seal.hmac(`search:${text}`), 'base64url').readUIntBE(0, 5)
    if (known.size >= mostRemembered) known.clear()
    known.set(text, made)
    return made
  }
  return { word: stem => token(`word:${stem}`), facet: facet => token(`facet:${facet}`) }
}

/** What an incident is found by besides its words; what was found is judged once more as it stands. */
export function facetsOf(incident: Incident): readonly string[] {
  const { region, severity, status, kind, claim, reporter } = incident
  return [
    ...(isOpen(incident) && !isWaiting(incident) ? ['open'] : []),
    `region:${region}`,
    `severity:${severity}`,
    `status:${status}`,
    ...(kind ? [`kind:${kind}`] : []),
    ...(claim ? [`claimer:${claim.by}`] : []),
    ...(reporter ? [`reporter:${reporter}`] : []),
  ]
}

/** The facets that whatever fits a filter must hold: at least one of each group. */
export function facetsAsked(filter: IncidentFilter): readonly (readonly string[])[] {
  const { open, regions, severity, status, kind, claimer, reporter } = filter
  return [
    ...(open ? [['open']] : []),
    ...(regions === 'all' ? [] : [regions.map(region => `region:${region}`)]),
    ...(severity ? [[severity].flat().map(one => `severity:${one}`)] : []),
    ...(status ? [status.map(one => `status:${one}`)] : []),
    ...(kind ? [[`kind:${kind}`]] : []),
    ...(claimer ? [[`claimer:${claimer}`]] : []),
    ...(reporter ? [[`reporter:${reporter}`]] : []),
  ]
}

const mostRemembered = 20_000
const remembered = new WeakMap<Seal, Map<string, number>>()
