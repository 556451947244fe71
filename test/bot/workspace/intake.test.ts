import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { OpenForm } from '../../../commands/form.ts'
import { phrase } from '../../../workflows/phrase.ts'
import { button, card, type Desk, noon, reader, startDesk } from './desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await startDesk()
})
afterEach(() => desk.close())

const say = (words: string, more: Record<string, string> = {}) =>
  desk.send('/as/heron/say', { key: 'k1', room: 'az', words, ...more })

test('words in a room are kept as typed and told to the hub', async () => {
  await say('  two men,\r\nno weapons  ')
  expect(await desk.store.list('az', 5)).toMatchObject([
    { author: 'heron', thread: null, at: noon, body: { words: 'two men,\nno weapons' } },
  ])
  expect(desk.heard).toMatchObject([
    {
      type: 'message',
      key: 'workspace:heron:k1',
      account: 'heron',
      room: 'az',
      message: null,
      words: 'two men,\nno weapons',
    },
  ])
})

test('the same words sent again after a lost answer stand once, under the same key for the hub', async () => {
  await say('calm now')
  await say('calm now')
  expect(await desk.store.list('az', 5)).toHaveLength(1)
  expect(desk.heard.map(each => each.key)).toEqual(['workspace:heron:k1', 'workspace:heron:k1'])
})

test('words in a thread are about the message above it', async () => {
  const root = await desk.workspace.post({ type: 'room', room: 'az' }, { view: card('', ['x']), reader, key: 'c' })
  await say('on my way', { thread: root.id, pane: 'thread' })
  expect(await desk.store.thread(Number(root.id))).toMatchObject([{ author: 'heron', body: { words: 'on my way' } }])
  expect(desk.heard[0]?.message).toEqual({ room: 'az', id: root.id, thread: root.id })
})

test('words to the hub and its answer stay as one conversation', async () => {
  desk.answer(() => ({ type: 'view', view: card('', ['Added to AZ-0412.']), private: true }))
  await desk.send('/as/heron/say', { key: 'k1', room: '', words: 'there is more' })
  expect(desk.heard[0]).toMatchObject({ type: 'message', room: null, account: 'heron' })
  const kept = await desk.store.list('direct:heron', 5)
  expect(kept.map(each => each.author)).toEqual(['heron', 'hub'])
})

test('a command is asked for by name and stands in no room', async () => {
  desk.answer(() => ({ type: 'view', view: card('', ['Two reports.']), private: true }))
  const answer = await (await say('/Mine  all of them')).text()
  expect(desk.heard).toMatchObject([{ type: 'command', name: 'mine', words: 'all of them', key: 'workspace:heron:k1' }])
  expect(await desk.store.list('az', 5)).toEqual([])
  expect(answer).toContain('Only you can see this')
  expect(answer).toContain('Two reports.')
})

test('an answer for everyone stands in the room', async () => {
  desk.answer(() => ({ type: 'view', view: card('', ['On duty: Finch']), private: false }))
  await say('/mine')
  await say('/mine')
  expect(await desk.store.list('az', 5)).toMatchObject([{ author: 'hub' }])
})

test.each([
  ['an unknown command', '/nonsense now', 'I do not know /nonsense.'],
  ['40,000 characters', 'x'.repeat(40_000), 'Too long: 40,000 characters, at most 4,000.'],
  ['nothing but spaces', '  \n ', 'Nothing to send yet.'],
])('%s is refused with a sentence and reaches nobody', async (_, words, why) => {
  const answer = await say(words)
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain(why)
  expect(desk.heard).toEqual([])
  expect(await desk.store.list('az', 5)).toEqual([])
})

test('what no page of ours sends is refused and reaches nobody: without a key, without a form id, unreadable', async () => {
  const headers = { origin: desk.url, 'content-type': 'multipart/form-data; boundary=x' }
  const garbage = await fetch(`${desk.url}/as/heron/say`, { method: 'POST', headers, body: 'no parts' })
  expect(garbage.status).toBe(400)
  expect((await desk.send('/as/heron/say', { room: 'az', words: 'hello' })).status).toBe(422)
  expect((await desk.send('/as/heron/form', { command: 'report', 'f.what': 'x' })).status).toBe(422)
  expect((await desk.send('/as/heron/draft', { command: 'report', 'f.what': 'x' })).status).toBe(422)
  expect(desk.heard).toEqual([])
  expect(desk.logged).toEqual([])
})

test('the same key of two people is two deeds', async () => {
  for (const who of ['heron', 'finch']) await desk.send(`/as/${who}/say`, { key: 'k1', room: 'az', words: `by ${who}` })
  expect(await desk.store.list('az', 5)).toHaveLength(2)
})

test('what the hub could not keep is said, and the page is told to keep the words', async () => {
  desk.answer(() => ({ type: 'failed', phrase: phrase('workspace.starting'), words: 'all my words' }))
  const answer = await say('/report all my words')
  expect(answer.headers.get('practice-kept')).toBe('yes')
  expect(await answer.text()).toContain('The hub is not ready')
})

test('a refusal is private and says why', async () => {
  desk.answer(() => ({ type: 'refused', phrase: phrase('refusal.report') }))
  const answer = await say('/report')
  expect(answer.headers.get('practice-kept')).toBeNull()
  expect(await answer.text()).toMatch(/Only you can see this[\s\S]*Only mediators on the roster/)
})

test('a bug in the hub is answered in words and logged', async () => {
  desk.answer(() => Promise.reject(new Error('a bug')))
  const answer = await say('/mine')
  expect(answer.status).toBe(500)
  expect(await answer.text()).toContain('What you typed is still here')
  expect(desk.logged).toEqual([new Error('a bug')])
})

