import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Decrypter } from 'age-encryption'
import papaparse from 'papaparse'
import tar from 'tar-stream'
import { describe, expect, test } from 'vitest'
import { exportTo } from '../../bot/cli/export.ts'
import { loadTaxonomy } from '../../bot/config.ts'
import { makeExportId } from '../../workflows/export/request.ts'
import { eachHouse } from '../each.ts'
import { buttonsOf, type House, readAnswer } from '../house.ts'

let house: House

eachHouse(opened => {
  house = opened
})

const [id, words] = ['X-0001', 'zebra-sentinel']

async function reported(): Promise<void> {
  await house.fill('heron', '/report', {
    what: `Two men shout at voters, ${words}`,
    where: 'Maricopa County, AZ, library',
    danger: 'no',
    contact: 'yes',
  })
}

const usual = { format: 'csv', edition: 'response', which: 'AZ 72h', sealed: 'no', reason: 'The county asked for it' }
const ask = (who: string, values: Partial<typeof usual> = {}) => house.fill(who, '/export', { ...usual, ...values })

async function linkOf(who: string): Promise<string> {
  const answer = await house.type(who, `/export ${id}`)
  const lines = answer.reply.type === 'view' ? answer.reply.view.lines : []
  const url = lines.flatMap(line => (line.type === 'link' ? [line.url] : []))[0]
  if (!url) throw new Error(`no link: ${readAnswer(answer)}`)
  return url
}

async function phraseOf(who: string): Promise<string> {
  const answer = await house.type(who, `/export ${id} phrase`)
  const lines = answer.reply.type === 'view' ? answer.reply.view.lines : []
  return lines.flatMap(line => (line.type === 'quote' && 'words' in line.text ? [line.text.words] : []))[0] ?? ''
}

const press = (url: string) => fetch(url, { method: 'POST', headers: { origin: new URL(url).origin } })

async function opened(locked: Uint8Array, passphrase: string): Promise<string> {
  const decrypter = new Decrypter()
  decrypter.addPassphrase(passphrase)
  return new TextDecoder().decode(await decrypter.decrypt(locked))
}

