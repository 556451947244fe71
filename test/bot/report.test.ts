import { describe, expect, test } from 'vitest'
import { printReport } from '../../bot/cli/report.ts'
import { loadTaxonomy } from '../../bot/config.ts'
import { readCsv } from '../../bot/csv.ts'
import { actorOf } from '../../bot/identify.ts'
import type { IncidentId } from '../../workflows/ids.ts'
import { whyNotReport } from '../../workflows/report/reader.ts'
import { eachHouse } from '../each.ts'
import { buttonsOf, type House, readAnswer } from '../house.ts'

let house: House

eachHouse(opened => {
  house = opened
})

const id = 'AZ-0001'
const said = async (who: string, line: string) => readAnswer(await house.type(who, line))

/** P1 is started; G1 is passed, P1.1 done in time, P1.2 late, P1.3 skipped with words that a spreadsheet would run. */
async function worked(): Promise<void> {
  await house.type('owl', '/duty on')
  await house.fill('heron', '/report', {
    what: 'Three men with rifles, call 602 555 0177',
    where: 'Maricopa County, AZ, library',
    danger: 'hurt',
    contact: 'yes',
  })
  await house.type('magpie', `/protocol start P1 ${id}`)
  const gate = await house.press('owl', `gate:${id}:P1.G1`)
  if (gate.reply.type === 'form') await house.submit('owl', gate.reply.form, { danger: 'no' })
  await house.type('owl', '/step P1.1 done')
  await house.pass(7)
  const asked = await house.type('magpie', '/step P1.2 done')
  if (asked.reply.type === 'form')
    await house.submit('magpie', asked.reply.form, {
      armed: '3',
      blocking: 'no',
      seen: 'They smoke, call 602 555 0177',
    })
  await house.type('magpie', '/step P1.3 skip =HYPERLINK("http://x.example"), "quoted"')
}

async function printed(asked: { csv?: boolean; language: 'en' | 'es' }): Promise<string> {
  const written: string[] = []
  const to = { now: house.clock(), taxonomy: loadTaxonomy(), write: (text: string) => void written.push(text) }
  await printReport(house.store, id, 'P1', asked, to)
  return written.join('')
}

