import { hasRole } from '../workflows/directory.ts'
import { InputError } from '../workflows/errors.ts'
import { mayWorkWith, outcomeText } from '../workflows/library/roster.ts'
import { type Handout, type Reception, readHandoutId, receptions } from '../workflows/messenger.ts'
import { phrase } from '../workflows/phrase.ts'
import { plain } from '../workflows/spoken.ts'
import { buttonId, plainView } from '../workflows/view.ts'
import { type Context, type Doing, defineCommand, type Reply, refuse, shown } from './command.ts'
import { defineForm, readForm } from './form.ts'
import { keep } from './library.ts'

const form = defineForm({
  title: phrase('kit.form-title'),
  submit: phrase('kit.form-submit'),
  fields: {
    how: {
      ...{ type: 'choice', look: 'radio', required: true },
      label: phrase('kit.form-how'),
      choices: receptions.map(one => ({ value: one, label: phrase(`kit.button-${one}`) })),
    },
    reach: {
      ...{ type: 'text', lines: 'one', required: false, max: 8 },
      label: phrase('kit.form-reach'),
      hint: phrase('kit.form-reach-hint'),
    },
    note: {
      ...{ type: 'text', lines: 'many', required: false, max: 1000 },
      label: phrase('kit.form-note'),
      hint: phrase('kit.form-note-hint'),
    },
  },
})

/** Says how carried words were received: by one press, or with how many heard it and what they said. */
export const received = defineCommand({
  name: 'received',
  summary: 'command.received',
  permission: 'anyone',
  about: 'nothing',
  opens: ({ from, assumed }) => (from !== 'form' && assumed === 'note' ? 'form' : 'work'),
  private: true,
  form,
  open: async ({ words }, context) => {
    const handout = await theirs(words, context)
    if (!handout) return refuse('kit.not-yours', { id: words })
    const { id, received: how, reach, note } = handout
    const values = { ...(how ? { how } : {}), reach: reach === null ? '' : String(reach), note: note ?? '' }
    return { about: id, assumed: 'note', values }
  },
  run: async ({ from, words, assumed, values }, context) => {
    const handout = await theirs(words, context)
    if (!handout) return refuse('kit.not-yours', { id: words })
    if (from !== 'form') return recorded(handout, assumed, context)
    const { how, reach, note } = readForm(form, values)
    const count = reach === '' ? null : Number(/^\D{0,3}(\d{1,6})\D*$/.exec(reach)?.[1] ?? Number.NaN)
    if (count !== null && Number.isNaN(count)) throw new InputError({ reach: phrase('kit.form-reach-bad') })
    return told(handout, { how: how as Reception, reach: count, note: note === '' ? null : note }, context)
  },
})

/** True for the messenger, for whoever hands it on to them, for whoever handed it over, and their coordinators. */
export async function mayTell(handout: Handout, { read, actor }: Context): Promise<boolean> {
  if (handout.by === actor.id) return true
  const messenger = await read.messengers.find(handout.messenger)
  if (!messenger) return hasRole(actor, 'leader')
  return messenger.person === actor.id || messenger.through === actor.id || mayWorkWith(actor, messenger)
}

/** Records what was typed or pressed: how it went first, then how many heard it, then what they said. */
export async function recorded(handout: Handout, words: string, context: Context): Promise<Doing | Reply> {
  const [, first = '', rest = ''] = /^\s*(\S+)\s*([\s\S]*)$/.exec(words) ?? []
  const how = ways.get(plain(first).replace(' ', '-'))
  if (!how) return refuse('kit.unknown', { words: { words } })
  const [, count, note = ''] = /^(\d{1,6})?(?:\s+|$)?([\s\S]*)$/.exec(rest.trim()) ?? []
  return told(
    handout,
    { how, reach: count ? Number(count) : null, note: note.trim() === '' ? null : note.trim() },
    context,
  )
}

type Told = { readonly how: Reception; readonly reach: number | null; readonly note: string | null }

async function told(handout: Handout, { how, reach, note }: Told, { read }: Context): Promise<Doing> {
  const { id } = handout
  const messenger = await read.messengers.find(handout.messenger)
  const message = handout.message && (await read.library.find(handout.message))
  const broadcast = handout.broadcast && (await read.broadcasts.find(handout.broadcast))
  const named = broadcast ? { en: broadcast.plan.title, es: broadcast.plan.title } : null
  const title = named ?? (message ? message.newest.title : { en: id, es: id })
  const said =
    how === 'badly'
      ? phrase('kit.recorded-badly')
      : phrase('kit.recorded', { id, outcome: outcomeText({ received: how, reach }) })
  const more = note === null ? [{ id: buttonId('received', id, 'note'), label: phrase('kit.button-note') }] : []
  return keep({ type: 'receive', id, received: how, reach, note, about: { handout, messenger, title } }, () =>
    shown(plainView([said], more)),
  )
}

async function theirs(words: string, context: Context): Promise<Handout | null> {
  const id = readHandoutId(words)
  const handout = id && (await context.read.messengers.handout(id))
  return handout && (await mayTell(handout, context)) ? handout : null
}

const ways: ReadonlyMap<string, Reception> = new Map([
  ...(['well', 'good', 'ok', 'bien', '1'] as const).map(word => [word, 'well'] as const),
  ...(['mixed', 'doubts', 'dudas', 'regular', '2'] as const).map(word => [word, 'mixed'] as const),
  ...(['badly', 'bad', 'mal', '3'] as const).map(word => [word, 'badly'] as const),
  ...(['not-said', 'not', 'no', '4'] as const).map(word => [word, 'not-said'] as const),
])
