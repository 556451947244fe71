import { type Directory, type Person, type Quiet, zoneOf } from './directory.ts'
import { localParts } from './zone.ts'

/** Reads hours as people type them: `22-7`, `22:00 - 07:00`; null if the words are none, or an empty stretch. */
export function readQuiet(words: string): Quiet | null {
  const found = /^\s*(\d{1,2})(?::00)?\s*(?:h|-|–|—|to|a|until|hasta|\s)+\s*(\d{1,2})(?::00)?\s*h?\s*$/iu.exec(words)
  const [from, to] = [Number(found?.[1] ?? 24), Number(found?.[2] ?? 24)]
  return from > 23 || to > 23 || from === to ? null : { from, to }
}

/** Quiet hours as they are shown: `22:00-07:00`. */
export function quietText({ from, to }: Quiet): string {
  return [from, to].map(hour => `${String(hour).padStart(2, '0')}:00`).join('-')
}

/** Whether it is quiet for that person now, by the clock on the wall where they live. */
export function isQuiet({ quiet, regions }: Pick<Person, 'quiet' | 'regions'>, directory: Directory, now: number) {
  if (!quiet) return false
  const { hour } = localParts(now, zoneOf({ regions }, directory))
  const { from, to } = quiet
  return from < to ? from <= hour && hour < to : from <= hour || hour < to
}

/** Everybody for whom it is quiet now. */
export function quietPeople(directory: Directory, now: number): readonly Person[] {
  return [...directory.people.values()].filter(person => person.quiet && isQuiet(person, directory, now))
}
