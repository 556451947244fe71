import { planDigest, wordsDigest } from '../workflows/broadcast/plan.ts'
import { readBroadcastPress } from '../workflows/broadcast/screen/button.ts'
import { lookAtIt, lookFor } from '../workflows/broadcast/screen/look.ts'
import { requireOpen, requireScene } from '../workflows/broadcast/screen/scene.ts'
import { isAsked } from '../workflows/broadcast/state.ts'
import type { Broadcast, BroadcastDeed } from '../workflows/broadcast.ts'
import { RuleError } from '../workflows/errors.ts'
import { takeBroadcastId } from '../workflows/ids.ts'
import { type Phrase, phrase } from '../workflows/phrase.ts'
import { plain } from '../workflows/spoken.ts'
import { type Context, cast, type Doing, defineCommand, type Reply, type Request, shown } from './command.ts'

/** Asks for the approval of a broadcast, or gives it: for exactly what whoever presses has seen. */
export const approve = defineCommand({
  name: 'approve',
  summary: 'command.approve',
  permission: 'lead',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async (request, context) => {
    const { id, rest } = takeBroadcastId(request.words)
    const { broadcast, may, given } = await requireScene(id, context)
    const look = await lookFor(broadcast.plan.incident, context)
    const { press, seen } = readBroadcastPress(request.assumed)
    if (broadcast.proposed && press !== 'submit' && press !== 'approve') return second(broadcast, request, context)
    if (press === 'second') throw new RuleError(phrase('correction.none', { id: broadcast.id }))
    const submits = press === 'submit' || plain(rest) === 'submit'
    // Nobody approves what they have not seen: typed without having looked, it is shown first.
    const looked = request.from === 'press' ? seen === planDigest(broadcast.plan) : submits
    const waits = isAsked(broadcast)
    if (!looked && (submits || (waits && may && !given))) {
      const first = request.from === 'press' ? phrase('broadcast.changed') : phrase('broadcast.look-first')
      return shown(look.view(broadcast, first))
    }
    const wrong = look.stops(broadcast)
    if (wrong && (submits || waits))
      return shown(look.view(broadcast, phrase('broadcast.mend-first', { problem: wrong })))
    const counted = look.counted(broadcast)
    const deed: BroadcastDeed = submits
      ? { type: 'submit', counted }
      : { type: 'approve', plan: planDigest(broadcast.plan), counted }
    return cast(broadcast, deed, after => shown(look.view(after, ...saidOf(after, context.actor.id))))
  },
})

/** The same for new words that many are to get: for exactly those that were seen. */
async function second(broadcast: Broadcast, request: Request, context: Context): Promise<Doing | Reply> {
  const { proposed, id } = broadcast
  await requireOpen(id, context)
  const look = await lookAtIt(broadcast, context)
  const words = wordsDigest(proposed?.words ?? {}, broadcast)
  const { press, seen } = readBroadcastPress(request.assumed)
  if (seen !== words) {
    return shown(look.view(broadcast, phrase(press === 'second' ? 'broadcast.changed' : 'broadcast.look-first')))
  }
  const problem = look.stopsWords(broadcast, proposed?.words ?? {})
  if (problem) return shown(look.view(broadcast, phrase('broadcast.mend-first', { problem })))
  return cast(broadcast, { type: 'second', words }, after => {
    const said = phrase(after.proposed ? 'correction.approved' : 'broadcast.corrected', { id })
    return shown(look.view(after, said))
  })
}

/** What was done by that; whether it goes out now, and who else is waited for, stands below it. */
function saidOf({ id, state, approvals }: Broadcast, actor: string): readonly Phrase[] {
  if (state === 'approved') return []
  return [phrase(approvals.some(one => one.by === actor) ? 'broadcast.approved' : 'broadcast.submitted', { id })]
}
