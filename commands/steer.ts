import { readBroadcastPress } from '../workflows/broadcast/screen/button.ts'
import { lookAtIt } from '../workflows/broadcast/screen/look.ts'
import { requireScene } from '../workflows/broadcast/screen/scene.ts'
import { isOver } from '../workflows/broadcast/state.ts'
import { type BroadcastId, takeBroadcastId } from '../workflows/ids.ts'
import { phrase } from '../workflows/phrase.ts'
import { plain } from '../workflows/spoken.ts'
import { cast, defineCommand, type Request, refuse, shown, tell } from './command.ts'
import { defineForm, readForm, reasonField } from './form.ts'

const form = defineForm({
  title: phrase('broadcast.form-cancel'),
  submit: phrase('broadcast.button-cancel'),
  fields: { reason: reasonField('broadcast.form-cancel-why', 'broadcast.form-cancel-hint', 500) },
})

/** Pauses a broadcast, goes on with it, or stops it for good, with a reason. */
export const steer = defineCommand({
  name: 'steer',
  summary: 'command.steer',
  permission: 'lead',
  about: 'nothing',
  opens: request => {
    const { verb, rest } = wishOf(request)
    return verb !== 'pause' && verb !== 'resume' && rest === '' ? 'form' : 'work'
  },
  private: true,
  form,
  open: async (request, context) => {
    const { broadcast } = await requireScene(wishOf(request).id, context)
    const { id, seq, state, startedAt } = broadcast
    if (startedAt === null && state === 'draft') return refuse('approval.is-draft', { id })
    // Nobody is asked why something stops that is over.
    if (isOver(broadcast)) return refuse(`approval.is-${state}`, { id })
    return { about: id, assumed: `cancel.${seq.toString(36)}` }
  },
  run: async (request, context) => {
    const { id, verb, rest } = wishOf(request)
    const { broadcast } = await requireScene(id, context)
    const look = await lookAtIt(broadcast, context)
    switch (verb) {
      case 'pause':
        return cast(broadcast, { type: 'pause' }, after => {
          return shown(look.view(after, phrase('broadcast.paused', { id: after.id })))
        })
      case 'resume':
        return cast(broadcast, { type: 'resume' }, after => {
          return shown(look.view(after, phrase('broadcast.resumed', { id: after.id })))
        })
      case 'cancel': {
        const reason = request.from === 'form' ? readForm(form, request.values).reason : rest
        return cast(broadcast, { type: 'cancel', reason }, after => tell('broadcast.cancelled', { id: after.id }))
      }
      default:
        return shown(look.view(broadcast))
    }
  },
})

type Wish = { readonly id: BroadcastId | null; readonly verb: string; readonly rest: string }

/** `steer:B-0007:pause.k`, or typed behind the id: `B-0007 cancel they were freed`. */
function wishOf({ words, assumed }: Pick<Request, 'words' | 'assumed'>): Wish {
  const { id, rest } = takeBroadcastId(words)
  if (assumed !== '') return { id, verb: readBroadcastPress(assumed).press, rest: '' }
  const [, verb = '', behind = ''] = /^\s*(\S*)\s*([\s\S]*)$/u.exec(rest) ?? []
  return { id, verb: plain(verb), rest: behind.trim() }
}
