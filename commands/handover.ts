import { button } from '../workflows/button.ts'
import { type Named, takers, whoIs } from '../workflows/callsign.ts'
import { requireHand } from '../workflows/claim.ts'
import { type Directory, onDuty, type Person } from '../workflows/directory.ts'
import { InputError } from '../workflows/errors.ts'
import type { PersonId } from '../workflows/ids.ts'
import type { Incident } from '../workflows/incident.ts'
import { phrase } from '../workflows/phrase.ts'
import { type Button, buttonId } from '../workflows/view.ts'
import { act, type Context, type Doing, defineCommand, incidentOf, type Request, tell } from './command.ts'
import { type Choice, defineForm, readForm } from './form.ts'

const most = 25

const form = defineForm({
  title: phrase('form.handover'),
  submit: phrase('form.send'),
  fields: {
    to: {
      type: 'choice',
      look: 'select',
      label: phrase('form.handover-to'),
      hint: phrase('form.handover-hint'),
      required: true,
      choices: [],
    },
    note: {
      type: 'text',
      lines: 'many',
      label: phrase('form.handover-note'),
      hint: phrase('form.handover-note-hint'),
      required: false,
      max: 2000,
    },
  },
})

/** Offers a claimed incident to another person, who has it only after accepting. */
export const handover = defineCommand({
  name: 'handover',
  summary: 'command.handover',
  usage: 'usage.handover',
  permission: 'work',
  about: 'incident',
  opens: ({ words, assumed }) => (words.trim() !== '' || assumed !== '' ? 'work' : 'form'),
  private: true,
  form,
  open: async (request, context) => {
    const incident = incidentOf(request)
    requireHand(incident, context.actor)
    const people = possible(incident, context)
    if (people.length === 0) return tell('reply.handover-nobody', { id: incident.id }, [button('escalate', incident)])
    return { choices: { to: people.slice(0, most).map(person => choice(person, incident, context)) } }
  },
  run: async (request, context) => {
    const people = possible(incidentOf(request), context)
    if (request.from === 'form') {
      const { to, note } = readForm(form, request.values)
      if (!people.some(person => person.id === to)) throw new InputError({ to: phrase('form.pick-one') })
      return offer(request, to as PersonId, note, context)
    }
    const picked = people.find(person => person.id === request.assumed)
    if (picked) return offer(request, picked.id, '', context)
    const named: Named = request.words === '' ? { type: 'nobody' } : whoIs(request.words, people)
    return named.type === 'one' ? offer(request, named.person.id, named.rest, context) : ask(request, named, people)
  },
})

function offer(request: Request, to: PersonId, note: string, { actor }: Context): Doing {
  return act(request, { type: 'handover', to, note }, ({ incident }) => {
    const { id, claim, handover } = incident
    const params = { id, person: { person: to }, until: { time: handover?.until ?? incident.updatedAt } }
    return claim && claim.by !== actor.id
      ? tell('reply.handover-until', { ...params, holder: { person: claim.by } })
      : tell('reply.handover-yours', params)
  })
}

function ask(request: Request, named: Named, people: readonly Person[]) {
  const incident = incidentOf(request)
  const { id } = incident
  const who = named.type === 'several' ? named.people : people
  if (who.length === 0) return tell('reply.handover-nobody', { id }, [button('escalate', incident)])
  const key = named.type === 'several' ? 'reply.handover-several' : 'reply.handover-unknown'
  const buttons = who.slice(0, 10).map(
    (person): Button => ({
      id: buttonId('handover', id, person.id),
      label: phrase('form.person', { person: { person: person.id } }),
    }),
  )
  return tell(key, { id, words: { words: request.words }, people: who.map(one => ({ person: one.id })) }, buttons)
}

function possible(incident: Incident, { read, actor, now }: Context): readonly Person[] {
  return takers(read.directory, incident, actor.id, now)
}

function choice(
  person: Person,
  incident: Incident,
  { read, now }: { read: { directory: Directory }; now: number },
): Choice {
  const present = onDuty(read.directory, incident.region, now).some(one => one.id === person.id)
  return {
    value: person.id,
    label: phrase(present ? 'form.person-on-duty' : 'form.person', { person: { person: person.id } }),
  }
}
