import { test } from 'vitest'
import { everybodyAnswers } from './crowd.ts'

test('five hundred who answer in the same moment are all counted', () => everybodyAnswers(), 60_000)
