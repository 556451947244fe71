import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createLog } from '../../../bot/log.ts'
import type { Platform } from '../../../bot/platform.ts'
import { createSlack, type SlackSettings } from '../../../bot/slack/index.ts'
import { commands } from '../../../commands/index.ts'
import { signed } from '../../peers/slack/deliver.ts'
import { type SlackPeer, tokens } from '../../peers/slack/index.ts'
import { accounts, freePort, rooms, startSlack } from './house.ts'
import { listener } from './listener.ts'

const open: { stop: () => Promise<void> }[] = []

function connect(peer: Pick<SlackPeer, 'apiUrl'>, settings: Partial<SlackSettings> = {}): Platform {
  const log = createLog('silent')
  const usual = { botToken: tokens.bot, appToken: tokens.app, signingSecret: null, port: 0, apiUrl: peer.apiUrl }
  const slack = createSlack({ ...usual, ...settings, commands, clock: Date.now, log, faster: 1000 })
  open.push(slack)
  return slack
}

const up = (slack: Platform) => vi.waitFor(() => expect(slack.connection?.().state).toBe('up'), 15_000)

afterEach(async () => {
  for (const one of open.splice(0)) await one.stop()
})

async function started(faster = 1000): Promise<SlackPeer> {
  const peer = await startSlack({ faster })
  open.unshift({ stop: peer.close })
  return peer
}

describe('Slack heard by sockets', () => {
  test('an event is kept before it is acknowledged, and comes again when it could not be kept', async () => {
    const peer = await started()
    const { host, kept, refuse } = listener()
    const slack = connect(peer)
    await slack.start(host)
    await up(slack)
    refuse(1)
    await peer.someone(accounts.heron).write('hello', rooms.arizona)
    await expect.poll(() => kept.length).toBe(1)
    await peer.settled()
    expect(kept).toHaveLength(1)
    expect(kept[0]?.body).not.toContain('verification')
  })

  test('what is said in rooms that are not bound is not kept at all', async () => {
    const peer = await started()
    const { host, kept } = listener()
    const slack = connect(peer)
    await slack.start(host)
    await up(slack)
    await peer.someone(accounts.heron).write('lunch?', 'C0LOBBY')
    await peer.someone(accounts.heron).write('to you alone', null)
    await peer.settled()
    expect(kept.map(one => JSON.parse(one.body).event.text)).toEqual(['to you alone'])
  })

  test('a routine refresh and a cut line lose nothing', async () => {
    const peer = await started(40)
    const { host, kept } = listener()
    const slack = connect(peer)
    await slack.start(host)
    await up(slack)
    await expect.poll(() => peer.connected()).toBe(2)
    peer.refresh()
    await peer.someone(accounts.heron).write('one', rooms.arizona)
    await expect.poll(() => kept.length).toBe(1)
    await expect.poll(() => peer.connected()).toBe(2)
    peer.cut()
    await peer.someone(accounts.heron).write('two', rooms.arizona)
    await expect.poll(() => kept.length).toBe(2)
    await up(slack)
    expect(peer.broken).toEqual([])
  })

  test('a refused reconnect ends nothing: the hub goes on trying', async () => {
    const peer = await started()
    const { host } = listener()
    const slack = connect(peer)
    await slack.start(host)
    await up(slack)
    peer.faults.on('apps.connections.open', { type: 'broken', status: 503 }, 6)
    peer.faults.on('apps.connections.open', { type: 'refuse', code: 'invalid_auth' }, 2)
    peer.cut()
    await expect.poll(() => slack.connection?.().state).toBe('down')
    await up(slack)
  })

  test('a token that is not taken is said, once, with what to do; and the hub starts all the same', async () => {
    const peer = await started()
    const { host, notices } = listener()
    const slack = connect(peer, { botToken: 'xoxb-old' })
    await slack.start(host)
    await expect.poll(() => slack.connection?.().problem).toMatch(/SLACK_BOT_TOKEN: copy it again/)
    await expect.poll(() => notices).toEqual(['slack:token'])
    await expect(slack.post({ type: 'room', room: rooms.arizona }, message('x'))).rejects.toMatchObject({
      because: 'down',
    })
  })

  test('a socket that Slack does not open is said with what to do', async () => {
    const peer = await started()
    const { host, notices } = listener()
    const slack = connect(peer, { appToken: 'xapp-old' })
    await slack.start(host)
    await expect.poll(() => slack.connection?.().problem).toMatch(/set a new SLACK_APP_TOKEN/)
    expect(new Set(notices)).toEqual(new Set(['slack:app-token']))
    await slack.post({ type: 'room', room: rooms.arizona }, message('still said'))
    expect(await peer.room(rooms.arizona)).toHaveLength(1)
  })

  test('it stops at once while Slack is away', async () => {
    const { host } = listener()
    const slack = connect({ apiUrl: 'http://127.0.0.1:9/api/' })
    await slack.start(host)
    const began = performance.now()
    await slack.stop()
    expect(performance.now() - began).toBeLessThan(3000)
    expect(slack.connection?.().state).toBe('off')
  })
})

