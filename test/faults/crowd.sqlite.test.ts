import { describe } from 'vitest'
import { crowd } from './crowd.ts'

describe('a busy night on SQLite', () => crowd(async () => undefined))
