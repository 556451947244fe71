import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createDrawer } from '../../../bot/picture/drawer.ts'
import { drawingOf } from '../../workflows/picture/sample.ts'

const mebibyte = 1_048_576
const drawer = createDrawer()
afterAll(drawer.stop)

/** The MiB that the process holds which draws. */
function held(before: ReadonlySet<string>): number {
  const own = children().filter(id => !before.has(id))
  const pages = own.map(id => Number(readFileSync(join('/proc', id, 'statm'), 'utf8').split(' ')[1] ?? 0))
  return (pages.reduce((sum, each) => sum + each, 0) * 4096) / mebibyte
}

function children(): string[] {
  const threads = join('/proc', String(process.pid), 'task')
  const told = readdirSync(threads).flatMap(id => readFileSync(join(threads, id, 'children'), 'utf8').split(' '))
  return told.filter(id => id !== '')
}

test('the memory of who draws stays flat, also over the change of its process', { timeout: 600_000 }, async () => {
  const before = new Set(children())
  const sizes: number[] = []
  for (let round = 0; round < 260; round++) {
    const map = { codes: [['04'], ['13'], ['48'], []][round % 4] ?? [], counties: drawingOf().map?.counties ?? [] }
    await drawer.draw(drawingOf({ map }), { language: round % 2 === 0 ? 'en' : 'es' })
    sizes.push(held(before))
  }
  expect(Math.max(...sizes)).toBeLessThan(400)
  // What it needs to have drawn each kind once is no growth.
  expect(Math.max(...sizes.slice(150, 195)) - Math.max(...sizes.slice(20, 65))).toBeLessThan(40)
})
