import type { Incident } from './incident.ts'
import { phrase } from './phrase.ts'
import type { Taxonomy } from './taxonomy.ts'
import { type Button, buttonId } from './view.ts'

/** One button for each kind of a group, which sets it on that incident; none for a group that is not known. */
export function kindButtons(incident: Incident, group: string, taxonomy: Taxonomy): readonly Button[] {
  return taxonomy.kinds
    .filter(kind => kind.group === group)
    .map(({ code, name }) => ({ id: buttonId('kind', incident.id, code), label: phrase('form.name', { name }) }))
}
