import { takers, whoIs } from '../workflows/callsign.ts'
import type { Person } from '../workflows/directory.ts'
import { InputError } from '../workflows/errors.ts'
import type { PersonId } from '../workflows/ids.ts'
import { phrase } from '../workflows/phrase.ts'
import type { Known } from '../workflows/ports.ts'
import { type Answered, givenAnswers, questionLabels, readAnswer } from '../workflows/run/answer.ts'
import { readStepPress, type StepVerb, stepPress, waitPress } from '../workflows/run/button.ts'
import { isOtherwise, type StepIntent, stepIntent, typedWords } from '../workflows/run/intent.ts'
import { seekRun } from '../workflows/run/lookup.ts'
import { gateName, stepName, stepText } from '../workflows/run/naming.ts'
import { gateButton, wantsMore } from '../workflows/run/press.ts'
import type { Reading } from '../workflows/run/reading.ts'
import { takesPart } from '../workflows/run/rights.ts'
import type { StandingStep } from '../workflows/run/standing.ts'
import { stepView } from '../workflows/run/step.ts'
import { goneView, otherwiseView, type StepDeed, saidOfDeed } from '../workflows/run/step-outcome.ts'
import { waitsFor } from '../workflows/run/waits.ts'
import { plainView, type View } from '../workflows/view.ts'
import {
  type Context,
  type Doing,
  defineCommand,
  type Opening,
  type Reply,
  type Request,
  refuse,
  shown,
} from './command.ts'
import {
  type Choice,
  defineForm,
  type Field,
  type Form,
  noteField,
  peopleChoices,
  readForm,
  reasonField,
} from './form.ts'

const skipping = defineForm({
  title: phrase('protocol.form-skip'),
  submit: phrase('form.send'),
  fields: {
    reason: reasonField('protocol.form-reason', 'protocol.form-reason-hint', 1000),
  },
})

const handing = defineForm({
  title: phrase('protocol.form-hand'),
  submit: phrase('form.send'),
  fields: {
    to: { type: 'choice', look: 'select', label: phrase('protocol.form-who'), required: true, choices: [] },
  },
})

const mostFields = 5
const snoozeFor = 10

/** Does, skips, hands on or takes one step of a running protocol; each is one press, or one line typed. */
export const step = defineCommand({
  name: 'step',
  summary: 'command.step',
  usage: 'usage.step',
  permission: 'anyone',
  about: 'maybe-incident',
  verb: true,
  opens: ({ from, assumed }) =>
    from === 'typed' || asking.has(readStepPress(assumed)?.verb ?? 'done') ? 'form' : 'work',
  private: true,
  form: skipping,
  open: async (request, context) => {
    const asked = stepIntent(request)
    if (!asked || !asking.has(asked.verb)) return 'run'
    const found = await foundOf(asked, request, context)
    return 'known' in found ? drafted(opening(found, asked, context), context) : found
  },
  run: async (request, context) => {
    const asked = stepIntent(request)
    if (!asked) return refuse('protocol.step-how')
    const found = await foundOf(asked, request, context)
    if (!('known' in found)) return found
    const { standing, reading, known } = found
    const { actor, now } = context
    if (asked.verb === 'open') {
      const works = takesPart(actor, reading.run, known.incident)
      return shown(stepView(standing, reading, known.incident, { id: actor.id, works, now }))
    }
    // Whoever was quicker is named, and nothing that was typed is lost.
    if (isOtherwise(asked, standing))
      return shown(otherwiseView(known.incident, reading, standing, typedWords(request)))
    const { behind } = standing
    // A press that comes before its gate leads to it.
    if (asked.verb === 'done' && behind && 'gate' in behind) {
      const why = phrase('protocol.step-waits-gate', { gate: gateName(reading.protocol, behind.gate) })
      return shown(plainView([why], [gateButton(known.incident.id, reading.run, behind.gate)]))
    }
    const waits = asked.verb === 'snooze' && asked.rest === '' ? waitsFor(known.incident, standing.state) : []
    if (waits.length > 1) return shown(waitView(found, waits))
    return doing(found, deedOf(found, asked, request, context), request, context)
  },
})

