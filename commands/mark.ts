import { button } from '../workflows/button.ts'
import { whoIs } from '../workflows/callsign.ts'
import type { Person } from '../workflows/directory.ts'
import { InputError } from '../workflows/errors.ts'
import type { PersonId } from '../workflows/ids.ts'
import type { Incident, Mark } from '../workflows/incident.ts'
import { moreSecret } from '../workflows/mark.ts'
import type { Actor } from '../workflows/permission.ts'
import { type Phrase, phrase } from '../workflows/phrase.ts'
import { readMark, readVisibility } from '../workflows/spoken.ts'
import { coordinates } from '../workflows/standing.ts'
import { plainView } from '../workflows/view.ts'
import {
  act,
  type Context,
  type Doing,
  defineCommand,
  incidentOf,
  type Reply,
  type Request,
  refuse,
  tell,
} from './command.ts'
import { type Choice, defineForm, readForm } from './form.ts'

const form = defineForm({
  title: phrase('form.mark'),
  submit: phrase('form.send'),
  fields: {
    to: {
      type: 'choice',
      look: 'radio',
      label: phrase('form.mark-to'),
      hint: phrase('form.mark-hint'),
      required: true,
      choices: [
        { value: 'RED', label: phrase('form.mark-RED') },
        { value: 'AMBER', label: phrase('form.mark-AMBER') },
        { value: 'GREEN', label: phrase('form.mark-GREEN') },
        { value: 'CLEAR', label: phrase('form.mark-CLEAR') },
        { value: 'restricted', label: phrase('form.mark-restricted') },
        { value: 'region', label: phrase('form.mark-region') },
      ],
    },
    allow: {
      type: 'text',
      lines: 'one',
      label: phrase('form.mark-allow'),
      hint: phrase('form.mark-allow-hint'),
      required: false,
      max: 60,
    },
    reason: {
      type: 'text',
      lines: 'many',
      label: phrase('form.mark-reason'),
      hint: phrase('form.mark-reason-hint'),
      required: false,
      max: 2000,
    },
  },
})

/** Says who may be told of an incident: its sharing mark, or whether only named people may know of it at all. */
export const mark = defineCommand({
  name: 'mark',
  summary: 'command.mark',
  usage: 'usage.mark',
  permission: 'read',
  about: 'incident',
  opens: ({ from, words }) => (from === 'typed' && (readMark(words) || readVisibility(words)) ? 'work' : 'form'),
  private: true,
  form,
  open: async (request, { actor }) => {
    const incident = incidentOf(request)
    const to = possible(incident, actor)
    return to.length > 0
      ? { choices: { to } }
      : refuse('rule.mark-coordinator', { id: incident.id, mark: incident.mark })
  },
  run: async (request, context) => {
    if (request.from === 'form') {
      const { to, allow, reason } = readForm(form, request.values)
      if (to !== 'restricted') return change(request, to, reason)
      return restrict(request, allow === '' ? '' : `add ${allow}`, reason, context)
    }
    const visibility = readVisibility(request.words)
    if (visibility?.value === 'restricted') return restrict(request, visibility.rest, '', context)
    const said = visibility ?? readMark(request.words)
    return said ? change(request, said.value, said.rest) : tell('reply.mark-unknown')
  },
})

/** Only what this person could do now: nobody fills in what is refused afterwards. */
function possible(incident: Incident, actor: Actor): readonly Choice[] {
  const leads = coordinates(actor, incident)
  return form.fields.to.choices.filter(({ value }) => {
    if (value === 'restricted') return leads
    if (value === 'region') return leads && incident.visibility === 'restricted'
    const more = moreSecret(value as Mark, incident.mark) === value
    return value !== incident.mark && (leads || more)
  })
}

function change(request: Request, to: string, reason: string): Doing {
  if (to === 'region') {
    return act(request, { type: 'unrestrict', reason }, ({ incident }) =>
      tell('reply.unrestricted', { id: incident.id }, [button('more', incident)]),
    )
  }
  return act(request, { type: 'mark', to: to as Mark, reason }, ({ incident }) =>
    answer(
      [
        phrase('reply.marked', { id: incident.id, mark: incident.mark }),
        ...(incident.mark === 'RED' ? [phrase('reply.marked-typed')] : []),
      ],
      incident,
    ),
  )
}

function restrict(request: Request, words: string, reason: string, { read, actor }: Context): Doing | Reply {
  const before = incidentOf(request)
  if (!coordinates(actor, before)) return refuse('rule.restrict-coordinator', { id: before.id })
  const named = /^\s*(?:add|agregar|añadir|con|with)(?:\s+|$)/iu.exec(words)
  const allow = named ? oneNamed(words.slice(named[0].length), [...read.directory.people.values()]) : null
  const why = allow?.rest || reason || (named ? '' : words)
  return act(request, { type: 'restrict', allow: allow ? [allow.id] : [], reason: why }, ({ incident }) =>
    answer(
      [
        phrase('reply.now-restricted', { id: incident.id, people: incident.allowed.map(person => ({ person })) }),
        ...(before.visibility === 'restricted' ? [] : [phrase('reply.marked-typed')]),
      ],
      incident,
    ),
  )
}

function answer(lines: readonly Phrase[], incident: Incident): Reply {
  return { type: 'view', private: true, view: plainView(lines, [button('more', incident)]) }
}

function oneNamed(words: string, people: readonly Person[]): { id: PersonId; rest: string } {
  const found = whoIs(words, people)
  switch (found.type) {
    case 'one':
      return { id: found.person.id, rest: found.rest }
    case 'several':
      throw new InputError({
        allow: phrase('reply.mark-several', { people: found.people.slice(0, 10).map(one => ({ person: one.id })) }),
      })
    case 'nobody':
      throw new InputError({ allow: phrase('rule.person-unknown') })
  }
}
