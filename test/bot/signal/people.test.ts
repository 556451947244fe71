import { expect, test } from 'vitest'
import type { Heard } from '../../../bot/signal/heard.ts'
import { createPeople } from '../../../bot/signal/people.ts'

const finch = 'e1c0de00-0000-4000-8000-000000000002'
const number = '+15550000022'

function remembering() {
  const kept = new Map<string, string>()
  const asked = { times: 0 }
  const memory = {
    async get(key: string) {
      asked.times += 1
      return kept.get(key) ?? null
    },
    async set(key: string, value: string | null) {
      if (value === null) kept.delete(key)
      else kept.set(key, value)
    },
  }
  return { memory, asked, kept }
}

function heard(account: string, seen: string | null): Heard {
  return { key: 'k', account, number: seen, at: 1, taken: 1, group: null, until: null, type: 'deletion', target: 1 }
}

test('somebody stays the same, whichever of their names a frame has, after a restart too', async () => {
  const { memory } = remembering()
  const people = createPeople(memory)
  expect(await people.known(heard(number, number))).toMatchObject({ account: number, number })
  expect(await people.known(heard(finch, number))).toMatchObject({ account: finch, number })
  for (const later of [people, createPeople(memory)]) {
    expect(await later.known(heard(finch, null))).toMatchObject({ account: finch, number })
    expect(await later.known(heard(number, number))).toMatchObject({ account: finch, number })
    expect(await later.accountOf(number)).toBe(finch)
    expect(await later.accountOf(finch)).toBe(finch)
  }
})

test('a number that moves to another account is nobody else’s from then on', async () => {
  const { memory } = remembering()
  const people = createPeople(memory)
  await people.known(heard(finch, number))
  await people.known(heard('another', number))
  expect(await people.accountOf(number)).toBe('another')
  expect(await people.known(heard(finch, null))).toMatchObject({ account: finch, number: null })
  await people.known(heard('another', '+15550000033'))
  expect(await people.accountOf(number)).toBe(number)
})

test('what is known is not looked up again with every message', async () => {
  const { memory, asked } = remembering()
  const people = createPeople(memory)
  await people.known(heard(finch, number))
  const { times } = asked
  for (let again = 0; again < 5; again++) await people.known(heard(finch, number))
  expect(asked.times).toBe(times)
})
