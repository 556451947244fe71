import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { ground, openHouse } from '../house.ts'

const hears = 40

describe('kill -9 between what was heard and what follows from it', () => {
  // Before its effect is committed, and between that and its being done with.
  test.each([1, 2, 17, 40])('nothing that was kept is lost, and nothing takes effect twice (death %i)', async dies => {
    const at = ground()
    try {
      const first = await run(at, '--hears', String(hears), '--dies', String(dies))
      expect(first.signal).toBe('SIGKILL')
      const second = await run(at)
      expect(second.code).toBe(0)
      const kept = told([first], 'kept')
      const effects = told([first, second], 'effect')
      expect(effects.length).toBeGreaterThan(0)
      expect(new Set(effects).size).toBe(effects.length)
      expect(effects).toEqual(expect.arrayContaining(kept))
      // What was heard first is handled first, on both sides of the crash.
      expect(effects).toEqual(effects.toSorted((one, other) => Number(one.slice(8)) - Number(other.slice(8))))
      const house = await openHouse(at, Date.now() + 60 * 60_000)
      expect(await house.store.inbox.due(house.clock() + 1e9, 1, 100)).toEqual([])
      for (const key of kept) expect(await house.store.inbox.answer(`raw:slack:${key}`)).toBeNull()
      await house.close()
    } finally {
      at.leave()
    }
  })
})

type Ended = { readonly code: number | null; readonly signal: string | null; readonly out: string }

async function run(at: { url: string; folder: string }, ...more: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, ['test/faults/hearer.ts', '--url', at.url, '--folder', at.folder, ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<Omit<Ended, 'out'>>(done => child.once('exit', (code, signal) => done({ code, signal })))
  const out = await text(child.stdout)
  return { ...(await ended), out }
}

function told(runs: readonly Ended[], what: string): string[] {
  return runs.flatMap(({ out }) =>
    out
      .split('\n')
      .filter(line => line.startsWith(`${what} `))
      .map(line => line.slice(what.length + 1)),
  )
}
