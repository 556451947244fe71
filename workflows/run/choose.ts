import { titleOf } from '../card.ts'
import type { Incident } from '../incident.ts'
import { type Phrase, phrase } from '../phrase.ts'
import { type Protocol, type Step, stepsOf } from '../protocol.ts'
import { plain } from '../spoken.ts'
import type { Taxonomy } from '../taxonomy.ts'
import { type Button, buttonId, type Line, plainView, type View } from '../view.ts'
import { wordsOf } from '../words.ts'
import { roleName, stepText } from './naming.ts'
import { runButton } from './press.ts'
import { openRunOf, progress, readRuns } from './reading.ts'
import { suggested } from './start.ts'

const most = 9
const mostSteps = 12

/** The protocols that can be started on an incident: those that suit its kind first, or those that hold the words. */
export function pickProtocol(incident: Incident, words: string, { protocols }: Pick<Taxonomy, 'protocols'>): View {
  if (protocols.current.length === 0) return plainView([phrase('protocol.none-at-all')])
  const found = words === '' ? [] : searched(words, protocols.current)
  const fits = words === '' ? suggested(incident, { protocols }) : []
  const shown = found.length > 0 ? found : [...fits, ...protocols.current.filter(one => !fits.includes(one))]
  const said = { words: { words: words.slice(0, 60) } }
  const heading = found.length > 0 ? note('protocol.found', said) : note('protocol.found-none', said)
  return {
    tone: 'plain',
    title: phrase('protocol.which-protocol', { id: incident.id }),
    lines: [
      ...(words === '' ? [] : [heading]),
      ...shown
        .slice(0, most)
        .flatMap((protocol, index): Line[] => [
          ...(fits.length > 0 && index === 0 ? [strong('protocol.fits')] : []),
          ...(fits.length > 0 && index === fits.length ? [strong('protocol.others')] : []),
          choice(protocol, incident),
        ]),
      note('protocol.search'),
    ],
    buttons: [],
  }
}

/** Open incidents on one of which a protocol is to be started. */
export function pickIncident(incidents: readonly Incident[], protocol: string | null, taxonomy: Taxonomy): View {
  if (incidents.length === 0) return plainView([phrase('protocol.which-incident-none')])
  const buttons = incidents.slice(0, most).map((incident): Button => {
    const assumed = protocol === null ? 'start' : `start.${protocol}`
    return {
      id: buttonId('protocol', incident.id, assumed),
      label: phrase('form.name', { name: titleOf(incident, taxonomy) }),
    }
  })
  return plainView([phrase('protocol.which-incident')], buttons)
}

/** What runs now, and what there is to start. */
export function listProtocols(running: readonly Incident[], taxonomy: Taxonomy): View {
  const { current } = taxonomy.protocols
  const runs = running.flatMap(incident => runLines(incident, taxonomy))
  const shown = runs.slice(0, most)
  return {
    tone: 'plain',
    title: phrase('protocol.which-protocol-any'),
    lines: [
      ...(shown.length > 0 ? [strong('protocol.running-now'), ...shown, rule] : []),
      ...(current.length === 0 ? [note('protocol.none-at-all')] : []),
      ...current.slice(0, most * 2 - shown.length).map(
        (protocol): Line => ({
          type: 'item',
          text: named(protocol),
          button: { id: buttonId('protocol', '', `show.${protocol.id}`), label: phrase('protocol.button-open') },
        }),
      ),
    ],
    buttons: [],
  }
}

/** What runs on one incident, and a button to start more for whoever may. */
export function runsOf(incident: Incident, taxonomy: Taxonomy, starts: boolean): View {
  const more: Button = { id: buttonId('protocol', incident.id, 'start'), label: phrase('protocol.button-start-more') }
  return {
    tone: 'plain',
    title: phrase('protocol.running-now'),
    lines: runLines(incident, taxonomy),
    buttons: starts ? [more] : [],
  }
}

function runLines(incident: Incident, taxonomy: Taxonomy): readonly Line[] {
  return readRuns(incident, taxonomy).map((reading): Line => {
    const { over, of } = progress(reading)
    const { run, protocol } = reading
    const params = { id: incident.id, run: run.id, title: protocol.title, over: String(over), total: String(of) }
    return { type: 'item', text: phrase('protocol.running-line', params), button: runButton(incident.id, run, 'open') }
  })
}

