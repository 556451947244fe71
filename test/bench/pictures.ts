import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createDrawer } from '../../bot/picture/drawer.ts'
import type { Drawing } from '../../workflows/drawing.ts'
import { drawingOf } from '../workflows/picture/sample.ts'
import { type Bench, limited, median, type Result } from './measure.ts'

const many = 1000
const most = { medianMs: 250, growthMb: 40 }

/** How long a summary's picture takes, of a state and of the country, and what a thousand of them leave in memory. */
export const summaryPictures: Bench = {
  names: ['picture', 'picture-memory'],
  run: chosen => limited(600, 'pictures', measure(chosen('picture-memory') ? many : 60)),
}

async function* measure(rounds: number): AsyncGenerator<Result> {
  const own = new Set(children())
  const drawer = createDrawer()
  try {
    const times: number[] = []
    const sizes: number[] = []
    for (let round = 0; round < rounds; round++) {
      const begun = performance.now()
      await drawer.draw(drawing(round), { language: round % 2 === 0 ? 'en' : 'es' })
      times.push(performance.now() - begun)
      sizes.push(memoryOf(children().filter(id => !own.has(id))))
    }
    const [first = 0] = times
    const value = Number(median(times.slice(1)).toPrecision(4))
    const note = `every fourth of the whole country; the first ${Math.round(first)} ms`
    yield { ...base, name: 'picture', value, unit: 'ms', goal: `<= ${most.medianMs}`, ok: value <= most.medianMs, note }
    if (rounds < many) return
    // From when it has drawn each kind: what it needs for that is no growth.
    const [early, late] = [sizes.slice(20, 120), sizes.slice(-100)].map(each => Math.max(...each))
    const growth = Math.round((late ?? 0) - (early ?? 0))
    const grown = { value: growth, unit: 'MiB', goal: `<= ${most.growthMb}`, ok: growth <= most.growthMb }
    yield {
      ...base,
      ...grown,
      name: 'picture-memory',
      note: `over ${many} pictures; at most ${Math.max(...sizes)} MiB`,
    }
  } finally {
    drawer.stop()
  }
}

const base = { baseline: null, ratio: null } as const

function drawing(round: number): Drawing {
  const codes = round % 4 === 3 ? [] : [['04'], ['48'], ['13']][round % 3]
  return drawingOf({ map: { codes: codes ?? [], counties: drawingOf().map?.counties ?? [] } })
}

/** MiB that these processes hold now. */
function memoryOf(ids: readonly string[]): number {
  const pages = ids.map(id => Number(readFileSync(join('/proc', id, 'statm'), 'utf8').split(' ')[1] ?? 0))
  return Math.round((pages.reduce((sum, each) => sum + each, 0) * 4096) / 1_048_576)
}

function children(): string[] {
  const threads = join('/proc', String(process.pid), 'task')
  const told = readdirSync(threads).flatMap(id => readFileSync(join(threads, id, 'children'), 'utf8').split(' '))
  return told.filter(id => id !== '')
}
