import { momentWritten, readUntil, readWhen, whenWritten } from '../workflows/broadcast/hour.ts'
import { hourOf } from '../workflows/broadcast/plan.ts'
import { lookFor } from '../workflows/broadcast/screen/look.ts'
import { requireWritable, screenOf } from '../workflows/broadcast/screen/scene.ts'
import type { Plan } from '../workflows/broadcast.ts'
import type { Directory } from '../workflows/directory.ts'
import { InputError } from '../workflows/errors.ts'
import { takeBroadcastId } from '../workflows/ids.ts'
import { phrase } from '../workflows/phrase.ts'
import { type TimeReader, zoneName } from '../workflows/zone.ts'
import { type Context, cast, defineCommand, shown } from './command.ts'
import { defineForm, readForm, type Values } from './form.ts'

const form = defineForm({
  title: phrase('broadcast.form-when'),
  submit: phrase('broadcast.form-save'),
  fields: {
    hour: {
      type: 'text',
      lines: 'one',
      label: phrase('broadcast.form-hour'),
      hint: phrase('broadcast.form-hour-hint'),
      required: false,
      max: 200,
    },
    quiet: {
      type: 'choice',
      look: 'radio',
      label: phrase('broadcast.form-quiet'),
      required: true,
      choices: (['keep', 'pass'] as const).map(value => ({ value, label: phrase(`broadcast.quiet-${value}`) })),
    },
    expires: {
      type: 'text',
      lines: 'one',
      label: phrase('broadcast.form-expires'),
      hint: phrase('broadcast.form-expires-hint'),
      required: false,
      max: 100,
    },
  },
})

/** Says when a broadcast goes out, whether at night too, and until when it makes sense. */
export const when = defineCommand({
  name: 'when',
  summary: 'command.when',
  permission: 'lead',
  about: 'nothing',
  opens: 'form',
  private: true,
  form,
  open: async (request, context) => {
    const scene = await requireWritable(takeBroadcastId(request.words).id, context)
    const { plan } = scene.broadcast
    const reader = readerIn(context)
    const zone = zoneName(reader.zone, reader.now, reader.language)
    const hour = { ...form.fields.hour, hint: phrase('broadcast.form-hour-zone', { zone }) }
    const expires = plan.expiresAt === null ? '' : momentWritten(plan.expiresAt, reader)
    return {
      form: { ...form, fields: { ...form.fields, hour } },
      ...screenOf(scene, 'when'),
      values: { hour: whenWritten(plan.when, reader), quiet: plan.quiet, expires },
    }
  },
  run: async (request, context) => {
    const { broadcast } = await requireWritable(takeBroadcastId(request.words).id, context)
    const look = await lookFor(broadcast.plan.incident, context)
    const plan = written(request.values, readerIn(context), context.read.directory.events)
    return cast(broadcast, { type: 'edit', plan }, after => shown(look.saved(after)))
  },
})

/** @throws InputError for an hour that nobody can read, or that is over */
function written(
  values: Values,
  reader: TimeReader,
  events: Directory['events'],
): Pick<Plan, 'when' | 'quiet' | 'expiresAt'> {
  const { hour, quiet, expires } = readForm(form, values)
  const goes = readWhen(hour, reader, events)
  if (!goes) throw new InputError({ hour: phrase('broadcast.form-hour-bad') })
  const at = hourOf({ when: goes })
  if (at !== null && at < reader.now) {
    throw new InputError({ hour: phrase('broadcast.form-hour-past', { time: { date: at } }) })
  }
  const expiresAt = expires === '' ? null : readUntil(expires, at ?? reader.now, reader)
  if (expires !== '' && expiresAt === null) throw new InputError({ expires: phrase('broadcast.form-expires-bad') })
  if (expiresAt !== null && expiresAt <= Math.max(reader.now, at ?? reader.now)) {
    throw new InputError({ expires: phrase('approval.too-late') })
  }
  return { when: goes, quiet: quiet as Plan['quiet'], expiresAt }
}

function readerIn({ actor: { language, zone }, now }: Context): TimeReader {
  return { language, zone, now }
}