/** For how long a reminder is put off is theirs to say, where it may wait for longer than the shortest time. */
function waitView({ known, reading, standing }: Found, waits: readonly number[]): View {
  const { run } = reading
  const { step: what, state } = standing
  const buttons = waits.map(minutes => ({
    id: waitPress(known.incident.id, run.id, what.id, state.times, minutes),
    label: phrase('protocol.button-wait', { minutes: { minutes } }),
  }))
  return plainView([phrase('protocol.wait-how-long', { id: stepName(run.id, what.id) })], buttons)
}

// What asks something before it is done.
const asking = new Set<StepVerb>(['done', 'skip', 'hand'])

type Found = { readonly known: Known; readonly reading: Reading; readonly standing: StandingStep }

async function foundOf(asked: StepIntent, request: Request, context: Context): Promise<Found | Reply> {
  const press = (id: Known['incident']['id'], run: string) =>
    stepPress(id, run, asked.step, asked.times ?? 0, asked.verb)
  const words = typedWords(request)
  const typed = words === '' ? '' : `${asked.run}.${asked.step} ${asked.verb} ${words}`
  const byName = asked.times === null
  const sought = await seekRun({ known: request.incident, run: asked.run, press, typed, byName }, context)
  if (sought.type === 'no') return { type: 'refused', phrase: sought.phrase }
  if (sought.type === 'which') return shown(sought.view)
  const { known, reading } = sought
  const standing = reading.steps.find(one => one.step.id === asked.step)
  return standing
    ? { known, reading, standing }
    : shown(goneView(known.incident, reading, asked.step, typedWords(request)))
}

/** What is asked before the deed; `run` where nothing is to be asked, or it stands otherwise than was seen. */
function opening(found: Found, asked: StepIntent, context: Context): Opening | Reply | 'run' {
  const { standing, reading, known } = found
  if (isOtherwise(asked, standing)) return 'run'
  const { step: what, state, behind } = standing
  const common = {
    about: known.incident.id,
    assumed: `${reading.run.id}.${what.id}.${state.times}.${asked.verb}`,
    notice: phrase('protocol.form-question', { text: stepText(what.text, 200) }),
  }
  switch (asked.verb) {
    case 'done':
      if (behind || !wantsMore(what) || readAnswer(what, asked.rest)) return 'run'
      return { ...common, form: answering(standing, context), values: { note: asked.rest } }
    case 'skip':
      return asked.rest === '' ? common : 'run'
    case 'hand': {
      if (asked.rest !== '') return 'run'
      const to = peopleChoices(whoMayHave(found, context))
      return to.length > 0
        ? { ...common, form: handing, choices: { to } }
        : refuse('reply.handover-nobody', { id: known.incident.id })
    }
    default:
      return 'run'
  }
}

/** What was typed into the same questions and not sent stands there again. */
async function drafted(opened: Opening | Reply | 'run', { actor, read }: Context): Promise<Opening | Reply | 'run'> {
  if (opened === 'run' || 'type' in opened) return opened
  const draft = await read.draft(actor.id, 'step')
  if (draft?.about !== `${opened.about}:${opened.assumed}`) return opened
  const values = Object.entries(draft.values).flatMap(([name, value]) =>
    typeof value === 'string' && value !== '' ? [[name, value] as const] : [],
  )
  return { ...opened, values: { ...opened.values, ...Object.fromEntries(values) } }
}

