import type { Directory } from '../directory.ts'
import { type IncidentId, type RegionCode, readIncidentId } from '../ids.ts'
import { plain, readHours } from '../spoken.ts'
import type { Taxonomy } from '../taxonomy.ts'

/** Which reports somebody means: regions (null: they named none), how many hours back, kinds, or one by its id. */
export type Which = {
  readonly regions: 'all' | readonly RegionCode[] | null
  readonly hours: number
  readonly kinds: readonly string[]
  readonly incident: IncidentId | null
}

const usualHours = 7 * 24
const everything = new Set(['all', 'everything', 'todo', 'todos', 'todas'])

/** Reads `AZ 72h AR`, `all 30 days`, `AZ-0412`; a word that means nothing is given back. */
export function readWhich(
  words: string,
  { directory, taxonomy }: { readonly directory: Pick<Directory, 'regions'>; readonly taxonomy: Taxonomy },
): Which | { readonly unknown: string } {
  const one = readIncidentId(words)
  // A kind is written like an id: VI-2, with one digit or two and the letters of a group.
  if (one && !kindIn(words, taxonomy)) return { regions: null, hours: usualHours, kinds: [], incident: one }
  const regions: RegionCode[] = []
  const kinds: string[] = []
  let hours = usualHours
  let all = false
  for (const word of joined(words)
    .split(/[\s,;]+/)
    .filter(each => each !== '')) {
    const region = directory.regions.find(each => plain(each.code) === plain(word))
    const kind = kindIn(word, taxonomy)
    const days = /^(\d{1,4})d$/i.exec(word)
    const said = readHours(word)
    if (region) regions.push(region.code)
    else if (kind) kinds.push(kind)
    else if (days) hours = Number(days[1]) * 24
    else if (said && said.rest === '') hours = said.value
    else if (everything.has(plain(word))) all = true
    else return { unknown: word }
  }
  return { regions: regions.length > 0 ? regions : all ? 'all' : null, hours, kinds, incident: null }
}

function joined(words: string): string {
  return words
    .replace(/(\d)\s*(?:days?|d[ií]as?)(?!\p{L})/giu, '$1d')
    .replace(/(\d)\s*(?:hours?|horas?|hrs?)(?!\p{L})/giu, '$1h')
}

function kindIn(word: string, { groups, kinds }: Taxonomy): string | null {
  const said = word.trim().toUpperCase()
  return groups.find(group => group.code === said)?.code ?? kinds.find(kind => kind.code === said)?.code ?? null
}
