import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { afterEach, expect, test } from 'vitest'
import { type Check, type Server, startServer } from '../../../bot/web/server.ts'

const logged: unknown[] = []
const logger = { error: ({ err }: { err: unknown }) => void logged.push(err) }
let server: Server | undefined
afterEach(() => server?.close(50))

async function start(checks: readonly Check[], routes: Parameters<typeof startServer>[0]['routes'] = null) {
  server = await startServer({ host: '127.0.0.1', port: 0, routes, checks, logger })
  return server
}

test('the process says that it is up, whatever else is wrong', async () => {
  const { url } = await start([{ name: 'database', run: () => Promise.reject(new Error('disk full')) }])
  const answer = await fetch(`${url}/healthz`)
  expect([answer.status, await answer.text()]).toEqual([200, 'up'])
})

test('ready means that every check passes', async () => {
  const { url } = await start([{ name: 'database', run: async () => {} }])
  const answer = await fetch(`${url}/readyz`)
  expect([answer.status, await answer.text()]).toEqual([200, 'ready'])
})

test('not ready says what is missing, all of it', async () => {
  const { url } = await start([
    { name: 'database', run: () => Promise.reject(new Error('does not answer')) },
    { name: 'hub', run: () => Promise.reject(new Error('is starting')) },
    { name: 'clock', run: async () => {} },
  ])
  const answer = await fetch(`${url}/readyz`)
  expect(answer.status).toBe(503)
  expect(await answer.text()).toBe('not ready\ndatabase: does not answer\nhub: is starting')
})

test('a check that never answers counts as failed', async () => {
  const { url } = await start([{ name: 'database', run: () => new Promise(() => {}) }])
  const answer = await fetch(`${url}/readyz`)
  expect([answer.status, await answer.text()]).toEqual([503, 'not ready\ndatabase: no answer within 2 seconds'])
})

test('given routes stand at the root, an unknown address and a failure are said in words', async () => {
  const routes: NonNullable<Parameters<typeof startServer>[0]['routes']> = new Hono()
  routes.get('/', c => c.text('rooms'))
  routes.get('/bug', () => {
    throw new Error('a bug')
  })
  const { url } = await start([], routes)
  expect(await (await fetch(`${url}/`)).text()).toBe('rooms')
  const lost = await fetch(`${url}/lost`)
  expect([lost.status, await lost.text()]).toEqual([404, 'There is nothing at this address.'])
  const broken = await fetch(`${url}/bug`)
  expect([broken.status, await broken.text()]).toEqual([500, 'Something went wrong. Try again in a moment.'])
  expect(logged).toContainEqual(new Error('a bug'))
})

test('a port that is taken is an error, not a silence', async () => {
  const { url } = await start([])
  const taken = startServer({ host: '127.0.0.1', port: Number(new URL(url).port), routes: null, checks: [], logger })
  await expect(taken).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

test('closing ends even a stream that would last for ever', async () => {
  const routes: NonNullable<Parameters<typeof startServer>[0]['routes']> = new Hono()
  routes.get('/live', c => streamSSE(c, stream => new Promise<void>(done => stream.onAbort(done))))
  const { url, close } = await start([], routes)
  const ended = fetch(`${url}/live`).then(answer => answer.text())
  ended.catch(() => {})
  await fetch(`${url}/healthz`)
  await close(50)
  await expect(ended).rejects.toThrow()
  await expect(fetch(`${url}/healthz`)).rejects.toThrow()
})
