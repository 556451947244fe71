import { afterEach, describe, expect, test } from 'vitest'
import { directRoom } from '../../../bot/signal/address.ts'
import { plainView } from '../../../workflows/view.ts'
import { failure, finch, finchNumber, group, heron, openRig, type Rig, saying } from './rig.ts'

let rig: Rig

afterEach(async () => {
  await rig.close()
  expect(rig.peer.broken).toEqual([])
})

const toGroup = { type: 'room', room: group } as const
const toHeron = { type: 'direct', account: heron } as const

describe.each([
  { answers: 'object', version: '0.98' },
  { answers: 'list', version: '0.101' },
] as const)('a message, where the API answers with an $answers', manner => {
  test('is known by the hub’s number and its time, and can be changed and taken away', async () => {
    rig = await openRig(manner)
    const ref = await rig.platform.post(toGroup, saying('S4 HIGH'))
    const [seen] = await rig.peer.room(group)
    expect(ref).toEqual({ room: group, id: seen?.id })
    await rig.platform.edit(ref, saying('claimed'))
    await rig.platform.edit(ref, saying('resolved'))
    expect(await rig.peer.room(group)).toMatchObject([{ text: 'resolved', edited: true }])
    await rig.platform.remove?.(ref)
    expect(await rig.peer.room(group)).toEqual([])
  })
})

test('what belongs to a card quotes it, and so does the card that takes its place', async () => {
  rig = await openRig()
  const card = await rig.platform.post(toGroup, saying('card'))
  await rig.platform.post({ type: 'thread', under: card }, saying('claimed by Finch'))
  await rig.platform.post({ ...toGroup, replaces: card }, saying('card again'))
  expect(rig.peer.world.messages.map(one => one.quote?.text ?? null)).toEqual([null, 'S4 HIGH', 'S4 HIGH'])
})

test('a person is written to by uuid, by the number while only that is known, and heard under one name', async () => {
  rig = await openRig()
  const first = await rig.platform.post({ type: 'direct', account: finchNumber }, saying('one'))
  expect(first.room).toBe(directRoom(finchNumber))
  await rig.peer.someone(finch).write('hello', null)
  await expect.poll(() => rig.heard).toMatchObject([{ account: finch, number: finchNumber }])
  const second = await rig.platform.post({ type: 'direct', account: finchNumber }, saying('two'))
  expect(second.room).toBe(directRoom(finch))
  expect((await rig.peer.direct(finch)).map(one => one.text)).toEqual(['one', 'hello', 'two'])
})

test('messages go one at a time', async () => {
  rig = await openRig()
  const words = ['a', 'b', 'c', 'd', 'e', 'f']
  await Promise.all(words.map(word => rig.platform.post(toGroup, saying(word))))
  expect((await rig.peer.room(group)).map(one => one.text)).toEqual(words)
})

test('of a message in pieces only the rest is sent again', async () => {
  rig = await openRig()
  const message = { ...saying('both'), view: plainView([{ words: 'first' }, { words: 'second' }]) }
  rig.peer.faults.next('/v2/send', { type: 'status', status: 500, body: {} }, 1)
  await failure(rig.platform.post(toHeron, message))
  const ref = await rig.platform.post(toHeron, message)
  const texts = (await rig.peer.direct(heron)).map(one => one.text)
  expect(texts).toEqual(['first', 'second'])
  expect(ref.id).toBe((await rig.peer.direct(heron))[0]?.id)
})

describe('of an unknown outcome is', () => {
  test('what was never answered', async () => {
    rig = await openRig()
    rig.peer.faults.next('/v2/send', { type: 'hang' })
    const error = await failure(rig.platform.post(toGroup, saying('one')))
    expect(error).toMatchObject({ permanent: false, retryAfterMs: undefined })
    await rig.platform.post(toGroup, saying('two'))
    expect((await rig.peer.room(group)).map(one => one.text)).toEqual(['two'])
  })

  test('what went out, but whose answer was lost', async () => {
    rig = await openRig()
    rig.peer.faults.next('/v2/send', { type: 'lose' })
    const error = await failure(rig.platform.post(toGroup, saying('one')))
    expect(error).toMatchObject({ permanent: false, retryAfterMs: undefined })
    expect(await rig.peer.room(group)).toHaveLength(1)
  })

  test('what was answered with something that makes no sense', async () => {
    rig = await openRig()
    rig.peer.faults.next('/v2/send', { type: 'status', status: 201, body: [] })
    expect(await failure(rig.platform.post(toGroup, saying('one')))).toMatchObject({ retryAfterMs: undefined })
  })
})

test('where nobody answers the door nothing was sent, and the pauses grow', async () => {
  rig = await openRig()
  await rig.peer.api.down()
  const first = await failure(rig.platform.post(toGroup, saying('one')))
  const second = await failure(rig.platform.post(toGroup, saying('one')))
  expect(first).toMatchObject({ permanent: false, retryAfterMs: 2000 })
  expect(second).toMatchObject({ permanent: false, retryAfterMs: 4000 })
  await rig.peer.api.up()
  await rig.platform.post(toGroup, saying('one'))
})

