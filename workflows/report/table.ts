import type { Phrase } from '../phrase.ts'
import { phrase } from '../phrase.ts'
import { stepName } from '../run/naming.ts'
import { type Reader, say } from '../text/say.ts'
import { localParts } from '../zone.ts'
import { type Course, lateBy, type Moment } from './course.ts'
import { gateNotes, type Note, notesOf, noteText, type Reading } from './note.ts'
import { whatOf } from './what.ts'

const columns = ['due', 'done', 'late', 'step', 'role', 'who', 'what', 'gate', 'note'] as const

/**
 * The table of what was due and done, in the reader's language and zone, as RFC 4180 has it: with a byte order mark, so
 * that spreadsheets read it as UTF-8, and with no cell that one of them would take for a formula.
 */
export function reportCsv(courses: readonly Course[], reading: Reading, reader: Reader): string {
  const head = columns.map(column => say(phrase(`after.column-${column}`), reader))
  const rows = courses.flatMap(course => course.moments.map(moment => rowOf(moment, course, reading, reader)))
  return `\uFEFF${[head, ...rows].map(row => `${row.map(cell).join(',')}\r\n`).join('')}`
}

/** The same rows as cells, the head first; what a test or a page shows. */
function rowOf(moment: Moment, { run, protocol }: Course, reading: Reading, reader: Reader): readonly string[] {
  const { step, by, at, due } = moment
  const { on } = moment
  const role = step?.role ?? null
  const what = say(whatOf(moment, run, protocol), reader)
  const late = lateBy(moment)
  return [
    due === null ? '' : stamp(due, reader),
    at === null ? '' : stamp(at, reader),
    late === null ? '' : String(late),
    step ? stepName(run.id, step.id) : run.id,
    role ? say(phrase(`protocol.role-${role}`), reader) : '',
    who(by, on.type, reader),
    step ? `${say({ words: step.text[reader.language] }, reader)}: ${what}` : what,
    joined(gateNotes(moment, protocol), reader),
    joined(notesOf(moment, reading), reader),
  ]
}

function who(by: Moment['by'], type: Moment['on']['type'], reader: Reader): string {
  if (by) return reader.person(by) ?? say(phrase('hub.someone'), reader)
  return type === 'open' ? '' : say(phrase('hub.the-hub'), reader)
}

function joined(notes: readonly Note[], reader: Reader): string {
  return notes.map(note => say(noteText(note) as Phrase, reader)).join('\n')
}

/** `2026-11-03 14:02`, by the clock on the reader's wall: what every spreadsheet takes for a time. */
function stamp(at: number, { zone }: Reader): string {
  const { year, month, day, hour, minute } = localParts(at, zone)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`
}

// A spreadsheet runs what begins so; an apostrophe makes it text (OWASP, CSV injection).
function cell(text: string): string {
  const safe = /^[=+\-@\t\r\n]|^\s*[=+\-@]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
