import { expect, test } from 'vitest'
import { eachHouse } from '../../each.ts'
import { photo, voice } from '../../evidence.ts'
import { type Files, type House, readAnswer } from '../../house.ts'
import { visitor } from './visitor.ts'

const seen = { what: 'Men with rifles', where: 'Maricopa County, AZ', danger: 'soon', contact: 'yes' }

let house: House
let id: string
eachHouse(async opened => {
  house = opened
  await house.serve()
})

/** The one-time link with which Finch looks at the only thing that Heron sent. */
async function linkTo(...files: Files): Promise<string> {
  id = /AZ-\d+/.exec(readAnswer(await house.fill('heron', '/report', seen, null, files)))?.[0] ?? ''
  const list = await house.type('finch', `/incident ${id} evidence`)
  const lines = list.reply.type === 'view' ? list.reply.view.lines : []
  const [open = ''] = lines.flatMap(line => (line.type === 'item' && line.button ? [line.button.id] : []))
  const { reply } = await house.press('finch', open)
  const shown = reply.type === 'view' ? reply.view.lines : []
  return shown.flatMap(line => (line.type === 'link' ? [line.url] : []))[0] ?? ''
}

async function opened(): Promise<number> {
  const entries = await house.store.incidents.timeline(id as never, 100)
  return entries.filter(({ event }) => event.type === 'evidence-opened').length
}

test('who asks for the head of a page alone opens nothing, and leaves the link to whoever comes', async () => {
  const link = await linkTo(await photo())
  const scanner = visitor()
  for (const extra of [{}, visitor.headers]) {
    const head = await scanner.head(link, extra)
    expect([head.status, head.bytes.length, head.headers.getSetCookie()]).toEqual([200, 0, []])
    expect(head.headers.get('cache-control')).toContain('no-store')
  }
  for (const path of ['blurred', 'small', 'shown', 'media', 'original', 'record.json']) {
    const head = await scanner.head(`${link}/${path}`, visitor.headers)
    expect([head.status, head.bytes.length], path).toEqual([403, 0])
  }
  expect((await scanner.head(`${link.slice(0, -4)}none`)).status).toBe(404)
  for (const path of ['show', 'save']) expect((await scanner.head(`${link}/${path}`)).status).toBe(404)
  expect(await opened()).toBe(0)
  const finch = visitor()
  expect((await finch.visit(link)).text).toContain('This may show injury or violence')
  expect(await opened()).toBe(1)
  expect((await finch.head(link, visitor.headers)).status).toBe(200)
  expect((await finch.head(`${link}/small`)).status).toBe(403)
  expect(await opened()).toBe(1)
})

test('a player that asks for the head alone reads how long it is, and nothing is left open', async () => {
  const note = voice()
  const link = await linkTo(note)
  const finch = visitor()
  await finch.visit(link)
  await finch.post(`${link}/show`)
  for (let times = 0; times < 50; times += 1) {
    const head = await finch.head(`${link}/media`)
    expect([head.status, head.bytes.length, head.headers.get('content-length')]).toEqual([200, 0, `${note.size}`])
  }
  const part = await finch.head(`${link}/media`, { range: 'bytes=0-9' })
  expect([part.bytes.length, part.headers.get('accept-ranges')]).toEqual([0, 'bytes'])
  expect((await finch.get(`${link}/media`)).bytes).toHaveLength(note.size ?? 0)
  expect(house.logged()).not.toContain('"level":50')
})

test('whatever bytes a player asks for, it gets those, all, or that there are none', async () => {
  const note = voice()
  const size = note.size ?? 0
  const link = await linkTo(note)
  const finch = visitor()
  await finch.visit(link)
  await finch.post(`${link}/show`)
  const all = (await finch.get(`${link}/media`)).bytes
  expect(all).toHaveLength(size)

  const huge = '9'.repeat(15)
  const parts = { '0-0': [0, 0], '-1': [-1], [`-${huge}`]: [0], [`-${size + 1}`]: [0], '5-': [5], [`5-${huge}`]: [5] }
  for (const [asked, [first, last]] of Object.entries({ ...parts, [`${size - 1}-`]: [-1] })) {
    const got = await finch.get(`${link}/media`, { range: `bytes=${asked}` })
    const wanted = all.subarray(first, last === undefined ? undefined : last + 1)
    expect([got.status, got.headers.get('content-length')], asked).toEqual([206, `${wanted.length}`])
    expect(got.headers.get('content-range'), asked).toMatch(new RegExp(`^bytes \\d+-\\d+/${size}$`))
    expect(got.bytes.equals(wanted), asked).toBe(true)
  }

  for (const asked of [`${size}-`, `${size}-${size + 9}`, `${huge}-`, '-0', '-000']) {
    const got = await finch.get(`${link}/media`, { range: `bytes=${asked}` })
    expect([got.status, got.bytes.length, got.headers.get('content-range')], asked).toEqual([416, 0, `bytes */${size}`])
  }

  const odd = [
    'bytes=0-1,3-4',
    'bytes=9-3',
    'bytes=-',
    'bytes=',
    'bytes',
    'lines=0-1',
    'bytes=0x1-0x9',
    'bytes=1e3-2e3',
  ]
  const none = ['', 'bytes=--5', 'bytes=0-1-2', `bytes=${'9'.repeat(400)}-`, `bytes=-${'9'.repeat(400)}`, "' or 1=1 --"]
  for (const range of [...odd, ...none, `bytes=${Array.from({ length: 800 }, (_, n) => `${n}-`).join()}`]) {
    const got = await finch.get(`${link}/media`, { range })
    expect([got.status, got.bytes.equals(all), got.headers.get('content-range')], range).toEqual([200, true, null])
  }
  expect(house.logged()).not.toContain('"level":50')
})
