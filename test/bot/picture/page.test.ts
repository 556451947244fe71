import { describe, expect, test } from 'vitest'
import { landOf } from '../../../bot/picture/atlas.ts'
import { measureLetters } from '../../../bot/picture/letters.ts'
import type { Language } from '../../../workflows/directory.ts'
import type { Drawing } from '../../../workflows/drawing.ts'
import { pageOf } from '../../../workflows/picture/page.ts'
import { shades } from '../../../workflows/picture/shade.ts'
import { write } from '../../../workflows/picture/words.ts'
import { drawingOf } from '../../workflows/picture/sample.ts'

const measure = measureLetters()
const land = { az: landOf(['04']), us: landOf([]) }

function page(drawing: Drawing, language: Language = 'en'): string {
  const codes = drawing.map?.codes
  return pageOf(drawing, { land: codes ? (codes.length > 0 ? land.az : land.us) : null, language, measure })
}

type Word = {
  readonly words: string
  readonly x: number
  readonly y: number
  readonly size: number
  readonly wide: number
}

/** Every line of words of a page, with where it begins and how wide it is. */
function wordsOf(svg: string): Word[] {
  return [...svg.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].map(([, set = '', held = '']) => {
    const of = (name: string) => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(set)?.[1] ?? ''
    const words = held
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&')
    const size = Number(of('font-size'))
    const wide = measure(words, size, of('font-weight') === 'bold')
    const back = of('text-anchor') === 'end' ? wide : of('text-anchor') === 'middle' ? wide / 2 : 0
    return { words, x: Number(of('x')) - back, y: Number(of('y')), size, wide }
  })
}

const long = 'Wadzanai Mountain and the seven lakes of the north-eastern frontier district, with its islands'
const everyKind: readonly [string, Drawing][] = [
  ['a summary', drawingOf()],
  [
    'a summary of the country',
    drawingOf({ map: { codes: [], counties: drawingOf().map?.counties ?? [], unplaced: 3 } }),
  ],
  ['a map', drawingOf({ kind: 'map', trend: null, claims: null, coverage: null })],
  ['days', drawingOf({ kind: 'trend', map: null, claims: null, coverage: null })],
  ['an exercise in the dark', drawingOf({ exercise: true, theme: 'dark' })],
  [
    'names that are far too long',
    drawingOf({
      title: { en: `${long} ${long}`, es: `${long} ${long}` },
      subtitle: { en: `${long} ${long}`, es: long },
      claims: { regions: [{ name: long, n: 12_345, median: 50_000, over: true }] },
      coverage: { regions: [{ name: long, age: 1e9, available: 120 }] },
    }),
  ],
  ['nothing', drawingOf({ map: { codes: ['04'], counties: [] }, trend: { days: [] }, claims: null, coverage: null })],
]

describe.each(['en', 'es'] as const)('in %s', language => {
  test.each(everyKind)('%s has all its words within the page, none on top of another, none too small', (_, drawing) => {
    const svg = page(drawing, language)
    const height = Number(/<svg[^>]* height="([\d.]+)"/.exec(svg)?.[1])
    const words = wordsOf(svg)
    expect(words.length).toBeGreaterThan(3)
    for (const { words: said, x, y, size, wide } of words) {
      expect.soft(x, said).toBeGreaterThanOrEqual(0)
      expect.soft(x + wide, said).toBeLessThanOrEqual(480)
      expect.soft(y, said).toBeLessThanOrEqual(height)
      expect.soft(size, said).toBeGreaterThanOrEqual(10)
    }
    const lines = Map.groupBy(
      words.filter(one => one.size !== 10),
      one => one.y,
    )
    for (const line of lines.values()) {
      const sorted = line.toSorted((one, other) => one.x - other.x)
      for (const [at, one] of sorted.entries()) {
        const next = sorted[at + 1]
        if (next) expect.soft(one.x + one.wide, `${one.words} | ${next.words}`).toBeLessThanOrEqual(next.x + 0.5)
      }
    }
    // What a line is for stands beside it.
    const dash = /<line x1="([\d.]+)"[^>]*stroke-dasharray/.exec(svg)?.[1]
    const title = words.find(one => one.words.includes('14 ') && one.size === 14)
    if (dash && title) expect.soft(title.x + title.wide, title.words).toBeLessThan(Number(dash))
    expect(svg).not.toMatch(/NaN|undefined|Infinity/)
  })
})

test('whatever people call a region is shown as they wrote it, and is no markup', () => {
  const name = `<script>alert("1")</script> & 'Söhne' \u0000\ud800`
  const svg = page(drawingOf({ title: { en: name } }))
  expect(svg).not.toContain('<script')
  expect(wordsOf(svg)[0]?.words).toContain('<script>alert("1")</script> & \'Söhne\'')
  expect(svg.includes('\u0000') || svg.includes('\ud800')).toBe(false)
})

