import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { createDrawer } from '../../../bot/picture/drawer.ts'
import { fontFiles, requireFonts } from '../../../bot/picture/font.ts'
import { measureLetters } from '../../../bot/picture/letters.ts'
import { pageOf } from '../../../workflows/picture/page.ts'
import { drawingOf } from '../../workflows/picture/sample.ts'
import { boundaryFiles } from './boundaryfiles.ts'

const drawer = createDrawer()
const files = boundaryFiles()
afterAll(drawer.stop)
afterEach(files.leave)

const sizeOf = (png: Uint8Array) => {
  const bytes = Buffer.from(png)
  return { head: bytes.toString('latin1', 1, 4), width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}
const same = (one: Uint8Array, other: Uint8Array) => Buffer.from(one).equals(Buffer.from(other))

describe('a picture', () => {
  test('is a PNG, as wide as a phone has points, in the reader’s language and on their ground', async () => {
    const english = await drawer.draw(drawingOf(), { language: 'en' })
    expect(sizeOf(english)).toEqual({ head: 'PNG', width: 1080, height: expect.any(Number) })
    expect(sizeOf(english).height).toBeLessThan(2600)
    expect(english.length).toBeLessThan(900_000)
    const spanish = await drawer.draw(drawingOf(), { language: 'es' })
    const dark = await drawer.draw(drawingOf({ theme: 'dark' }), { language: 'en' })
    expect(same(english, spanish) || same(english, dark)).toBe(false)
    expect(same(english, await drawer.draw(drawingOf(), { language: 'en' }))).toBe(true)
  })

  test('has its letters: without its fonts it would be another', async () => {
    const measure = measureLetters()
    const svg = pageOf(drawingOf({ map: null }), { land: null, language: 'en', measure })
    const drawn = (fonts: readonly string[]) =>
      new Resvg(svg, { font: { loadSystemFonts: false, fontFiles: [...fonts] } }).render().pixels
    expect(drawn(fontFiles).equals(drawn([]))).toBe(false)
  })

  test('is drawn for all who ask at once, one after the other', async () => {
    const titles = ['one', 'two', 'three', 'four']
    const pictures = await Promise.all(
      titles.map(title =>
        drawer.draw(drawingOf({ kind: 'trend', map: null, title: { en: title } }), { language: 'en' }),
      ),
    )
    expect(new Set(pictures.map(png => Buffer.from(png).toString('base64'))).size).toBe(4)
  })

  test('that cannot be drawn is refused with its reason, and the next is drawn', async () => {
    const broken = drawingOf({ title: null as never })
    await expect(drawer.draw(broken, { language: 'en' })).rejects.toThrow(/could not be drawn: .*null/)
    expect(sizeOf(await drawer.draw(drawingOf({ map: null }), { language: 'en' })).head).toBe('PNG')
  })

  test('that takes too long is given up, and the next is drawn by another', async () => {
    const hasty = createDrawer('us', { taskMs: 1, idleMs: 1000 })
    await expect(hasty.draw(drawingOf(), { language: 'en' })).rejects.toThrow(/within 1 ms/)
    hasty.stop()
  })

  test('whose drawer dies is refused, and the next is drawn by another', async () => {
    const own = createDrawer()
    await own.draw(drawingOf({ map: null }), { language: 'en' })
    const before = children()
    const doomed = own.draw(drawingOf(), { language: 'en' })
    // It is in hand once this turn is over.
    await new Promise(resolve => setImmediate(resolve))
    own.stop()
    await expect(doomed.then(() => 'drawn')).rejects.toThrow(/its drawer died/)
    expect(sizeOf(await own.draw(drawingOf({ map: null }), { language: 'en' })).head).toBe('PNG')
    expect(children()).not.toEqual(before)
    own.stop()
  })

  test('of another country has the borders of its file', async () => {
    const path = files.write('land.geojson', files.islands)
    const abroad = createDrawer({ file: path })
    const none = createDrawer('none')
    const counties = [{ code: 'North', count: 4, load: 5, worst: 3 as const }]
    const drawing = drawingOf({ map: { codes: [], counties } })
    const [drawn, listed] = await Promise.all([abroad, none].map(each => each.draw(drawing, { language: 'en' })))
    abroad.stop()
    none.stop()
    expect(sizeOf(drawn ?? Buffer.alloc(24)).height).toBeGreaterThan(sizeOf(listed ?? Buffer.alloc(24)).height + 200)
  })
})

describe('the fonts', () => {
  test('are looked at before anything is drawn: a missing one is named, with what to do', () => {
    expect(() => requireFonts(['/nowhere/DejaVuSans.ttf'])).toThrow(/\/nowhere\/DejaVuSans\.ttf.*npm ci/)
  })

  test('of the packed kinds, which would draw nothing, are refused', () => {
    const packed = files.write('font.woff2', 'wOF2 and so on')
    expect(() => requireFonts([packed])).toThrow(/missing or damaged/)
    expect(() => requireFonts()).not.toThrow()
  })

  test('tell how wide words are as the renderer draws them', () => {
    const measure = measureLetters()
    for (const [words, bold] of [
      ['Maricopa', false],
      ['S5 · Año 2026', true],
      ['Ελλάδα Київ', false],
    ] as const) {
      const weight = bold ? 'bold' : 'normal'
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="60"><text x="0" y="40" font-size="40"
        font-weight="${weight}" font-family="DejaVu Sans">${words}|</text></svg>`
      const box = new Resvg(svg, { font: { loadSystemFonts: false, fontFiles: [...fontFiles] } }).innerBBox()
      const drawn = (box?.x ?? 0) + (box?.width ?? 0)
      expect(Math.abs(drawn - measure(`${words}|`, 40, bold))).toBeLessThan(7)
    }
  })
})

test('the packages that it draws with are in the product', () => {
  const { dependencies } = createRequire(import.meta.url)('../../../package.json') as { dependencies: object }
  expect(Object.keys(dependencies)).toEqual(
    expect.arrayContaining(['@resvg/resvg-js', 'dejavu-fonts-ttf', 'topojson-client', 'us-atlas']),
  )
})

/** The ids of the processes that this one has started. */
function children(): string[] {
  const threads = join('/proc', String(process.pid), 'task')
  return readdirSync(threads).flatMap(id => readFileSync(join(threads, id, 'children'), 'utf8').split(' '))
}
