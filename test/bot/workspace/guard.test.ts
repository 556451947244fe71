import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, type Desk, startDesk } from './desk.ts'

let desk: Desk
let port: string
beforeAll(async () => {
  desk = await startDesk()
  port = new URL(desk.url).port
})
afterAll(() => desk.close())

const words = 'Refused: the practice workspace answers only to its own page on this computer.'

test.each(['127.0.0.1', 'localhost', '[::1]'])('a page asked for as %s is served', async name => {
  const [status, page] = await ask(`${desk.url}/as/heron/room/az`, { host: `${name}:${port}` })
  expect(status).toBe(200)
  expect(page).toContain('Arizona response')
})

test.each([
  ['another name', () => 'evil.example'],
  ['another name with our port', () => `evil.example:${port}`],
  ['our name on another port', () => '127.0.0.1:1'],
  ['our name without the port', () => 'localhost'],
  ['a name that only begins like ours', () => `127.0.0.1.evil.example:${port}`],
])('a request whose Host is %s is refused with a sentence', async (_, host) => {
  expect(await ask(`${desk.url}/as/heron/room/az`, { host: host() })).toEqual([403, words])
  expect(await ask(`${desk.url}/assets/page.css`, { host: host() })).toEqual([403, words])
})

test.each([
  ['no Origin', () => ({})],
  ['a foreign Origin', () => ({ origin: 'https://evil.example' })],
  ['the Origin of a sandboxed frame', () => ({ origin: 'null' })],
  ['our Origin on another port', () => ({ origin: 'http://127.0.0.1:1' })],
  ['our Origin over https', () => ({ origin: desk.url.replace('http:', 'https:') })],
  ['our Origin but sent across sites', () => ({ origin: desk.url, 'sec-fetch-site': 'cross-site' })],
  ['our Origin but sent from another port', () => ({ origin: desk.url, 'sec-fetch-site': 'same-site' })],
])('a deed with %s is refused and does nothing', async (_, headers) => {
  const before = desk.heard.length
  for (const way of ['say', 'press', 'form', 'draft']) {
    expect(await ask(`${desk.url}/as/heron/${way}`, headers(), 'POST')).toEqual([403, words])
  }
  expect(desk.heard).toHaveLength(before)
})

test('the page itself may do things', async () => {
  const sent = await desk.send('/as/heron/say', { key: 'k', room: 'az', words: 'hello' })
  expect(sent.status).toBe(200)
})

test('a page runs only its own scripts and styles, in no frame of others, and carries no script in its text', async () => {
  const answer = await fetch(`${desk.url}/as/heron/room/az`)
  const policy = answer.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self';")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toContain('unsafe')
  const page = await answer.text()
  expect(page).not.toMatch(/<script(?![^>]*\bsrc="\/assets\/)/)
  expect(page).not.toMatch(/\son\w+=|\sstyle=/)
})
