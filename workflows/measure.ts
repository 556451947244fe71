import type { Backlog } from './health.ts'
import { type Phrase, phrase } from './phrase.ts'

/** Whether the oldest of it has waited for longer than `mostMs`. */
export function isAged({ count, oldestAt }: Backlog, now: number, mostMs: number): boolean {
  return count > 0 && oldestAt !== null && now - oldestAt > mostMs
}

/** How many bytes, as people say it: in MB, or from a thousand of them in GB. */
export function roomText(bytes: number): Phrase {
  const mb = bytes / 1024 ** 2
  return mb < 1000
    ? phrase('health.size-mb', { size: Math.round(mb) })
    : phrase('health.size-gb', { size: Math.round((mb / 1024) * 10) / 10 })
}
