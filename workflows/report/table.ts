import type { Phrase } from '../phrase.ts'
import { phrase } from '../phrase.ts'
import { stepName } from '../run/naming.ts'
import { type Reader, say } from '../text/say.ts'
import { type Course, lateBy, type Moment } from './course.ts'
import { csvOf, stamp } from './csv.ts'
import { gateNotes, type Note, notesOf, noteText, type Reading } from './note.ts'
import { whatOf } from './what.ts'

const columns = ['due', 'done', 'late', 'step', 'role', 'who', 'what', 'gate', 'note'] as const

/** The table of what was due and done, in the reader's language and zone, as spreadsheets read it. */
export function reportCsv(courses: readonly Course[], reading: Reading, reader: Reader): string {
  const head = columns.map(column => say(phrase(`after.column-${column}`), reader))
  const rows = courses.flatMap(course => course.moments.map(moment => rowOf(moment, course, reading, reader)))
  return csvOf([head, ...rows])
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
