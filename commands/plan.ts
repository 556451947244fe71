import { happeningKinds } from '../workflows/agenda/calendar.ts'
import { kindNames } from '../workflows/agenda/outside.ts'
import { mayPlan } from '../workflows/agenda/right.ts'
import { readUntil } from '../workflows/broadcast/hour.ts'
import { regionOf } from '../workflows/directory.ts'
import { InputError } from '../workflows/errors.ts'
import { mask } from '../workflows/mask/labels.ts'
import { phrase } from '../workflows/phrase.ts'
import { readMoment } from '../workflows/run/moment.ts'
import { defineCommand, foresee, refuse, tell } from './command.ts'
import { type Choice, defineForm, readForm } from './form.ts'

const hourMs = 60 * 60_000
const most = 25
const everywhere = 'all'

const form = defineForm({
  title: phrase('agenda.form'),
  submit: phrase('agenda.form-save'),
  fields: {
    name: {
      ...{ type: 'text', lines: 'one', required: true, max: 80 },
      ...{ label: phrase('agenda.form-name'), hint: phrase('agenda.form-name-hint') },
    },
    kind: {
      ...{ type: 'choice', look: 'select', label: phrase('agenda.form-kind'), required: true },
      choices: happeningKinds.map(value => ({
        value,
        label: phrase('agenda.kind', { name: { en: kindNames[value].en ?? value, es: kindNames[value].es ?? value } }),
      })),
    },
    region: { type: 'choice', look: 'select', label: phrase('agenda.form-region'), required: true, choices: [] },
    from: {
      ...{ type: 'text', lines: 'one', required: true, max: 60 },
      ...{ label: phrase('agenda.form-from'), hint: phrase('agenda.form-from-hint') },
    },
    to: {
      ...{ type: 'text', lines: 'one', required: false, max: 60 },
      ...{ label: phrase('agenda.form-to'), hint: phrase('agenda.form-to-hint') },
    },
  },
})

/** Puts something that is to come on the calendar. */
export const plan = defineCommand({
  name: 'plan',
  summary: 'command.plan',
  permission: 'coordinate',
  about: 'nothing',
  opens: 'form',
  private: true,
  form,
  open: async (_, { read, actor }) => {
    const regions = read.directory.regions.filter(region => mayPlan(region.code, actor))
    const choices: readonly Choice[] = [
      ...regions.map(({ code, name }) => ({
        value: code,
        label: phrase('form.name', { name: { en: name, es: name } }),
      })),
      ...(mayPlan(null, actor) ? [{ value: everywhere, label: phrase('agenda.everywhere') }] : []),
    ].slice(-most)
    const [first] = choices
    return { choices: { region: choices }, values: first ? { region: first.value, kind: 'rally' } : {} }
  },
  run: async ({ values }, { read, actor, now }) => {
    const given = readForm(form, values)
    const { directory } = read
    const kind = happeningKinds.find(one => one === given.kind) ?? 'other'
    const region = given.region === everywhere ? null : given.region
    if (region !== null && !regionOf(directory, region)) throw new InputError({ region: phrase('form.pick-one') })
    if (!mayPlan(region, actor)) return refuse('agenda.who')
    if (mask(given.name, actor.language, directory) !== given.name)
      throw new InputError({ name: phrase('agenda.form-personal') })
    const zone = (region && regionOf(directory, region)?.zone) || directory.zone
    const reader = { language: actor.language, zone, now }
    const from = readMoment(given.from, reader)
    if (from === null) throw new InputError({ from: phrase('agenda.when-not') })
    if (from < now) throw new InputError({ from: phrase('agenda.past') })
    const to = given.to === '' ? from + hourMs : readUntil(given.to, from, reader)
    if (to === null || to <= from) throw new InputError({ to: phrase('agenda.when-not') })
    const planned = { kind, name: given.name.trim(), region, from, to, allDay: false, incident: null } as const
    return foresee({ type: 'plan', ...planned }, () => tell('agenda.added'))
  },
})
