import type { Done, Reply } from '../commands/command.ts'
import type { Store } from '../db/store.ts'
import type { IncidentAction } from '../workflows/action.ts'
import { answerIn } from '../workflows/headcount/asking.ts'
import { answeredView } from '../workflows/headcount/reply.ts'
import { readSafety } from '../workflows/headcount/words.ts'
import type { IncidentId } from '../workflows/ids.ts'
import type { Incident } from '../workflows/incident.ts'
import type { Actor } from '../workflows/permission.ts'
import type { Known } from '../workflows/ports.ts'
import type { Interaction } from './platform.ts'
import { transact } from './transact.ts'

type Message = Extract<Interaction, { type: 'message' }>
type Deed = Extract<IncidentAction, { type: 'run' }>['do']

/** What somebody's words answer: the incident that is told last, and all others that ask them. */
export type Safety = {
  readonly known: Known
  readonly deed: Deed
  readonly others: readonly { readonly id: IncidentId; readonly deed: Deed }[]
}

// What nobody who is asked whether they are safe would write.
const longest = 2000

/**
 * What a message says to head counts and check-ins that ask its writer; null if none does, or it is talk. One answer
 * holds for all of them, for a person is in one place.
 */
export async function safetyIn(message: Message, actor: Actor, now: number, store: Store): Promise<Safety | null> {
  const { words, files, room, message: about } = message
  const alone = room === null
  const safety = readSafety(words)
  if (files.length > 0 || words.length > longest || !(alone || (safety?.sure && about !== null))) return null
  const asking = await store.incidents.counting()
  const directory = store.roster.directory()
  const heard = { words, safety, alone, now }
  const found = asking.flatMap(incident => {
    const deed = answerIn(incident, actor.id, heard, directory)
    return deed ? [{ id: incident.id, deed }] : []
  })
  const card = about && !alone ? await store.cards.at(message.platform, about) : null
  const main = found.find(one => one.id === card) ?? found.at(-1)
  // In a room it must be written in answer to something about that incident.
  const known = main && (alone || main.id === card) ? await store.incidents.find(main.id) : null
  return main && known ? { known, deed: main.deed, others: found.filter(one => one !== main) } : null
}

/** Commits what was answered, everywhere it was asked; the same message counts once. @throws RuleError, StoreError */
export async function answerCounts(
  { key, words }: Pick<Message, 'key' | 'words'>,
  { known, deed, others }: Safety,
  actor: Actor,
  now: number,
  tools: Parameters<typeof transact>[1],
): Promise<Reply> {
  const answered = (id: IncidentId, own: string, does: Deed, before: Known['words']) => {
    const action = { type: 'incident', about: id, do: { type: 'run', do: does } } as const
    const say = ({ incident }: Done) => saidTo(incident ?? known.incident, does, words, now)
    return transact({ key: own, actor, now, action, words: before, say }, tools)
  }
  for (const one of others) await answered(one.id, `${key}:${one.id}`, one.deed, { what: null, where: null })
  return answered(known.incident.id, key, deed, known.words)
}

/** What whoever answered reads, they alone. */
function saidTo(incident: Incident, deed: Deed, words: string, now: number): Reply {
  if (!('run' in deed) || !('step' in deed)) return { type: 'nothing' }
  const verb = deed.type === 'count-back' ? 'back' : deed.type === 'count-answer' ? deed.answer : 'safe'
  const more = verb === 'help' && readSafety(words) === null
  const press = { verb, incident: incident.id, run: deed.run, step: deed.step } as const
  return { type: 'view', private: true, view: answeredView(press, incident.seq, now, more) }
}
