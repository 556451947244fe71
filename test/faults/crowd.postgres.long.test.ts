import { needs } from '../need.ts'
import { postgresNeed, usePostgres } from '../postgres.ts'
import { crowd } from './crowd.ts'

needs(postgresNeed()).describe('a busy night on PostgreSQL, with two hubs on one database', () => {
  const server = usePostgres()
  crowd(() => server().fresh())
})
