import type { Reader } from '../../workflows/text/say.ts'

const made = new Map<string, Intl.DateTimeFormat>()

/** The hour as the page shows it beside a message, `14:02`, in the reader's zone. */
export function hourOf(at: number, reader: Reader): string {
  return format('hour', reader, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
}

/** The day as the page shows it between messages, `Tuesday, November 3`, in the reader's zone. */
export function dayOf(at: number, reader: Reader): string {
  const day = format('day', reader, { weekday: 'long', month: 'long', day: 'numeric' }).format(at)
  return day.charAt(0).toUpperCase() + day.slice(1)
}

function format(name: string, reader: Reader, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${name} ${reader.language} ${reader.zone}`
  const known = made.get(key)
  if (known) return known
  const fresh = new Intl.DateTimeFormat(reader.language, { ...options, timeZone: reader.zone })
  made.set(key, fresh)
  return fresh
}
