import { afterEach, describe, expect, test } from 'vitest'
import { dataOf, frameOf } from '../../peers/signal/frames.ts'
import { finch, group, heron, openRig, type Rig, saying } from './rig.ts'

let rig: Rig

afterEach(async () => {
  await rig.close()
  expect(rig.peer.broken).toEqual([])
})

const wordsHeard = () => rig.heard.flatMap(one => (one.type === 'text' ? [one.words] : []))
const listening = () => rig.peer.api.wire.counts().listening

function frame(words: string, at: number) {
  const { world } = rig.peer
  return frameOf(world.person(heron), world.own, at, { dataMessage: dataOf(at, null, 0, { message: words }) })
}

test('all of a burst of frames is kept, in order and once', async () => {
  rig = await openRig()
  const words = Array.from({ length: 500 }, (_, index) => `line ${index}`)
  const frames = words.map((one, index) => frame(one, 1_700_000_000_000 + index))
  rig.peer.burst([...frames, ...frames.slice(0, 50)])
  await expect.poll(() => rig.heard.length).toBe(500)
  expect(wordsHeard()).toEqual(words)
})

test('garbage is kept, understood as nothing, and stops nobody', async () => {
  rig = await openRig()
  rig.peer.burst(['not json', '{"error":"no account"}', '{"envelope":{}}', '[]', '{"envelope":{"timestamp":"soon"}}'])
  await rig.peer.someone(heron).write('after it', null)
  await expect.poll(wordsHeard).toEqual(['after it'])
  expect(rig.host.kept.size).toBe(6)
})

test('the hub’s own echo, receipts and changes of a group are nothing that anybody said', async () => {
  rig = await openRig({ echo: true })
  await rig.platform.post({ type: 'room', room: group }, saying('card'))
  rig.peer.groupChanged(group, finch)
  await rig.peer.someone(finch).write('hello', group)
  await expect.poll(wordsHeard).toEqual(['hello'])
  expect(rig.heard).toHaveLength(1)
})

test('who received, read or types something is not kept', async () => {
  rig = await openRig()
  const { world } = rig.peer
  const receipt = { when: 1, isDelivery: false, isRead: true, isViewed: false, timestamps: [1] }
  rig.peer.burst([
    frameOf(world.person(heron), world.own, world.now(), { receiptMessage: receipt }),
    frameOf(world.person(heron), world.own, world.now(), { typingMessage: { action: 'STARTED', timestamp: 1 } }),
    frameOf(world.person(heron), world.own, world.now(), { callMessage: { offerMessage: { id: 1 } } }),
  ])
  await rig.peer.someone(heron).write('hello', null)
  await expect.poll(wordsHeard).toEqual(['hello'])
  expect(rig.host.kept.size).toBe(2)
})

test('what could not be decrypted is told, and heard when it is sent again', async () => {
  rig = await openRig()
  const { world } = rig.peer
  const at = world.now()
  const exception = { message: 'secret', type: 'UntrustedIdentityException' }
  rig.peer.api.emit({ ...frameOf(world.person(heron), world.own, at, {}), exception })
  rig.peer.api.emit(frame('again', at))
  await expect.poll(wordsHeard).toEqual(['again'])
  const said = [...rig.notices.values()]
  expect(said).toEqual([expect.stringContaining('safety number is new')])
  expect(said.join()).not.toContain(heron)
})

describe('a connection that', () => {
  test('is cut is made anew, and the gap is told', async () => {
    rig = await openRig({}, { gap: 0 })
    await rig.peer.someone(heron).write('before', null)
    await expect.poll(wordsHeard).toEqual(['before'])
    await rig.peer.api.down()
    await rig.peer.someone(heron).write('lost', null)
    expect(rig.peer.api.lost()).toBe(1)
    await expect.poll(() => rig.platform.connection?.().state).toBe('down')
    await rig.peer.api.up()
    await expect.poll(listening).toBe(1)
    await rig.peer.someone(heron).write('after', null)
    await expect.poll(wordsHeard).toEqual(['before', 'after'])
    await expect.poll(() => [...rig.notices.values()]).toEqual([expect.stringContaining('did not hear from Signal')])
  })

  test('falls silent without closing is made anew', async () => {
    rig = await openRig()
    await expect.poll(() => rig.peer.api.wire.counts().pings).toBeGreaterThan(1)
    rig.peer.api.wire.freeze()
    await expect.poll(() => rig.peer.api.wire.counts().opened).toBeGreaterThan(1)
    rig.peer.api.wire.thaw()
    await expect.poll(() => [...rig.notices.keys()]).toEqual([expect.stringMatching(/^signal:gap:/)])
  })

  test('is short away is not told', async () => {
    rig = await openRig({}, { gap: 60_000 })
    rig.peer.api.wire.cut()
    await expect.poll(() => rig.peer.api.wire.counts().opened).toBe(2)
    await rig.peer.someone(heron).write('hello', null)
    await expect.poll(wordsHeard).toEqual(['hello'])
    expect(rig.notices.size).toBe(0)
  })

  test('stays away is known, with what is wrong', async () => {
    rig = await openRig()
    await rig.peer.api.down()
    const state = () => rig.platform.connection?.()
    await expect.poll(state).toMatchObject({ state: 'down', problem: expect.any(String) })
    await rig.peer.api.up()
    await expect.poll(() => rig.platform.connection?.().state).toBe('up')
  })
})

