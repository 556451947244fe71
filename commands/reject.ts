import { wordsDigest } from '../workflows/broadcast/plan.ts'
import { readBroadcastPress } from '../workflows/broadcast/screen/button.ts'
import { lookAtIt } from '../workflows/broadcast/screen/look.ts'
import { requireScene } from '../workflows/broadcast/screen/scene.ts'
import { takeBroadcastId } from '../workflows/ids.ts'
import { phrase } from '../workflows/phrase.ts'
import { cast, defineCommand, refuse, shown, tell } from './command.ts'
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
    const { id, state, seq, proposed } = broadcast
    const { press, seen } = readBroadcastPress(request.assumed)
    if (press === 'decline' && !proposed) return refuse('correction.none', { id })
    if (proposed && press !== 'reject') {
      const words = wordsDigest(proposed.words, broadcast)
      if (press === '' || seen === words) return { about: id, assumed: `decline.${words}` }
      return shown((await lookAtIt(broadcast, context)).view(broadcast, phrase('broadcast.changed')))
    }
    if (state !== 'submitted' && state !== 'held') return refuse(`approval.is-${state}`, { id })
    return { about: id, assumed: `reject.${seq.toString(36)}` }
  },
  run: async (request, context) => {
    const { id, rest } = takeBroadcastId(request.words)
    const { broadcast } = await requireScene(id, context)
    const reason = request.from === 'form' ? readForm(form, request.values).reason : rest
    const { press, seen } = readBroadcastPress(request.assumed)
    const { proposed } = broadcast
    if (press === 'decline' || (proposed && press !== 'reject')) {
      // What they read was changed while they wrote why.
      if (press === 'decline' && (!proposed || seen !== wordsDigest(proposed.words, broadcast))) {
        return refuse(proposed ? 'correction.changed' : 'correction.none', { id: broadcast.id })
      }
      const told = { id: broadcast.id, person: { person: proposed?.by ?? broadcast.by } }
      return cast(broadcast, { type: 'decline', reason }, () => tell('correction.declined', told))
    }
    const said = { id: broadcast.id, person: { person: broadcast.by } }
    return cast(broadcast, { type: 'reject', reason }, () => tell('broadcast.rejected', said))
  },
})
