import { InputError } from '../workflows/errors.ts'
import { isReception, mayTell, readTold, type Told, telling } from '../workflows/library/told.ts'
import { type Handout, type Reception, readHandoutId, receptions } from '../workflows/messenger.ts'
import { phrase } from '../workflows/phrase.ts'
import { type Context, type Doing, defineCommand, refuse, shelve, shown } from './command.ts'
import { defineForm, readForm } from './form.ts'

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
  opens: ({ from, assumed }) => (from === 'form' || isReception(assumed) ? 'work' : 'form'),
  private: true,
  form,
  open: async ({ words }, context) => {
    const handout = await theirs(words, context)
    if (!handout) return refuse('kit.not-yours', { id: words })
    const { id, received: how, reach, note } = handout
    const values = { ...(how ? { how } : {}), reach: reach === null ? '' : String(reach), note: note ?? '' }
    return { about: id, assumed: '', values }
  },
  run: async ({ from, words, assumed, values }, context) => {
    const handout = await theirs(words, context)
    if (!handout) return refuse('kit.not-yours', { id: words })
    const pressed = from === 'form' ? null : readTold(assumed)
    if (pressed) return told(handout, pressed, context)
    const { how, reach, note } = readForm(form, values)
    const count = reach === '' ? null : Number(/^\D{0,3}(\d{1,6})\D*$/.exec(reach)?.[1] ?? Number.NaN)
    if (count !== null && Number.isNaN(count)) throw new InputError({ reach: phrase('kit.form-reach-bad') })
    return told(handout, { how: how as Reception, reach: count, note: note === '' ? null : note }, context)
  },
})

async function told(handout: Handout, said: Told, context: Context): Promise<Doing> {
  const { deed, view } = await telling(handout, said, context)
  return shelve(deed, () => shown(view))
}

async function theirs(words: string, context: Context): Promise<Handout | null> {
  const id = readHandoutId(words)
  const handout = id && (await context.read.messengers.handout(id))
  return handout && (await mayTell(handout, context)) ? handout : null
}
