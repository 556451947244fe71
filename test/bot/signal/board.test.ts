import { expect, test } from 'vitest'
import type { Memory } from '../../../bot/platform.ts'
import { directRoom, messageRef } from '../../../bot/signal/address.ts'
import { createBoard } from '../../../bot/signal/board.ts'
import { writeText } from '../../../bot/signal/text.ts'
import { phrase } from '../../../workflows/phrase.ts'
import type { Reader } from '../../../workflows/text/say.ts'
import { plainView } from '../../../workflows/view.ts'

const reader: Reader = { language: 'en', zone: 'UTC', now: 0, person: () => 'Finch' }
const group = 'group.QVo='
const alone = directRoom('e1c0de00-0000-4000-8000-000000000001')
const menu = writeText(
  plainView([{ words: 'Pick one' }], [{ id: 'more:AZ-0001', label: phrase('button.open') }]),
  reader,
)
const line = writeText(plainView([{ words: 'Finch: they have left' }]), reader)

function memoryOf(kept = new Map<string, string>(), owners = new Map<string, string | undefined>()) {
  const memory: Memory = {
    get: async key => kept.get(key) ?? null,
    set: async (key, value, account) => {
      if (value === null) kept.delete(key)
      else kept.set(key, value)
      owners.set(key, account)
    },
  }
  return { kept, owners, memory }
}

const at = (room: string, time: number) => messageRef(room, '+12025550100', time)

test('what stood on a message is known until it is long ago, and no more than that is kept', async () => {
  const { kept, memory } = memoryOf()
  const board = createBoard(memory)
  for (let time = 1; time <= 200; time++) await board.posted([at(group, time)], time % 2 ? menu : line)
  expect((await board.read(at(group, 199)))?.actions).toEqual(menu.actions)
  expect(await board.read(at(group, 5))).toBeNull()
  expect(kept.size).toBeLessThanOrEqual(121)
})

test('the newest with numbers come first, none from later, and an edited one stays where it was', async () => {
  const board = createBoard(memoryOf().memory)
  for (const time of [1, 2, 3]) await board.posted([at(group, time)], menu)
  await board.posted([at(group, 4)], line)
  await board.posted([at(group, 1)], menu)
  expect((await board.newest(group, 9)).map(one => one.at)).toEqual([3, 2, 1])
  expect((await board.newest(group, 2)).map(one => one.at)).toEqual([2, 1])
  await board.posted([at(group, 2)], line)
  expect((await board.newest(group, 9)).map(one => one.at)).toEqual([3, 1])
})

test('all at once and of several pieces, each is remembered, and the numbers stand on the last piece', async () => {
  const { memory } = memoryOf()
  const board = createBoard(memory)
  await Promise.all(
    Array.from({ length: 30 }, (_, one) => board.posted([at(group, one * 2), at(group, one * 2 + 1)], menu)),
  )
  for (let time = 0; time < 60; time++) expect(await board.read(at(group, time))).not.toBeNull()
  expect((await board.newest(group, 99)).map(one => one.at)).toEqual([59, 57, 55, 53, 51, 49])
})

test('of what people said in a group nothing is kept; what stands in a direct conversation is that person’s', async () => {
  const { kept, owners, memory } = memoryOf()
  const board = createBoard(memory)
  const card = at(group, 1)
  await board.posted([at(group, 2)], line, card)
  expect([...kept.values()].join()).not.toContain('they have left')
  expect((await board.read(at(group, 2)))?.under).toEqual(card)
  await board.posted([at(alone, 3)], line)
  const own = [...owners].filter(([key]) => key.includes('direct:'))
  expect(own.map(([, owner]) => owner)).toEqual(own.map(() => 'e1c0de00-0000-4000-8000-000000000001'))
  expect(own.length).toBeGreaterThan(1)
})
