import fc from 'fast-check'
import { expect, test } from 'vitest'
import { describeAudience } from '../../../../workflows/broadcast/audience/describe.ts'
import { resolve } from '../../../../workflows/broadcast/audience/resolve.ts'
import { readAudience } from '../../../../workflows/broadcast/audience/typed.ts'
import type { Directory } from '../../../../workflows/directory.ts'
import type { PersonId } from '../../../../workflows/ids.ts'
import { say } from '../../../../workflows/text/say.ts'
import { reads, sampleDirectory } from '../network.ts'

const directory: Directory = {
  ...sampleDirectory(),
  duty: [{ person: 'Lark' as PersonId, until: Date.parse('2026-10-30T20:00:00Z') }],
}
const about = { now: Date.parse('2026-10-30T17:00:00Z'), urgency: 'routine' } as const

const things = [
  'AZ',
  'New Mexico',
  'OR',
  'coordinators',
  'leaders',
  'mediadores',
  'Spanish',
  'on duty',
  'faith partners',
]
const more = ['Signal', 'Heron', '@Night Jar', 'everyone', 'rooms of AZ', 'all rooms', '#Leads', 'partners']
const joints = ['and', 'or', ',', 'not', 'but', '', 'only', '(', ')', 'y', 'sin', '&']
const words = fc.array(fc.constantFrom(...things, ...more, ...joints), { maxLength: 10 }).map(all => all.join(' '))

function meant(audience: Parameters<typeof resolve>[0]): readonly string[] {
  return resolve(audience, directory, about)
    .map(one => one.key)
    .sort()
}

test('whatever is typed is read or refused, and what is said back means the same to whoever types it', () => {
  let read = 0
  fc.assert(
    fc.property(words, fc.constantFrom('en' as const, 'es' as const), (typed, language) => {
      const first = readAudience(typed, directory)
      if ('problem' in first) return
      read += 1
      const said = say(describeAudience(first.audience, directory), reads(directory, language))
      const again = readAudience(said, directory)
      if ('problem' in again) throw new Error(`${typed} -> ${said} -> ${say(again.problem, reads(directory))}`)
      expect(meant(again.audience), `${typed} -> ${said}`).toEqual(meant(first.audience))
    }),
    { numRuns: 1500 },
  )
  expect(read).toBeGreaterThan(300)
})

test('no text makes it fail', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => void readAudience(text, directory)))
})
