import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { watcherCheck } from '../../../bot/cli/checks.ts'

let status = 200
const watcher = createServer((_, answer) => answer.writeHead(status).end('OK'))
let url: string
beforeAll(async () => {
  watcher.listen(0, '127.0.0.1')
  await once(watcher, 'listening')
  url = `http://127.0.0.1:${(watcher.address() as AddressInfo).port}/ping/secret-uuid`
})
afterAll(() => void watcher.close())

test('the doctor calls the watcher, and says that this was a sign of life', async () => {
  status = 200
  expect(await watcherCheck(url).run()).toMatch(/^127\.0\.0\.1:\d+ answers \(it took this for a sign of life\)$/)
})

test('the doctor says what is wrong with the watcher, and keeps its address to itself', async () => {
  status = 404
  const refused = await (watcherCheck(url).run() as Promise<string>).catch((error: Error) => error.message)
  expect(refused).toMatch(/answers with status 404\. Check HEARTBEAT_URL\.$/)
  const gone = watcherCheck('http://127.0.0.1:1/ping/secret-uuid').run() as Promise<string>
  const said = await gone.catch((error: Error) => error.message)
  expect(said).toBe('127.0.0.1:1 does not answer. Check HEARTBEAT_URL, and that this machine may call it.')
  expect(`${refused}${said}`).not.toContain('secret')
})

test('the doctor advises a watcher where there is none', async () => {
  expect(await watcherCheck(null).run()).toContain('set HEARTBEAT_URL')
})
