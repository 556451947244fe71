import { readFileSync } from 'node:fs'
import { keyOf } from '../../workflows/places/key.ts'
import { wordsOf } from '../../workflows/words.ts'
import type { Spot } from './build.ts'

// What people say for a place outdoes a village of that name.
const least = 50_000

/** Adds the campuses, parts of towns and everyday names of `said.txt`. @throws Error naming a bad line */
export function addSaid(spots: readonly Spot[]): Spot[] {
  const towns = Map.groupBy(spots, ({ key, state }) => `${key} ${state}`)
  const lines = readFileSync(new URL('./said.txt', import.meta.url), 'utf8').split('\n')
  const said = lines.flatMap(line => {
    if (line.trim() === '' || line.startsWith('#')) return []
    const [, names = '', town = '', state = ''] = /^(.+?) = (.+), ([A-Z]{2})$/.exec(line) ?? []
    const found = towns.get(`${key(town)} ${state}`)?.toSorted((one, other) => other.people - one.people)[0]
    if (!found) throw new Error(`said.txt names no known town: ${line}`)
    return names
      .split(';')
      .map(name => ({ key: key(name), state, fips: found.fips, people: Math.max(least, found.people) }))
  })
  return [...spots, ...said]
}

function key(name: string): string {
  return keyOf(wordsOf(name).map(word => word.text))
}
