import { countText } from '../workflows/broadcast/changes.ts'
import { planDigest } from '../workflows/broadcast/plan.ts'
import { readBroadcastPress } from '../workflows/broadcast/screen/button.ts'
import { lookFor } from '../workflows/broadcast/screen/look.ts'
import { requireScene } from '../workflows/broadcast/screen/scene.ts'
import { takeBroadcastId } from '../workflows/ids.ts'
import { phrase } from '../workflows/phrase.ts'
import { cast, defineCommand, refuse, shown } from './command.ts'
import { defineForm, readForm, reasonField } from './form.ts'

const form = defineForm({
  title: phrase('broadcast.form-alone'),
  submit: phrase('broadcast.form-alone-send'),
  fields: { reason: reasonField('broadcast.form-alone-why', 'broadcast.form-alone-hint', 500) },
})

/** Lets what saves lives go out on one person's word, with a reason that stays on record. */
export const alone = defineCommand({
  name: 'alone',
  summary: 'command.alone',
  permission: 'lead',
  about: 'nothing',
  opens: 'form',
  private: true,
  form,
  open: async (request, context) => {
    const { id, rest } = takeBroadcastId(request.words)
    const { broadcast } = await requireScene(id, context)
    const { press, seen } = readBroadcastPress(request.assumed)
    const digest = planDigest(broadcast.plan)
    if (broadcast.plan.urgency !== 'life-safety') return refuse('approval.alone-not', { id: broadcast.id })
    if (press !== '' && seen !== digest) {
      return shown((await lookFor(broadcast.plan.incident, context)).view(broadcast, phrase('broadcast.changed')))
    }
    const counted = (await lookFor(broadcast.plan.incident, context)).counted(broadcast)
    return {
      about: broadcast.id,
      assumed: `alone.${digest}`,
      notice: phrase('broadcast.form-alone-count', { id: broadcast.id, count: countText(counted) }),
      values: { reason: rest },
    }
  },
  run: async (request, context) => {
    const { broadcast } = await requireScene(takeBroadcastId(request.words).id, context)
    const look = await lookFor(broadcast.plan.incident, context)
    const { seen } = readBroadcastPress(request.assumed)
    if (seen !== planDigest(broadcast.plan)) return shown(look.view(broadcast, phrase('broadcast.changed')))
    const wrong = look.stops(broadcast)
    if (wrong) return shown(look.view(broadcast, phrase('broadcast.mend-first', { problem: wrong })))
    const { reason } = readForm(form, request.values)
    return cast(broadcast, { type: 'alone', reason, counted: look.counted(broadcast) }, after =>
      shown(look.view(after, phrase('broadcast.alone-done', { id: after.id }))),
    )
  },
})
