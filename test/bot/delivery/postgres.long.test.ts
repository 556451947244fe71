import { beforeAll } from 'vitest'
import { openDatabase } from '../../../db/database.ts'
import { needs } from '../../need.ts'
import { postgresNeed, usePostgres } from '../../postgres.ts'
import { cardTests } from './cards.ts'
import { postTests } from './posts.ts'
import { setbackTests } from './setbacks.ts'

needs(postgresNeed()).describe('delivery over PostgreSQL', () => {
  const server = usePostgres()
  beforeAll(() => server().template('hub', async url => (await openDatabase({ url })).close()))
  const fresh = () => server().fresh('hub')
  cardTests(fresh)
  postTests(fresh)
  setbackTests(fresh)
})
