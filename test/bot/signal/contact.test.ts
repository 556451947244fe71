import { describe, expect, test } from 'vitest'
import { createContacts } from '../../../bot/signal/contact.ts'

const minute = 60_000

function book() {
  const kept = new Map<string, string>()
  const clock = { now: 1_000_000_000 }
  const memory = {
    get: async (key: string) => kept.get(key) ?? null,
    set: async (key: string, value: string | null) => void (value === null ? kept.delete(key) : kept.set(key, value)),
  }
  return { clock, open: () => createContacts(memory, () => clock.now) }
}

/** How many of so many strangers were written to within so many minutes, one tried each second. */
async function reached(strangers: number, minutes: number, urgent: boolean): Promise<number> {
  const { clock, open } = book()
  const contacts = open()
  let next = 0
  for (let at = 0; at < minutes * 60 && next < strangers; at++, clock.now += 1000) {
    await contacts.begin(`stranger-${next}`, urgent).then(
      () => next++,
      () => {},
    )
  }
  return next
}

describe('people who never wrote to the hub on Signal', () => {
  test('are written to few an hour; for an alarm, all who are on duty within a minute', async () => {
    expect(await reached(100, 60, false)).toBe(6)
    expect(await reached(30, 1, true)).toBe(30)
  })

  test('are told when it may be, and count once', async () => {
    const { clock, open } = book()
    await open().begin('one', false)
    await open().begin('one', false)
    await expect(open().begin('two', false)).rejects.toMatchObject({ permanent: false, retryAfterMs: 10_000 })
    clock.now += 10_000
    await open().begin('two', false)
  })

  test('are strangers no more once they wrote, also after a restart', async () => {
    const { clock, open } = book()
    for (let at = 0; at < 50; at++) await open().met(`friend-${at}`)
    for (let at = 0; at < 50; at++) await open().begin(`friend-${at}`, false)
    clock.now += minute
    await open().begin('stranger', false)
  })
})
