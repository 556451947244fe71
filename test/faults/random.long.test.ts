import { expect, test } from 'vitest'
import { ground } from '../house.ts'
import { needs } from '../need.ts'
import { postgresNeed, usePostgres } from '../postgres.ts'
import { faultRun } from './run.ts'

async function held(seed: number, url?: string): Promise<void> {
  const at = ground(url)
  try {
    expect((await faultRun(seed, at, rounds => rounds >= 20)).problems).toEqual([])
  } finally {
    at.leave()
  }
}

test.each([11, 12])('twenty rounds of random work, each killed, on SQLite: seed %i', seed => held(seed), 300_000)

needs(postgresNeed()).describe('twenty rounds of random work, each killed', () => {
  const server = usePostgres()
  test('on PostgreSQL: seed 13', async () => held(13, await server().fresh()), 300_000)
})
