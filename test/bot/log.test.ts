import { expect, test } from 'vitest'
import { createLog } from '../../bot/log.ts'
import { HubError, reasonOf } from '../../workflows/errors.ts'

test('of a query that failed neither the values nor what it was about are logged, but where it failed is', () => {
  const lines: string[] = []
  const log = createLog('info', line => void lines.push(line))
  const error = new Error('Failed query: update people set callsign = ?\nparams: Ana Ruiz,602-555-0142\nand more')
  log.error({ err: Object.assign(error, { params: ['Ana Ruiz'], query: 'update' }) }, 'failed')
  expect(lines.join()).not.toMatch(/Ana|602|and more/)
  expect(lines.join()).toContain('update people set callsign')
  expect(lines.join()).toMatch(/at .*log\.test\.ts/)
})

test('of a bug only its name is kept, because its words may quote what people typed', () => {
  expect(reasonOf(new SyntaxError('Unexpected token A, "Ana Ruiz" is not valid JSON'))).toBe(
    'an unexpected SyntaxError',
  )
  expect(reasonOf(new HubError('the room is gone'))).toBe('the room is gone')
  expect(reasonOf('Ana Ruiz')).toBe('an unexpected failure')
})
