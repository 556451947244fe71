import { requireScene } from '../workflows/broadcast/screen/scene.ts'
import { takeBroadcastId } from '../workflows/ids.ts'
import { phrase } from '../workflows/phrase.ts'
import { cast, defineCommand, refuse, tell } from './command.ts'
import { defineForm, readForm, reasonField } from './form.ts'

const form = defineForm({
  title: phrase('broadcast.form-reject'),
  submit: phrase('broadcast.button-reject'),
  fields: { reason: reasonField('broadcast.form-reject-why', 'broadcast.form-reject-hint', 500) },
})

/** Sends a broadcast back to whoever wrote it, who reads why. */
export const reject = defineCommand({
  name: 'reject',
  summary: 'command.reject',
  permission: 'lead',
  about: 'nothing',
  opens: ({ from, words }) => (from === 'typed' && takeBroadcastId(words).rest.trim() !== '' ? 'work' : 'form'),
  private: true,
  form,
  open: async (request, context) => {
    const { broadcast } = await requireScene(takeBroadcastId(request.words).id, context)
    const { id, state, seq } = broadcast
    if (state !== 'submitted' && state !== 'held') return refuse(`approval.is-${state}`, { id })
    return { about: id, assumed: `reject.${seq.toString(36)}` }
  },
  run: async (request, context) => {
    const { id, rest } = takeBroadcastId(request.words)
    const { broadcast } = await requireScene(id, context)
    const reason = request.from === 'form' ? readForm(form, request.values).reason : rest
    const said = { id: broadcast.id, person: { person: broadcast.by } }
    return cast(broadcast, { type: 'reject', reason }, () => tell('broadcast.rejected', said))
  },
})
