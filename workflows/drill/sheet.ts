import type { Language } from '../directory.ts'
import type { PersonId } from '../ids.ts'
import type { Timing } from './timing.ts'

/**
 * The steps of an exercise as comma-separated values (RFC 4180, with a line of names first): times as ISO 8601 in UTC,
 * delays in whole minutes. `name` gives the call sign of a person.
 */
export function timingSheet(timing: Timing, name: (person: PersonId) => string, language: Language): string {
  const rows = timing.steps.map(step => [
    step.incident,
    step.step,
    step.text[language],
    step.people.map(name).join('; '),
    moment(step.dueAt),
    step.how,
    moment(step.at),
    step.by === null ? '' : name(step.by),
    step.dueAt === null ? '' : String(Math.ceil(step.lateMs / 60_000)),
  ])
  const gates = timing.gates.map(({ incident, gate, said, by, at }) => {
    return [incident, gate, '', '', '', said, moment(at), by === null ? '' : name(by), '']
  })
  return [head, ...rows, ...gates]
    .map(row => row.map(cell).join(','))
    .join('\r\n')
    .concat('\r\n')
}

const head = ['incident', 'step', 'text', 'whose', 'due', 'how', 'done', 'by', 'minutes_late']

function moment(at: number | null): string {
  return at === null ? '' : new Date(at).toISOString()
}

// What a spreadsheet would take for a formula is text.
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