test('an exercise says so across its top, in words', () => {
  expect(wordsOf(page(drawingOf({ exercise: true })))[0]?.words).toBe('EXERCISE: nothing here is real')
  expect(wordsOf(page(drawingOf({ exercise: true }), 'es'))[0]?.words).toMatch(/^SIMULACRO/)
})

test('the colors of the bars are named once: beside the map, or else above the bars', () => {
  const keys = (drawing: Drawing, own = page(drawing)) =>
    wordsOf(own).filter(one => one.words === 'S5' && one.size === 11.5).length
  const counties = [{ code: '04013', count: 2, load: 1, worst: 3 as const }]
  expect(keys(drawingOf({ map: { codes: ['04'], counties } }))).toBe(1)
  expect(keys(drawingOf({ map: { codes: ['04'], counties: [] } }))).toBe(1)
  const listed = drawingOf({ map: { codes: ['04'], counties } })
  expect(keys(listed, pageOf(listed, { land: null, language: 'en', measure }))).toBe(1)
  const outside = drawingOf({ map: null, trend: { days: drawingOf().trend?.days ?? [], plain: true } })
  expect(keys(outside)).toBe(0)
})

test('it names its edition, and ends with what the figures are not', () => {
  const words = wordsOf(page(drawingOf({ edition: 'public' }))).map(one => one.words)
  expect(words).toContain('Public')
  expect(words.at(-1)).toBe('Reports received by this network, not a count of all events.')
})

test('a table of many regions shows those that need somebody first, and says how many it leaves out', () => {
  const names = Array.from({ length: 30 }, (_, at) => `Region ${at}`)
  const svg = page(
    drawingOf({
      claims: { regions: names.map((name, at) => ({ name, n: 9, median: at })) },
      coverage: {
        regions: names.map((name, at) => ({ name, age: at === 17 ? null : 1000, available: at === 4 ? 0 : 2 })),
      },
    }),
  )
  const said = wordsOf(svg).map(one => one.words)
  expect(said.filter(words => /^Region \d/.test(words)).slice(0, 3)).toEqual(['Region 17', 'Region 4', 'Region 29'])
  expect(said).toContain('and 23 more regions')
})

test('fewer than five that were claimed have no median, and too many that wait have a least one', () => {
  const rows = [
    { name: 'A', n: 4, median: null },
    { name: 'B', n: 9, median: 75, over: true as const },
  ]
  const words = wordsOf(page(drawingOf({ claims: { regions: rows }, coverage: null }))).map(one => one.words)
  expect(words).toContain('– (n 4)')
  expect(words).toContain('> 1 h 15 min (n 9)')
  expect(words).not.toContain('Last report')
})

describe('without its colours', () => {
  const grey = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const contrast = (one: string, other: string) => {
    const [light = 0, dark = 0] = [grey(one), grey(other)].sort((a, b) => b - a)
    return (light + 0.05) / (dark + 0.05)
  }

  describe.each(['light', 'dark'] as const)('on a %s ground', theme => {
    const shade = shades[theme]

    test('each step of load differs from the next', () => {
      const steps = shade.loads.map(grey)
      const sorted = steps.toSorted((one, other) => (theme === 'light' ? other - one : one - other))
      expect(steps).toEqual(sorted)
      for (const [at, load] of shade.loads.slice(1).entries()) {
        expect(contrast(load, shade.loads[at] ?? '')).toBeGreaterThan(1.12)
      }
    })

    test('severities differ, and the one that does not is striped', () => {
      const fills = Object.values(shade.severity).map(each => each.fill)
      expect(fills[0]).toBe('url(#s1)')
      const rest = fills.slice(1)
      rest.forEach((fill, at) => {
        for (const other of rest.slice(at + 1)) expect(contrast(fill, other)).toBeGreaterThan(1.4)
      })
    })

    test('words stand out from what they stand on', () => {
      expect(contrast(shade.ink, shade.ground)).toBeGreaterThan(7)
      expect(contrast(shade.soft, shade.ground)).toBeGreaterThan(4.5)
      expect(contrast(shade.ink, shade.loads[2])).toBeGreaterThan(4.5)
      for (const { fill, ink } of Object.values(shade.severity)) {
        if (!fill.startsWith('url')) expect(contrast(fill, ink)).toBeGreaterThan(4.5)
      }
    })
  })
})

test('words that do not fit end in an ellipsis, at the end of a word', () => {
  const pen = { shade: shades.light, measure: (words: string, size: number) => words.length * size } as never
  expect(write('North, Carolina', { x: 0, y: 0, size: 1, most: 7 }, pen)).toContain('>North…<')
  expect(write('Nevada', { x: 0, y: 0, size: 1, most: 6 }, pen)).toContain('>Nevada<')
})
