import type { Directory } from '../directory.ts'
import type { EntryWords } from '../event.ts'
import { type Incident, isConcealed } from '../incident.ts'
import { maskWords } from '../mask.ts'
import { stateOf } from '../places/states.ts'
import { kindInfo, type Taxonomy } from '../taxonomy.ts'
import { stemsOf } from './stem.ts'

/** An incident with the words of its entries, as they are found when it is taken into the index. */
export type Indexable = { readonly incident: Incident; readonly words: readonly EntryWords[] }

/**
 * What an incident is found by: county, state and kind; and, unless it is RED, restricted or unchecked, the masked
 * words of its report and of what was told since. Notes, reasons and contacts are left out; at most 400.
 */
export function searchTerms(
  { incident, words }: Indexable,
  { taxonomy, directory }: { readonly taxonomy: Taxonomy; readonly directory: Pick<Directory, 'names'> },
): readonly string[] {
  const { county, usState } = incident.place
  const kind = incident.kind ? kindInfo(taxonomy, incident.kind) : null
  const facts = [
    county ?? '',
    usState ?? '',
    (usState && stateOf(usState)?.name) ?? '',
    ...Object.values(kind?.name ?? {}),
  ]
  const said = isConcealed(incident)
    ? []
    : words.flatMap(({ what, where, text }) => [what ?? '', where ?? '', text ?? ''])
  const masked = said.map(each => maskWords(each, nothing, directory.names))
  return [...new Set([...facts, ...masked].flatMap(stemsOf))].slice(0, most)
}

const most = 400
// What is masked on cards is not found either.
const nothing = { phone: ' ', email: ' ', address: ' ', plate: ' ', name: ' ', link: () => ' ' }