describe('/export', () => {
  test('gives a locked file once, by a press, and its pass-phrase apart from it', async () => {
    await reported()
    const url = await house.serve()
    expect(url).toContain('http://127.0.0.1')
    expect(readAnswer(await ask('magpie'))).toContain('X-0001: Table (CSV) for Responders')
    const link = await linkOf('magpie')
    // What previews fetch shows nothing and spends nothing.
    const page = await fetch(link)
    expect([page.status, (await page.text()).includes(words)]).toEqual([200, false])
    expect(page.headers.get('cache-control')).toContain('no-store')
    const passphrase = await phraseOf('magpie')
    expect(passphrase).toMatch(/^([a-z]+-){7}[a-z]+$/)
    const file = await press(link)
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="X-0001.csv.age"')
    const bytes = new Uint8Array(await file.arrayBuffer())
    expect(Buffer.from(bytes).includes('AZ-0001')).toBe(false)
    const { data } = papaparse.parse<Record<string, string>>(await opened(bytes, passphrase), {
      header: true,
      skipEmptyLines: true,
    })
    expect(data.map(row => [row.id, row.region, row.what, row.reporter])).toEqual([['AZ-0001', 'AZ', '', '']])
    await expect(opened(bytes, `${passphrase}x`)).rejects.toThrow()
    expect((await press(link)).status).toBe(403)
    expect(await phraseOf('magpie')).toBe(passphrase)
    await expect.poll(async () => (await house.store.exports.find(makeExportId(1)))?.rows).toBe(1)
    const log = await house.store.deeds.latest(9)
    expect(log.filter(one => one.what === 'export').map(one => one.facts.did)).toEqual([
      'phrase',
      'take',
      'phrase',
      'ask',
    ])
  })

  test('that broke off is given out again for an hour, each time by another link; then it is asked for again', async () => {
    await reported()
    await house.serve()
    await ask('magpie')
    const first = await linkOf('magpie')
    expect((await fetch(first, { method: 'HEAD' })).status).toBe(200)
    await (await press(first)).body?.cancel()
    expect(await (await press(first)).text()).toContain('If the file did not arrive, write /export X-0001')
    await house.pass(5)
    const second = await linkOf('magpie')
    expect(second).not.toBe(first)
    const bytes = new Uint8Array(await (await press(second)).arrayBuffer())
    expect(await opened(bytes, await phraseOf('magpie'))).toContain('AZ-0001')
    await house.pass(56)
    const late = await house.type('magpie', `/export ${id}`)
    expect(readAnswer(late)).toContain('was taken more than an hour ago')
    expect(buttonsOf(late)).toEqual({ export: `export:${id}:again` })
    const form = await house.press('magpie', `export:${id}:again`)
    expect(form.reply).toMatchObject({ type: 'form', form: { values: { ...usual, which: 'AZ 74h' } } })
    const log = await house.store.deeds.latest(9)
    expect(log.filter(one => one.what === 'export').map(one => one.facts.did)).toEqual([
      ...['phrase', 'take-again', 'take', 'ask'],
    ])
  })

  test('with what people wrote waits for a second person, who is not whoever asked', async () => {
    await reported()
    await house.serve()
    expect(readAnswer(await ask('magpie', { format: 'json', sealed: 'yes' }))).toContain('waits for a second person')
    expect(readAnswer(await house.type('magpie', `/export ${id}`))).toContain('waits for a second person')
    expect(readAnswer(await house.type('magpie', `/export agree ${id}`))).toContain('A second person has to agree')
    expect(readAnswer(await house.type('crane', `/export agree ${id}`))).toContain('There is no export')
    const asked = JSON.stringify(await house.store.exports.latest(1))
    expect(asked).toContain('The county asked for it')
    expect(readAnswer(await house.press('owl', `export:${id}:agree`))).toContain('You agreed to X-0001')
    expect(readAnswer(await house.press('eagle', `export:${id}:refuse`))).toContain('decided on already')
    const link = await linkOf('magpie')
    const bytes = new Uint8Array(await (await press(link)).arrayBuffer())
    const data = JSON.parse(await opened(bytes, await phraseOf('magpie')))
    expect(data.incidents[0]).toMatchObject({ id: 'AZ-0001', reporter: 'Heron', what: expect.stringContaining(words) })
    expect(data.count).toBe(1)
  })

  test('for partners is open, waits for a second person, and holds no word and no small county', async () => {
    await reported()
    await house.serve()
    expect(readAnswer(await ask('eagle', { edition: 'partner', which: 'all' }))).toContain('waits for a second person')
    await house.type('owl', `/export agree ${id}`)
    const file = await press(await linkOf('eagle'))
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="X-0001.csv"')
    const text = await file.text()
    expect(text).toContain('AZ')
    expect(text).not.toMatch(/Maricopa|zebra|Heron/)
    expect(readAnswer(await house.type('eagle', `/export ${id} phrase`))).toContain('needs no pass-phrase')
  })

  test('refused goes nowhere, and whoever asked hears of it', async () => {
    await reported()
    await house.serve()
    await ask('magpie', { sealed: 'yes' })
    await house.type('owl', `/export refuse ${id}`)
    await house.settle()
    expect(readAnswer(await house.type('magpie', `/export ${id}`))).toContain('decided on already')
    expect(JSON.stringify(await house.direct('magpie'))).toContain('refused your export X-0001')
  })

  test('whoever may not, or asks for what makes no sense, hears why', async () => {
    const cases = [
      ['heron', {}, 'lead'],
      ['finch', {}, 'lead'],
      ['magpie', { which: 'MI' }, 'your own regions'],
      ['magpie', { which: 'all' }, 'your own regions'],
      ['eagle', {}, 'leaders what is for leadership'],
      ['magpie', { which: 'AZ sometimes' }, 'I do not know “sometimes”'],
      ['magpie', { which: 'GA' }, 'No report fits'],
      ['magpie', { edition: 'partner', sealed: 'yes' }, 'can only go to responders'],
      ['magpie', { edition: 'leadership', format: 'ics214' }, 'stays inside the network'],
      ['magpie', { which: 'MI-0001' }, 'MI-0001'],
    ] as const
    await reported()
    for (const [who, values, said] of cases) {
      const answer = await ask(who, values).catch((error: Error) => error.message)
      expect(typeof answer === 'string' ? answer : readAnswer(answer)).toContain(said)
    }
    expect(await house.store.exports.latest(1)).toEqual([])
  })

  test('a link and an export run out', async () => {
    await reported()
    await house.serve()
    await ask('magpie')
    const link = await linkOf('magpie')
    await house.pass(11)
    expect((await press(link)).status).toBe(404)
    expect(buttonsOf(await house.type('magpie', `/export ${id}`))).not.toEqual([])
    await house.pass(25 * 60)
    expect(readAnswer(await house.type('magpie', `/export ${id}`))).toContain('has run out')
  })
})

