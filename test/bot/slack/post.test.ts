import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLog } from '../../../bot/log.ts'
import type { Outgoing, Platform } from '../../../bot/platform.ts'
import { createSlack } from '../../../bot/slack/index.ts'
import { commands } from '../../../commands/index.ts'
import type { IncidentId } from '../../../workflows/ids.ts'
import type { Line } from '../../../workflows/view.ts'
import { type SlackPeer, tokens } from '../../peers/slack/index.ts'
import { accounts, rooms, startSlack } from './house.ts'

const room = { type: 'room', room: rooms.arizona } as const

function saying(words: string, key: string, lines: readonly Line[] = []): Outgoing {
  const first: Line = { type: 'text', text: { words } }
  return {
    view: { tone: 'plain', title: null, lines: [first, ...lines], buttons: [] },
    reader: { language: 'en', zone: 'America/Phoenix', now: Date.now(), person: () => null },
    key,
  }
}

describe('messages in Slack', () => {
  let peer: SlackPeer
  let slack: Platform
  let ahead: number

  beforeEach(async () => {
    peer = await startSlack()
    ahead = 0
    const clock = () => Date.now() + ahead
    const settings = { botToken: tokens.bot, appToken: null, signingSecret: 'x', port: 0, apiUrl: peer.apiUrl }
    slack = createSlack({ ...settings, commands, clock, log: createLog('silent') })
  })
  afterEach(async () => {
    await slack.stop()
    await peer.close()
  })

  test('go to a room, into a thread and to a person, and can be changed and removed', async () => {
    const root = await slack.post(room, saying('the card', 'card:1'))
    expect(root).toEqual({ room: rooms.arizona, id: expect.any(String) })
    const under = await slack.post({ type: 'thread', under: root }, saying('claimed', 'post:1'))
    expect(under).toEqual({ room: rooms.arizona, id: expect.any(String), thread: root.id })
    expect((await slack.post({ type: 'thread', under }, saying('again', 'post:2'))).thread).toBe(root.id)
    const own = await slack.post({ type: 'direct', account: accounts.heron }, saying('for you', 'post:3'))
    expect((await peer.someone(accounts.heron).direct())[0]?.id).toBe(own.id)
    await slack.edit(root, saying('the card, changed', 'card:1'))
    await slack.remove?.(under)
    expect((await peer.room(rooms.arizona)).map(one => [one.text, one.edited])).toEqual([['the card, changed', true]])
    expect((await peer.thread(rooms.arizona, root.id)).map(one => one.text)).toEqual(['again'])
    expect(peer.broken).toEqual([])
  })

  test('one whose answer was lost is found again; one that never was is not', async () => {
    peer.faults.on('chat.postMessage', { type: 'lose' })
    const lost = slack.post(room, {
      ...saying('perhaps', 'post:lost'),
      card: { incident: 'AZ-0001' as IncidentId, severity: 4, status: 'reported' },
    })
    await expect(lost).rejects.toMatchObject({ permanent: false, retryAfterMs: undefined })
    const [stands] = await peer.room(rooms.arizona)
    expect(await slack.find(room, 'post:lost', 0)).toEqual({ room: rooms.arizona, id: stands?.id })
    expect(await slack.find(room, 'post:other', 0)).toBeNull()
    const root = await slack.post(room, saying('card', 'card:1'))
    peer.faults.on('chat.postMessage', { type: 'lose' })
    const thread = { type: 'thread', under: root } as const
    await expect(slack.post(thread, saying('perhaps too', 'post:lost2'))).rejects.toThrow()
    expect(await slack.find(thread, 'post:lost2', 0)).toMatchObject({ thread: root.id })
    expect(peer.world.channels.get(rooms.arizona)?.messages[0]?.metadata).toEqual({
      event_type: 'trust_hub_post',
      event_payload: { key: expect.stringMatching(/^[\w-]{32}$/), incident: 'AZ-0001' },
    })
    expect(peer.broken).toEqual([])
  })

  test('keep to a message a second for each channel, without Slack having to say so', async () => {
    const done = await Promise.allSettled(
      Array.from({ length: 8 }, (_, at) => slack.post(room, saying(`${at}`, `post:${at}`))),
    )
    const later = done.flatMap(one => (one.status === 'rejected' ? [one.reason.retryAfterMs as number] : []))
    expect(later.length).toBeGreaterThan(2)
    expect(later.every(ms => ms > 0 && ms < 10_000)).toBe(true)
    expect(new Set(later).size).toBe(later.length)
    await slack.post({ type: 'room', room: rooms.coordination }, saying('elsewhere', 'post:x'))
    expect(peer.broken).toEqual([])
  })

  test('one whose turn comes too late, as in a process that was stopped, is not sent: another may have sent it', async () => {
    for (const at of ['1', '2', '3']) await slack.post(room, saying(at, `post:${at}`))
    const waits = slack.post(room, saying('4', 'post:4'))
    ahead = 20_000
    await expect(waits).rejects.toMatchObject({ permanent: false, retryAfterMs: 0 })
    await slack.post(room, saying('5', 'post:5'))
    expect((await peer.room(rooms.arizona)).map(one => one.text)).toEqual(['1', '2', '3', '5'])
    const [first] = await peer.room(rooms.arizona)
    for (let at = 0; at < 8; at++)
      await slack.edit({ room: rooms.arizona, id: first?.id ?? '' }, saying(`${at}`, 'post:1'))
    const edit = slack.edit({ room: rooms.arizona, id: first?.id ?? '' }, saying('of then', 'post:1'))
    ahead = 40_000
    await expect(edit).rejects.toMatchObject({ permanent: false, retryAfterMs: 0 })
    expect((await peer.room(rooms.arizona))[0]?.text).toBe('7')
  })

  test('when Slack asks for a pause, the next try waits for it without asking', async () => {
    peer.faults.on('chat.postMessage', { type: 'busy', seconds: 30 })
    await expect(slack.post(room, saying('one', 'post:1'))).rejects.toMatchObject({
      permanent: false,
      retryAfterMs: 30_000,
    })
    const asked = peer.calls.length
    await expect(slack.post(room, saying('one', 'post:1'))).rejects.toMatchObject({ retryAfterMs: expect.any(Number) })
    expect(peer.calls.length).toBe(asked)
    await slack.post({ type: 'room', room: rooms.coordination }, saying('not held up', 'post:2'))
  })

  test.each([
    ['channel_not_found', { permanent: true, message: expect.stringMatching(/invite/) }],
    ['not_in_channel', { permanent: true, message: expect.stringMatching(/invite/) }],
    ['is_archived', { permanent: true, message: expect.stringMatching(/archived/) }],
    ['account_inactive', { because: 'down', message: expect.stringMatching(/install it again/) }],
    ['token_revoked', { because: 'down', message: expect.stringMatching(/SLACK_BOT_TOKEN/) }],
    ['missing_scope', { permanent: true, message: expect.stringMatching(/manifest/) }],
    ['msg_blocks_too_long', { permanent: true }],
    ['internal_error', { permanent: false, because: 'down', retryAfterMs: undefined }],
    ['ratelimited', { permanent: false, retryAfterMs: 30_000 }],
    ['message_not_found', { permanent: true, because: 'stale' }],
    ['edit_window_closed', { permanent: true, because: 'stale' }],
    ['something_new', { permanent: true }],
  ])('%s is told for what it is', async (code, problem) => {
    peer.faults.on('chat.postMessage', { type: 'refuse', code })
    await expect(slack.post(room, saying('x', 'post:1'))).rejects.toMatchObject(problem)
  })

  test('a message that is gone, and a person who cannot be written to, are told apart', async () => {
    const gone = { room: rooms.arizona, id: '1.000001' }
    await expect(slack.edit(gone, saying('x', 'card:1'))).rejects.toMatchObject({ because: 'stale', permanent: true })
    const user = peer.world.users.get(accounts.heron)
    if (user) user.gone = true
    const post = slack.post({ type: 'direct', account: accounts.heron }, saying('x', 'post:1'))
    await expect(post).rejects.toMatchObject({ because: 'unreachable', permanent: true })
    peer.faults.on('chat.update', { type: 'broken', status: 503 })
    await expect(slack.edit(gone, saying('x', 'card:1'))).rejects.toMatchObject({ permanent: false })
  })

  test('somebody is written to for the first time without their conversation being opened apart', async () => {
    const to = { type: 'direct', account: accounts.heron } as const
    const first = await slack.post(to, saying('hello', 'post:1'))
    const second = await slack.post(to, saying('again', 'post:2'))
    expect(first.room).toMatch(/^D/)
    expect(second.room).toBe(first.room)
    expect((await peer.someone(accounts.heron).direct()).map(one => one.text)).toEqual(['hello', 'again'])
    expect(peer.calls.some(call => call.method === 'conversations.open')).toBe(false)
    await slack.edit(first, saying('hello, changed', 'post:1'))
    expect((await peer.someone(accounts.heron).direct())[0]?.text).toBe('hello, changed')
  })

  test('a first message whose answer was lost is found in their conversation', async () => {
    const to = { type: 'direct', account: accounts.heron } as const
    peer.faults.on('chat.postMessage', { type: 'lose' })
    await expect(slack.post(to, saying('perhaps', 'post:1'))).rejects.toMatchObject({ permanent: false })
    const [stands] = await peer.someone(accounts.heron).direct()
    expect(await slack.find(to, 'post:1', 0)).toMatchObject({ id: stands?.id })
    expect(await slack.find(to, 'post:2', 0)).toBeNull()
  })

  test('a card that stands in for another leads to what was said under it', async () => {
    const former = await slack.post(room, saying('old', 'card:1:1'))
    await slack.post({ ...room, replaces: former }, saying('new', 'card:1:2'))
    const [, card] = await peer.room(rooms.arizona)
    expect(card?.text).toBe('new\nWhat was said so far')
    expect(peer.broken).toEqual([])
  })

  test('it does not wait long for where that was: after so long it would be taken for lost, and sent once more', async () => {
    const former = await slack.post(room, saying('old', 'card:1:1'))
    peer.faults.on('chat.getPermalink', { type: 'hang' })
    const begun = performance.now()
    await slack.post({ ...room, replaces: former }, saying('new', 'card:1:2'))
    expect(performance.now() - begun).toBeLessThan(6_000)
    expect((await peer.room(rooms.arizona)).map(one => one.text)).toEqual(['old', 'new'])
  })

  test('what is too long for one message goes on beneath it', async () => {
    const long = Array.from(
      { length: 9 },
      (_, at): Line => ({ type: 'quote', text: { words: `${at} & `.repeat(500) } }),
    )
    const root = await slack.post(room, saying('first', 'post:long', long))
    const below = await peer.thread(rooms.arizona, root.id)
    const shown = [...(await peer.room(rooms.arizona)), ...below].map(one => one.text).join('\n')
    for (let at = 0; at < 9; at++) expect(shown.match(new RegExp(`${at} &`, 'g'))).toHaveLength(500)
    expect(peer.broken).toEqual([])
  })

  test('where a workspace does not take tables, they are read as lines', async () => {
    const table: Line = {
      type: 'table',
      head: [{ words: 'Where' }, { words: 'New' }],
      rows: [[{ words: 'Maricopa' }, { words: '3' }]],
    }
    await slack.post(room, saying('today', 'post:1', [table]))
    peer.faults.on('chat.postMessage', { type: 'refuse', code: 'invalid_blocks' })
    await slack.post(room, saying('today', 'post:2', [table]))
    const [first, second] = await peer.room(rooms.arizona)
    expect(first?.text).toBe('today\nWhere | New\nMaricopa | 3')
    expect(second?.text).toBe('today\nMaricopa · New: 3')
    expect(peer.broken).toEqual([])
  })

  test('a file is read with the token, as far as it may be; one that is gone is gone', async () => {
    const heron = peer.someone(accounts.heron)
    const bytes = Buffer.from('a photo, say')
    await heron.write('look', rooms.arizona, undefined, [{ name: 'p.jpg', type: 'image/jpeg', bytes }])
    const [id = ''] = peer.world.files.keys()
    const signal = AbortSignal.timeout(10_000)
    const pieces = await Array.fromAsync((await slack.fetch?.(id, { bytes: 1000, signal })) ?? [])
    expect(Buffer.concat(pieces).equals(bytes)).toBe(true)
    await expect(slack.fetch?.(id, { bytes: 3, signal })).rejects.toMatchObject({ permanent: true })
    await expect(slack.fetch?.('F0GONE', { bytes: 3, signal })).rejects.toMatchObject({ permanent: true })
    expect(peer.broken).toEqual([])
  })
})
