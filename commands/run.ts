import { takers, whoIs } from '../workflows/callsign.ts'
import type { Person } from '../workflows/directory.ts'
import { InputError } from '../workflows/errors.ts'
import type { PersonId } from '../workflows/ids.ts'
import type { Incident } from '../workflows/incident.ts'
import { phrase } from '../workflows/phrase.ts'
import type { Known } from '../workflows/ports.ts'
import type { Protocol } from '../workflows/protocol.ts'
import { type RunVerb, runPress } from '../workflows/run/button.ts'
import { checklistView } from '../workflows/run/checklist.ts'
import { showProtocol } from '../workflows/run/choose.ts'
import { running, seekRun } from '../workflows/run/lookup.ts'
import { stepName, stepText } from '../workflows/run/naming.ts'
import type { Reading } from '../workflows/run/reading.ts'
import { skipReasons } from '../workflows/run/reasons.ts'
import { steers, takesPart } from '../workflows/run/rights.ts'
import { saidOfRun, type WholeDeed } from '../workflows/run/run-outcome.ts'
import { gateOfWish, protocolOf, type RunWish, readWish, roleIn, wishOf } from '../workflows/run/verbs.ts'
import { type Context, type Doing, defineCommand, type Opening, type Reply, type Request, shown } from './command.ts'
import { type Choice, defineForm, peopleChoices, readForm, reasonField } from './form.ts'

const mostChoices = 25
const mostTimeline = 500

const someone = {
  type: 'choice',
  look: 'select',
  label: phrase('protocol.form-who'),
  required: true,
  choices: [],
} as const
const forms = {
  stop: defineForm({
    title: phrase('protocol.form-stop'),
    submit: phrase('protocol.button-stop'),
    fields: { reason: reasonField('protocol.form-stop-reason', 'protocol.form-reason-hint', 1000) },
  }),
  override: defineForm({
    title: phrase('protocol.form-override'),
    submit: phrase('form.send'),
    fields: { reason: reasonField('protocol.form-override-reason', 'protocol.form-override-hint', 1000) },
  }),
  lead: defineForm({
    title: phrase('protocol.form-lead'),
    submit: phrase('form.send'),
    fields: { to: someone },
  }),
  assign: defineForm({
    title: phrase('protocol.form-assign'),
    submit: phrase('form.send'),
    fields: {
      step: { ...someone, label: phrase('protocol.form-step') },
      to: someone,
      also: {
        type: 'text',
        lines: 'one',
        label: phrase('protocol.form-who-also'),
        hint: phrase('protocol.form-who-hint'),
        required: false,
        max: 300,
      },
      mode: {
        type: 'choice',
        look: 'radio',
        label: phrase('protocol.form-mode'),
        required: false,
        choices: [
          { value: 'any', label: phrase('protocol.form-mode-any') },
          { value: 'all', label: phrase('protocol.form-mode-all') },
        ],
      },
    },
  }),
}

const asking = new Set<RunWish['verb']>(['stop', 'assign', 'lead', 'override'])

/** Shows a running protocol whole, and steers it: pauses, stops, gives out its steps and roles, hands over its lead. */
export const run = defineCommand({
  name: 'run',
  summary: 'command.run',
  permission: 'anyone',
  about: 'maybe-incident',
  verb: 'loose',
  opens: ({ from, assumed }) => (from === 'typed' || asking.has(readWish(assumed)?.verb ?? 'stop') ? 'form' : 'work'),
  private: true,
  form: forms.stop,
  open: async (request, context) => {
    const wish = wishOf(request, context.read.taxonomy)
    if (!asking.has(wish.verb) || (request.from === 'typed' && wish.rest !== '')) return 'run'
    const found = await foundOf(wish, request, context)
    return 'known' in found ? opening(found, wish, context) : found
  },
  run: async (request, context) => {
    const wish = wishOf(request, context.read.taxonomy)
    // Without an incident the code stands for the protocol as it is written, unless it runs somewhere in sight.
    const written = wish.verb === 'show' && !request.incident ? protocolOf(wish, context.read.taxonomy) : null
    if (written && !(await running(context)).some(one => runs(one, written))) {
      return shown(showProtocol(written, Number(wish.rest) || 1))
    }
    const found = await foundOf(wish, request, context)
    if (!('known' in found)) return found
    if (wish.verb === 'show' || wish.verb === 'list') return checklist(found, Number(wish.rest) || 1, context)
    return doing(found.known, deedOf(found, wish, request, context), request, context)
  },
})

type Found = { readonly known: Known; readonly reading: Reading }

const pressable: readonly RunVerb[] = [
  'assign',
  'pause',
  'resume',
  'stop',
  'undo',
  'lead',
  'lead-accept',
  'lead-decline',
]

async function foundOf(wish: RunWish, { incident, from }: Request, context: Context): Promise<Found | Reply> {
  const verb = pressable.find(one => one === wish.verb) ?? 'open'
  const press = (id: Incident['id'], of: string) => runPress(id, of, verb)
  const byName = from === 'typed'
  const sought = await seekRun({ known: incident, run: wish.run, press, byName }, context)
  if (sought.type === 'no') return { type: 'refused', phrase: sought.phrase }
  return sought.type === 'which' ? shown(sought.view) : sought
}

async function checklist({ known, reading }: Found, page: number, { read, actor, now }: Context): Promise<Reply> {
  const { incident } = known
  const skipped = reading.steps.some(({ state }) => state.state === 'skipped')
  const entries = skipped ? await read.incidents.timeline(incident.id, mostTimeline) : []
  const reasons = skipReasons(entries, reading.run.id, actor.language, read.directory)
  const can = { steers: steers(actor, reading.run, incident), works: takesPart(actor, reading.run, incident) }
  return shown(checklistView(reading, incident, page, { now, reasons, ...can }))
}

