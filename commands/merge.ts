import { standsAs } from '../workflows/alike.ts'
import { button } from '../workflows/button.ts'
import { InputError } from '../workflows/errors.ts'
import { readIncidentId } from '../workflows/ids.ts'
import { maySee } from '../workflows/permission.ts'
import { phrase } from '../workflows/phrase.ts'
import { mergeButton } from '../workflows/same.ts'
import { asSeen } from '../workflows/sight.ts'
import { requireOpen } from '../workflows/standing.ts'
import { onButtons } from '../workflows/triage/on.ts'
import { defineCommand, incidentOf, knownOf, tell } from './command.ts'
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
  opens: ({ words, assumed }) => (words.trim() === '' && assumed === '' ? 'form' : 'work'),
  private: true,
  form,
  open: async (request, { read, actor }) => {
    const known = knownOf(request)
    requireOpen(known.incident)
    const [likest] = asSeen(known, { person: actor, through: actor.platform }, read.directory).like ?? []
    return likest ? { values: { into: likest } } : {}
  },
  run: async (request, { read, actor }) => {
    const { id } = incidentOf(request)
    const pressed = request.assumed === '' ? request.words : request.assumed
    const { into } = readForm(form, request.from === 'form' ? request.values : { into: pressed })
    const target = readIncidentId(into.replace(/^(?:into|with|in|en|con|a)\s+/i, ''))
    if (!target) throw new InputError({ into: phrase('form.no-id') })
    const found = await standsAs(target, read.incidents)
    if (!found || !maySee(actor, found.incident)) {
      throw new InputError({ into: phrase('refusal.unknown', { id: target }) })
    }
    const now = found.incident.id
    if (now === id && target !== id) throw new InputError({ into: phrase('same.holds', { id: target, into: id }) })
    if (now !== target) return tell('same.moved', { id, from: target, into: now }, [mergeButton({ id }, now)])
    return {
      type: 'do',
      action: { type: 'merge', from: id, into: target },
      say: ({ incident }) =>
        tell('reply.merged', { id, into: target }, [
          button('more', found.incident),
          ...(incident ? [button('separate', incident)] : []),
          ...onButtons(incidentOf(request), actor),
        ]),
    }
  },
})
