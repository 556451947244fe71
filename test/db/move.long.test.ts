import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect } from 'vitest'
import { move } from '../../bot/cli/migrate.ts'
import { makeHistory } from '../bench/fill.ts'
import { openHub } from '../bench/hub.ts'
import { ground } from '../house.ts'
import { needs } from '../need.ts'
import { postgresNeed, usePostgres } from '../postgres.ts'

needs(postgresNeed()).describe('a network with a long past', () => {
  const server = usePostgres()

  needs(postgresNeed()).test(
    'moves with 20,000 incidents, told line by line, in memory that does not grow with them',
    async () => {
      const at = ground()
      const now = Date.UTC(2026, 10, 3, 12)
      try {
        await makeHistory(at.url, at.folder, 20_000, now)
        const url = await server().fresh()
        const lines: string[] = []
        const said: string[] = []
        const before = held()
        let most = 0
        const screen = {
          isTTY: false,
          write: (text: string) => {
            lines.push(text)
            most = Math.max(most, held())
          },
        }
        const options = { now, print: (...all: readonly string[]) => void said.push(...all) }
        expect(await move({ from: at.url.slice('file:'.length), to: url }, options, screen)).toBe(true)
        expect(said[0]).toMatch(/^Moved: 1[6-9]\d,\d{3} rows in \d+ tables, every row compared\./)
        expect(lines).toHaveLength(10)
        expect(lines.at(0)).toMatch(/^ 1\d % {2}moving \w+\n$/)
        expect(lines.at(-1)).toBe('100 %  done\n')
        expect(most - before).toBeLessThan(100 * 2 ** 20)

        const { store } = await openHub(url, at.folder, () => now)
        const { incidents, entries } = await store.audit.counts()
        expect([incidents, entries]).toEqual([20_001, expect.any(Number)])
        await store.close()
        await expect(openHub(at.url, join(at.folder), () => now)).rejects.toThrow(/moved to/)
      } finally {
        at.leave()
      }
    },
    180_000,
  )
})

/** The bytes that are still held, without what waits to be cleared away. */
function held(): number {
  setFlagsFromString('--expose-gc')
  const clear: () => void = runInNewContext('gc')
  clear()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
