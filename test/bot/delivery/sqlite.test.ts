import { describe } from 'vitest'
import { cardTests } from './cards.ts'
import { postTests } from './posts.ts'
import { setbackTests } from './setbacks.ts'

describe('delivery over SQLite', () => {
  const fresh = async () => undefined
  cardTests(fresh)
  postTests(fresh)
  setbackTests(fresh)
})
