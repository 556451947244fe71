import { rotationContract } from '../contracts/rotation.ts'
import { needs } from '../need.ts'
import { postgresNeed, usePostgres } from '../postgres.ts'

needs(postgresNeed()).describe('PostgreSQL', () => {
  const server = usePostgres()
  rotationContract('keys of a database on a server', () => server().fresh())
})