describe('the report of a protocol', () => {
  test('tells what was done, by whom, how late and why, in both languages', async () => {
    await worked()
    const [en, es] = [await printed({ language: 'en' }), await printed({ language: 'es' })]
    expect(en.split('\n').slice(0, 19).join('\n')).toMatchInlineSnapshot(`
      "Report: P1 Armed people at a polling place · AZ-0001
      Started Mon 19 Oct 09:00 by Magpie. Times are those of MST.
      It goes on.
      2 steps done, late: 1.
      1 skipped.
      13 still open.

      09:00 · Started · Magpie
      09:00 · G1 Life: passed · Owl
      Is anyone's life in danger right now? no
      09:00 · P1.1 Reporter goes indoors or behind cover, and does not go near · Done, in time · Owl
      09:05 · P1.2 Claim it, open one channel, and write down what is seen · Overdue: told whoever has it · the hub
      09:07 · P1.2 Claim it, open one channel, and write down what is seen · Done, 2 min late · Magpie
      How many are armed? 3
      Do they block or follow voters? No
      What is seen? They smoke, call [phone number]
      09:07 · P1.3 Call the poll manager: it is their site and their decision · Skipped, in time · Magpie
      =HYPERLINK("[link]"), "quoted"
      P1.4 Tell leadership · Still open; due 09:10"
    `)
    expect(es.split('\n').slice(0, 19).join('\n')).toMatchInlineSnapshot(`
      "Informe: P1 Personas armadas en un centro de votación · AZ-0001
      Empezó lun 19 oct 09:00, por Magpie. Las horas son de MST.
      Sigue en marcha.
      2 pasos hechos, tarde: 1.
      1 omitido.
      13 siguen abiertos.

      09:00 · Empezó · Magpie
      09:00 · G1 Vida: pasó · Owl
      ¿Corre peligro la vida de alguien ahora? no
      09:00 · P1.1 Quien reportó se resguarda y no se acerca · Hecho, a tiempo · Owl
      09:05 · P1.2 Tome el caso, abra un solo canal y anote lo que se ve · Vencido: se avisó a quien lo tiene · el hub
      09:07 · P1.2 Tome el caso, abra un solo canal y anote lo que se ve · Hecho, 2 min tarde · Magpie
      ¿Cuántas personas van armadas? 3
      ¿Bloquean o siguen a votantes? No
      ¿Qué se ve? They smoke, call [teléfono]
      09:07 · P1.3 Llame a la persona encargada del centro: es su lugar y su decisión · Omitido, a tiempo · Magpie
      =HYPERLINK("[enlace]"), "quoted"
      P1.4 Avise a la dirección · Sigue abierto; vence 09:10"
    `)
  })

  test('asks of which incident, where none was named', async () => {
    const asked = await house.type('magpie', '/protocol report')
    expect(JSON.stringify(asked.reply)).toContain('hub.which-incident')
    await worked()
    const which = await house.type('magpie', '/protocol report')
    const button = which.reply.type === 'view' ? (which.reply.view.buttons[0]?.id ?? '') : ''
    expect(button).toBe(`after:${id}`)
    expect(JSON.stringify((await house.press('magpie', button)).reply)).toContain('after.')
  })

  test('is a table that a spreadsheet opens, and in which nothing runs', async () => {
    await worked()
    const csv = await printed({ csv: true, language: 'en' })
    expect(csv.startsWith('\uFEFFTime due,Time done,')).toBe(true)
    expect(csv.endsWith('\r\n')).toBe(true)
    const rows = readCsv(csv).map(line => line.cells)
    expect(rows.every(row => row.length === 9)).toBe(true)
    const step = (name: string, what: string) => rows.find(row => row[3] === name && row[6]?.endsWith(what))
    expect(step('P1.2', 'Done')?.slice(0, 6)).toEqual([
      '2026-10-19 09:05',
      '2026-10-19 09:07',
      '2',
      'P1.2',
      'coordinator',
      'Magpie',
    ])
    expect(step('P1.2', 'Done')?.[8]).toContain('How many are armed? 3')
    expect(step('P1.2', 'Done')?.[8]).not.toContain('555')
    expect(step('P1.3', 'Skipped')?.[8]).toBe('\'=HYPERLINK("[link]"), "quoted"')
    expect(rows.some(row => row[7]?.includes('danger right now? no'))).toBe(true)
    expect(rows.flat().some(cell => /^[=+@-]/.test(cell))).toBe(false)
  })

  test('leaves as a table by a link that works once, for one press, and only while they may see it', async () => {
    await worked()
    const url = await house.serve()
    const link = async () => {
      const answer = await house.press('magpie', `after:${id}:P1.table`)
      const lines = answer.reply.type === 'view' ? answer.reply.view.lines : []
      return lines.flatMap(line => (line.type === 'link' ? [line.url] : []))[0] ?? ''
    }
    const first = await link()
    expect(first.startsWith(`${url}/report/`)).toBe(true)
    const page = await fetch(first)
    expect(await page.text()).toContain('Save the table')
    expect((await fetch(first)).status).toBe(200)
    const send = { method: 'POST', headers: { origin: url } }
    const saved = await fetch(first, send)
    expect(saved.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(saved.headers.get('content-disposition')).toContain('AZ-0001-P1.csv')
    expect(await saved.text()).toContain('P1.3')
    expect((await fetch(first, send)).status).toBe(403)
    const second = await link()
    await house.type('magpie', `/mark ${id} restricted add Owl it is a threat`)
    await house.type('owl', '/shield Magpie cut the phone was taken')
    expect((await fetch(second, send)).status).toBe(404)
    expect((await fetch(`${url}/report/${'x'.repeat(43)}`)).status).toBe(404)
  })

  test('is for those who work on it, not for who only reported it, and of RED nothing where RED is not shown', async () => {
    await worked()
    expect(await said('heron', `/protocol report ${id}`)).toContain('for those who work on it')
    expect(await said('crane', `/protocol report ${id}`)).toContain('I know no incident')
    expect(await said('magpie', `/protocol report ${id} P9`)).toContain('There are: P1')
    const first = await house.type('magpie', `/protocol report ${id} P1`)
    expect(readAnswer(first)).toContain('Report: P1')
    expect(buttonsOf(first).after).toBeDefined()
    await house.type('magpie', `/mark ${id} red`)
    const { incident } = (await house.store.incidents.find(id as IncidentId)) ?? {}
    const directory = { ...house.store.roster.directory(), red: ['signal'] as const }
    const magpie = [...directory.people.values()].find(one => one.callsign === 'Magpie')
    if (!incident || !magpie) throw new Error('nobody to ask')
    expect(incident.mark).toBe('RED')
    const through = (platform: 'slack' | 'signal') => actorOf(magpie, { account: null, platform }, directory)
    expect(whyNotReport(incident, through('slack'), directory)?.key).toBe('after.not-here')
    expect(whyNotReport(incident, through('signal'), directory)).toBeNull()
  })

  test('opens the after-action form with what was typed and not sent', async () => {
    await worked()
    const open = async () => {
      const { reply } = await house.press('magpie', `step:${id}:P1.C4.0.done`)
      if (reply.type !== 'form') throw new Error('no form')
      return reply.form
    }
    const { id: form, about } = await open()
    const values = { 'after-planned': 'Two at the line', 'after-happened': '' }
    const origin = { platform: 'workspace', account: 'magpie', room: null, message: null, at: house.clock() } as const
    await house.hub.receive({ ...origin, key: 'draft:9', type: 'draft', form, command: 'step', about, values })
    expect((await open()).values).toMatchObject({ 'after-planned': 'Two at the line' })
  })
})
