import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createRest } from '../../bot/discord/rest.ts'
import { createPacer } from '../../bot/slack/pace.ts'
import { createWeb } from '../../bot/slack/web.ts'

const log = pino({ level: 'silent' })
let server: Server
let url: string
let heard: string[]
let busy: boolean
const limited = (how: string) => void heard.push(how)
beforeEach(async () => {
  heard = []
  busy = false
  server = createServer((_, answer) => {
    const body = JSON.stringify({ ok: true, retry_after: 30, global: false, message: 'You are being rate limited.' })
    answer.writeHead(busy ? 429 : 200, { 'content-type': 'application/json', 'retry-after': '30' }).end(body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

test('it is known when something waits for the pace of Slack, and when Slack itself asks to wait', async () => {
  const web = createWeb('xoxb-1', url, createPacer(), log, limited)
  const post = () => web.call('chat.postMessage', { channel: 'C1', text: 'a' })
  await post()
  expect(heard).toEqual([])
  busy = true
  await expect(post()).rejects.toThrow('asks to wait')
  expect(heard).toEqual(['refused'])
  // Slack has asked for half a minute: nothing is asked before.
  await expect(post()).rejects.toThrow('kept back')
  expect(heard).toEqual(['refused', 'waited'])
})

test('it is known when Discord asks to wait', async () => {
  const rest = createRest({ token: 'a.b.c', apiUrl: url, limited }, log)
  await rest.get('/channels/1')
  expect(heard).toEqual([])
  busy = true
  await expect(rest.get('/channels/1')).rejects.toThrow()
  expect(heard).toContain('refused')
})
