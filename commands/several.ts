import { phrase } from '../workflows/phrase.ts'
import { lastPlace } from '../workflows/triage/asked.ts'
import { choicesOf, sureView } from '../workflows/triage/list.ts'
import { mayTriage } from '../workflows/triage.ts'
import { buttonId } from '../workflows/view.ts'
import { defineCommand, type Request, refuse, tell } from './command.ts'
import { defineForm, readForm } from './form.ts'

const perGroup = 10

const form = defineForm({
  title: phrase('triage.choose'),
  submit: phrase('form.next'),
  fields: {
    what: {
      type: 'choice',
      look: 'radio',
      label: phrase('triage.choose-what'),
      required: true,
      choices: (['no', 'pass'] as const).map(value => ({ value, label: phrase(`triage.choose-${value}`) })),
    },
    which: { type: 'checks', label: phrase('triage.choose-which'), choices: [] },
    more: { type: 'checks', label: phrase('triage.choose-more'), choices: [] },
  },
})

/** Lets several of a triage batch be ticked; what would happen to how many is shown before anything is done. */
export const several = defineCommand({
  name: 'several',
  summary: 'command.several',
  permission: 'work',
  about: 'nothing',
  opens: 'form',
  private: true,
  form,
  open: async (_, context) => {
    const { actor, read, now } = context
    if (!mayTriage(actor, read.directory, now)) return refuse('triage.duty')
    const batch = await read.triage.held({ person: actor.id, regions: actor.regions }, now)
    const choices = await choicesOf(batch, context)
    if (choices.length === 0) return tell('triage.nobody-chosen', {}, [list])
    const more = choices.slice(perGroup, 2 * perGroup)
    return {
      choices: { which: choices.slice(0, perGroup), more },
      ...(more.length === 0 ? { without: ['more'] } : {}),
      values: { what: 'no' },
    }
  },
  run: async (request, context) => {
    const { actor, read, now } = context
    const { name, places, what } = readTicks(request)
    const rule = { type: 'batch', name, places } as const
    const found = await read.triage.chosen(rule, { person: actor.id, regions: actor.regions }, now, now)
    if (found.length === 0) return tell('triage.nobody-chosen', {}, [list])
    return { type: 'view', private: true, view: await sureView(what, rule, found, context) }
  },
})

const list = { id: buttonId('triage', '', 'list'), label: phrase('triage.button-list') }

// The boxes depend on the batch, so the definition knows none of them: each says the batch and the place in it.
function readTicks({ values }: Request) {
  const { what } = readForm({ ...form, fields: { what: form.fields.what } }, values)
  const ticked = [...many(values.which), ...many(values.more)]
  const places = ticked.map(value => Number(value.split('.')[1])).filter(place => place >= 0 && place <= lastPlace)
  return { what: what === 'pass' ? 'pass' : 'no', name: ticked[0]?.split('.')[0] ?? '', places } as const
}

function many(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined || value === '') return []
  return typeof value === 'string' ? [value] : value
}