test('a double press on one drawing of a card is one deed, after an edit it is another', async () => {
  const outgoing = { view: card('', ['x'], [button('claim:AZ-0412:open')]), reader, key: 'c' }
  const ref = await desk.workspace.post({ type: 'room', room: 'az' }, outgoing)
  const press = async () => {
    const page = await (await fetch(`${desk.url}/as/finch/room/az`)).text()
    const version = /name="version" value="(\w+)"/.exec(page)?.[1] ?? ''
    await desk.send('/as/finch/press', { room: 'az', message: ref.id, version, button: 'claim:AZ-0412:open' })
  }
  await press()
  await press()
  desk.pass(1000)
  await desk.workspace.edit(ref, outgoing)
  await press()
  const [first, second, third] = desk.heard
  expect(first).toMatchObject({ type: 'press', button: 'claim:AZ-0412:open', account: 'finch', message: ref })
  expect(second?.key).toBe(first?.key)
  expect(third?.key).not.toBe(first?.key)
})

test('a form sent in carries its id, its values and its files', async () => {
  const photo = new File(['not really a photo'], 'line.jpg', { type: 'image/jpeg' })
  await desk.send('/as/heron/form', {
    'form-id': 'form-7',
    command: 'report',
    about: '',
    room: 'az',
    'f.what': 'Three men\r\nby the door',
    'f.told': ['police', 'clergy'],
    'f.form-id': 'a field of that name',
    'f.photos': [photo, new File([], '')],
  })
  const [heard] = desk.heard
  expect(heard).toMatchObject({ type: 'submission', key: 'form-7', form: 'form-7', command: 'report' })
  if (heard?.type !== 'submission') throw new Error('no submission')
  const { values, files } = heard
  expect(values).toEqual({
    what: 'Three men\nby the door',
    told: ['police', 'clergy'],
    'form-id': 'a field of that name',
  })
  expect(files.map(({ name, type, size }) => [name, type, size])).toEqual([['line.jpg', 'image/jpeg', 18]])
  if (!files[0] || !('open' in files[0])) throw new Error('no bytes')
  expect(String(await buffer(files[0].open()))).toBe('not really a photo')
})

test.each([
  ['eleven files', 11, 10, 422, 'At most 10 files at once.'],
  ['a file over 100 MB', 1, 100 * 1024 * 1024 + 1, 422, 'big-0.jpg is larger than 100 MB.'],
  ['over 120 MB together', 3, 41 * 1024 * 1024, 413, 'larger than 120 MB'],
])('%s are too much, and it is said', async (_, count, size, status, why) => {
  const files = Array.from({ length: count }, (_, index) => new File([new Uint8Array(size)], `big-${index}.jpg`))
  const answer = await desk.send('/as/heron/form', { 'form-id': 'f', command: 'report', room: 'az', 'f.photos': files })
  expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining(why)])
  expect(desk.heard).toEqual([])
})

test('a refused form comes back with its values and the reason at the field', async () => {
  desk.answer(() => ({ type: 'form', form: opened({ errors: { where: phrase('workspace.empty') } }) }))
  const answer = await (await say('/report')).text()
  expect(answer).toMatch(/<textarea[^>]*>\n&lt;b&gt;bold&lt;\/b&gt;<\/textarea>/)
  expect(answer).toMatch(/id="field-where-error">Nothing to send yet/)
  expect(answer).toMatch(/name="f\.where"[^>]*aria-invalid="true"[^>]*aria-describedby="field-where-error/)
})

test('a form of six components is refused as Discord would', async () => {
  desk.answer(() => ({ type: 'form', form: opened({}, 6) }))
  expect((await say('/report')).status).toBe(500)
  expect(desk.logged).toMatchObject([{ name: 'PlatformError', permanent: true }])
})

test('a notice that a full form has no place for stands with its first field', async () => {
  desk.answer(() => ({ type: 'form', form: opened({ notice: phrase('workspace.draft') }, 5) }))
  const answer = await (await say('/report')).text()
  expect(/id="field-what-hint"[^>]*>([^<]*)/.exec(answer)?.[1]).toContain('Kept as a draft for a day.')
})

test('what was typed into a form that is closed is kept as a draft', async () => {
  await desk.send('/as/heron/draft', { 'form-id': 'f9', command: 'report', about: '', room: 'az', 'f.what': 'half a' })
  expect(desk.heard).toMatchObject([{ type: 'draft', form: 'f9', command: 'report', values: { what: 'half a' } }])
})

test('nobody can speak as a persona or in a room that is not there', async () => {
  expect((await desk.send('/as/nobody/say', { key: 'k', room: 'az', words: 'x' })).status).toBe(404)
  expect((await desk.send('/as/heron/say', { key: 'k', room: 'direct:finch', words: 'x' })).status).toBe(404)
  expect(desk.heard).toEqual([])
})

function opened(more: Partial<OpenForm>, count = 2): OpenForm {
  const line = { type: 'text', label: phrase('workspace.rooms'), lines: 'one', required: true, max: 80 } as const
  const extra = Object.fromEntries(Array.from({ length: count - 2 }, (_, index) => [`more${index}`, line]))
  const fields = { what: { ...line, lines: 'many' as const }, where: line, ...extra }
  const form = { title: phrase('workspace.thread'), submit: phrase('workspace.send'), fields }
  return {
    id: 'f1',
    command: 'report',
    about: '',
    form,
    notice: null,
    values: { what: '<b>bold</b>' },
    errors: {},
    ...more,
  }
}
