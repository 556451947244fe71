import { ground } from '../house.ts'
import { needs } from '../need.ts'
import { postgresNeed, usePostgres } from '../postgres.ts'
import { tellStory } from './story.ts'

needs(postgresNeed()).describe('with a real server', () => {
  const server = usePostgres()
  tellStory('PostgreSQL', async () => ground(await server().fresh()))
})
