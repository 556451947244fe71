import { button } from '../workflows/button.ts'
import type { Details, Incident } from '../workflows/incident.ts'
import { kindButtons } from '../workflows/kinds.ts'
import { type PhraseKey, phrase } from '../workflows/phrase.ts'
import { kindInfo } from '../workflows/taxonomy.ts'
import { act, defineCommand, incidentOf, type Reply, tell } from './command.ts'
import { defineForm, readForm, type Values } from './form.ts'

const radio = <const V extends readonly string[]>(label: PhraseKey, values: V, prefix: string) =>
  ({
    type: 'choice',
    look: 'radio',
    label: phrase(label),
    required: false,
    choices: values.map(value => ({ value, label: phrase(`${prefix}${value}` as PhraseKey) })),
  }) as const

const form = defineForm({
  title: phrase('form.details'),
  submit: phrase('form.send'),
  fields: {
    group: {
      type: 'choice',
      look: 'select',
      label: phrase('form.kind-group'),
      hint: phrase('form.optional'),
      required: false,
      choices: [],
    },
    when: radio('form.when', ['now', 'hour', 'today', 'earlier'], 'form.when-'),
    sides: radio('form.sides', ['one', 'few', 'tens', 'hundreds'], 'form.sides-'),
    weapons: radio('form.weapons', ['none', 'carried', 'drawn', 'other', 'unknown'], 'form.weapons-'),
    injuries: radio('form.injuries', ['none', 'minor', 'serious', 'dead', 'unknown'], 'form.injuries-'),
  },
})

/** The first optional screen after a report: kind, when, how many, weapons, injuries. */
export const details = defineCommand({
  name: 'details',
  summary: 'command.details',
  permission: 'own',
  about: 'incident',
  strangers: true,
  opens: 'form',
  private: true,
  form,
  open: async (request, { read }) => {
    const incident = incidentOf(request)
    const group = incident.kind && !incident.kindGuessed ? kindInfo(read.taxonomy, incident.kind)?.group : undefined
    return {
      values: { ...known(incident.details), ...(group ? { group } : {}) },
      choices: {
        group: read.taxonomy.groups.map(({ code, name }) => ({ value: code, label: phrase('form.name', { name }) })),
      },
    }
  },
  run: async (request, { read }) => {
    const { group, ...facts } = readForm(form, request.values)
    const given = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== '')) as Details
    const answer = (incident: Incident): Reply =>
      group === ''
        ? tell('reply.detailed', { id: incident.id }, [button('sources', incident)])
        : tell('reply.kind-which', { id: incident.id }, kindButtons(incident, group, read.taxonomy))
    if (Object.keys(given).length === 0 && group !== '') return answer(incidentOf(request))
    return act(request, { type: 'detail', details: given }, done => answer(done.incident))
  },
})

function known({ when, sides, weapons, injuries }: Details): Values {
  const all = { when, sides, weapons, injuries }
  return Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}
