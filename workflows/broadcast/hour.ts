import type { When } from '../broadcast.ts'
import { type Phrase, phrase } from '../phrase.ts'
import type { NetworkEvent } from '../recurring.ts'
import { readMoment } from '../run/moment.ts'
import { plain } from '../spoken.ts'
import { localParts, type TimeReader } from '../zone.ts'

/**
 * When something is to go out, as people write it by their own clock: `now`, `18:00`, `fri 9:00`, or before an event,
 * as in `2h before polls close nov 3 19:00`; the day of one of the network's own `events` is known. Null for what is
 * none of these.
 */
export function readWhen(words: string, reader: TimeReader, events: readonly NetworkEvent[] = []): When | null {
  if (nows.has(plain(words))) return { type: 'now' }
  const [, span = '', rest = ''] = /^\s*(.+?)\s+(?:before|antes\s+del?)\s+(.+)$/isu.exec(words) ?? []
  if (span === '') {
    const at = readMoment(words, reader)
    return at === null ? null : { type: 'at', at }
  }
  const minutes = readLength(span)
  const found = minutes === null ? null : eventIn(rest, reader, events)
  return found && minutes !== null ? { type: 'before', ...found, minutes } : null
}

/** A length of time in minutes: `2h`, `30 min`, `1 h 30 min`, `2 days`; null for what is none. */
export function readLength(words: string): number | null {
  const parts = [...plain(words).matchAll(/(\d{1,4})\s*([a-z]+)\s*/g)]
  if (
    parts.length === 0 ||
    parts
      .map(([whole]) => whole)
      .join('')
      .trim() !== plain(words).replace(/\s*,\s*/g, ' ')
  ) {
    return null
  }
  const minutes = parts.map(([, count, unit = '']) => Number(count) * (units[unit[0] ?? ''] ?? Number.NaN))
  const sum = minutes.reduce((total, one) => total + one, 0)
  return Number.isFinite(sum) && sum > 0 ? sum : null
}

/** Until when it makes sense, as people write it: `20:00`, `nov 4 9:00`, `2h` after it began (epoch ms); or null. */
export function readUntil(words: string, begins: number, reader: TimeReader): number | null {
  const minutes = readLength(words)
  return minutes === null ? readMoment(words, { ...reader, now: begins }) : begins + minutes * 60_000
}

/** When it goes out, as it is read; `cleared`: nobody has to approve it any more. */
export function whenText(when: When, cleared = false): Phrase {
  switch (when.type) {
    case 'now':
      return phrase(cleared ? 'broadcast.when-cleared' : 'broadcast.when-now')
    case 'at':
      return phrase('broadcast.when-at', { time: { date: when.at } })
    case 'before': {
      const time = { date: when.eventAt - when.minutes * 60_000 }
      return phrase('broadcast.when-before', { minutes: { minutes: when.minutes }, event: { words: when.event }, time })
    }
  }
}

/** When it goes out as somebody would write it, for a field that is to be changed; nothing for `now`. */
export function whenWritten(when: When, reader: TimeReader): string {
  switch (when.type) {
    case 'now':
      return ''
    case 'at':
      return momentWritten(when.at, reader)
    case 'before': {
      const before = reader.language === 'es' ? 'antes de' : 'before'
      return `${when.minutes} min ${before} ${when.event} ${momentWritten(when.eventAt, reader)}`
    }
  }
}

/** A moment as it can be typed and read back: `2026-11-03 18:00`. */
export function momentWritten(at: number, { zone }: Pick<TimeReader, 'zone'>): string {
  const { year, month, day, hour, minute } = localParts(at, zone)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`
}

const nows = new Set(['', 'now', 'at once', 'ahora', 'ya', 'enseguida'])
const units: Readonly<Record<string, number>> = { m: 1, h: 60, d: 24 * 60 }

/** The event's name, and the hour that stands behind it: as much of the end as can be read as one. */
function eventIn(
  rest: string,
  reader: TimeReader,
  events: readonly NetworkEvent[],
): { readonly event: string; readonly eventAt: number } | null {
  const tokens = rest.trim().split(/\s+/)
  const known = knownIn(rest, events)
  // An hour of that day; with another day than its own it is some other event of that name.
  const hour = known && `${known.on} ${known.hour}`
  const eventAt = hour === null ? null : readMoment(hour, reader)
  if (known && eventAt !== null) return { event: known.name, eventAt }
  for (let first = 1; first < tokens.length; first++) {
    const eventAt = readMoment(tokens.slice(first).join(' '), reader)
    const event = tokens.slice(0, first).join(' ').replace(/[,:]$/, '').replace(joining, '')
    if (eventAt !== null && event !== '') return { event, eventAt }
  }
  return null
}

/** Which of the network's events is named at the beginning, and what stands behind its name. */
function knownIn(rest: string, events: readonly NetworkEvent[]): (NetworkEvent & { readonly hour: string }) | null {
  const tokens = rest.trim().split(/\s+/)
  for (const event of events) {
    const length = event.name.trim().split(/\s+/).length
    const named = tokens.slice(0, length).join(' ').replace(/[,:]$/, '')
    const hour = tokens.slice(length).join(' ')
    if (plain(named) === plain(event.name) && hour !== '') return { ...event, hour }
  }
  return null
}

const joining = /\s+(?:at|on|el|a|las|la)$/iu
