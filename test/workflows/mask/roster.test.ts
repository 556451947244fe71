import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mask } from '../../../workflows/mask/labels.ts'
import { knownNames } from '../../../workflows/mask/roster.ts'
import { effort } from '../../effort.ts'

const people = ['Ana María Ruiz', 'Ben Carter', 'Lucía Marín', 'Sample Person – Dana Whitehorse', 'O’Neill']
const names = knownNames(people, randomBytes(32))
const masked = (text: string) => mask(text, 'en', { names })

describe('names of people on the roster', () => {
  it.each([
    ['They wait for Ana Ruiz', 'They wait for [name]'],
    ['they wait for ana maria ruiz', 'they wait for [name]'],
    ['Ruiz, Ana was there', '[name] was there'],
    ['A. Ruiz saw it', '[name] saw it'],
    ['Mr carter and Mrs. Ruiz', 'Mr [name] and Mrs. [name]'],
    ['Ask Whitehorse’s brother', 'Ask [name] brother'],
    ['LUCIA MARIN LIVES HERE', '[name] LIVES HERE'],
    ['Marin called, then O’Neill', '[name] called, then [name]'],
    ['Ana is safe', 'Ana is safe'],
    ['a carter with two horses', 'a carter with two horses'],
    ['AZ-0412 at 14:02', 'AZ-0412 at 14:02'],
  ])('"%s" is shown as "%s"', (text, shown) => {
    expect(masked(text)).toBe(shown)
  })

  it('are kept in memory only as digests under a key of the process', () => {
    expect(inspect(names, { depth: 9, showHidden: true })).not.toMatch(/ruiz|carter/i)
  })

  it('find nothing where the roster has no names', () => {
    expect(knownNames([], randomBytes(32))('Ana Ruiz')).toEqual([])
  })
})

describe('whatever people write around it', () => {
  const filler = fc
    .string({ unit: 'grapheme', maxLength: 40 })
    .map(text => text.replace(/[\p{L}\p{N}\p{M}\p{Cf}'’`´@#/:.+_-]/gu, ' '))
  const secrets: readonly (readonly [string, RegExp])[] = [
    ['602-555-0177', /555|0177/],
    ['+1 (602) 555 0177', /555|0177/],
    ['ana.ruiz@example.org', /example\.org|ruiz/i],
    ['1420 W Roosevelt St', /1420|Roosevelt/],
    ['plate ABC1234', /ABC1234/],
    ['Ana Ruiz', /Ruiz/],
    ['Ben Carter', /Carter/],
  ]

  it('no number, address, plate or name of the roster comes through', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(filler, fc.constantFrom(...secrets)), { minLength: 1, maxLength: 5 }),
        filler,
        (parts, end) => {
          const text = `${parts.map(([before, [secret]]) => `${before}\n${secret}\n`).join('')}${end}`
          const shown = masked(text)
          for (const [, [, pattern]] of parts) expect(shown).not.toMatch(pattern)
        },
      ),
      { numRuns: 400 },
    )
  })

  it('masking never throws, and takes time in proportion', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 5000 }), text => typeof masked(text) === 'string'))
    expect(effort(() => masked('Ana Ruiz, '.repeat(10_000)))).toBeLessThan(6_000)
  })
})
