import { test } from 'vitest'
import { needs } from '../need.ts'
import { postgresNeed, usePostgres } from '../postgres.ts'
import { everyAfterthought } from './thoughts.ts'

needs(postgresNeed()).describe('with a real server', () => {
  const server = usePostgres()
  test('what is changed and taken back in any order ends up the same', () => everyAfterthought(3, server().fresh))
})
