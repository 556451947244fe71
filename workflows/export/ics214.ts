import { localParts, zoneName } from '../zone.ts'
import { markCounter } from './cells.ts'
import type { Row } from './row.ts'
import { type Told, toldOf } from './told.ts'
import type { Heading, Writer } from './writer.ts'

/**
 * The log of each incident in the layout of form ICS-214: its name and times, who has it, who works on it, and what
 * was done when, by the clock of its region. People stand there by call sign.
 */
export function ics214Writer(heading: Heading): Writer {
  return {
    head: '',
    row: row => logOf(row, heading),
    tail: () => '',
    counter: markCounter(title),
  }
}

const title = 'ACTIVITY LOG (ICS 214)'
const wide = 78

function logOf(row: Row, heading: Heading): string {
  const { directory, at, name } = heading
  const told = toldOf(row, heading)
  const [first, last] = [told[0]?.at, told.at(-1)?.at]
  const people = new Set([row.claimer, ...row.joined].flatMap(one => one ?? []))
  const rule = '-'.repeat(wide)
  const lines = [
    ...(row.drill === null ? [] : ['*** EXERCISE: none of this is real ***', '']),
    title,
    '',
    `1. Incident name:       ${[row.id, row.kindName].filter(Boolean).join(' ')}`,
    `2. Operational period:  from ${stamp(first, row.zone)} to ${stamp(last, row.zone)} (${row.zone})`,
    `3. Name:                ${row.claimer ?? 'nobody has it now'}`,
    '4. Position:            responder who has the incident',
    `5. Home unit:           ${directory.name}, ${row.regionName}`,
    `6. Resources assigned:  ${people.size > 0 ? [...people].join(', ') : 'none'}`,
    '',
    '7. Activity log',
    rule,
    ...told.flatMap(one => linesOf(one, row.zone)),
    rule,
    `8. Prepared by:         Trust Hub, export ${name}, ${stamp(at, row.zone)} ${zoneName(row.zone, at, 'en')}`,
  ]
  return `${lines.map(line => line.trimEnd()).join('\r\n')}\r\n`
}

function linesOf({ at, said, words }: Told, zone: string): readonly string[] {
  const head = `${stamp(at, zone)}  `
  const room = wide - head.length
  const body = [...wrapped(said, room), ...(words === null ? [] : wrapped(`"${words}"`, room))]
  return body.map((line, index) => `${index === 0 ? head : ' '.repeat(head.length)}${line}`)
}

/** `2026-11-03 14:02` by the clock of that zone. */
function stamp(at: number | undefined, zone: string): string {
  if (at === undefined) return '-'
  const { year, month, day, hour, minute } = localParts(at, zone)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`
}

function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.replace(/\s+/g, ' ').trim().split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}
