import { describe } from 'vitest'
import { needs } from '../need.ts'
import { postgresNeed, usePostgres } from '../postgres.ts'
import { liveThrough } from './life.ts'

const { test } = needs(postgresNeed())

describe('on PostgreSQL', () => {
  const server = usePostgres()

  test(
    'a report filed on signal, its card in three rooms, claimed in a race, talked of, worked and resolved',
    async () => liveThrough('signal', await server().fresh()),
    60_000,
  )
})
