import pino from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Sighting } from '../../../bot/platform.ts'
import type { Client, Letter } from '../../../bot/signal/client.ts'
import { createReceipts, type Receipts } from '../../../bot/signal/receipts.ts'
import { SignalError } from '../../../bot/signal/refusal.ts'
import { failure, group, openRig, saying } from './rig.ts'

const heron = '11111111-0000-4000-8000-000000000001'
const number = '+15550000001'
const known = new Set(['100'])
const letter: Letter = { recipients: [heron], message: 'x', text_mode: 'styled', notify_self: false }

let now: number
let counted: Sighting[]
let arrived: string[]
let fails: Error | null
let receipts: Receipts

beforeEach(() => {
  now = 1_000_000
  counted = []
  arrived = []
  fails = null
  receipts = createReceipts({
    number,
    counter: {
      posted: async () => {},
      count: async seen => {
        if (fails) throw fails
        counted.push(...seen.filter(one => known.has(one.message)))
        return seen.filter(one => !known.has(one.message))
      },
      arrived: async (key, { room, id }) => arrived.push(`${key} ${room} ${id}`) > 0,
    },
    clock: () => now,
    log: pino({ level: 'silent' }),
    everyMs: 1_000_000,
  })
})
afterEach(() => receipts.stop())

function frame(receiptMessage: object, sourceUuid = heron): string {
  return JSON.stringify({ envelope: { sourceUuid, timestamp: now, receiptMessage }, account: number })
}
const read = (...timestamps: number[]) => frame({ when: now, isDelivery: false, isRead: true, timestamps })
const received = (at: number, who = heron) => frame({ when: now, isDelivery: true, timestamps: [at] }, who)

/** A letter whose answer is lost: it was sent at `from`, and given up at `until`. */
async function lose(key: string, { from, until, sure = false }: { from: number; until: number; sure?: boolean }) {
  now = from
  const client = receipts.watch({
    send: async () => {
      now = until
      throw new SignalError({ type: 'down', sure, reason: 'silence' })
    },
  } as unknown as Client)
  const error = await client.send(letter).catch(failed => failed)
  receipts.lost(key, { type: 'direct', account: heron }, error)
}

test('receipts are counted together; typing and what people say are none', async () => {
  expect(receipts.take(read(100, 7))).toBe(true)
  expect(receipts.take(received(100))).toBe(true)
  expect(receipts.take(JSON.stringify({ envelope: { sourceUuid: heron, typingMessage: { action: 'STARTED' } } }))).toBe(
    false,
  )
  expect(receipts.take('no json')).toBe(false)
  expect(counted).toEqual([])
  await receipts.flush()
  expect(counted.map(one => [one.message, one.how])).toEqual([
    ['100', 'read'],
    ['100', 'received'],
  ])
})

test('one that comes before the answer to its message waits for it, but not for ever', async () => {
  receipts.take(read(200))
  await receipts.flush()
  known.add('200')
  await receipts.flush()
  known.delete('200')
  expect(counted.map(one => one.message)).toEqual(['200'])
  receipts.take(read(300))
  await receipts.flush()
  now += 100_000
  await receipts.flush()
  known.add('300')
  await receipts.flush()
  known.delete('300')
  expect(counted).toHaveLength(1)
})

test('what the database cannot take is counted later', async () => {
  fails = new Error('busy')
  receipts.take(read(100))
  await receipts.flush()
  fails = null
  await receipts.flush()
  expect(counted).toHaveLength(1)
})

test('a message whose answer was lost has arrived when a receipt names the moment in which it was sent', async () => {
  await lose('post', { from: 2_000_000, until: 2_060_000 })
  receipts.take(received(2_030_000))
  await receipts.flush()
  expect(arrived).toEqual([`post direct:${heron} ${number}.2030000`])
  receipts.take(received(2_030_000))
  await receipts.flush()
  expect(arrived).toHaveLength(1)
})

test('nothing is concluded from another moment, another person, a sure failure, two at once, or of a card', async () => {
  await lose('early', { from: 2_000_000, until: 2_060_000 })
  receipts.take(received(2_100_000))
  receipts.take(received(2_030_000, 'somebody-else'))
  await lose('sure', { from: 3_000_000, until: 3_060_000, sure: true })
  receipts.take(received(3_030_000))
  await lose('one', { from: 4_000_000, until: 4_060_000 })
  await lose('two', { from: 4_000_000, until: 4_060_000 })
  receipts.take(received(4_030_000))
  await lose('card:AZ-0001:room:1', { from: 5_000_000, until: 5_060_000 })
  receipts.take(received(5_030_000))
  await receipts.flush()
  expect(arrived).toEqual([])
})

test('over the wire: what went out is known by its receipts, and so is what arrived though its answer was lost', async () => {
  const rig = await openRig()
  const posted = new Map<string, readonly string[]>()
  const seen: Sighting[] = []
  Object.assign(rig.host.receipts, {
    posted: async (key: string, messages: readonly string[]) => void posted.set(key, messages),
    count: async (some: readonly Sighting[]) => {
      const ours = new Set([...posted.values()].flat())
      seen.push(...some.filter(one => ours.has(one.message)))
      return some.filter(one => !ours.has(one.message))
    },
    arrived: async (key: string) => arrived.push(key) > 0,
  })
  await rig.platform.post({ type: 'room', room: group }, saying('heard', 'first'))
  await expect.poll(() => seen.map(one => one.message)).toEqual(posted.get('first'))
  rig.peer.faults.nextTo(group, { type: 'lose' })
  await failure(rig.platform.post({ type: 'room', room: group }, saying('lost', 'second')))
  await expect.poll(() => arrived).toEqual(['second'])
  expect(posted.get('second')).toHaveLength(1)
  expect(rig.peer.broken).toEqual([])
  await rig.close()
})
