import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Answer } from '../../../bot/platform.ts'
import { fileOf, photo, voice } from '../../evidence.ts'
import { type Files, type Ground, ground, type House, openHouse, readAnswer } from '../../house.ts'
import { visitor } from './visitor.ts'

const seen = {
  what: 'Men with rifles slung near the library.',
  where: 'Maricopa County, AZ',
  danger: 'soon',
  contact: 'yes',
}

describe('evidence on a page', () => {
  let at: Ground
  let house: House
  let url: string
  beforeEach(async () => {
    at = ground()
    house = await openHouse(at)
    url = await house.serve()
  })
  afterEach(async () => {
    await house.close()
    at.leave()
  })

  async function reported(...files: Files): Promise<string> {
    const answer = await house.fill('heron', '/report', seen, null, files)
    return /AZ-\d+/.exec(readAnswer(answer))?.[0] ?? ''
  }

  async function opened(who: string, id: string, number = 0): Promise<Answer> {
    const list = await house.type(who, `/incident ${id} evidence`)
    const lines = list.reply.type === 'view' ? list.reply.view.lines : []
    const open = lines.flatMap(line => (line.type === 'item' && line.button ? [line.button.id] : []))[number]
    return open ? house.press(who, open) : list
  }

  function linkOf({ reply }: Answer): string {
    const lines = reply.type === 'view' ? reply.view.lines : []
    return lines.flatMap(line => (line.type === 'link' ? [line.url] : []))[0] ?? ''
  }

  async function events(id: string): Promise<string[]> {
    const entries = await house.store.incidents.timeline(id as never, 100)
    return entries.flatMap(({ event }) => {
      if (event.type === 'evidence-opened') return [`opened ${event.kind} ${event.copy}`]
      return event.type === 'evidence-exported' ? [`saved ${event.kind}`] : []
    })
  }

  test('a photo is shown blurred with a warning first, then clear, and each is in the timeline before', async () => {
    const id = await reported(await photo())
    const link = linkOf(await opened('finch', id))
    expect(link).toMatch(new RegExp(`^${url}/evidence/[\\w-]{43}$`))
    expect(await events(id)).toEqual([])

    const browser = visitor()
    const first = await browser.visit(link)
    expect(first.status).toBe(200)
    expect(first.text).toContain('This may show injury or violence')
    expect(first.text).toContain('/blurred"')
    expect(first.text).not.toContain('/small')
    expect(await events(id)).toEqual(['opened photo blurred'])
    expect((await browser.get(`${link}/small`)).status).toBe(403)
    expect((await browser.get(`${link}/original`)).status).toBe(403)
    const blurred = await browser.get(`${link}/blurred`)
    expect(blurred.headers.get('content-type')).toMatch(/^image\//)

    const clear = await browser.post(`${link}/show`)
    expect(clear.status).toBe(200)
    expect(clear.text).toContain('/small"')
    expect(clear.text).not.toContain('Sentinel')
    expect(await events(id)).toEqual(['opened photo blurred', 'opened photo small'])
    const small = await browser.get(`${link}/small`)
    const { exif, width } = await sharp(small.bytes).metadata()
    expect([exif, width]).toEqual([undefined, 640])
    expect(small.bytes.equals(blurred.bytes)).toBe(false)

    await browser.visit(link)
    expect(await events(id)).toHaveLength(2)
    expect(readAnswer(await house.type('wren', `/incident ${id}`))).toMatch(/Finch abrió una foto/)
  })

  test('what only looks at the link, as the preview of a chat tool does, opens nothing and takes nothing', async () => {
    const id = await reported(await photo())
    const link = linkOf(await opened('finch', id))
    const preview = visitor()
    const page = await preview.get(link)
    expect(page.status).toBe(200)
    expect(page.text).toContain('Go on')
    expect(page.text).not.toContain('<img')
    expect((await preview.get(`${link}/blurred`)).status).toBe(403)
    const early = await preview.get(link, { 'sec-purpose': 'prefetch', ...visitor.headers })
    expect(early.text).not.toContain('<img')
    expect(await events(id)).toEqual([])

    const person = visitor()
    const shown = await person.post(link)
    expect(shown.text).toContain('<img')
    expect(await events(id)).toEqual(['opened photo blurred'])
  })

  test('belongs to the first browser, and to nobody once ten minutes have passed', async () => {
    const id = await reported(await photo())
    const link = linkOf(await opened('finch', id))
    const first = visitor()
    expect((await first.visit(link)).status).toBe(200)
    const second = visitor()
    const refused = await second.visit(link)
    expect(refused.status).toBe(403)
    expect(refused.text).toContain('another browser first')
    expect((await second.get(`${link}/blurred`)).status).toBe(403)
    expect((await second.post(`${link}/show`)).status).toBe(403)
    expect(await events(id)).toEqual(['opened photo blurred'])
    house.skip(10)
    for (const path of ['', '/blurred', '/shown']) expect((await first.visit(`${link}${path}`)).status).toBe(404)
    expect((await visitor().visit(`${url}/evidence/${'x'.repeat(43)}`)).status).toBe(404)
    expect((await visitor().visit(`${url}/evidence/../../data`)).status).toBe(404)
  })

  test('is refused to those who may not, and to whoever may no longer', async () => {
    const id = await reported(await photo())
    for (const stranger of ['cactus-wren', 'osprey', 'thrasher']) {
      const answer = await house.type(stranger, `/incident ${id} evidence`)
      expect(readAnswer(answer)).toContain(id)
      expect(linkOf(answer)).toBe('')
      expect(answer.reply.type).toBe('refused')
    }
    const leader = await house.type('eagle', `/incident ${id} evidence`)
    expect(readAnswer(leader)).toContain('Arizona response team')

    const link = linkOf(await opened('finch', id))
    const browser = visitor()
    await browser.visit(link)
    await house.type('magpie', `/mark ${id} restricted add Wren to protect those in it`)
    for (const path of ['', '/blurred', '/shown']) {
      const page = await browser.visit(`${link}${path}`)
      expect([path, page.status]).toEqual([path, 403])
      expect(page.text).not.toContain('<img')
    }
    expect((await browser.post(`${link}/show`)).status).toBe(403)
    expect(await events(id)).toEqual(['opened photo blurred'])
  })

  test('whoever sent it may open it, and nothing else of the incident', async () => {
    const id = await reported(await photo())
    await house.write('wren', 'Mine too', 'az-response', await house.card('az-response', id), [
      await photo('b.jpg', 320),
    ])
    const list = await house.type('heron', `/incident ${id} evidence`)
    expect(readAnswer(list).match(/Photo/g)).toHaveLength(1)
    const page = await visitor().visit(linkOf(await opened('heron', id)))
    expect(page.status).toBe(200)
    expect(page.text).not.toContain('Take the original')
  })

  test('a voice note is played in pieces after a warning, from whatever byte the player asks for', async () => {
    const note = voice()
    const id = await reported(note)
    const link = linkOf(await opened('finch', id))
    const browser = visitor()
    const first = await browser.visit(link)
    expect(first.text).toContain('You may hear fear or violence')
    expect(first.text).not.toContain('<audio')
    expect((await browser.get(`${link}/media`)).status).toBe(403)
    expect(await events(id)).toEqual([])
    const player = await browser.post(`${link}/show`)
    expect(player.text).toContain('<audio')
    expect(await events(id)).toEqual(['opened voice original'])
    const all = await browser.get(`${link}/media`)
    expect([all.status, all.bytes.length]).toEqual([200, note.size])
    const part = await browser.get(`${link}/media`, { range: 'bytes=100-199' })
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 100-199/${note.size}`])
    expect(part.bytes.equals(all.bytes.subarray(100, 200))).toBe(true)
    const end = await browser.get(`${link}/media`, { range: 'bytes=-10' })
    expect(end.bytes.equals(all.bytes.subarray(-10))).toBe(true)
    const past = await browser.get(`${link}/media`, { range: `bytes=${note.size}-` })
    expect(past.status).toBe(416)
    expect(await events(id)).toHaveLength(1)
  })

  test('a document is only ever saved, under a name that tells nothing', async () => {
    const id = await reported(fileOf('Ana Ruiz statement.txt', 'text/plain', Buffer.from('They came at noon.\n')))
    const link = linkOf(await opened('finch', id))
    const browser = visitor()
    const page = (await browser.visit(link)).text
    expect(page).toContain('Save the document')
    expect(page).toContain('A file can carry harmful software')
    expect(page).not.toContain('injury')
    expect(readAnswer(await house.type('finch', `/incident ${id} evidence`))).toMatch(/Fingerprint [0-9a-f]{12}…/)
    expect(readAnswer(await opened('finch', id))).toMatch(/^A file can carry harmful software/)
    const saved = await browser.post(`${link}/show`)
    expect(saved.headers.get('content-disposition')).toMatch(
      /^attachment; filename="AZ-\d+-document-[0-9a-f]{8}\.txt"$/,
    )
    expect(saved.headers.get('content-type')).toBe('application/octet-stream')
    expect(saved.text).toBe('They came at noon.\n')
    expect(await events(id)).toEqual(['opened document original'])
  })

  test('a coordinator takes the original and the record out with a reason, which stays on record', async () => {
    const given = await photo()
    const id = await reported(given)
    const link = linkOf(await opened('magpie', id))
    const browser = visitor()
    await browser.visit(link)
    const clear = await browser.post(`${link}/show`)
    expect(clear.text).toContain('Take the original out of the hub')
    const bare = await browser.post(`${link}/save`, { reason: '  ' })
    expect([bare.status, await events(id)]).toEqual([422, ['opened photo blurred', 'opened photo small']])
    const ready = await browser.post(`${link}/save`, { reason: 'For the county attorney.' })
    expect(ready.text).toContain('Ready to save')
    expect((await events(id)).at(-1)).toBe('saved photo')
    const original = await browser.get(`${link}/original`)
    expect(original.bytes.length).toBe(given.size)
    expect(original.headers.get('content-disposition')).toMatch(/^attachment/)
    const record = JSON.parse((await browser.get(`${link}/record.json`)).text)
    expect(record).toMatchObject({
      schema: 'trust-hub/evidence-record/1',
      incident: id,
      made: { by: 'Magpie' },
      items: [
        {
          kind: 'photo',
          size: given.size,
          collected: { by: 'Heron' },
          device: expect.stringContaining('Sentinelphone'),
          custody: [
            { did: 'opened', copy: 'blurred', by: 'Magpie' },
            { did: 'opened', copy: 'small', by: 'Magpie' },
            { did: 'saved', by: 'Magpie' },
          ],
        },
      ],
    })
    expect(record.items[0].sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(readAnswer(await house.type('owl', `/incident ${id}`))).toMatch(/Magpie saved the original of a photo/)
  })

  test('nobody else takes anything out', async () => {
    const id = await reported(await photo())
    const list = await house.type('finch', `/incident ${id} evidence`)
    expect(readAnswer(list)).not.toContain('Save the record')
    const refused = await house.press('finch', `view:${id}:record`)
    expect(readAnswer(refused)).toContain('Only Arizona coordinators')
    const link = linkOf(await opened('finch', id))
    const browser = visitor()
    await browser.visit(link)
    await browser.post(`${link}/show`)
    expect((await browser.post(`${link}/save`, { reason: 'I want it' })).status).toBe(403)
    for (const path of ['original', 'record.json', 'saved']) {
      expect((await browser.get(`${link}/${path}`)).status).toBe(403)
    }
    expect(await events(id)).toEqual(['opened photo blurred', 'opened photo small'])
  })

  test('the record of all of it is one press away for coordinators', async () => {
    const id = await reported(await photo(), voice())
    house.skip(1)
    await house.write(
      'finch',
      'Same men: https://x.com/somebody/status/1790?s=20',
      'az-response',
      await house.card('az-response', id),
    )
    const link = linkOf(await house.press('magpie', `view:${id}:record`))
    const browser = visitor()
    expect((await browser.visit(link)).text).toContain('Save the record')
    await browser.post(`${link}/save`, { reason: 'Handover to the night shift.' })
    const record = JSON.parse((await browser.get(`${link}/record.json`)).text)
    expect(record.items.map((item: { kind: string }) => item.kind)).toEqual(['photo', 'voice', 'link'])
    expect(record.items[2]).toMatchObject({ site: 'X', account: 'somebody', post: '1790', collected: { by: 'Finch' } })
    expect(record.records).toMatchObject([{ did: 'saved', by: 'Magpie' }])
    expect((await browser.get(`${link}/original`)).status).toBe(403)
  })

  test('every answer keeps to itself: no frame, no cache, no script, no other site', async () => {
    const id = await reported(await photo(), voice())
    const link = linkOf(await opened('finch', id))
    const browser = visitor()
    const page = await browser.visit(link)
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/script|unsafe/)
    const file = await browser.get(`${link}/blurred`)
    for (const answer of [page, file, await visitor().visit(`${url}/evidence/${'y'.repeat(43)}`)]) {
      expect(answer.headers.get('cache-control')).toContain('no-store')
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(answer.headers.get('x-robots-tag')).toContain('noindex')
    }
    expect(page.headers.get('set-cookie')).toMatch(/HttpOnly/)
    expect(file.headers.get('content-security-policy')).toContain('sandbox')
  })

  test('a request in another name, or from the page of another site, is turned away', async () => {
    const id = await reported(await photo())
    const link = linkOf(await opened('finch', id))
    const foreign = await visitor().visit(link, { host: 'evil.example' })
    expect(foreign.status).toBe(403)
    const crossed = await visitor().post(link, {}, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })
    expect(crossed.status).toBe(403)
    const old = await visitor().post(link, {}, { origin: 'https://evil.example' }, false)
    expect(old.status).toBe(403)
    expect(await events(id)).toEqual([])
    expect((await visitor().visit(link)).status).toBe(200)
  })

  test('a picture that cannot be read is said to be so, and nothing of it is shown', async () => {
    const torn = Buffer.concat([
      (
        await sharp({ create: { width: 60, height: 60, channels: 3, background: '#111' } })
          .png()
          .toBuffer()
      ).subarray(0, 60),
      Buffer.alloc(50),
    ])
    const id = await reported(fileOf('torn.png', 'image/png', torn))
    const page = await visitor().visit(linkOf(await opened('finch', id)))
    expect(page.text).toContain('cannot be read')
    expect(page.text).not.toContain('<img')
  })

  test('speaks the language of whoever opens it, and of the browser where nobody knows who that is', async () => {
    const id = await reported(await photo())
    const page = await visitor().visit(linkOf(await opened('wren', id)))
    expect(page.text).toContain('<html lang="es">')
    expect(page.text).toContain('Puede mostrar heridas o violencia')
    const gone = await visitor().visit(`${url}/evidence/${'z'.repeat(43)}`, { 'accept-language': 'es-MX,es;q=0.9' })
    expect(gone.text).toContain('Este enlace ya no vale')
  })

  test('the log names neither the link nor the person', async () => {
    const id = await reported(await photo())
    const link = linkOf(await opened('finch', id))
    const browser = visitor()
    await browser.visit(link)
    await browser.post(`${link}/show`)
    expect(house.logged()).not.toContain(link.split('/').at(-1))
    expect(house.logged()).not.toMatch(/Finch|IMG_2041|Sentinel/)
  })
})
