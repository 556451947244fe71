import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Download, download } from '../../bot/download.ts'
import { PlatformError } from '../../workflows/errors.ts'
import { type FileServer, type Mood, startFileServer } from '../peers/files.ts'

let server: FileServer
beforeAll(async () => {
  server = await startFileServer()
})
afterAll(() => server.close())

const bytes = randomBytes(200_000)

async function got(url: string, more: Partial<Download> = {}): Promise<Buffer> {
  const what = { platform: 'discord', url, hosts: [server.host], bytes: 1_000_000, idleMs: 80 }
  return Buffer.concat(await Array.fromAsync(await download({ ...what, signal: AbortSignal.timeout(5_000), ...more })))
}

test('a file comes as it is', async () => {
  expect((await got(server.put('a.jpg', bytes))).equals(bytes)).toBe(true)
})

test.each<[Mood, boolean, number | undefined]>([
  ['slow', false, undefined],
  ['drops', false, undefined],
  ['short', false, undefined],
  ['busy', false, 120_000],
  ['gone', true, undefined],
  ['expired', true, undefined],
  ['elsewhere', true, undefined],
  ['huge', true, undefined],
  ['endless', true, undefined],
])('a server that is %s gives no file (for good: %s)', async (mood, permanent, retryAfterMs) => {
  const failure = await got(server.put('b.jpg', bytes, mood)).catch(error => error)
  expect(failure).toBeInstanceOf(PlatformError)
  expect(failure).toMatchObject({ platform: 'discord', permanent, retryAfterMs })
})

test('only the platform itself is asked, over HTTP', async () => {
  const own = server.put('c.jpg', bytes)
  for (const url of [own.replace('127.0.0.1', 'localhost'), 'file:///etc/passwd', 'not an address', '']) {
    await expect(got(url)).rejects.toMatchObject({ permanent: true })
  }
  expect(server.asked('c.jpg')).toBe(0)
})

test('whoever stops reading, or runs out of time, lets go of the connection', async () => {
  const url = server.put('d.jpg', bytes, 'slow')
  const signal = AbortSignal.timeout(20)
  await expect(got(url, { signal, idleMs: 10_000 })).rejects.toMatchObject({ permanent: false })
  const endless = server.put('e.jpg', bytes, 'endless')
  const what = { platform: 'discord', url: endless, hosts: [server.host], bytes: 10_000_000, idleMs: 1_000 }
  for await (const _ of await download({ ...what, signal: AbortSignal.timeout(5_000) })) break
})