describe('Slack that calls the hub', () => {
  async function called() {
    const port = await freePort()
    const url = `http://127.0.0.1:${port}/slack/events`
    const peer = await startSlack({ faster: 1000, peer: { http: { url, secret: 'hush' } } })
    open.unshift({ stop: peer.close })
    const heard = listener()
    const slack = connect(peer, { appToken: null, signingSecret: 'hush', port })
    await slack.start(heard.host)
    await up(slack)
    return { peer, url, ...heard }
  }

  test('an event is kept, then answered; what could not be kept comes again', async () => {
    const { peer, kept, refuse } = await called()
    refuse(1)
    await peer.someone(accounts.heron).write('hello', rooms.arizona)
    await expect.poll(() => kept.length).toBe(1)
    await peer.settled()
    expect(peer.broken).toEqual([])
  })

  test('a wrong or stale signature is answered with 401, and nothing is kept', async () => {
    const { url, kept } = await called()
    const event = { type: 'message', user: 'U1', ts: '1.2', text: 'x', channel: rooms.arizona, channel_type: 'channel' }
    const body = JSON.stringify({ type: 'event_callback', event_id: 'Ev1', event })
    const send = (headers: Record<string, string>) =>
      fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })
    const stale = Math.floor(Date.now() / 1000) - 6 * 60
    expect((await send(signed(body, 'guess'))).status).toBe(401)
    expect((await send(signed(body, 'hush', stale))).status).toBe(401)
    expect((await send({})).status).toBe(401)
    expect(kept).toEqual([])
    expect((await send(signed(body, 'hush'))).status).toBe(200)
    expect(kept).toHaveLength(1)
  })

  test('a port that is taken is said, and tried again', async () => {
    const taken = createServer()
    await new Promise<void>(done => taken.listen(0, done))
    const { port } = taken.address() as AddressInfo
    const peer = await started()
    const slack = connect(peer, { appToken: null, signingSecret: 'hush', port })
    await slack.start(listener().host)
    await expect.poll(() => slack.connection?.().problem).toMatch(/EADDRINUSE/)
    await new Promise<void>(done => taken.close(() => done()))
    await up(slack)
  })

  test('the same things are asked and answered as over a socket', async () => {
    const { peer } = await called()
    const heron = peer.someone(accounts.heron)
    await heron.type('/mine', rooms.arizona)
    await heron.home()
    await peer.settled()
    expect(peer.broken).toEqual([])
  })
})

/** A small message of the hub. */
function message(key: string) {
  const view = { tone: 'plain', title: null, lines: [{ type: 'text', text: { words: 'hello' } }], buttons: [] } as const
  return { view, reader: { language: 'en', zone: 'UTC', now: 0, person: () => null }, key } as const
}
