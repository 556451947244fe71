import { Resvg } from '@resvg/resvg-js'
import type { Language } from '../../workflows/directory.ts'
import type { Drawing } from '../../workflows/drawing.ts'
import { type Bounded, boundedLand } from '../../workflows/picture/boundary.ts'
import type { Land } from '../../workflows/picture/land.ts'
import { pageOf } from '../../workflows/picture/page.ts'
import { landOf } from './atlas.ts'
import { loadBoundaries } from './boundaries.ts'
import { fontFiles } from './font.ts'
import { measureLetters } from './letters.ts'

/** What the hub asks of the child process: one picture. */
export type Task = { readonly drawing: Drawing; readonly language: Language }
/** What it answers: a PNG, or why there is none. */
export type Outcome = { readonly png: Uint8Array } | { readonly problem: string }

const measure = measureLetters()
// Whose borders maps have: those of the United States, of a file, or none.
const borders = process.argv[2] ?? 'us'
let areas: readonly Bounded[] | null = null
const lands = new Map<string, Land>()
const mostLands = 6

// This file is a program of its own, which `drawer.ts` starts.
process.on('message', (task: Task) => {
  process.send?.(outcomeOf(task))
  // Pixels lie outside of the heap, so that nothing else tells the collector that they are many.
  globalThis.gc?.()
})
process.on('disconnect', () => process.exit())

function outcomeOf({ drawing, language }: Task): Outcome {
  try {
    const land = drawing.map && borders !== 'none' ? keptLand(drawing.map.codes) : null
    return { png: pngOf(pageOf(drawing, { land, language, measure })) }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}

/** The land of the last few maps, which every day are the same. */
function keptLand(codes: readonly string[]): Land {
  const key = codes.join()
  const land = lands.get(key) ?? openLand(codes)
  lands.delete(key)
  lands.set(key, land)
  const [oldest] = lands.keys()
  if (lands.size > mostLands && oldest !== undefined) lands.delete(oldest)
  return land
}

function openLand(codes: readonly string[]): Land {
  if (borders === 'us') return landOf(codes)
  areas ??= loadBoundaries(borders, { points: 'skip' })
  return boundedLand(areas, codes)
}

function pngOf(svg: string): Uint8Array {
  const font = { loadSystemFonts: false, fontFiles: [...fontFiles], defaultFontFamily: 'DejaVu Sans' }
  return new Resvg(svg, { fitTo: { mode: 'zoom', value: 2.25 }, font }).render().asPng()
}
