import { describe, test } from 'vitest'
import { type Ground, ground, openHouse } from '../house.ts'
import { needs } from '../need.ts'
import { postgresNeed, usePostgres } from '../postgres.ts'
import { playStored } from './model.ts'

describe('on SQLite', () => {
  test('a hundred days of commands at the same moment end as one after the other would', async () => {
    await play(ground())
  }, 300_000)
})

needs(postgresNeed()).describe('on PostgreSQL', () => {
  const server = usePostgres()

  needs(postgresNeed()).test(
    'a hundred days of commands at the same moment end as one after the other would',
    async () => play(ground(await server().fresh())),
    300_000,
  )
})

async function play(at: Ground): Promise<void> {
  const house = await openHouse(at)
  try {
    await playStored(house, 100, 40)
  } finally {
    await house.close()
    at.leave()
  }
}
