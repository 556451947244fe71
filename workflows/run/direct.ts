import { laneOf, toPerson } from '../alert.ts'
import type { AnnounceContext } from '../announce.ts'
import { caution, titleOf } from '../card.ts'
import type { Post } from '../change.ts'
import type { Account, Person } from '../directory.ts'
import type { Entry } from '../event.ts'
import type { PersonId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { mask } from '../mask/labels.ts'
import { type Param, type Phrase, phrase } from '../phrase.ts'
import { hearsOfIt } from '../receipt.ts'
import type { Run, RunEvent } from '../run.ts'
import { sight, whereElse } from '../sight.ts'
import { onOneLine } from '../talk.ts'
import { type Button, plainView, type View } from '../view.ts'
import { asksForLife, whoMayAgree } from './gate.ts'
import { gateOf, roleName, stepName, stepText } from './naming.ts'
import { agreeButton } from './news.ts'
import { mainButton, runButton, stepButton } from './press.ts'
import { type Reading, readRun, runOf } from './reading.ts'
import { named } from './require.ts'
import { peopleOf } from './settle.ts'

/**
 * What single people are told because of an entry of a run: a protocol that has begun or ended, steps and roles that
 * they were given, the lead that is offered to them; and its reporter, that they call for help themselves.
 */
export function runDirect(
  before: Incident | null,
  entry: Entry,
  incident: Incident,
  context: AnnounceContext,
): readonly Post[] {
  const { event } = entry
  if (event.type !== 'run') return []
  const run = runOf(incident, event.run)
  const reading = run && readRun(run, incident, context.taxonomy)
  const was = before && runOf(before, event.run)
  if (!run) return []
  return [
    ...messages(event.on, { entry, incident, run, reading, was, context }).flatMap(message =>
      tell(message, entry, incident, context),
    ),
    ...toReporter(event.on, entry, incident, { run, reading }),
  ]
}

/** Something that some people are told: what, and what they can press; `words` go only where they may be read. */
type Message = {
  readonly to: readonly PersonId[]
  readonly line: (words: Param) => Phrase
  readonly buttons: readonly Button[]
  readonly once: string
}

type About = {
  readonly entry: Entry
  readonly incident: Incident
  readonly run: Run
  readonly reading: Reading | null
  /** As it was before. */
  readonly was: Run | null
  readonly context: AnnounceContext
}

function messages(on: RunEvent, about: About): readonly Message[] {
  const { entry, incident, run, reading, was, context } = about
  const { id } = incident
  const params = { id, run: run.id, person: named(entry.by), title: reading?.protocol.title ?? run.protocol }
  const open = runButton(id, run, 'open')
  const say = (once: string, to: readonly PersonId[], key: Phrase['key'], more: Phrase['params'] = {}): Message => ({
    to,
    once,
    buttons: [open],
    line: because => phrase(key, { ...params, because, ...more }),
  })
  switch (on.type) {
    case 'started': {
      const told = (reading?.protocol.told ?? []).flatMap(role =>
        (run.roles[role] ?? []).map(one => [one, role] as const),
      )
      const roles = new Map(told.toReversed())
      return [...roles].map(([one, role]) => say(`told-${role}`, [one], 'run.told-started', { role: roleName(role) }))
    }
    case 'undone':
    case 'stopped': {
      if (on.type === 'stopped' && on.why === 'drill') return []
      const key = on.type === 'undone' ? 'run.told-undone' : `run.told-stopped-${on.why}`
      return was ? [{ ...say('over', peopleOf(was), key as Phrase['key']), buttons: [] }] : []
    }
    case 'filled': {
      const fresh = on.people.filter(one => !was?.roles[on.role]?.includes(one))
      return [say('filled', fresh, 'run.told-filled', { role: roleName(on.role) })]
    }
    case 'lead-offered': {
      const answers = [runButton(id, run, 'lead-accept'), runButton(id, run, 'lead-decline'), open]
      return [{ ...say('offered', [on.to], 'run.told-lead-offered', { until: { time: on.until } }), buttons: answers }]
    }
    case 'lead-accepted':
      return on.from ? [say('lead', [on.from], 'run.told-lead-accepted')] : []
    case 'lead-declined':
    case 'lead-expired': {
      const to = run.lead ? [run.lead] : []
      return [say('lead', to, `run.told-${on.type}`, { to: { person: on.to } })]
    }
    case 'assigned':
      return given(on, about)
    case 'returned':
      return on.step === null || !run.lead ? [] : [say('back', [run.lead], 'run.told-returned', { step: on.step })]
    case 'step-done': {
      const step = reading?.steps.find(one => one.step.id === on.step)?.step
      if (!step || on.part) return []
      const people = step.notify.flatMap(role => run.roles[role] ?? [])
      return [say('done', people, 'run.told-done', { step: on.step, text: step.text })]
    }
    case 'gate-answered': {
      if (on.passed || on.again) return []
      const gate = reading && gateOf(reading.protocol, on.gate)
      const waiting = reading?.steps.filter(one => one.step.gate === on.gate && one.state.state === 'open') ?? []
      const words = { gate: on.gate, title: gate?.title ?? '', instead: gate?.refused ?? '' }
      return [
        say(
          'no',
          waiting.flatMap(one => one.people),
          'run.told-gate-refused',
          words,
        ),
      ]
    }
    case 'override-asked': {
      const able = entry.by ? whoMayAgree(incident, run, entry.by, context) : []
      const gate = reading && gateOf(reading.protocol, on.gate)
      const message = say('override', able, 'run.told-override', { gate: on.gate, title: gate?.title ?? '' })
      return [{ ...message, buttons: [agreeButton(id, run.id, on.gate), open] }]
    }
    default:
      return []
  }
}

function given(on: Extract<RunEvent, { type: 'assigned' }>, { entry, incident, run, reading, was }: About): Message[] {
  const standing = reading?.steps.find(one => one.step.id === on.step)
  if (!standing || !reading) return []
  const before = was?.steps[on.step]?.owners ?? []
  const press = (verb: 'back' | 'help') => stepButton(incident.id, run, standing, verb)
  const main = mainButton(incident.id, run, standing)
  const key = on.mode === 'all' && on.people.length > 1 ? 'run.told-assigned-all' : 'run.told-assigned'
  const { step, dueAt } = standing
  const due = dueAt === null || run.status === 'paused' ? '' : phrase('run.told-due', { time: { time: dueAt } })
  const what = phrase('remind.step', { id: stepName(run.id, step.id), text: stepText(step.text) })
  const params = { id: incident.id, person: named(entry.by), step: what, due }
  return [
    {
      to: on.people.filter(one => !before.includes(one)),
      once: 'assigned',
      line: () => phrase(key, params),
      buttons: [...(main ? [main] : []), press('help'), press('back')],
    },
  ]
}

function tell(message: Message, entry: Entry, incident: Incident, context: AnnounceContext): readonly Post[] {
  const { directory, taxonomy } = context
  const { to, line, buttons, once } = message
  const people = [...new Set(to)].filter(one => one !== entry.by).flatMap(one => directory.people.get(one) ?? [])
  return people.flatMap(person => {
    const view = ({ platform }: Account): View | null => {
      const seen = sight(incident, { person, through: platform }, directory)
      if (seen === 'nothing' && incident.visibility === 'restricted') return null
      if (seen !== 'whole') return bare(person, incident, context)
      return {
        tone: `S${incident.severity}`,
        title: titleOf(incident, taxonomy),
        lines: [{ type: 'text', text: line(becauseOf(entry, person, context)) }, ...caution(incident)],
        buttons,
      }
    }
    return toPerson(person, `${incident.id}:${entry.seq}:${once}`, incident, view, laneOf(incident))
  })
}

/** That there is something, where its words may not stand. */
function bare(person: Person, incident: Incident, { directory }: AnnounceContext): View {
  return plainView([phrase('run.told-bare', { id: incident.id }), whereElse(incident, person, directory)])
}

function becauseOf({ words }: Entry, { languages }: Person, { directory }: AnnounceContext): Param {
  const said = words?.reason ?? words?.note
  if (!said) return ''
  return phrase('post.because', { words: { words: onOneLine(mask(said, languages[0] ?? 'en', directory)) } })
}

/** A life is in danger: whoever reported it calls for help themselves, if they can; once a run, as they allowed. */
function toReporter(
  on: RunEvent,
  entry: Entry,
  incident: Incident,
  { run, reading }: Pick<About, 'run' | 'reading'>,
): readonly Post[] {
  const { id, account, reporter } = incident
  if (on.type !== 'gate-answered' || !reading || !account || !hearsOfIt(incident)) return []
  if (!asksForLife(reading.protocol, on.gate) || !Object.values(on.answers).includes('yes')) return []
  if (entry.by === reporter) return []
  const to = { account }
  const view = plainView([phrase('run.told-reporter', { id })])
  return [
    { key: `${id}:${run.id}:danger`, to, incident: id, thread: false, lane: laneOf(incident), view, anytime: true },
  ]
}
