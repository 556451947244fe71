import { describe, expect, test } from 'vitest'
import type { Answer } from '../../bot/platform.ts'
import type { IncidentId } from '../../workflows/ids.ts'
import { eachHouse } from '../each.ts'
import { photo, voice } from '../evidence.ts'
import { type Files, type House, readAnswer } from '../house.ts'
import { visitor } from './web/visitor.ts'

const seen = { what: 'Men with rifles slung near the library.', where: 'Maricopa County, AZ', danger: 'soon' }
const whole = 'AZ-0001' as IncidentId
const part = 'AZ-0002' as IncidentId

let house: House
eachHouse(opened => {
  house = opened
})

/** Heron's report with a photo, and Cactus Wren's with a voice note and a link that is merged into it. */
async function merged(): Promise<void> {
  await report('heron', seen.what, [await photo()])
  await report('cactus-wren', 'Rifles at the library, see t.me/some_group/55', [voice()])
  expect(await says('magpie', `/merge ${part} ${whole}`)).toContain(`${part} is now part of ${whole}`)
}

const report = (who: string, what: string, files: Files) =>
  house.fill(who, '/report', { ...seen, what, contact: 'yes' }, null, files)
const says = async (who: string, line: string) => readAnswer(await house.type(who, line))
const listed = (who: string) => says(who, `/incident ${whole} evidence`)
const filesOf = async (id: IncidentId) => (await house.store.files.list(id)).length
const holdOf = async (id: IncidentId) => (await house.store.incidents.find(id))?.incident.hold

function opens({ reply }: Answer): string[] {
  const lines = reply.type === 'view' ? reply.view.lines : []
  return lines.flatMap(line => (line.type === 'item' && line.button ? [line.button.id] : []))
}

async function linkTo(who: string, button: string): Promise<string> {
  const { reply } = await house.press(who, button)
  const lines = reply.type === 'view' ? reply.view.lines : []
  return lines.flatMap(line => (line.type === 'link' ? [line.url] : []))[0] ?? ''
}

describe('what is kept with a part of an incident', () => {
  test('is closed to all but the named once that part is restricted, also behind a link that is out', async () => {
    await house.serve()
    await merged()
    const buttons = opens(await house.type('finch', `/incident ${whole} evidence`))
    expect(buttons).toHaveLength(3)
    const note = (await house.store.files.list(part))[0]?.id ?? ''
    const seenBefore = await linkTo('finch', `view:${whole}:${note}`)
    const browser = visitor()
    expect((await browser.visit(seenBefore)).text).toContain('Voice note')
    await house.type('magpie', `/mark ${part} restricted`)
    expect((await browser.visit(seenBefore)).status).toBe(403)
    expect((await browser.post(`${seenBefore}/show`)).status).toBe(403)
    expect(await listed('finch')).not.toMatch(/Voice note|some_group/)
    for (const button of buttons.slice(1)) {
      expect(readAnswer(await house.press('finch', button))).toContain('I know no incident')
    }
    expect(await listed('magpie')).toMatch(/Voice note/)
  })

  test('is in no record for whoever may not open it', async () => {
    await house.serve()
    await merged()
    await house.type('magpie', `/mark ${part} restricted`)
    const browser = visitor()
    const link = await linkTo('owl', `view:${whole}:record`)
    await browser.visit(link)
    await browser.post(`${link}/save`, { reason: 'For the court' })
    const { text } = await browser.get(`${link}/record.json`)
    expect(text).toContain('image/jpeg')
    expect(text).not.toMatch(/audio|some_group|AZ-0002/)
  })

  test('is hidden from everybody once its reporter took it back under a hold', async () => {
    await merged()
    await house.type('eagle', `/incident ${part} hold the court asked`)
    await house.type('cactus-wren', `/withdraw ${part}`)
    expect(await listed('magpie')).not.toMatch(/Voice note|some_group/)
    expect(await filesOf(part)).toBe(1)
  })
})

describe('whoever reported a part', () => {
  test('can be erased like anybody; nobody who is erased after them has to wait for that', async () => {
    await merged()
    await house.press('cactus-wren', 'erase:confirm')
    await house.press('wren', 'erase:confirm')
    for (let rounds = 0; rounds < 200 && (await house.clearer.run()); rounds += 1) await house.settle()
    expect(await house.store.erasures.due()).toEqual([])
    expect((await house.store.incidents.find(part))?.incident.reporter).toBe(null)
    expect((await house.store.incidents.find(whole))?.incident.also).toEqual([])
    expect(await filesOf(part)).toBe(0)
    expect(await listed('finch')).not.toMatch(/Voice note|some_group/)
  })
})

describe('a legal hold of the whole', () => {
  test('keeps what its parts hold when it is taken back, and lets it go when it ends', async () => {
    await merged()
    await house.type('eagle', `/incident ${whole} hold the court asked`)
    expect(await says('cactus-wren', `/withdraw ${part}`)).toContain('retención legal')
    expect(await filesOf(part)).toBe(1)
    await house.type('eagle', `/incident ${whole} unhold the court is done`)
    expect(await filesOf(part)).toBe(0)
    expect(await holdOf(part)).toBe(null)
  })

  test('goes for what is merged into it later, with its parts; a hold of their own outlasts it', async () => {
    await merged()
    await report('heron', 'Men with guns', [])
    const last = 'AZ-0003' as IncidentId
    await house.type('eagle', `/incident ${last} hold the court asked`)
    await house.type('eagle', `/incident ${part} hold another court asked`)
    await house.type('magpie', `/merge ${whole} ${last}`)
    expect(await holdOf(whole)).toEqual({ owed: [], of: last })
    expect(await holdOf(part)).toEqual({ owed: [] })
    await house.type('eagle', `/incident ${last} unhold the court is done`)
    expect(await holdOf(whole)).toBe(null)
    expect(await holdOf(part)).toEqual({ owed: [] })
  })

  test('ends for a part whose merging is only taken back', async () => {
    await report('heron', seen.what, [])
    await report('cactus-wren', seen.what, [])
    await house.type('eagle', `/incident ${whole} hold the court asked`)
    await house.type('magpie', `/merge ${part} ${whole}`)
    expect(await holdOf(part)).toEqual({ owed: [], of: whole })
    await house.press('magpie', `separate:${part}`)
    expect(await holdOf(part)).toBe(null)
  })
})