test('the gap while the hub was stopped is told when it listens again', async () => {
  rig = await openRig({}, { gap: 0 })
  await rig.platform.stop()
  await expect.poll(listening).toBe(0)
  await rig.peer.someone(heron).write('lost', null)
  expect(rig.peer.api.lost()).toBe(1)
  await rig.again()
  await expect.poll(() => [...rig.notices.keys()]).toEqual([expect.stringMatching(/^signal:gap:/)])
})

describe('while the disk is full', () => {
  test('frames wait in their order and are kept as soon as they can be; it is told', async () => {
    rig = await openRig()
    rig.host.full = true
    for (const words of ['one', 'two', 'three']) await rig.peer.someone(heron).write(words, null)
    await expect.poll(() => rig.platform.connection?.().problem).toBe('what comes cannot be kept')
    expect(wordsHeard()).toEqual([])
    rig.host.full = false
    await expect.poll(wordsHeard).toEqual(['one', 'two', 'three'])
    await expect.poll(() => [...rig.notices.values()]).toEqual([expect.stringContaining('It has it all now')])
    expect(rig.logged()).toContain('a frame from Signal cannot be kept')
  })

  test('what has no room even to wait is counted and told as lost', async () => {
    rig = await openRig({}, { patience: { first: 5, longest: 10, most: 10 } })
    rig.host.full = true
    await rig.peer.someone(heron).write('one', null)
    await expect.poll(() => rig.logged()).toContain('a frame from Signal is lost')
    await rig.platform.stop()
    expect(rig.host.kept.size).toBe(0)
  })
})

describe('where messages are polled', () => {
  test('nothing is lost while the hub is away, and no socket is opened', async () => {
    rig = await openRig({ mode: 'normal' })
    await rig.peer.someone(heron).write('one', null)
    await expect.poll(wordsHeard).toEqual(['one'])
    await rig.platform.stop()
    await rig.peer.someone(heron).write('two', null)
    await rig.again()
    await expect.poll(wordsHeard).toEqual(['one', 'two'])
    expect(rig.peer.api.wire.counts().opened).toBe(0)
    expect(rig.notices.size).toBe(0)
  })

  test('a request that never ends is given up and made again', async () => {
    rig = await openRig({ mode: 'native' })
    rig.peer.faults.next('/v1/receive', { type: 'hang' })
    await rig.peer.someone(heron).write('one', null)
    await expect.poll(wordsHeard).toEqual(['one'])
  })
})

test('the hub gives itself a name if it shows none, and learns who it is', async () => {
  rig = await openRig()
  await expect.poll(() => rig.peer.api.requests).toContain('PUT /v1/profiles/%2B15550000001')
  expect([...rig.memory.values()]).toContain(rig.peer.world.own.uuid)
  await rig.platform.stop()
  const asked = rig.peer.api.requests.length
  await rig.again()
  await expect.poll(() => rig.peer.api.requests.slice(asked).some(one => one.includes('/contacts/'))).toBe(true)
  expect(rig.peer.api.requests.slice(asked).filter(one => one.startsWith('PUT'))).toEqual([])
})

test('a number that the API does not know is said', async () => {
  rig = await openRig({}, {})
  await rig.platform.stop()
  rig.peer.faults.next('/v1/accounts', { type: 'status', status: 200, body: ['+15559999999'] })
  await rig.again()
  await expect.poll(() => rig.platform.connection?.().problem).toContain('does not know the number')
  expect([...rig.notices.values()]).toEqual([expect.stringContaining('does not know the hub’s number')])
})

test('a stopped hub has let go of its socket, and stopping twice does no harm', async () => {
  rig = await openRig()
  await rig.platform.stop()
  await rig.platform.stop()
  await expect.poll(listening).toBe(0)
  expect(rig.platform.connection?.()).toMatchObject({ state: 'off' })
})
