import { laneOf } from '../alert.ts'
import type { AnnounceContext } from '../announce.ts'
import type { Post } from '../change.ts'
import { roomsOf } from '../directory.ts'
import type { Entry } from '../event.ts'
import type { GateId, IncidentId, RunId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { mask } from '../mask/labels.ts'
import { type Param, type Phrase, phrase } from '../phrase.ts'
import type { RunEvent } from '../run.ts'
import { sight } from '../sight.ts'
import { onOneLine } from '../talk.ts'
import { type Button, plainView, type View } from '../view.ts'
import { runPress } from './button.ts'
import { gateOf, stepWhat } from './naming.ts'
import { runButton } from './press.ts'
import { nextSteps, readRun, runOf } from './reading.ts'
import { named } from './require.ts'

/**
 * The line that an entry of a run puts into the thread of each room that may read of it: what changes what people do.
 * The rest stands on the card.
 */
export function runNews(entry: Entry, incident: Incident, { directory, taxonomy }: AnnounceContext): readonly Post[] {
  const { event } = entry
  if (event.type !== 'run' || incident.visibility === 'restricted' || incident.triage === 'waiting') return []
  const { run, on } = event
  return roomsOf(directory, incident.region).flatMap(room => {
    if (sight(incident, room, directory) !== 'whole') return []
    const language = room.language ?? directory.languages[0] ?? 'en'
    const view = lineOf(on, { run, entry, incident, taxonomy, spoken: words => mask(words, language, directory) })
    if (!view) return []
    return [
      {
        key: `${incident.id}:${entry.seq}:${room.id}`,
        to: { room: room.id },
        incident: incident.id,
        thread: true,
        lane: laneOf(incident),
        view,
      },
    ]
  })
}

type About = Pick<AnnounceContext, 'taxonomy'> & {
  readonly run: RunId
  readonly entry: Entry
  readonly incident: Incident
  readonly spoken: (words: string) => string
}

function lineOf(on: RunEvent, about: About): View | null {
  const { run, entry, incident } = about
  const line = (key: Phrase['key'], params: Phrase['params'] = {}, buttons: readonly Button[] = []) =>
    plainView([phrase(key, { run, person: named(entry.by), ...params })], buttons)
  const because = becauseOf(about)
  switch (on.type) {
    case 'started':
      return started(about)
    case 'adopted':
      return line('run.post-adopted', { id: on.from }, [runButton(incident.id, { id: run }, 'open')])
    case 'undone':
    case 'paused':
    case 'resumed':
      return line(`run.post-${on.type}`)
    case 'stopped':
      return on.why === 'person' ? line('run.post-stopped', { because }) : line(`run.post-stopped-${on.why}`)
    case 'done':
      return line('run.post-done')
    case 'lead-accepted':
      return on.from === null ? line('run.post-lead') : line('run.post-lead-from', { from: { person: on.from } })
    case 'returned':
      // Who is gone is said to nobody here: they may have had to hide.
      return on.step === null && runOf(incident, run)?.lead === null
        ? line('run.post-lead-gone', {}, [runButton(incident.id, { id: run }, 'lead-accept')])
        : null
    case 'gate-answered': {
      const gate = gateParams(on.gate, about)
      if (on.again) return line('run.post-gate-again', gate)
      if (!on.passed) return line('run.post-gate-refused', { ...gate, because })
      // What else was passed stands on the card; that people may go there now is told.
      return on.gate === 'G2' ? line('run.post-gate-passed', gate) : null
    }
    case 'override-asked':
      return line('run.post-override-asked', { ...gateParams(on.gate, about), because }, [
        agreeButton(incident.id, run, on.gate),
      ])
    case 'overridden':
      return line('run.post-overridden', { ...gateParams(on.gate, about), asked: { person: on.asked } })
    default:
      return null
  }
}

/** Which protocol, by whom, and what is to be done first; with what takes a wrong start back. */
function started({ run: id, entry, incident, taxonomy }: About): View | null {
  const run = runOf(incident, id)
  const reading = run && readRun(run, incident, taxonomy)
  if (!run || !reading) return null
  const { title } = reading.protocol
  const [first] = nextSteps(reading, 1)
  const said = phrase('run.post-started', { run: id, title, person: named(entry.by) })
  const next = first ? [phrase('run.post-first', { step: stepWhat(first, reading) })] : []
  return plainView([said, ...next], [runButton(incident.id, run, 'open'), runButton(incident.id, run, 'undo')])
}

function becauseOf({ entry, spoken }: About): Param {
  const words = entry.words?.reason ?? entry.words?.note
  return words ? phrase('post.because', { words: { words: onOneLine(spoken(words)) } }) : ''
}

function gateParams(id: GateId, { run, incident, taxonomy }: About) {
  const found = runOf(incident, run)
  const reading = found && readRun(found, incident, taxonomy)
  const gate = reading && gateOf(reading.protocol, id)
  return { gate: id, title: gate?.title ?? '', instead: gate?.refused ?? '' }
}

/** Agrees to override a gate. */
export function agreeButton(incident: IncidentId, run: RunId, gate: GateId): Button {
  return { id: runPress(incident, run, `agree-${gate}`), label: phrase('protocol.button-agree', { gate }) }
}