describe('a limit of Signal', () => {
  test('with a token is waited out, and the coordinators are told how to lift it', async () => {
    rig = await openRig({ answers: 'list' })
    rig.peer.faults.limit(['token-7'])
    const error = await failure(rig.platform.post(toGroup, saying('one')))
    expect(error).toMatchObject({ permanent: false, retryAfterMs: 60_000 })
    const asked = rig.peer.api.requests.length
    await failure(rig.platform.post(toGroup, saying('one')))
    expect(rig.peer.api.requests).toHaveLength(asked)
    const [notice] = [...rig.notices.values()]
    expect(notice).toContain('https://signalcaptchas.org/challenge/generate.html')
    expect(notice).toContain('signal challenge token-7')
  })

  test('does not prove that nothing went out: what is sent after it says so, what was held back does not', async () => {
    let now = Date.now()
    rig = await openRig({ answers: 'list', clock: () => now })
    rig.peer.faults.limit([''])
    await failure(rig.platform.post(toGroup, { ...saying('one'), key: 'limited' }))
    await failure(rig.platform.post(toGroup, { ...saying('two'), key: 'held' }))
    rig.peer.faults.lift()
    now += 2 * 60_000
    await rig.platform.post(toGroup, { ...saying('one'), key: 'limited' })
    await rig.platform.post(toGroup, { ...saying('two'), key: 'held' })
    const [first, second] = rig.peer.world.messages
    expect(first?.text).toMatch(/twice/)
    expect(second?.text).not.toMatch(/twice/)
  })

  test('without a token is only told', async () => {
    rig = await openRig()
    rig.peer.faults.limit([''])
    await failure(rig.platform.post(toGroup, saying('one')))
    expect([...rig.notices.values()]).toEqual([expect.stringContaining('limits how much the hub may send')])
  })

  test('is read from the words where it has no status of its own', async () => {
    rig = await openRig({ mode: 'normal' })
    rig.peer.faults.limit(['token-8'])
    const error = await failure(rig.platform.post(toGroup, saying('one')))
    expect(error.retryAfterMs).toBe(5 * 60_000)
    expect([...rig.notices.values()][0]).toContain('token-8')
  })
})

describe('somebody out of reach', () => {
  test.each(['object', 'list'] as const)('because their safety number is new (%s)', async answers => {
    rig = await openRig({ answers })
    rig.peer.world.person(heron).trusted = false
    const error = await failure(rig.platform.post(toHeron, saying('one')))
    expect(error).toMatchObject({ permanent: true, because: 'unreachable' })
    expect(error.message).toContain('signal untrusted')
  })

  test('because they left Signal counts as such after three tries', async () => {
    rig = await openRig()
    rig.peer.world.person(heron).registered = false
    expect(await failure(rig.platform.post(toHeron, saying('1')))).toMatchObject({ permanent: false })
    expect(await failure(rig.platform.post(toHeron, saying('1')))).toMatchObject({ retryAfterMs: 30_000 })
    const error = await failure(rig.platform.post(toHeron, saying('1')))
    expect(error).toMatchObject({ permanent: true, because: 'unreachable' })
  })
})

test('who was left out of a group is told, once and without a name', async () => {
  rig = await openRig()
  rig.peer.faults.leaveOut(finch, 'IDENTITY_FAILURE')
  rig.peer.faults.leaveOut(heron, 'NETWORK_FAILURE')
  await rig.platform.post(toGroup, saying('one'))
  await rig.platform.post(toGroup, saying('two'))
  const said = [...rig.notices.values()]
  expect(said).toEqual([
    expect.stringContaining('One person in Arizona responders did not get'),
    expect.stringContaining('One person in Arizona responders did not get'),
  ])
  expect(said.join()).not.toContain(finch)
})

test('a group that the hub is not in says so for good', async () => {
  rig = await openRig()
  const closed = rig.peer.world.groups.get(group)
  if (closed) closed.hub = false
  const error = await failure(rig.platform.post(toGroup, saying('one')))
  expect(error).toMatchObject({ permanent: true })
  expect(error.message).toContain('not in that Signal group')
})

test('what is older than a day can be neither changed nor taken away, and must be sent anew', async () => {
  let now = Date.UTC(2026, 10, 3)
  rig = await openRig({ clock: () => now })
  const ref = await rig.platform.post(toGroup, saying('one'))
  now += 24 * 60 * 60_000
  expect(await failure(rig.platform.edit(ref, saying('two')))).toMatchObject({ permanent: true, because: 'stale' })
  expect(await failure(rig.platform.remove?.(ref) ?? Promise.resolve())).toMatchObject({ because: 'stale' })
})

test('a sign is put on what somebody wrote; that it could not be is only logged', async () => {
  rig = await openRig()
  await rig.peer.someone(heron).write('three men', null)
  await expect.poll(() => rig.heard).toHaveLength(1)
  const at = rig.heard[0]?.at
  const ref = { room: directRoom(heron), id: `${heron}.${at}` }
  await rig.voice().react(ref, '👍')
  expect([...(rig.peer.world.messages[0]?.reactions.values() ?? [])]).toEqual(['👍'])
  rig.peer.faults.next('/v1/reactions', { type: 'status', status: 400, body: { error: 'no' } })
  await rig.voice().react(ref, '👍')
  expect(rig.logged()).toContain('a reaction was not sent')
})
