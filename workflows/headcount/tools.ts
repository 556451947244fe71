import type { Directory } from '../directory.ts'
import type { PersonId } from '../ids.ts'
import type { Phrase } from '../phrase.ts'
import { toolName } from '../sight.ts'

/** The tools on which somebody is written to, by name; empty for who has no account. */
export function toolsOf(person: PersonId, { people }: Pick<Directory, 'people'>): readonly Phrase[] {
  const accounts = people.get(person)?.accounts ?? []
  return [...new Set(accounts.map(account => account.platform))].map(toolName)
}