function opening(found: Found, wish: RunWish, context: Context): Opening {
  const { known, reading } = found
  const suffix = wish.verb === 'override' ? `-${wish.rest}` : ''
  const about = { about: known.incident.id, assumed: `${reading.run.id}.${wish.verb}${suffix}` }
  switch (wish.verb) {
    case 'override':
      return { ...about, form: forms.override }
    case 'lead':
      return { ...about, form: forms.lead, choices: { to: peopleFor(found, context) } }
    case 'assign':
      return { ...about, form: forms.assign, choices: { step: stepsFor(found), to: peopleFor(found, context) } }
    default:
      return { ...about, form: forms.stop }
  }
}

function deedOf({ known, reading }: Found, wish: RunWish, request: Request, context: Context): WholeDeed {
  const { from, values } = request
  const of = { run: reading.run.id }
  const form = from === 'form'
  switch (wish.verb) {
    case 'pause':
    case 'resume':
      return { type: wish.verb, ...of }
    case 'undo':
      return { type: 'undo-start', ...of }
    case 'stop':
      return { type: 'stop', ...of, reason: form ? readForm(forms.stop, values).reason : wish.rest }
    case 'lead': {
      const to = form ? readForm(forms.lead, values).to : wish.rest
      return { type: 'offer-lead', ...of, to: onePerson(to, context, 'to') }
    }
    case 'lead-accept':
      return { type: 'accept-lead', ...of }
    case 'lead-decline':
      return { type: 'decline-lead', ...of }
    case 'take':
      return { type: 'take-role', ...of, role: roleIn(wish.rest) ?? 'SC' }
    case 'override':
      return { type: 'ask-override', ...of, gate: gateOfWish(wish), reason: readForm(forms.override, values).reason }
    case 'agree':
      return { type: 'agree-override', ...of, gate: gateOfWish(wish) }
    case 'assign':
      return assigning({ known, reading }, wish, request, context)
    default:
      throw new Error(`nothing is done by ${wish.verb}`)
  }
}

function assigning({ reading }: Found, wish: RunWish, { from, values }: Request, context: Context): WholeDeed {
  const { run } = reading
  if (from === 'form') {
    const { step, to, also, mode } = readForm(forms.assign, values)
    const others = also.split(/[,;\n]+/).filter(name => name.trim() !== '')
    const people = [...new Set([to as PersonId, ...others.map(name => onePerson(name, context, 'also'))])]
    const role = step.startsWith('role-') ? roleIn(step.slice('role-'.length)) : null
    if (role) return { type: 'fill', run: run.id, role, people }
    return { type: 'assign', run: run.id, step, people, mode: mode === 'all' ? 'all' : 'any' }
  }
  const [what = '', ...said] = wish.rest.trim().split(/[\s,;]+/)
  const all = /^(?:all|each|todos|todas|cada)$/i.test(said.at(-1) ?? '')
  const names = all ? said.slice(0, -1) : said
  const people = names.filter(name => !/^(?:and|y|to|a)$/i.test(name)).map(name => onePerson(name, context, 'to'))
  const role = roleIn(what)
  if (role) return { type: 'fill', run: run.id, role, people }
  const id = what.replace(/^.*\./, '').toLowerCase().replace(/^c/, 'C')
  return { type: 'assign', run: run.id, step: id, people, mode: all ? 'all' : 'any' }
}

function doing(known: Known, deed: WholeDeed, request: Request, { read }: Context): Doing {
  return {
    type: 'do',
    action: { type: 'incident', about: known.incident.id, do: { type: 'run', do: deed } },
    say: ({ incident }) => shown(saidOfRun(deed, incident ?? known.incident, read.taxonomy)),
    ...(request.incident ? {} : { known }),
  }
}

function onePerson(named: string, { read, actor }: Context, field: 'to' | 'also'): PersonId {
  const { people } = read.directory
  const picked = people.get(named as PersonId)
  if (picked) return picked.id
  if (/^(?:me|mi|yo)$/i.test(named.trim())) return actor.id
  const found = whoIs(
    named,
    [...people.values()].filter(one => one.vetted),
  )
  if (found.type === 'one') return found.person.id
  throw new InputError({ [field]: phrase('protocol.form-nobody', { words: { words: named.trim() } }) })
}

function peopleFor({ known }: Found, { read, actor, now }: Context): readonly Choice[] {
  const self = read.directory.people.get(actor.id)
  const people: readonly Person[] = [
    ...takers(read.directory, { ...known.incident, claim: null }, actor.id, now),
    ...(self ? [self] : []),
  ]
  return peopleChoices(people)
}

function stepsFor({ reading }: Found): readonly Choice[] {
  const { run, protocol: wording, steps } = reading
  const open = steps.filter(({ state }) => state.state === 'open')
  const roles = wording.roles.map((role): Choice => ({ value: `role-${role}`, label: phrase(`protocol.role-${role}`) }))
  const each = open.map(
    ({ step }): Choice => ({
      value: step.id,
      label: phrase('protocol.name', { run: stepName(run.id, step.id), title: stepText(step.text, 60) }),
    }),
  )
  return [...each.slice(0, mostChoices - roles.length), ...roles]
}

function runs({ runs: all = [] }: Incident, { id }: Protocol): boolean {
  return all.some(one => one.protocol === id && one.endedAt === null)
}
