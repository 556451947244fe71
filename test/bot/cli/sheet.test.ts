import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { printSheet } from '../../../bot/cli/sheet.ts'
import { loadTaxonomy } from '../../../bot/config.ts'
import { eachHouse } from '../../each.ts'
import type { Ground, House } from '../../house.ts'

const threat = 'They said they will kill Maria Lopez at 12 Oak Street'

describe('the sheet on paper', () => {
  let house: House
  let at: Ground
  eachHouse(async (opened, where) => {
    house = opened
    at = where
    await house.type('finch', '/duty on 8h')
    await house.fill('heron', '/report', {
      what: 'Men film the line',
      where: 'Phoenix, AZ',
      danger: 'no',
      contact: 'no',
    })
    await house.fill('heron', '/report', { what: threat, where: 'Tucson, AZ', danger: 'soon', contact: 'no' })
    await house.fill('heron', '/report', {
      what: 'A fire near the polls',
      where: 'Phoenix, AZ',
      danger: 'no',
      contact: 'no',
    })
    await house.type('finch', '/claim AZ-0001')
  })

  async function printed(asked: object): Promise<{ said: string; out: string; done: boolean }> {
    let out = ''
    const said: string[] = []
    const done = await printSheet(
      house.store,
      { language: 'en', ...asked },
      {
        now: house.clock(),
        taxonomy: loadTaxonomy(),
        print: (...lines) => said.push(...lines),
        write: text => {
          out += text
        },
      },
    )
    return { said: said.join('\n'), out, done }
  }

  test('is not printed before it is said that it is meant', async () => {
    const { done, said, out } = await printed({})
    expect(done).toBe(false)
    expect(said).toMatch(/Names and contacts of 25 people would leave the sealed database.*--yes/s)
    expect(out).toBe('')
    expect(await house.store.deeds.latest(9)).toEqual([])
  })

  test('says who calls whom, who is on duty and what is open, and that it was printed', async () => {
    house.skip(24 * 60 - 1)
    await house.pass(1)
    const { done, out } = await printed({ yes: true, region: 'az' })
    expect(done).toBe(true)
    const [network = '', arizona = ''] = out.split('\f')
    expect(network).toMatch(/Owl +coordinator.*Magpie \(AZ\),/)
    expect(arizona).toMatch(/^Magpie +coordinator/m)
    expect(arizona).toMatch(/^> Finch/m)
    expect(arizona.replaceAll(/\s+/g, ' ')).toContain('Sample Person – Ben Carter')
    expect(arizona).toMatch(/AZ-0001 +S\d .*Nobody, since .*OVERDUE/s)
    expect(out).toMatch(/Printed Tue 20 Oct 12:00 \(EDT\).*Confidential: it names people/s)
    expect(out.split('\n').every(line => line.length <= 100)).toBe(true)
    expect(await house.store.deeds.latest(1)).toMatchObject([
      { what: 'sheet', by: null, facts: { regions: ['AZ'], names: 'yes' } },
    ])
  })

  test('holds no words of any incident; RED and restricted ones only by id and kind, for coordinators', async () => {
    await house.type('magpie', '/mark AZ-0002 red it names a victim')
    await house.type('magpie', '/mark AZ-0003 restricted')
    const { out } = await printed({ yes: true, region: 'AZ' })
    const [, arizona = '', apart = ''] = out.split('\f')
    for (const word of ['film', 'Maria', 'Oak', 'fire near']) expect(out).not.toContain(word)
    expect(arizona).toContain('AZ-0001')
    expect(arizona).not.toMatch(/AZ-000[23]/)
    expect(arizona).toContain('2 more are marked RED or restricted')
    expect(apart).toMatch(/FOR ITS COORDINATORS ONLY.*Magpie/s)
    expect(apart).toMatch(/AZ-0002 .*RED/s)
    expect(apart).toMatch(/AZ-0003 .*restricted/s)
    expect(apart).not.toContain('Pima')
  })

  test('does not tell a coordinator of what is kept from them', async () => {
    await house.type('owl', '/mark AZ-0003 restricted')
    const { incidents, roster } = house.store
    const known = await incidents.find('AZ-0003' as never)
    const magpie = [...roster.directory().people.values()].find(one => one.callsign === 'Magpie')
    const sees = known?.incident.allowed.includes(magpie?.id as never)
    const { out } = await printed({ yes: true, region: 'AZ' })
    expect(out.includes('AZ-0003')).toBe(sees)
  })

  test('says how people said that they can be reached', async () => {
    await house.type('finch', '/whoami contact call 602 555 0142 after dark')
    const { out } = await printed({ yes: true, region: 'AZ' })
    expect(out.replaceAll(/\s+/g, ' ')).toContain('call 602 555 0142')
    const { out: bare } = await printed({ yes: true, region: 'AZ', callsigns: true })
    expect(bare).not.toContain('0142')
  })

  test('leaves names and contacts out where only call signs are asked for', async () => {
    const { out } = await printed({ yes: true, callsigns: true })
    expect(out).toContain('Finch')
    expect(out).not.toContain('Sample Person')
  })

  test('is written as a page to print, in Spanish too, which only its owner can read', async () => {
    const file = join(at.folder, 'sheet.html')
    const { said } = await printed({ yes: true, language: 'es', out: file })
    expect(said).toContain('Written: ')
    const html = readFileSync(file, 'utf8')
    expect(html).toMatch(/<html lang="es">.*Quién llama a quién.*Finch/s)
    expect(html).not.toContain('<script')
    expect(statSync(file).mode & 0o077).toBe(0)
    await expect(printed({ yes: true, out: file })).rejects.toThrow(/stands there already/)
    await expect(printed({ yes: true, region: 'XX' })).rejects.toThrow(/There is no region XX\. There are: AZ/)
    expect(existsSync(file)).toBe(true)
  })
})
