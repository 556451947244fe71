import { afterEach, beforeEach, expect, test } from 'vitest'
import { createWorkspace } from '../../../bot/workspace/index.ts'
import { ConfigError, PlatformError } from '../../../workflows/errors.ts'
import { button, card, type Desk, reader, startDesk } from './desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await startDesk()
})
afterEach(() => desk.close())

const az = { type: 'room', room: 'az' } as const
const message = (words: string, key = 'card:1') => ({ view: card('S4 HIGH · AZ-0412', [words]), reader, key })

test('a message posted twice under one key stands once, and is found by it', async () => {
  const first = await desk.workspace.post(az, message('calm'))
  const second = await desk.workspace.post(az, message('calm'))
  expect(second).toEqual(first)
  expect(await desk.store.list('az', 10)).toHaveLength(1)
  expect(await desk.workspace.find(az, 'card:1', 0)).toEqual(first)
  expect(await desk.workspace.find(az, 'card:2', 0)).toBeNull()
})

test('what somebody writes can never stand in for a message of the hub', async () => {
  await desk.send('/as/heron/say', { key: 'card:1', room: 'az', words: 'I am the hub' })
  expect(await desk.workspace.find(az, 'card:1', 0)).toBeNull()
})

test('an edited message shows the new words in its old place', async () => {
  const ref = await desk.workspace.post(az, message('nobody is on it'))
  desk.pass(60_000)
  await desk.workspace.edit(ref, message('claimed by Finch'))
  const page = await (await fetch(`${desk.url}/as/finch/room/az`)).text()
  expect(page).toContain('claimed by Finch')
  expect(page).not.toContain('nobody is on it')
  expect(page).toContain('edited 12:01')
})

test('a line under a message stands in its thread and is counted there', async () => {
  const root = await desk.workspace.post(az, message('calm'))
  const line = await desk.workspace.post({ type: 'thread', under: root }, message('claimed', 'line:1'))
  const further = await desk.workspace.post({ type: 'thread', under: line }, message('resolved', 'line:2'))
  expect([line.thread, further.thread]).toEqual([root.id, root.id])
  const page = await (await fetch(`${desk.url}/as/finch/room/az?thread=${root.id}`)).text()
  expect(page).toContain('2 replies')
  expect(page.slice(page.indexOf('id="thread-log"'))).toContain('resolved')
})

test('how urgent a message is stands in words, also where it has no title', async () => {
  await desk.workspace.post(az, { view: { ...card('', ['Nobody has taken AZ-0412.']), title: null }, reader, key: 'n' })
  const page = await (await fetch(`${desk.url}/as/finch/room/az`)).text()
  expect(page).toContain('<span class="chip">S4</span>')
})

test('a direct message is seen by that person alone', async () => {
  await desk.workspace.post({ type: 'direct', account: 'heron' }, message('Received as AZ-0412'))
  expect(await (await fetch(`${desk.url}/as/heron/direct`)).text()).toContain('Received as AZ-0412')
  expect(await (await fetch(`${desk.url}/as/finch/direct`)).text()).not.toContain('Received as AZ-0412')
})

test('an unknown room, account or message is refused for good', async () => {
  const refused = (work: Promise<unknown>) =>
    expect(work).rejects.toMatchObject({ name: 'PlatformError', permanent: true })
  await refused(desk.workspace.post({ type: 'room', room: 'nowhere' }, message('calm')))
  await refused(desk.workspace.post({ type: 'direct', account: 'nobody' }, message('calm')))
  await refused(desk.workspace.edit({ room: 'az', id: '999' }, message('calm')))
})

test.each([
  ['4,001 characters', card('', ['x'.repeat(4001)])],
  [
    '26 buttons',
    card(
      '',
      [],
      Array.from({ length: 26 }, (_, index) => button(`b${index}`)),
    ),
  ],
  ['a button id of 101 characters', card('', [], [button('x'.repeat(101), 'a')])],
  ['a button label of 76 characters and more', card('', [], [button('a', 'x'.repeat(76))])],
])('what would not fit on Discord or Slack does not fit here: %s', async (_, view) => {
  const posting = desk.workspace.post(az, { view, reader, key: 'big' })
  await expect(posting).rejects.toBeInstanceOf(PlatformError)
  expect(await desk.store.list('az', 10)).toHaveLength(0)
})

test('it will not be served beyond this machine', () => {
  const options = { store: desk.store, rooms: [], personas: [], commands: [], clock: Date.now, logger: console }
  expect(() => createWorkspace({ ...options, host: '0.0.0.0' })).toThrow(ConfigError)
})

test('when it stops it finishes what is in hand and then takes nothing more', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  desk.answer(async () => {
    await promise
    return { type: 'view', view: card('', ['done in time']), private: true }
  })
  const first = desk.send('/as/heron/say', { key: 'k1', room: 'az', words: '/mine' })
  await expect.poll(() => desk.heard.length).toBe(1)
  const stopped = desk.workspace.stop()
  const late = await desk.send('/as/heron/say', { key: 'k2', room: 'az', words: '/mine' })
  resolve()
  await stopped
  expect(await (await first).text()).toContain('done in time')
  expect(late.status).toBe(503)
  expect(await late.text()).toContain('Your words are still here')
  expect(desk.heard).toHaveLength(1)
})
