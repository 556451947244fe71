import type { Incident } from '../workflows/incident.ts'
import { type Phrase, phrase } from '../workflows/phrase.ts'
import type { Known } from '../workflows/ports.ts'
import type { Gate, GateQuestion } from '../workflows/protocol.ts'
import { questionLabels } from '../workflows/run/answer.ts'
import { gatePress, runPress } from '../workflows/run/button.ts'
import { seekRun } from '../workflows/run/lookup.ts'
import { gateName, gateOf, stepName, stepText } from '../workflows/run/naming.ts'
import { mainButton, runButton } from '../workflows/run/press.ts'
import { nextSteps, type Reading, readRun } from '../workflows/run/reading.ts'
import { readTypedRun } from '../workflows/run/typed.ts'
import type { Button, Line, View } from '../workflows/view.ts'
import { type Context, type Doing, defineCommand, type Reply, type Request, refuse, shown, tell } from './command.ts'
import { type Choice, defineForm, type Field, type Form, noteField, readForm } from './form.ts'

type Answer = 'yes' | 'no'

// Beside a note and what everyone is reminded of.
const mostApart = 3

const blank = defineForm({ title: phrase('protocol.form-gate'), submit: phrase('form.send'), fields: {} })

const yesNo: readonly Choice[] = [
  { value: 'yes', label: phrase('protocol.yes') },
  { value: 'no', label: phrase('protocol.no') },
]

/** Asks the questions of a gate, and keeps who answered what: any wrong answer keeps its steps shut. */
export const gate = defineCommand({
  name: 'gate',
  summary: 'command.gate',
  permission: 'anyone',
  about: 'maybe-incident',
  verb: true,
  opens: 'form',
  private: true,
  form: blank,
  open: async (request, context) => {
    const found = await foundOf(request, context)
    if (!('known' in found)) return found
    const { reading, wording, known } = found
    const was = reading.run.gates[wording.id]
    const named = gateName(reading.protocol, wording.id)
    if (was?.passed && request.from !== 'form' && !request.assumed.endsWith('.again')) {
      return passedAlready(known.incident, reading, wording, named)
    }
    return {
      about: known.incident.id,
      assumed: `${reading.run.id}.${wording.id}.again`,
      form: formOf(wording, context),
      notice: phrase('protocol.form-question', { text: wording.note ?? wording.title }),
    }
  },
  run: async (request, context) => {
    const found = await foundOf(request, context)
    if (!('known' in found)) return found
    return request.from === 'form' ? answering(found, request, context) : refuse('protocol.step-how')
  },
})

type Found = { readonly known: Known; readonly reading: Reading; readonly wording: Gate }

async function foundOf(request: Request, context: Context): Promise<Found | Reply> {
  const { from, assumed, words } = request
  const typed = from === 'typed' ? readTypedRun(words) : null
  const [, run = '', asked = ''] = /^([^.]+)\.([^.]+)/.exec(assumed) ?? []
  const wanted = typed?.type === 'gate' ? typed : { run, gate: asked }
  if (wanted.gate === '') return refuse('protocol.step-how')
  const press = (id: Incident['id'], of: string) => gatePress(id, of, wanted.gate)
  const byName = typed !== null
  const sought = await seekRun({ known: request.incident, run: wanted.run, press, byName }, context)
  if (sought.type === 'no') return { type: 'refused', phrase: sought.phrase }
  if (sought.type === 'which') return shown(sought.view)
  const { known, reading } = sought
  const wording = gateOf(reading.protocol, wanted.gate)
  return wording ? { known, reading, wording } : refuse('run.no-gate', { run: reading.run.id, gate: wanted.gate })
}

/**
 * Its questions as a form. Few are each answered by yes or no; of many those that need a yes are ticked, and what would
 * pass by being left out is asked by itself. In a conversation one is asked after the other.
 */
