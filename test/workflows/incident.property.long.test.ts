import { test } from 'vitest'
import { playPure } from './model/pure.ts'

test('the rules of the design hold through thousands of long days', async () => {
  await playPure(3000, 80)
}, 300_000)