describe('hub export', () => {
  async function written(asked: Partial<Parameters<typeof exportTo>[1]>, name = 'out', store = house.store) {
    const folder = mkdtempSync(join(tmpdir(), 'hub-export-'))
    const said: string[] = []
    try {
      const config = { network: { places: null }, taxonomy: loadTaxonomy() } as never
      const to = { now: house.clock(), screen: { write: (line: string) => void said.push(line) } }
      const whole = await exportTo(
        join(folder, name),
        { format: 'csv', for: 'response', ...asked },
        { store, config },
        to,
      )
      const [file = ''] = readdirSync(folder)
      const bytes = readFileSync(join(folder, file))
      return {
        whole,
        said: said.join(''),
        file,
        files: readdirSync(folder),
        bytes,
        mode: statSync(join(folder, file)).mode,
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }

  test('locks what may point to people, reads it back, and is in the log', async () => {
    await reported()
    const { whole, said, file, files, bytes, mode } = await written({})
    expect([whole, file, files.length, mode & 0o777]).toEqual([true, 'out.age', 1, 0o600])
    expect(said).toContain('Read back: 1 report, as written.')
    const [passphrase = ''] = /([a-z]+-){7}[a-z]+/.exec(said) ?? []
    expect(await opened(bytes, passphrase)).toContain('AZ-0001')
    expect((await house.store.deeds.latest(1))[0]).toMatchObject({ by: null, what: 'export', facts: { rows: 1 } })
  })

  test('puts alerts into an archive, one each, and says what it left out', async () => {
    await reported()
    await reported()
    const { bytes, said } = await written({ format: 'cap', open: true })
    const names: string[] = []
    const extract = tar.extract()
    extract.end(bytes)
    for await (const entry of extract) {
      const pieces: Buffer[] = []
      for await (const piece of entry) pieces.push(piece as Buffer)
      expect(Buffer.concat(pieces).toString()).toMatch(/^<\?xml[\s\S]*<\/alert>\n$/)
      names.push(entry.header.name)
    }
    expect(names).toEqual(['local/AZ-0001.xml', 'local/AZ-0002.xml'])
    expect(said).toContain('100 %  2 of 2 reports')
  })

  test('takes what lies sealed only where two people asked in chat', async () => {
    await reported()
    await ask('magpie', { sealed: 'yes' })
    await expect(written({ approved: id })).rejects.toThrow('nobody has agreed')
    await house.type('owl', `/export agree ${id}`)
    const { bytes, said } = await written({ approved: 'x1' })
    expect(await opened(bytes, /([a-z]+-){7}[a-z]+/.exec(said)?.[0] ?? '')).toContain(words)
    // A disk may be full; but not for ever.
    await written({ approved: id })
    await house.pass(61)
    await expect(written({ approved: id })).rejects.toThrow('was taken')
  })

  test('gives nothing of what was agreed to for somebody who may not have it any more', async () => {
    await reported()
    await ask('magpie', { sealed: 'yes' })
    await house.type('owl', `/export agree ${id}`)
    const now = house.store.roster.directory()
    const people = new Map([...now.people].map(([key, one]) => [key, { ...one, roles: ['mediator'] as const }]))
    const store = { ...house.store, roster: { ...house.store.roster, directory: () => ({ ...now, people }) } }
    await expect(written({ approved: id }, 'out', store)).rejects.toThrow('may not have it any more')
    expect(await written({ approved: id })).toMatchObject({ whole: true })
    expect(await house.store.exports.find(makeExportId(1))).toMatchObject({ state: 'taken', rows: 1 })
  })

  test('with nothing in it is a whole file with its head', async () => {
    const { whole, bytes } = await written({ for: 'public', format: 'geojson' })
    expect(whole).toBe(true)
    expect(JSON.parse(bytes.toString())).toMatchObject({ type: 'FeatureCollection', features: [], count: 0 })
  })

  test('what makes no sense is refused in plain words', async () => {
    const cases = [
      [{ region: ['ZZ'] }, 'no region ZZ'],
      [{ incident: 'what' }, 'no id'],
      [{ kind: ['violence'] }, 'no kind'],
      [{ from: 5, to: 5 }, '--from'],
      [{ format: 'ics214', for: 'partner' }, 'responders alone'],
      [{ approved: 'X-9' }, 'no export'],
    ] as const
    for (const [asked, said] of cases) await expect(written(asked)).rejects.toThrow(said)
  })
})
