import { partnerKinds } from '../workflows/audience.ts'
import { describeAudience } from '../workflows/broadcast/audience/describe.ts'
import { audiencePicked, pickedPeople } from '../workflows/broadcast/audience/pick.ts'
import { lookFor } from '../workflows/broadcast/screen/look.ts'
import { requireWritable, screenOf } from '../workflows/broadcast/screen/scene.ts'
import { InputError } from '../workflows/errors.ts'
import { takeBroadcastId } from '../workflows/ids.ts'
import { phrase } from '../workflows/phrase.ts'
import { cast, defineCommand, shown } from './command.ts'
import { defineForm, readForm } from './form.ts'

const form = defineForm({
  title: phrase('broadcast.form-pick'),
  submit: phrase('broadcast.form-save'),
  fields: {
    regions: {
      type: 'text',
      lines: 'one',
      label: phrase('broadcast.form-regions'),
      hint: phrase('broadcast.form-regions-hint'),
      required: false,
      max: 300,
    },
    people: {
      type: 'checks',
      label: phrase('broadcast.form-people'),
      hint: phrase('broadcast.form-people-hint'),
      choices: pickedPeople.map(value => ({
        value,
        label: value === 'duty' ? phrase('broadcast.who-duty') : phrase(`audience.role-${value}`),
      })),
    },
    partners: {
      type: 'checks',
      label: phrase('broadcast.form-partners'),
      choices: partnerKinds.map(value => ({ value, label: phrase(`audience.partner-${value}`) })),
    },
    language: {
      type: 'choice',
      look: 'select',
      label: phrase('broadcast.form-language'),
      required: false,
      choices: [
        { value: 'any', label: phrase('broadcast.any') },
        ...(['en', 'es'] as const).map(value => ({ value, label: phrase(`audience.name-${value}`) })),
      ],
    },
    rooms: {
      type: 'choice',
      look: 'radio',
      label: phrase('broadcast.form-rooms'),
      required: true,
      choices: (['no', 'also', 'only'] as const).map(value => ({ value, label: phrase(`broadcast.rooms-${value}`) })),
    },
  },
})

/** Picks from lists who gets a broadcast. */
export const whom = defineCommand({
  name: 'whom',
  summary: 'command.whom',
  permission: 'lead',
  about: 'nothing',
  opens: 'form',
  private: true,
  form,
  open: async (request, context) => {
    const scene = await requireWritable(takeBroadcastId(request.words).id, context)
    const { plan } = scene.broadcast
    const now = plan.audience && describeAudience(plan.audience, scene.directory)
    const notice = now ? phrase('broadcast.form-pick-now', { audience: now }) : phrase('broadcast.form-pick-first')
    return {
      notice,
      ...screenOf(scene, 'whom'),
      values: { language: 'any', rooms: 'no' },
    }
  },
  run: async (request, context) => {
    const { broadcast } = await requireWritable(takeBroadcastId(request.words).id, context)
    const given = readForm(form, request.values)
    const picked = { ...given, language: given.language === 'any' ? '' : given.language }
    const meant = audiencePicked(picked, context.read.directory)
    if ('problem' in meant) throw new InputError({ [meant.field]: meant.problem })
    const look = await lookFor(broadcast.plan.incident, context)
    return cast(broadcast, { type: 'edit', plan: { audience: meant.audience } }, after => shown(look.saved(after)))
  },
})
