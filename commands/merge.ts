import { button } from '../workflows/button.ts'
import { InputError } from '../workflows/errors.ts'
import { readIncidentId } from '../workflows/ids.ts'
import { maySee } from '../workflows/permission.ts'
import { phrase } from '../workflows/phrase.ts'
import { requireOpen } from '../workflows/standing.ts'
import { defineCommand, incidentOf, tell } from './command.ts'
import { defineForm, readForm } from './form.ts'

const form = defineForm({
  title: phrase('form.merge'),
  submit: phrase('form.send'),
  fields: {
    into: {
      type: 'text',
      lines: 'one',
      label: phrase('form.merge-into'),
      hint: phrase('form.merge-hint'),
      required: true,
      max: 40,
    },
  },
})

/** Says that an incident is the same event as another, where the work goes on. */
export const merge = defineCommand({
  name: 'merge',
  summary: 'command.merge',
  usage: 'usage.merge',
  permission: 'work',
  about: 'incident',
  opens: ({ from, words }) => (from === 'typed' && words.trim() !== '' ? 'work' : 'form'),
  private: true,
  form,
  open: async request => {
    requireOpen(incidentOf(request))
    return {}
  },
  run: async (request, { read, actor }) => {
    const { id } = incidentOf(request)
    const { into } = readForm(form, request.from === 'form' ? request.values : { into: request.words })
    const target = readIncidentId(into.replace(/^(?:into|with|in|en|con|a)\s+/i, ''))
    if (!target) throw new InputError({ into: phrase('form.no-id') })
    const found = await read.incidents.find(target)
    if (!found || !maySee(actor, found.incident)) {
      throw new InputError({ into: phrase('refusal.unknown', { id: target }) })
    }
    return {
      type: 'do',
      action: { type: 'merge', from: id, into: target },
      say: () => tell('reply.merged', { id, into: target }, [button('more', found.incident)]),
    }
  },
})
