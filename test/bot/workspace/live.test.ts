import { afterEach, beforeEach, expect, test } from 'vitest'
import { card, type Desk, noon, reader, startDesk } from './desk.ts'

let desk: Desk
const open: AbortController[] = []
beforeEach(async () => {
  desk = await startDesk()
})
afterEach(async () => {
  for (const each of open.splice(0)) each.abort()
  await desk.close()
})

type News = { id: number; address: string; thread: number | null; mine: boolean; version: string; html: string | null }
const say = (words: string, key: string) => ({ view: card('', [words]), reader, key })
const az = { type: 'room', room: 'az' } as const

test('an open page hears what is new and what was changed', async () => {
  const next = await listen('/as/finch/room/az/live')
  const ref = await desk.workspace.post(az, say('nobody is on it', 'c'))
  const fresh = await next(Number(ref.id))
  expect(fresh.html).toContain('nobody is on it')
  desk.pass(5)
  await desk.workspace.edit(ref, say('claimed by Finch', 'c'))
  const changed = await next(Number(ref.id))
  expect(changed.html).toContain('claimed by Finch')
  expect(changed.version).not.toBe(fresh.version)
})

test('it hears what another process wrote into the same database', async () => {
  const next = await listen('/as/finch/room/az/live')
  const body = { type: 'words', words: 'from elsewhere', files: [] }
  const { id } = await desk.store.add({ key: null, room: 'az', thread: null, author: 'heron', body, at: noon })
  expect((await next(id)).html).toContain('from elsewhere')
})

test('a page that was away catches up from where it left', async () => {
  const ref = await desk.workspace.post(az, say('while you were away', 'c'))
  desk.pass(3_600_000)
  const next = await listen('/as/finch/room/az/live', { 'last-event-id': String(noon - 1000) })
  expect((await next(Number(ref.id))).html).toContain('while you were away')
})

test('of other rooms it hears that there is something, not what', async () => {
  const next = await listen('/as/finch/room/az/live')
  const ref = await desk.workspace.post({ type: 'room', room: 'lead' }, say('for leaders', 'c'))
  expect(await next(Number(ref.id))).toMatchObject({ address: 'lead', html: null })
})

test('of the direct conversations of others it hears nothing', async () => {
  const next = await listen('/as/finch/room/az/live')
  const hidden = await desk.workspace.post({ type: 'direct', account: 'heron' }, say('Received as AZ-0412', 'a'))
  const own = await desk.workspace.post({ type: 'direct', account: 'finch' }, say('Can you take AZ-0412', 'b'))
  expect((await next(Number(own.id), Number(hidden.id))).address).toBe('direct:finch')
})

test('a new line in a thread also tells the new count under its root', async () => {
  const root = await desk.workspace.post(az, say('card', 'c'))
  const next = await listen('/as/finch/room/az/live')
  await desk.workspace.post({ type: 'thread', under: root }, say('claimed', 'l'))
  await expect.poll(async () => (await next(Number(root.id))).html).toContain('1 reply')
})

test('what is new in other rooms is counted until the persona has been there', async () => {
  const counted = async (who: string, room: string, cookie = '') => {
    const answer = await fetch(`${desk.url}/as/${who}/room/${room}`, { headers: { cookie } })
    const page = await answer.text()
    const count = /data-address="az"[\s\S]*?data-count="(\d+)"/.exec(page)?.[1]
    return { count, cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' }
  }
  await desk.workspace.post(az, say('one', 'a'))
  await desk.send('/as/heron/say', { key: 'k', room: 'az', words: 'two' })
  expect((await counted('finch', 'lead')).count).toBe('2')
  expect((await counted('heron', 'lead')).count).toBe('1')
  const { cookie } = await counted('finch', 'az')
  expect((await counted('finch', 'lead', cookie)).count).toBe('0')
  await desk.workspace.post(az, say('three', 'b'))
  expect((await counted('finch', 'lead', cookie)).count).toBe('1')
  expect((await counted('finch', 'lead', 'seen=%7Bbroken')).count).toBe('3')
})

/** Follows a page's stream; the result gives the next news of a message, and fails on news of a forbidden one. */
async function listen(path: string, headers: Record<string, string> = {}) {
  const ended = new AbortController()
  open.push(ended)
  const answer = await fetch(`${desk.url}${path}`, { headers, signal: ended.signal })
  const stream = answer.body?.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]()
  let text = ''
  let waiting: News[] = []
  return async (id: number, forbidden?: number): Promise<News> => {
    for (;;) {
      const at = waiting.findIndex(each => each.id === id)
      if (waiting.some(each => each.id === forbidden)) throw new Error('heard what was not meant for this page')
      const [found] = at < 0 ? [] : waiting.splice(at, 1)
      if (found) return found
      const chunk = await stream?.next()
      if (!chunk || chunk.done) throw new Error('the stream ended')
      text += chunk.value
      const events = text.split('\n\n')
      text = events.pop() ?? ''
      waiting = [...waiting, ...events.flatMap(event => JSON.parse(/^data: (.*)$/m.exec(event)?.[1] ?? '[]') as News[])]
    }
  }
}