/** A protocol as it is written, a page at a time, from 1: who does what by when. */
export function showProtocol(protocol: Protocol, page: number): View {
  const steps = stepsOf(protocol)
  const pages = Math.max(1, Math.ceil(steps.length / mostSteps))
  const at = Math.min(Math.max(1, page), pages)
  const next: Button = {
    id: buttonId('protocol', '', `show.${protocol.id}.${at + 1}`),
    label: phrase('protocol.button-next'),
  }
  const counts = { count: steps.length, gates: String(protocol.gates.length) }
  return {
    tone: 'plain',
    title: phrase('protocol.name', { run: protocol.id, title: protocol.title }),
    lines: [
      ...(at === 1
        ? [
            { type: 'text', text: phrase('protocol.form-question', { text: protocol.summary }) } as const,
            note('protocol.show-steps', counts),
          ]
        : []),
      ...steps
        .slice((at - 1) * mostSteps, at * mostSteps)
        .map((step): Line => ({ type: 'text', text: written(step, protocol.id) })),
      ...(protocol.sample ? [note('protocol.list-sample')] : []),
      ...(pages > 1 ? [note('protocol.list-page', { page: String(at), pages: String(pages) })] : []),
    ],
    buttons: [
      ...(at < pages ? [next] : []),
      {
        id: buttonId('protocol', '', `start.${protocol.id}`),
        label: phrase('protocol.button-start-id', { run: protocol.id }),
      },
    ],
  }
}

/** Those that hold all of the words, or begin with them, in either language. */
function searched(words: string, protocols: readonly Protocol[]): readonly Protocol[] {
  const wanted = plain(words).split(' ').filter(Boolean)
  return protocols.filter(({ id, title, summary, triggers, steps }) => {
    const texts = [id, title.en, title.es, summary.en, summary.es, ...steps.flatMap(({ text }) => [text.en, text.es])]
    const also = triggers.flatMap(one => [...(one.words?.en ?? []), ...(one.words?.es ?? [])])
    const held = wordsOf([...texts, ...also].join(' ')).map(word => word.text)
    return wanted.every(word => held.some(one => one.startsWith(word)))
  })
}

function choice(protocol: Protocol, incident: Incident): Line {
  const running = openRunOf(incident, protocol.id)
  if (running) {
    const params = { run: protocol.id, title: protocol.title, time: { time: running.startedAt } }
    return {
      type: 'item',
      text: phrase('protocol.choice-running', params),
      button: runButton(incident.id, running, 'open'),
    }
  }
  const button = {
    id: buttonId('protocol', incident.id, `start.${protocol.id}`),
    label: phrase('protocol.button-start'),
  }
  return { type: 'item', text: named(protocol), button }
}

function named({ id, title, summary }: Protocol): Phrase {
  return phrase('protocol.choice', { run: id, title, summary: stepText(summary, 120) })
}

function written(step: Step, protocol: string): Phrase {
  const due = dueText(step, protocol)
  const params = { id: `${protocol}.${step.id}`, text: stepText(step.text, 140), role: roleName(step.role) }
  return due ? phrase('protocol.show-step-due', { ...params, due }) : phrase('protocol.show-step', params)
}

function dueText({ due, repeat }: Step, protocol: string): Phrase | null {
  if (!due) return repeat === null ? null : phrase('protocol.due-every', { minutes: { minutes: repeat } })
  const minutes = { minutes: { minutes: Math.abs(due.minutes) } }
  if (due.from === 'event') return phrase(due.minutes < 0 ? 'protocol.due-before' : 'protocol.due-event', minutes)
  if (due.from === 'start') {
    return due.minutes === 0 ? phrase('protocol.due-now') : phrase('protocol.due-start', minutes)
  }
  return phrase('protocol.due-step', { ...minutes, step: `${protocol}.${due.from.step}` })
}

const rule: Line = { type: 'rule' }

function note(key: Phrase['key'], params?: Phrase['params']): Line {
  return { type: 'note', text: params ? phrase(key, params) : phrase(key) }
}

function strong(key: Phrase['key']): Line {
  return { type: 'strong', text: phrase(key) }
}
