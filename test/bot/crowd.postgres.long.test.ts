import { test } from 'vitest'
import { needs } from '../need.ts'
import { postgresNeed, usePostgres } from '../postgres.ts'
import { everybodyAnswers } from './crowd.ts'

needs(postgresNeed()).describe('with a real server', () => {
  const server = usePostgres()
  test('five hundred who answer in the same moment are all counted', async () => {
    await everybodyAnswers(await server().fresh())
  }, 120_000)
})
