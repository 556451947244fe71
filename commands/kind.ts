import { button } from '../workflows/button.ts'
import { kindOf } from '../workflows/card.ts'
import { regionName } from '../workflows/directory.ts'
import { kindButtons } from '../workflows/kinds.ts'
import { mayCorrect } from '../workflows/offer.ts'
import { phrase } from '../workflows/phrase.ts'
import { kindInfo } from '../workflows/taxonomy.ts'
import { act, defineCommand, incidentOf, refuse, tell } from './command.ts'
import { defineForm, readForm } from './form.ts'

const form = defineForm({
  title: phrase('form.kind'),
  submit: phrase('form.next'),
  fields: {
    group: {
      type: 'choice',
      look: 'select',
      label: phrase('form.kind-group'),
      hint: phrase('form.kind-hint'),
      required: true,
      choices: [],
    },
  },
})

/** Says what kind of incident it is: the group first, then the kind, because no platform shows thirty choices. */
export const kind = defineCommand({
  name: 'kind',
  summary: 'command.kind',
  permission: 'read',
  about: 'incident',
  strangers: true,
  opens: ({ assumed }) => (assumed === '' ? 'form' : 'work'),
  private: true,
  form,
  open: async (_, { read }) => ({
    choices: {
      group: read.taxonomy.groups.map(({ code, name }) => ({ value: code, label: phrase('form.name', { name }) })),
    },
  }),
  run: async (request, { read, actor }) => {
    const incident = incidentOf(request)
    const { id } = incident
    if (!mayCorrect(incident, actor)) {
      return refuse('refusal.work', { id, region: regionName(read.directory, incident.region) })
    }
    if (request.from === 'form') {
      const { group } = readForm(form, request.values)
      return tell('reply.kind-which', { id }, kindButtons(incident, group, read.taxonomy))
    }
    const info = kindInfo(read.taxonomy, request.assumed)
    if (!info) return tell('reply.kind-unknown', { id }, [button('kind', incident)])
    return act(request, { type: 'kind', kind: info.code }, done =>
      tell('reply.kind', { id, kind: kindOf(done.incident, read.taxonomy), mark: done.incident.mark }),
    )
  },
})
