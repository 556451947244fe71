import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLog } from '../../../bot/log.ts'
import type { Platform } from '../../../bot/platform.ts'
import { createSignal } from '../../../bot/signal/index.ts'
import { failure, group, openRig, type Rig, saying } from './rig.ts'

const long = Array.from({ length: 60 }, (_, at) => `The polling place number ${at} is closed today.`).join(' ')
const toGroup = { type: 'room', room: group } as const

let rig: Rig
let signal: Platform

async function open(): Promise<Platform> {
  const made = createSignal({ ...rig.peer.settings, commands: [], clock: Date.now, log: createLog('silent') })
  await made.start(rig.host)
  await expect.poll(() => made.connection?.().state).toBe('up')
  return made
}

const stands = async () => (await rig.peer.room(group)).map(one => one.text)

beforeEach(async () => {
  rig = await openRig()
  await rig.platform.stop()
  signal = await open()
})

afterEach(async () => {
  await signal.stop()
  expect(rig.peer.broken).toEqual([])
  await rig.close()
})

test('what went out in several pieces is changed as a whole, also by a hub that was started since', async () => {
  const ref = await signal.post(toGroup, saying(long))
  expect(await stands()).toHaveLength(2)
  await signal.stop()
  signal = await open()
  await signal.edit(ref, saying('They are open.'))
  expect(await stands()).toEqual(['They are open.'])
})

test('what went out in several pieces is taken away as a whole', async () => {
  const ref = await signal.post(toGroup, saying(long))
  await signal.remove?.(ref)
  expect(await stands()).toEqual([])
})

test('words that must stay whole and are too long for one message are not put in its place', async () => {
  const ref = await signal.post(toGroup, saying('They are closed.'))
  expect(await failure(signal.edit(ref, { ...saying(long), whole: true }))).toMatchObject({ because: 'stale' })
  expect(await stands()).toEqual(['They are closed.'])
})