function deedOf(found: Found, asked: StepIntent, request: Request, context: Context): StepDeed {
  const { standing, reading } = found
  const { times } = standing.state
  const of = { run: reading.run.id, step: standing.step.id }
  switch (asked.verb) {
    case 'done':
      return { type: 'do', ...of, times, ...answered(standing, asked, request, context) }
    case 'skip': {
      const reason = request.from === 'form' ? readForm(skipping, request.values).reason : asked.rest
      return { type: 'skip', ...of, times, reason }
    }
    case 'hand':
      return { type: 'assign', ...of, people: [handedTo(found, asked, request, context)], mode: 'any' }
    case 'help':
      return { type: 'help', ...of, note: asked.rest }
    case 'snooze':
      return { type: 'snooze', ...of, minutes: Number(/^\d{1,3}/.exec(asked.rest)?.[0] ?? snoozeFor) }
    case 'reopen':
      return { type: 'reopen', ...of, times }
    case 'take':
    case 'hold':
      return { type: asked.verb, ...of }
    case 'back':
      return { type: 'give-back', ...of }
    case 'open':
      throw new Error('a step that is only looked at was to be done')
  }
}

function doing({ known }: Found, deed: StepDeed, request: Request, { actor, read }: Context): Doing {
  const sent = deed.type === 'do' ? { evidence: request.evidence } : {}
  return {
    type: 'do',
    action: { type: 'incident', about: known.incident.id, do: { type: 'run', do: deed, ...sent } },
    say: ({ incident, entries }) => {
      const seen = { person: actor.id, taxonomy: read.taxonomy }
      return shown(saidOfDeed(deed, incident ?? known.incident, entries, seen))
    },
    ...(request.incident ? {} : { known }),
  }
}

/** The questions of a step, as many as a form holds: what must be answered first, then files and a note. */
function answering({ step }: StandingStep, { actor }: Context): Form {
  const { asks, evidence } = step
  const most = actor.platform === 'signal' ? asks.length : mostFields - Number(evidence)
  const first = [...asks.filter(ask => ask.required), ...asks.filter(ask => !ask.required)].slice(0, most)
  const fields: Record<string, Field> = Object.fromEntries(first.map(ask => [ask.id, fieldOf(ask)]))
  if (evidence) fields.files = { type: 'files', label: phrase('protocol.form-files'), max: 10 }
  if (first.length + Number(evidence) < mostFields - 1) fields.note = noteField
  return { title: phrase('protocol.form-answer'), submit: phrase('protocol.button-done'), fields }
}

function fieldOf({ text, type, required, choices }: StandingStep['step']['asks'][number]): Field {
  const labels = questionLabels(text)
  if (type === 'choice') {
    const offered = choices.map(({ code, name }): Choice => ({ value: code, label: phrase('form.name', { name }) }))
    return { type, ...labels, required, look: offered.length > 4 ? 'select' : 'radio', choices: offered }
  }
  const words = type === 'text'
  return { type: 'text', lines: words ? 'many' : 'one', ...labels, required, max: words ? 1000 : 6 }
}

function answered(standing: StandingStep, asked: StepIntent, request: Request, context: Context): Answered {
  const { step: what } = standing
  if (request.from === 'form') return givenAnswers(what.asks, readForm(answering(standing, context), request.values))
  return readAnswer(what, asked.rest) ?? { answers: {}, texts: {}, note: asked.rest }
}

function handedTo(found: Found, asked: StepIntent, request: Request, context: Context): PersonId {
  const people = whoMayHave(found, context)
  if (request.from === 'form') {
    const { to } = readForm(handing, request.values)
    const picked = people.find(({ id }) => id === to)
    if (!picked) throw new InputError({ to: phrase('form.pick-one') })
    return picked.id
  }
  const named = whoIs(asked.rest, people)
  if (named.type === 'one') return named.person.id
  throw new InputError({ to: phrase('protocol.form-nobody', { words: { words: asked.rest } }) })
}

/** Whoever has the incident may be given a step of it, too. */
function whoMayHave({ known }: Found, { read, actor, now }: Context): readonly Person[] {
  return takers(read.directory, { ...known.incident, claim: null }, actor.id, now)
}
