import { valuesOf, valuesWritten } from '../workflows/broadcast/screen/fields.ts'
import { lookFor } from '../workflows/broadcast/screen/look.ts'
import { requireWritable, screenOf } from '../workflows/broadcast/screen/scene.ts'
import type { Broadcast, Plan } from '../workflows/broadcast.ts'
import { InputError } from '../workflows/errors.ts'
import { type IncidentId, readIncidentId, takeBroadcastId } from '../workflows/ids.ts'
import { maySee } from '../workflows/permission.ts'
import { phrase } from '../workflows/phrase.ts'
import { readSeverity } from '../workflows/spoken.ts'
import { type Context, cast, defineCommand, shown } from './command.ts'
import { defineForm, readForm, type Values } from './form.ts'

const form = defineForm({
  title: phrase('broadcast.form-about'),
  submit: phrase('broadcast.form-save'),
  fields: {
    title: {
      type: 'text',
      lines: 'one',
      label: phrase('broadcast.form-title'),
      hint: phrase('broadcast.form-title-hint'),
      required: false,
      max: 80,
    },
    incident: {
      type: 'text',
      lines: 'one',
      label: phrase('broadcast.form-incident'),
      hint: phrase('broadcast.form-incident-hint'),
      required: false,
      max: 30,
    },
    severity: {
      type: 'choice',
      look: 'select',
      label: phrase('broadcast.form-severity'),
      hint: phrase('broadcast.form-severity-hint'),
      required: true,
      choices: [
        { value: 'none', label: phrase('broadcast.severity-none') },
        ...([5, 4, 3, 2, 1] as const).map(one => ({ value: `S${one}`, label: phrase(`card.severity-${one}`) })),
      ],
    },
    public: {
      type: 'choice',
      look: 'radio',
      label: phrase('broadcast.form-public'),
      required: true,
      choices: (['no', 'yes'] as const).map(value => ({ value, label: phrase(`broadcast.public-${value}`) })),
    },
    values: {
      type: 'text',
      lines: 'many',
      label: phrase('broadcast.form-values'),
      hint: phrase('broadcast.form-values-hint'),
      required: false,
      max: 400,
    },
  },
})

/** Says what a broadcast is about, how grave that is, for whose eyes, and what fills the gaps in its words. */
export const topic = defineCommand({
  name: 'topic',
  summary: 'command.topic',
  permission: 'lead',
  about: 'nothing',
  opens: 'form',
  private: true,
  form,
  open: async (request, context) => {
    const scene = await requireWritable(takeBroadcastId(request.words).id, context)
    const { plan } = scene.broadcast
    return {
      ...screenOf(scene, 'topic'),
      values: {
        ...{ title: plan.title, incident: plan.incident ?? '', public: plan.public ? 'yes' : 'no' },
        ...{ severity: plan.severity ? `S${plan.severity}` : 'none', values: valuesWritten(plan.defaults) },
      },
    }
  },
  run: async (request, context) => {
    const { broadcast } = await requireWritable(takeBroadcastId(request.words).id, context)
    const plan = await written(request.values, broadcast, context)
    const look = await lookFor(plan.incident, context)
    return cast(broadcast, { type: 'edit', plan }, after => shown(look.saved(after)))
  },
})

type Written = Pick<Plan, 'title' | 'incident' | 'severity' | 'public' | 'defaults'>

async function written(values: Values, broadcast: Broadcast, context: Context): Promise<Written> {
  const given = readForm(form, values)
  const gaps = valuesOf(given.values)
  if ('problem' in gaps) throw new InputError({ values: gaps.problem })
  return {
    title: given.title,
    incident: given.incident === '' ? null : await incidentIn(given.incident, broadcast, context),
    severity: readSeverity(given.severity)?.value ?? null,
    public: given.public === 'yes',
    defaults: gaps.values,
  }
}

/** @throws InputError where there is none that they may know, or where one of the two is made up and the other real */
async function incidentIn(words: string, { drill }: Broadcast, { read, actor }: Context): Promise<IncidentId> {
  const id = readIncidentId(words)
  const known = id && (await read.incidents.find(id))
  if (!known || !maySee(actor, known.incident)) {
    throw new InputError({ incident: phrase('broadcast.form-incident-unknown', { words: { words } }) })
  }
  if (known.incident.drill === drill) return known.incident.id
  const madeUp = known.incident.drill !== undefined
  const why = madeUp ? 'broadcast.form-incident-drill' : 'broadcast.form-incident-real'
  throw new InputError({ incident: phrase(why, { id: known.incident.id }) })
}
