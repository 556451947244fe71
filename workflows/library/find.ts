import { type Directory, hasRole } from '../directory.ts'
import { RuleError } from '../errors.ts'
import { type KeptMessage, readMessageId, type Shelved } from '../library.ts'
import { type Messenger, type MessengerReads, readMessengerId } from '../messenger.ts'
import type { Actor } from '../permission.ts'
import { phrase } from '../phrase.ts'
import type { Read } from '../ports.ts'
import { plain } from '../spoken.ts'
import { mayWorkWith } from './roster.ts'

/** What is read where somebody names a message or a messenger. */
export type Looking = {
  readonly read: Pick<Read, 'library' | 'messengers'>
  readonly actor: Pick<Actor, 'roles' | 'regions'>
}

/** A message that somebody looks at or writes anew. */
export type Found = { readonly shelved: Shelved; readonly message: KeptMessage; readonly moved: boolean }

/** The same reads without messengers who are hidden from everybody; they themselves still find what is kept of them. */
export function unhidden(reads: MessengerReads, { people }: Pick<Directory, 'people'>): MessengerReads {
  const seen = (one: Messenger) => !people.get(one.person)?.hidden
  return {
    of: person => reads.of(person),
    handouts: filter => reads.handouts(filter),
    handout: id => reads.handout(id),
    list: async () => (await reads.list()).filter(seen),
    async find(id) {
      const found = await reads.find(id)
      return found && seen(found) ? found : null
    },
  }
}

/** True for those who write, approve and use prepared messages; others read the approved ones. */
export function worksOnMessages(actor: Pick<Actor, 'roles'>): boolean {
  return hasRole(actor, 'coordinator', 'leader')
}

/** The message that words begin with, by its name or by what it is called; null if they may see none of that name. */
export async function findMessage(words: string, { read, actor }: Looking): Promise<Shelved | null> {
  const [first = ''] = words.trim().split(/\s+/)
  const id = readMessageId(first)
  const named = id && (await read.library.find(id))
  const said = plain(words)
  const called = (one: Shelved) =>
    Object.values((one.approved ?? one.newest).title).some(title => plain(title) === said)
  const found = named ?? (said === '' ? null : ((await read.library.list()).find(called) ?? null))
  return found && (worksOnMessages(actor) || found.approved) ? found : null
}

/**
 * The message that words begin with, and the version of it that was looked at (0: the newest); null if there is none.
 * `moved`: another version was written since.
 */
export async function findVersion(words: string, seen: number, { read }: Looking): Promise<Found | null> {
  const id = readMessageId(words.trim().split(/\s+/)[0] ?? '')
  const shelved = id && (await read.library.find(id))
  if (!shelved) return null
  const version = seen > 0 ? await read.library.version(shelved.id, seen) : null
  return { shelved, message: version ?? shelved.newest, moved: seen > 0 && seen !== shelved.newest.version }
}

/** The messenger that words begin with and with whom this person works, or null. */
export async function findMessenger(words: string, { read, actor }: Looking): Promise<Messenger | null> {
  const id = readMessengerId(words.trim().split(/\s+/)[0] ?? '')
  const found = id && (await read.messengers.find(id))
  return found && mayWorkWith(actor, found) ? found : null
}

/** As `findVersion`, for whoever works on messages. @throws RuleError for others, and where there is none */
export async function versionNamed(words: string, seen: number, looking: Looking): Promise<Found> {
  if (!worksOnMessages(looking.actor)) throw new RuleError(phrase('library.who'))
  const found = await findVersion(words, seen, looking)
  if (!found) throw new RuleError(phrase('library.unknown', { words: { words } }))
  return found
}

/** As `findMessenger`, for whoever works on messages. @throws RuleError for others, and where there is none */
export async function messengerNamed(words: string, looking: Looking): Promise<Messenger> {
  if (!worksOnMessages(looking.actor)) throw new RuleError(phrase('messenger.who'))
  const found = await findMessenger(words, looking)
  if (!found) throw new RuleError(phrase('messenger.unknown', { words: { words } }))
  return found
}
