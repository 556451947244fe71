import { test } from 'vitest'
import { everyAfterthought } from './thoughts.ts'

test('whatever is changed and taken back in whatever order, every room ends up with what was last written', async () => {
  await everyAfterthought(Number(process.env.THOUGHT_RUNS ?? 6))
})
