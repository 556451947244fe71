import type { Entry, IncidentEvent } from './event.ts'
import { type Phrase, phrase } from './phrase.ts'

const lateAfter = 5 * 60_000

/** Whether something that was due then (epoch ms) comes so late, more than five minutes, that people must be told. */
export function isLate(due: number, now: number): boolean {
  return now - due > lateAfter
}

/** When the clock that made this happen was due (epoch ms), if the hub was away then; null if it came in time. */
export function lateOf(event: IncidentEvent): number | null {
  return 'late' in event ? (event.late ?? null) : null
}

/** What the hub says because of an entry; if it comes late, with when it was due and until when the hub was away. */
export function lateLine(line: Phrase, { event, at }: Pick<Entry, 'event' | 'at'>): Phrase {
  const due = lateOf(event)
  return due === null ? line : phrase('late.line', { line, due: { time: due }, now: { time: at } })
}
