import { expect, test } from 'vitest'
import { playPure } from './model/pure.ts'

test('whatever several people ask of two incidents, in any order and at any hour, the rules hold', async () => {
  const seen = await playPure(350, 50)
  // A play in which something never happens, or is never refused, would prove nothing of it.
  expect(seen.size).toBe(22)
  for (const [command, { done, refused }] of seen) {
    expect(done, command).toBeGreaterThan(5)
    expect(refused, command).toBeGreaterThan(5)
  }
}, 30_000)
