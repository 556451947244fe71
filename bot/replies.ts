import type { Reply } from '../commands/command.ts'
import type { Store } from '../db/store.ts'
import type { AskedOf } from '../workflows/broadcast/answer/given.ts'
import { type Answering, answerAction, answeredView, answeringBy } from '../workflows/broadcast/answer/reply.ts'
import { readAnswer } from '../workflows/broadcast/answer/said.ts'
import type { Broadcast } from '../workflows/broadcast.ts'
import type { Room } from '../workflows/directory.ts'
import type { Actor } from '../workflows/permission.ts'
import type { Places } from '../workflows/routing.ts'
import type { Interaction } from './platform.ts'
import { transact } from './transact.ts'

type Message = Extract<Interaction, { type: 'message' }>
type Tools = Parameters<typeof transact>[1] & { readonly places: Places }

/** Which broadcast somebody's words answer, and what. */
export type Answers = { readonly broadcast: Broadcast; readonly asked: AskedOf; readonly given: Answering }

const longest = 3000
const remembered = 7 * 24 * 60 * 60_000
const fresh = 24 * 60 * 60_000
const mostAsked = 10

/**
 * What a direct message says to the broadcasts that its writer had; null if it answers none. What is one of the answers
 * goes to the newest that waits for it, all else to the newest of all, unless the hub spoke to them of a report of
 * theirs since (`spokenAt`, epoch ms): then only words that can hardly mean anything else.
 */
export async function answersIn(
  { words, files, room, ifAsked }: Pick<Message, 'words' | 'files' | 'room' | 'ifAsked'>,
  actor: Actor,
  spokenAt: number | null,
  now: number,
  store: Pick<Store, 'answers' | 'broadcasts' | 'roster'>,
): Promise<Answers | null> {
  if (room !== null || files.length > 0 || words.trim() === '' || words.length > longest) return null
  const asked = await store.answers.asked(selves(actor, store), now - remembered, mostAsked)
  const newest = asked.toSorted((one, other) => other.at - one.at)
  const isLast = (one: AskedOf) => one === newest[0] && one.at > now - fresh && one.at > (spokenAt ?? 0)
  for (const one of [...newest.filter(isOpen), ...newest.filter(one => !isOpen(one) && isLast(one))]) {
    const broadcast = await store.broadcasts.find(one.broadcast)
    const found = broadcast && readAnswer(words, broadcast.plan.answer)
    if (!found || !(found.sure || one.at > (spokenAt ?? 0))) continue
    return { broadcast, asked: one, given: answeringBy(found, words, broadcast) }
  }
  const last = newest.find(isLast)
  const broadcast = last && !ifAsked ? await store.broadcasts.find(last.broadcast) : null
  return last && broadcast ? { broadcast, asked: last, given: answeringBy(null, words, broadcast) } : null
}

/**
 * What somebody writes in a room under a broadcast that asks for an answer: one of the answers, or words that are kept
 * with it. Null under any other message.
 */
export async function answersUnder(
  { words, files, message }: Pick<Message, 'words' | 'files' | 'message'>,
  actor: Actor,
  room: Pick<Room, 'id'> | null,
  now: number,
  store: Pick<Store, 'answers' | 'broadcasts' | 'roster'>,
): Promise<Answers | null> {
  if (!room || !message || files.length > 0 || words.trim() === '' || words.length > longest) return null
  const id = await store.answers.under(room.id, message)
  const broadcast = id && (await store.broadcasts.find(id))
  if (!broadcast) return null
  const found = readAnswer(words, broadcast.plan.answer)
  if (!found && broadcast.plan.answer.type === 'none') return null
  const had = await store.answers.asked(selves(actor, store), now - remembered, mostAsked)
  const nobodys = {
    broadcast: id,
    person: actor.id,
    region: null,
    at: now,
    answer: null,
    answeredAt: null,
    incident: null,
  }
  const asked = had.find(one => one.broadcast === id) ?? nobodys
  return { broadcast, asked, given: { ...answeringBy(found, words, broadcast), room: room.id } }
}

/** Commits what was answered; the same message counts once. @throws StoreError */
export async function giveAnswer(
  { key }: Pick<Message, 'key'>,
  { broadcast, asked, given }: Answers,
  actor: Actor,
  now: number,
  tools: Tools,
): Promise<Reply> {
  const { taxonomy, places, store } = tools
  const directory = store.roster.directory()
  const action = answerAction(broadcast, asked, given, { actor, now }, { directory, places, taxonomy })
  return transact(
    {
      ...{ key, actor, now, action, words: { what: null, where: null } },
      say: ({ incident, entries }) => {
        const called = asked.incident ? { id: asked.incident, region: asked.region ?? '' } : null
        const about = incident ?? called
        const isNew = entries.some(({ event }) => event.type === 'reported')
        const reader = { now, language: actor.language, directory }
        const view = answeredView(broadcast, given, about && { incident: about, fresh: isNew }, reader)
        return { type: 'view', view, private: true }
      },
    },
    tools,
  )
}

/**
 * Whoever says to a head count that they are safe, or not, says so to the broadcasts that ask the same; what comes of a
 * cry for help is the head count's.
 */
export async function alsoSafe(message: Message, actor: Actor, now: number, tools: Tools): Promise<void> {
  const found = await answersIn({ ...message, ifAsked: true }, actor, null, now, tools.store)
  if (found?.broadcast.plan.answer.type !== 'safety') return
  const { broadcast, asked, given } = found
  const { taxonomy, places, store } = tools
  const network = { directory: store.roster.directory(), places, taxonomy }
  const action = { ...answerAction(broadcast, asked, given, { actor, now }, network), report: null }
  const key = `${message.key}:${broadcast.id}`
  const words = { what: null, where: null }
  await transact({ key, actor, now, action, words, say: () => ({ type: 'nothing' }) }, tools)
}

function isOpen({ answer }: AskedOf): boolean {
  return answer === null
}

/** Whoever they are, and were: an account that was joined to theirs may have been somebody else's. */
function selves({ id }: Actor, { roster }: Pick<Store, 'roster'>): readonly Actor['id'][] {
  const { former = new Map() } = roster.directory()
  return [id, ...[...former].filter(([, now]) => now === id).map(([was]) => was)]
}
