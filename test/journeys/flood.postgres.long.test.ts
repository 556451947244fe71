import { ground } from '../house.ts'
import { needs } from '../need.ts'
import { postgresNeed, usePostgres } from '../postgres.ts'
import { triageFlood } from './deluge.ts'

needs(postgresNeed()).describe('with a real server', () => {
  const server = usePostgres()
  triageFlood('PostgreSQL', 600, async () => ground(await server().fresh()))
})
