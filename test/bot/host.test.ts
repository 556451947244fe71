import { beforeEach, describe, expect, test } from 'vitest'
import type { Host, Origin, Platform } from '../../bot/platform.ts'
import { tellUnserved } from '../../bot/unserved.ts'
import { phrase } from '../../workflows/phrase.ts'
import { eachHouse } from '../each.ts'
import { type House, readAnswer } from '../house.ts'

let house: House
let host: Host
eachHouse(opened => {
  house = opened
  host = house.hostOf('workspace')
})

const values = { what: 'Men with rifles at the library', where: 'Maricopa County, AZ', danger: 'now', contact: 'yes' }

async function report(who: string, more: Partial<typeof values> = {}): Promise<string> {
  const answer = readAnswer(await house.fill(who, '/report', { ...values, ...more }))
  return /[A-Z]{2}-\d{4}/.exec(answer)?.[0] ?? answer
}

const origin = (account: string): Origin => ({
  platform: 'workspace',
  key: `typing:${account}`,
  account,
  room: null,
  message: null,
  at: house.clock(),
})
const labels = async (who: string, typed = '') => (await host.suggest(origin(who), typed)).map(one => one.label)
const ids = async (who: string, typed = '') => (await host.suggest(origin(who), typed)).map(one => one.id as string)

describe('what somebody may mean while they type', () => {
  beforeEach(async () => {
    await report('heron')
    await report('heron', { what: 'They tore down campaign signs', where: 'Pima County, AZ', danger: 'no' })
    await report('thrasher', { what: 'Somebody films voters in line', where: 'Fulton County, GA', danger: 'no' })
  })

  test('is what is open in their regions, the most urgent first, with kind and county', async () => {
    const [first, ...rest] = await labels('finch')
    expect(first).toMatch(/^AZ-0001 · S5 · .*, Maricopa County, Arizona$/)
    expect(rest).toHaveLength(1)
    expect((await labels('wren'))[0]).toMatch(/^AZ-0001 · S5 · [^,]+, .*Maricopa.*Arizona$/)
    expect(await ids('owl')).toHaveLength(3)
  })

  test.each([
    ['412', []],
    ['2', ['AZ-0002']],
    ['az-2', ['AZ-0002']],
    ['#az0002', ['AZ-0002']],
    ['AZ 2', ['AZ-0002']],
    ['pima', ['AZ-0002']],
    ['s5 maric', ['AZ-0001']],
    ['Pima S5', []],
    ['GA-0001', []],
  ])('%s', async (typed, expected) => {
    expect(await ids('finch', typed)).toEqual(expected)
  })

  test('is only their own for who may only report, what ended is not among it', async () => {
    expect(await ids('heron')).toEqual(['AZ-0001', 'AZ-0002'])
    expect(await ids('cactus-wren')).toEqual([])
    await house.type('heron', '/withdraw AZ-0002')
    expect(await ids('finch', '2')).toEqual([])
  })

  test('hides what they may not know of, and everything from strangers', async () => {
    await house.type('magpie', '/mark AZ-0001 restricted')
    expect(await ids('finch')).toEqual(['AZ-0002'])
    expect(await ids('finch', 'AZ-0001')).toEqual([])
    expect(await ids('magpie')).toEqual(['AZ-0001', 'AZ-0002', 'GA-0001'])
    expect(await ids('nobody-knows-me')).toEqual([])
  })

  test('is 25 at most, of 100 letters at most; the rest is found by its number', async () => {
    for (let n = 3; n <= 30; n++)
      await report(n % 2 ? 'heron' : 'cactus-wren', { danger: 'no', what: `Sign number ${n} was torn down` })
    const all = await labels('finch')
    expect(all).toHaveLength(25)
    expect(Math.max(...all.map(label => label.length))).toBeLessThanOrEqual(100)
    expect(await ids('finch', 'az30')).toEqual(['AZ-0030'])
  })
})

test('threads are the cards of its rooms, rooms those bound on it', async () => {
  const id = await report('heron')
  const card = await house.card('az-response', id)
  expect(await host.threads()).toContainEqual({ room: 'az-response', id: String(card.id) })
  expect(host.rooms().map(room => room.address)).toContain('az-response')
  const slack = house.hostOf('slack')
  expect([slack.rooms(), await slack.threads()]).toEqual([[], []])
})

test('a notice reaches every coordination room, once and for ever once', async () => {
  const what = phrase('host.status-problem', { reason: { words: 'the bot was taken out of the room' } })
  await host.notice('kicked:az', what)
  await house.settle()
  await host.notice('kicked:az', what)
  await house.settle()
  const rooms = house.store.roster.directory().rooms.filter(room => room.purpose === 'coordination')
  expect(rooms.length).toBeGreaterThan(0)
  for (const { address } of rooms) {
    expect((await house.room(address)).filter(text => text.includes('taken out'))).toHaveLength(1)
  }
})

test('rooms on a tool that the hub is not connected to are told once a day', async () => {
  const served = [{ name: 'slack' }] as unknown as readonly Platform[]
  expect(await tellUnserved(served, house.store, house.clock())).toBe(true)
  expect(await tellUnserved(served, house.store, house.clock())).toBe(false)
  await house.settle()
  expect((await house.room('coordination')).join('\n')).toMatch(
    /\d+ rooms of this network are on the practice workspace/,
  )
  house.skip(24 * 60)
  expect(await tellUnserved(served, house.store, house.clock())).toBe(true)
  const all = [{ name: 'workspace' }] as unknown as readonly Platform[]
  expect(await tellUnserved(all, house.store, house.clock() + 1e9)).toBe(false)
})

test('a task is done each time it is asked for, beside those of other names, and fails as it fails', async () => {
  const other = house.hostOf('workspace')
  const never = new AbortController().signal
  const done: string[] = []
  const slowly = async () => {
    done.push('one begins')
    await new Promise(resolve => setTimeout(resolve, 50))
    done.push('one ends')
  }
  await Promise.all([
    host.alone('reading', slowly, never),
    other.alone('writing', async () => void done.push('other'), never),
  ])
  expect(done).toEqual(['one begins', 'other', 'one ends'])
  await host.alone('reading', async () => void done.push('again'), never)
  expect(done.at(-1)).toBe('again')
  await expect(host.alone('reading', () => Promise.reject(new Error('no way')), never)).rejects.toThrow('no way')
  const stopped = new AbortController()
  stopped.abort()
  await host.alone('reading', async () => void done.push('never'), stopped.signal)
  expect(done).not.toContain('never')
})
