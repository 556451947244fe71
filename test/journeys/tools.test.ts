import { test } from 'vitest'
import { liveThrough } from './life.ts'

for (const tool of ['slack', 'discord', 'signal'] as const) {
  test(`a report filed on ${tool}, its card in three rooms, claimed in a race, talked of, worked and resolved`, async () => {
    await liveThrough(tool)
  }, 60_000)
}
