import { describe } from 'vitest'
import { cardTests } from './cards.ts'
import { postTests } from './posts.ts'

describe('delivery over SQLite', () => {
  const fresh = async () => undefined
  cardTests(fresh)
  postTests(fresh)
})
