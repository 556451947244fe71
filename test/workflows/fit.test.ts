import { describe, expect, test } from 'vitest'
import { fitView, longestMessage } from '../../workflows/text/fit.ts'
import { type Reader, say } from '../../workflows/text/say.ts'
import { plainView, type View } from '../../workflows/view.ts'

const reader: Reader = { language: 'en', zone: 'UTC', now: 0, person: () => null }
const words = (...lengths: number[]) => plainView(lengths.map(length => ({ words: 'x'.repeat(length) })))
const lengths = (view: View) => view.lines.map(line => ('text' in line ? say(line.text, reader).length : 0))

describe('a view that is too long for one message', () => {
  test('is left alone up to the last character that fits', () => {
    const view = words(longestMessage - 10, 10)
    expect(fitView(view, reader)).toBe(view)
  })

  test.each([
    [[4001], 'one text'],
    [[100, 20, 9000], 'one long text among short ones'],
    [[3000, 3000, 50], 'two long texts'],
    [Array.from({ length: 300 }, () => 400), 'a great many texts'],
  ])('fits afterwards, and says that it was shortened: %j', parts => {
    const fitted = fitView(words(...parts), reader)
    expect(lengths(fitted).reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(longestMessage)
    expect(fitted.lines.at(-1)).toMatchObject({ type: 'note', text: { key: 'hub.shortened' } })
  })

  test('loses only what is longest, and no more than it must', () => {
    const fitted = lengths(fitView(words(100, 20, 9000), reader))
    expect(fitted.slice(0, 2)).toEqual([100, 20])
    expect(fitted.reduce((sum, length) => sum + length, 0)).toBe(longestMessage)
  })

  test('is never cut within a character', () => {
    const fitted = fitView(plainView([{ words: `x${'🕊'.repeat(3000)}` }, { words: 'y'.repeat(77) }]), reader)
    for (const line of fitted.lines) expect('text' in line && say(line.text, reader).isWellFormed()).toBe(true)
  })
})
