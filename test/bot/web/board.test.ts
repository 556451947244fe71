import { request } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Answer } from '../../../bot/platform.ts'
import type { Network } from '../../../workflows/network.ts'
import { type Ground, ground, type House, openHouse, readAnswer } from '../../house.ts'
import { visitor } from './visitor.ts'

const seen = { where: 'Maricopa County, AZ', danger: 'soon', contact: 'yes' }

describe('the board in a browser', () => {
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

  async function reported(who: string, what: string, more: object = {}): Promise<string> {
    return /[A-Z]{2}-\d+/.exec(readAnswer(await house.fill(who, '/report', { ...seen, what, ...more })))?.[0] ?? ''
  }

  async function linkFor(who: string, words = ''): Promise<string> {
    return linkOf(await house.type(who, `/board ${words}`.trim()))
  }

  async function opened(who: string, words = '') {
    const browser = visitor()
    const page = await browser.post(await linkFor(who, words))
    return { browser, page, again: () => browser.visit(`${url}/situation`) }
  }

  test('is opened by a press, by which its link is spent; what only looks spends nothing', async () => {
    const id = await reported('heron', 'Men with rifles near the library.')
    const link = await linkFor('finch')
    expect(link).toMatch(new RegExp(`^${url}/board/[\\w-]{43}$`))
    const preview = visitor()
    for (const look of [preview.get(link), preview.head(link), preview.visit(link), preview.visit(link)]) {
      const page = await look
      expect([page.status, page.headers.getSetCookie()]).toEqual([200, []])
      expect(page.text).not.toContain(id)
    }
    const person = visitor()
    const page = await person.post(link)
    expect(page.status).toBe(200)
    expect(page.text).toContain(id)
    expect((await person.visit(`${url}/situation`)).text).toContain(id)
    expect((await visitor().post(link)).status).toBe(403)
    const late = await visitor().visit(link)
    expect([late.status, late.text.includes('used already')]).toEqual([403, true])
  })

  test('of ten who press at the same moment one gets in', async () => {
    const link = await linkFor('finch')
    const pages = await Promise.all(Array.from({ length: 10 }, () => visitor().post(link)))
    expect(pages.filter(page => page.status === 200)).toHaveLength(1)
  })

  test('its session is a cookie that no script and no other site gets, and no link is one', async () => {
    const link = await linkFor('finch')
    const { cookie, location } = await pressed(link)
    expect(cookie).toMatch(/^board=[\w-]{43}; Max-Age=3600; Path=\/situation; HttpOnly; SameSite=Strict$/)
    expect(location).toBe('/situation')
    const session = /board=([\w-]+)/.exec(cookie)?.[1] ?? ''
    const secret = link.split('/').at(-1) ?? ''
    const ask = (value: string) => visitor().visit(`${url}/situation`, { cookie: `board=${value}` })
    expect((await ask(session)).status).toBe(200)
    expect((await ask(secret)).status).toBe(403)
    expect((await ask('x'.repeat(43))).status).toBe(403)
    expect((await visitor().visit(`${url}/situation`)).status).toBe(403)
    expect((await visitor().post(`${url}/board/${session}`)).status).toBe(404)
    expect((await visitor().visit(`${url}/evidence/${secret}`)).status).toBe(403)
  })

  test('a page of another site can neither open nor close it, nor read it under a name of its own', async () => {
    const link = await linkFor('finch')
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    expect((await visitor().post(link, {}, foreign, false)).status).toBe(403)
    const { browser, again } = await opened('finch')
    expect((await browser.post(`${url}/situation/end`, {}, foreign, false)).status).toBe(403)
    expect((await browser.visit(`${url}/situation`, { host: 'evil.example' })).status).toBe(403)
    expect((await again()).status).toBe(200)
    expect((await browser.visit(`${url}/situation`, { 'x-forwarded-proto': 'http' })).status).toBe(403)
  })

  test('holds for an hour, ends by a press, and then nothing of it opens again', async () => {
    const one = await opened('finch')
    const other = await opened('finch')
    const closed = await one.browser.post(`${url}/situation/end`)
    expect([closed.status, closed.text.includes('This board is closed')]).toEqual([403, true])
    expect(closed.headers.get('clear-site-data')).toBe('"cache"')
    expect((await one.again()).status).toBe(403)
    house.skip(59)
    expect((await other.again()).status).toBe(200)
    house.skip(1)
    expect((await other.again()).status).toBe(403)
    const link = await linkFor('finch')
    house.skip(10)
    expect((await visitor().post(link)).status).toBe(404)
  })

  test('ends at once when the role is taken, the region is, or the person is kept out', async () => {
    const directory = () => house.store.roster.directory()
    const finch = () => directory().people.get([...directory().people.values()].find(isFinch)?.id as never)
    for (const change of [{ roles: ['mediator'] }, { regions: ['GA'] }, { blocked: true }, { accounts: [] }] as const) {
      const { again, browser } = await opened('finch')
      const link = await linkFor('finch')
      expect((await again()).status).toBe(200)
      const person = finch()
      const people = directory().people as unknown as Map<string, unknown>
      people.set(person?.id as string, { ...person, ...change })
      const page = await again()
      expect([change, page.status]).toEqual([change, 403])
      expect(page.text).not.toMatch(/<section|<svg/)
      expect((await browser.get(`${url}/situation/now`)).status).toBe(403)
      expect([403, 404]).toContain((await visitor().post(link)).status)
      people.set(person?.id as string, person)
    }
  })

  test('is for those who respond, coordinate or lead, in the edition that is theirs', async () => {
    for (const [who, words] of [
      ['heron', ''],
      ['finch', 'leadership'],
      ['finch', 'all'],
      ['finch', 'GA'],
      ['finch', 'XX'],
      ['eagle', 'response'],
      ['finch', 'everything'],
    ] as const) {
      const answer = await house.type(who, `/board ${words}`.trim())
      expect([who, words, answer.reply.type, linkOf(answer)]).toEqual([who, words, 'refused', ''])
    }
    expect((await opened('finch')).page.text).toContain('for responders')
    expect((await opened('eagle')).page.text).toContain('for leadership')
    expect((await opened('eagle', 'public')).page.text).toContain('Two people must agree')
    expect(linkOf(await house.type('finch', '/hub board'))).toMatch(/\/board\//)
  })

  test('tells in each edition what that may, and nothing more stands anywhere in its page', async () => {
    const where = 'SENTINELPLACE corner, Maricopa County, AZ'
    const words = 'Call SENTINELNAME at 602-555-0147'
    const plain = await reported('heron', `Men with rifles near the library. ${words}`, { where })
    const red = await reported('heron', `A man wrote threats on a wall. ${words}`, { where })
    const hidden = await reported('heron', `They follow one of us home. ${words}`, { where })
    await house.type('finch', `/claim ${plain}`)
    await house.type('magpie', `/mark ${red} red`)
    await house.type('magpie', `/mark ${hidden} restricted to protect those in it`)
    const all = async (who: string, edition: string) => {
      const { browser, page } = await opened(who, edition)
      return page.text + (await browser.get(`${url}/situation/now`)).text
    }
    const texts = {
      response: await all('finch', ''),
      leadership: await all('magpie', 'AZ leadership'),
      partner: await all('magpie', 'AZ partner'),
      public: await all('magpie', 'AZ public'),
    }
    for (const [edition, text] of Object.entries(texts)) {
      expect([edition, text.match(/SENTINEL\w*|602-555|rifles|threats|Heron/g)]).toEqual([edition, null])
      expect([edition, text.includes(hidden)]).toEqual([edition, false])
    }
    for (const inside of [texts.response, texts.leadership]) {
      expect(inside).toContain('Finch has it')
      expect(inside).toContain(red)
      expect(inside).toContain('Maricopa County')
    }
    for (const outside of [texts.partner, texts.public]) {
      expect(outside.match(/Finch|Magpie|Wren|id="list"|id="coverage"|id="protection"/g)).toBeNull()
      expect(outside).not.toContain(red)
    }
    expect(texts.public.match(/AZ-\d{4}|id="warnings"|class="level/g)).toBeNull()
    expect(texts.public).toContain('&lt;3')
  })

  test('a RED one shows no more than what it is where its tool may not carry it', async () => {
    const other = ground()
    const untrusting = (network: Network): Network => ({ ...network, red: [] })
    const strict = await openHouse(other, undefined, { adjust: untrusting })
    await strict.serve()
    const filed = await strict.fill('heron', '/report', { ...seen, what: 'Men at a gate' })
    const id = /AZ-\d+/.exec(readAnswer(filed))?.[0] ?? ''
    await strict.type('finch', `/claim ${id}`)
    const look = async () => (await visitor().post(linkOf(await strict.type('wren', '/board')))).text
    const row = async () => /<li><b class="severity[\s\S]*?<\/li>/.exec(await look())?.[0] ?? ''
    expect(await row()).toContain('lo tiene Finch')
    await strict.type('magpie', `/mark ${id} red`)
    strict.skip(1)
    expect(await row()).toContain(id)
    expect(await row()).toContain('RED: los detalles')
    expect(await row()).not.toContain('Finch')
    await strict.close()
    other.leave()
  })

  test('what keeps it live says that something is new, never what, and nothing to whoever has no session', async () => {
    await reported('heron', 'Men with rifles near the library.')
    const { cookie } = await pressed(await linkFor('finch'))
    const first = await firstOf(`${url}/situation/live`, cookie.split(';')[0] ?? '')
    expect(first).toEqual(['text/event-stream', 'event: open\ndata: \n\n'])
    expect(await firstOf(`${url}/situation/live`, `board=${'x'.repeat(43)}`)).toEqual([
      'text/event-stream',
      'event: ended\ndata: \n\n',
    ])
    expect((await visitor().get(`${url}/situation/live`)).status).toBe(204)
  })

  test('no cache may keep it, no page may frame it, and it runs one script that asks nobody but the hub', async () => {
    const { page, browser } = await opened('finch')
    for (const got of [page, await browser.get(`${url}/situation/now`)]) {
      expect(got.headers.get('cache-control')).toBe('no-store, private')
      expect(got.headers.get('x-frame-options')).toBe('DENY')
      expect(got.headers.get('referrer-policy')).toBe('no-referrer')
      const policy = got.headers.get('content-security-policy') ?? ''
      expect(policy).toMatch(
        /^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; connect-src 'self'/,
      )
      expect(policy).not.toMatch(/unsafe|\*/)
    }
    expect(page.text.match(/<script/g)).toHaveLength(1)
    expect(page.text).not.toMatch(/ style=| on[a-z]+="|https?:\/\/(?!www\.w3\.org)/)
  })
})

describe('the board beyond this machine', () => {
  test('is refused over http, and its cookie is sent over https alone', async () => {
    const at = ground()
    for (const [address, status] of [
      ['http://192.168.1.5:8787', 403],
      ['https://hub.example.org', 200],
    ] as const) {
      const house = await openHouse(at, undefined, { address })
      const url = await house.serve()
      const answer = await house.type('finch', '/board')
      const link = linkOf(answer)
      if (status === 403) {
        expect(readAnswer(answer)).toContain('https')
        expect(link).toBe('')
        expect((await visitor().visit(`${url}/situation`)).status).toBe(403)
        expect((await visitor().visit(`${url}/board/${'x'.repeat(43)}`)).text).toContain('safe connection')
      } else {
        expect(link).toMatch(/^https:\/\/hub\.example\.org\/board\//)
        const { cookie } = await pressed(link.replace('https://hub.example.org', url))
        expect(cookie).toMatch(/; Secure/)
      }
      await house.close()
    }
    at.leave()
  })
})

function isFinch({ callsign }: { readonly callsign: string }): boolean {
  return callsign === 'Finch'
}

function linkOf({ reply }: Answer): string {
  const lines = reply.type === 'view' ? reply.view.lines : []
  return lines.flatMap(line => (line.type === 'link' ? [line.url] : []))[0] ?? ''
}

/** Presses the button of a link as a browser does, and follows nothing. */
function pressed(link: string): Promise<{ cookie: string; location: string }> {
  return new Promise((done, fail) => {
    const headers = { origin: 'null', 'sec-fetch-site': 'same-origin' }
    const sent = request(link, { method: 'POST', headers, agent: false }, answer => {
      answer.resume()
      done({ cookie: answer.headers['set-cookie']?.[0] ?? '', location: answer.headers.location ?? '' })
    })
    sent.on('error', fail)
    sent.end()
  })
}

/** What kind of answer it is, and its first piece. */
function firstOf(url: string, cookie: string): Promise<[string, string]> {
  return new Promise((done, fail) => {
    const sent = request(url, { headers: { cookie }, agent: false }, answer => {
      answer.once('data', piece => {
        done([answer.headers['content-type'] ?? '', String(piece)])
        sent.destroy()
      })
    })
    sent.on('error', fail)
    sent.end()
  })
}