function formOf({ questions }: Gate, { actor }: Context): Form {
  const each = actor.platform === 'signal' || questions.length <= mostApart
  const ticked = each ? [] : questions.filter(({ needs }) => needs === 'yes')
  const apart = each ? questions : questions.filter(({ needs }) => needs !== 'yes')
  const fields: Record<string, Field> = Object.fromEntries(apart.map(one => [one.id, fieldOf(one)]))
  return {
    ...blank,
    fields: { ...(ticked.length > 0 ? { ticked: ticksOf(ticked) } : {}), ...fields, note: noteField },
  }
}

function fieldOf({ text }: GateQuestion): Field {
  return { type: 'choice', look: 'radio', ...questionLabels(text), required: true, choices: yesNo }
}

function ticksOf(questions: readonly GateQuestion[]): Field {
  return {
    type: 'checks',
    label: phrase('protocol.form-true'),
    hint: phrase('protocol.form-true-hint'),
    choices: questions.map(({ id, text }) => ({ value: id, label: phrase('protocol.form-question', { text }) })),
  }
}

function answering({ known, reading, wording }: Found, request: Request, context: Context): Doing {
  const form = formOf(wording, context)
  const values: Readonly<Record<string, string | readonly string[]>> = readForm(form, request.values)
  const ticked = values.ticked ?? []
  const answers = Object.fromEntries(
    wording.questions.map(({ id }) => [
      id,
      form.fields[id] ? (values[id] as Answer) : ticked.includes(id) ? 'yes' : 'no',
    ]),
  ) as Record<string, Answer>
  const note = typeof values.note === 'string' ? values.note : ''
  const { run } = reading
  return {
    type: 'do',
    action: {
      type: 'incident',
      about: known.incident.id,
      do: { type: 'run', do: { type: 'gate', run: run.id, gate: wording.id, answers, note } },
    },
    say: ({ incident }) => shown(said(incident ?? known.incident, reading, wording, context)),
    ...(request.incident ? {} : { known }),
  }
}

/** What the gate says now, and how to go on: the steps that it opened, or what is to be done instead. */
function said(incident: Incident, before: Reading, wording: Gate, { read }: Context): View {
  const run = incident.runs?.find(one => one.id === before.run.id) ?? before.run
  const reading = readRun(run, incident, read.taxonomy) ?? before
  const named = gateName(reading.protocol, wording.id)
  const open = runButton(incident.id, run, 'open')
  if (!run.gates[wording.id]?.passed) {
    const refused: Line = {
      type: 'strong',
      text: phrase('protocol.gate-refused', { gate: named, refused: wording.refused }),
    }
    return { tone: 'plain', title: null, lines: [refused], buttons: [...overriding(incident, reading, wording), open] }
  }
  const freed = nextSteps(reading).filter(({ step }) => step.gate === wording.id)
  const steps = freed.map(({ step }) => stepName(run.id, step.id))
  const line =
    freed.length > 0
      ? phrase('protocol.gate-passed', { gate: named, steps })
      : phrase('protocol.gate-passed-alone', { gate: named })
  const items = freed.slice(0, 3).map((one): Line => {
    const button = mainButton(incident.id, run, one)
    const text = phrase('protocol.name', { run: stepName(run.id, one.step.id), title: stepText(one.step.text) })
    return button ? { type: 'item', text, button } : { type: 'text', text }
  })
  return { tone: 'plain', title: null, lines: [{ type: 'strong', text: line }, ...items], buttons: [open] }
}

// Whether a life is in danger, and who may ask, is judged when it is pressed.
function overriding(incident: Incident, { run }: Reading, { id, overriddenBy }: Gate): readonly Button[] {
  if (overriddenBy === null || !Object.values(run.gates[overriddenBy]?.answers ?? {}).includes('yes')) return []
  return [
    { id: runPress(incident.id, run.id, `override-${id}`), label: phrase('protocol.button-override', { gate: id }) },
  ]
}

function passedAlready(incident: Incident, { run }: Reading, { id }: Gate, named: Phrase): Reply {
  const was = run.gates[id]
  const params = { gate: named, person: { person: was?.by ?? ('' as never) }, time: { time: was?.at ?? 0 } }
  const again: Button = { id: `${gatePress(incident.id, run.id, id)}.again`, label: phrase('protocol.button-again') }
  return tell('protocol.gate-was', params, [again, runButton(incident.id, run, 'open')])
}
