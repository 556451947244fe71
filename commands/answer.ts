import { type Answering, answerAction, answeredView, answeringBy } from '../workflows/broadcast/answer/reply.ts'
import { readAnswer } from '../workflows/broadcast/answer/said.ts'
import { readAnswerPress } from '../workflows/broadcast/answer/wanted.ts'
import type { RecipientStanding } from '../workflows/broadcast/standing.ts'
import type { Broadcast } from '../workflows/broadcast.ts'
import { type BroadcastId, takeBroadcastId } from '../workflows/ids.ts'
import { type Context, type Doing, defineCommand, type Reply, type Request, refuse } from './command.ts'

/** Answers a broadcast, by a press on it or by words to it; the last answer holds. */
export const answer = defineCommand({
  name: 'answer',
  summary: 'command.answer',
  permission: 'anyone',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async (request: Request, context: Context) => {
    const wish = wishOf(request)
    const broadcast = wish && (await context.read.broadcasts.find(wish.id))
    if (!wish || !broadcast) return refuse('answer.not-asked')
    if (broadcast.startedAt === null) return refuse('answer.not-yet', { id: broadcast.id })
    const asked = await standingOf(wish.id, context)
    if (!asked && !context.room) return refuse('answer.not-asked')
    const given = wish.type === 'press' ? pressed(wish, context) : said(wish.words, broadcast, context)
    return given ? answering(broadcast, asked, given, context) : nothing
  },
})

const nothing: Reply = { type: 'nothing' }

type Wish =
  | { readonly type: 'press'; readonly id: BroadcastId; readonly answer: NonNullable<Answering['answer']> }
  | { readonly type: 'words'; readonly id: BroadcastId; readonly words: string }

function wishOf({ from, words, assumed }: Request): Wish | null {
  if (from === 'press') {
    const press = readAnswerPress(words, assumed)
    return press && { type: 'press', ...press }
  }
  const { id, rest } = takeBroadcastId(words)
  return id && rest.trim() !== '' ? { type: 'words', id, words: rest.trim() } : null
}

function pressed({ answer }: Extract<Wish, { type: 'press' }>, { room }: Context): Answering {
  return { answer, said: null, room: room?.id ?? null }
}

/** What people say to each other in a room is kept only where it is one of the answers. */
function said(words: string, broadcast: Broadcast, { room, here }: Context): Answering | null {
  const found = readAnswer(words, broadcast.plan.answer)
  if (here && !found) return null
  return { ...answeringBy(found, words, broadcast), room: room?.id ?? null }
}

/** Their row; an account that was joined to theirs since then may have been somebody else's. */
async function standingOf(id: BroadcastId, { read, actor }: Context): Promise<RecipientStanding | null> {
  const { former = new Map() } = read.directory
  const before = [...former].filter(([, now]) => now === actor.id).map(([was]) => was)
  for (const person of [actor.id, ...before]) {
    const { items } = await read.broadcasts.recipients(id, { person, limit: 1 })
    if (items[0]) return items[0]
  }
  return null
}

function answering(
  broadcast: Broadcast,
  asked: RecipientStanding | null,
  given: Answering,
  { read, actor, now }: Context,
): Doing {
  const whose = { person: asked?.person ?? actor.id, region: asked?.region ?? null }
  return {
    type: 'do',
    action: answerAction(broadcast, whose, given, { actor, now }, read),
    say: ({ incident, entries }) => {
      const called = asked?.incident ? { id: asked.incident, region: asked.region ?? '' } : null
      const about = incident ?? called
      const fresh = entries.some(({ event }) => event.type === 'reported')
      const reader = { now, language: actor.language, directory: read.directory }
      const view = answeredView(broadcast, given, about && { incident: about, fresh }, reader)
      return { type: 'view', view, private: true }
    },
  }
}
