import { describe, expect, test } from 'vitest'
import { refusalOf, SignalError } from '../../../bot/signal/refusal.ts'
import { sentIn } from '../../../bot/signal/sent.ts'

const error = (text: string) => ({ error: text })

describe('what an answer means', () => {
  test.each([
    [429, { error: 'x', challenge_tokens: ['t1'] }, { type: 'limited', token: 't1', waitMs: null }],
    [429, { error: 'x', challenge_tokens: [''] }, { type: 'limited', token: null, waitMs: null }],
    [429, 'Too Many Requests', { type: 'limited', token: null, waitMs: null }],
    [400, error('Failed to send message due to rate limiting'), { type: 'limited', token: null, waitMs: null }],
    [400, error('[413] Rate limit exceeded: 413'), { type: 'limited', token: null, waitMs: null }],
    [
      400,
      error('CAPTCHA proof required for sending, with challenge token "t2", or wait "120" seconds'),
      { type: 'limited', token: 't2', waitMs: 120_000 },
    ],
    [400, error('Failed to send message due to untrusted identities'), { type: 'untrusted' }],
    [400, error('Unable to complete request due to untrusted recipient keys'), { type: 'untrusted' }],
    [400, error('Failed to send message'), { type: 'failed' }],
    [400, error('Specified account does not exist'), { type: 'account' }],
    [400, error('User +1555 is not registered.'), { type: 'account' }],
    [400, error('Invalid group id'), { type: 'group' }],
    [400, error("Couldn't process request - invalid request"), { type: 'refused', status: 400 }],
    [404, '', { type: 'refused', status: 404 }],
    [502, '<html>', { type: 'down', sure: false, reason: 'status 502' }],
    [400, error('Connection closed unexpectedly'), { type: 'down', sure: false, reason: 'an error' }],
  ])('%i %o', (status, body, refusal) => {
    expect(refusalOf(status, body)).toEqual(refusal)
  })
})

test('only what surely was not sent names an hour for the next try', () => {
  expect(new SignalError({ type: 'down', sure: false, reason: 'x' }).retryAfterMs).toBeUndefined()
  expect(new SignalError({ type: 'down', sure: true, reason: 'x' }).retryAfterMs).toBeGreaterThan(0)
  expect(new SignalError({ type: 'limited', token: null, waitMs: 5 }).retryAfterMs).toBe(60_000)
})

test('both shapes of what a message was answered with are read, and no others', () => {
  expect(sentIn({ timestamp: '1700' })).toEqual({ at: 1700, failures: [] })
  expect(sentIn([{ timestamp: 1700, errors: null }])).toEqual({ at: 1700, failures: [] })
  const recipients = [{ number: '', uuid: 'a', username: '', reason: 'IDENTITY_FAILURE' }]
  expect(sentIn([{ timestamp: '1700', errors: { recipients } }]).failures).toEqual([{ reason: 'IDENTITY_FAILURE' }])
  for (const odd of [null, '', [], {}, { timestamp: 'soon' }, [{ timestamp: '-1' }]]) {
    expect(() => sentIn(odd)).toThrow(SignalError)
  }
})
