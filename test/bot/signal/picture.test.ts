import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLog } from '../../../bot/log.ts'
import type { Platform } from '../../../bot/platform.ts'
import { createSignal } from '../../../bot/signal/index.ts'
import { image } from '../../pictures.ts'
import { group, openRig, type Rig, saying } from './rig.ts'

const to = { type: 'room', room: group } as const
const summary = { ...saying('Calm in all regions.'), image }
const missing = `The picture could not be added. It shows: ${image.alt}`
const perhaps = `A picture may not have arrived. It shows: ${image.alt}`
const shown = [{ name: 'summary.png', alt: image.alt, size: image.bytes.length }]

let rig: Rig
let signal: Platform

beforeEach(async () => {
  rig = await openRig()
  await rig.platform.stop()
  signal = createSignal({ ...rig.peer.settings, commands: [], clock: Date.now, log: createLog('silent') })
  await signal.start(rig.host)
  await expect.poll(() => signal.connection?.().state).toBe('up')
})

afterEach(async () => {
  await signal.stop()
  expect(rig.peer.broken).toEqual([])
  await rig.close()
})

const room = () => rig.peer.room(group)

test('a picture follows the words, named, with what it shows in words', async () => {
  await signal.post(to, summary)
  await expect.poll(room).toMatchObject([{ text: 'Calm in all regions.' }, { text: image.alt, pictures: shown }])
})

test('where Signal takes no picture it is told in words', async () => {
  rig.peer.faults.next('/v2/send', { type: 'status', status: 400, body: { error: 'Failed to send message' } }, 1)
  await signal.post(to, summary)
  await expect.poll(async () => (await room()).map(one => one.text)).toEqual(['Calm in all regions.', missing])
  expect((await room()).flatMap(one => one.pictures ?? [])).toEqual([])
})

test('a picture whose answer is lost neither holds back nor repeats the words', async () => {
  rig.peer.faults.next('/v2/send', { type: 'lose' }, 1)
  const ref = await signal.post(to, summary)
  await expect.poll(room).toMatchObject([{ id: ref.id }, { pictures: shown }])
})

test('of a picture that may not have arrived people are told, once', async () => {
  rig.peer.faults.next('/v2/send', { type: 'lose' }, 1)
  await signal.post(to, summary)
  await expect.poll(async () => (await room()).at(-1)?.text, { timeout: 25_000 }).toBe(perhaps)
  const texts = (await room()).map(one => one.text)
  expect(texts.filter(text => text === 'Calm in all regions.')).toHaveLength(1)
  expect((await room()).flatMap(one => one.pictures ?? []).length).toBeLessThanOrEqual(1)
  expect(texts.filter(text => text === perhaps)).toHaveLength(1)
}, 30_000)
