import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import type { Answer } from '../../bot/platform.ts'
import { sourcesOf } from '../../workflows/sources.ts'
import { eachHouse } from '../each.ts'
import { type Ground, type House, openHouse, readAnswer, readMessage } from '../house.ts'

const library = {
  what: 'Three men with rifles slung, talking to voters in line',
  where: 'Burton Barr library, Phoenix, Maricopa County, AZ',
  danger: 'soon',
  contact: 'yes',
}
const sameLibrary = {
  ...library,
  what: 'Tres hombres con rifles hablan con los votantes en la fila',
  where: 'biblioteca Burton Barr, Maricopa County, AZ',
}
const school = { ...library, what: 'Two cars crashed, nobody hurt', where: 'Mesa High School, Maricopa County, AZ' }

let at: Ground
let house: House

eachHouse((opened, ground) => {
  house = opened
  at = ground
})

const pressed = (answer: Answer, name: string) => {
  const buttons = answer.reply.type === 'view' ? answer.reply.view.buttons : []
  const found = buttons.find(button => button.id.startsWith(`${name}:`))
  if (!found) throw new Error(`no ${name} among ${buttons.map(button => button.id)} in\n${readAnswer(answer)}`)
  return found.id
}
const asked = async (who: string) => (await house.direct(who)).filter(text => text.startsWith('Same as'))
const stands = async (id: string) => {
  const known = await house.store.incidents.find(id as never)
  if (!known) throw new Error(`there is no ${id}`)
  return known.incident
}
const knows = async (who: 'thrasher' | 'heron', id: string, known: string) => {
  const { reply } = await house.press(who, `sources:${id}`)
  if (reply.type !== 'form') throw new Error(`no form about ${id}`)
  await house.submit(who, reply.form, { known })
  await house.settle()
}
const card = async (id: string) => {
  const all = await house.room('az-response')
  return all.find(text => text.split('\n')[0]?.includes(id)) ?? ''
}

describe('a second report of the same event', () => {
  test('is asked back, joined with one press, and stands as one card with two reports', async () => {
    const first = await house.fill('thrasher', '/report', library)
    expect(readAnswer(first)).not.toContain('Same as')
    const second = await house.fill('heron', '/report', sameLibrary)
    expect(readAnswer(second)).toMatch(/^Received as AZ-0002/)
    expect(readAnswer(second)).not.toContain('Same as')
    const [question = '', ...more] = await asked('heron')
    expect(question).toMatch(/^Same as AZ-0001 \(Armed group.*, Maricopa County, AZ.*\n.*\n\[Add mine to AZ-0001\]/)
    expect(question).not.toContain('slung')
    expect(more).toEqual([])
    expect(await card('AZ-0002')).toContain('May be like AZ-0001')
    const joined = await house.press('heron', 'same:AZ-0002:AZ-0001')
    expect(readAnswer(joined)).toContain('AZ-0002 is now part of AZ-0001')
    expect(await card('AZ-0001')).toMatch(/unverified · 2 reports, 1 independent source; ask how they know/)
    expect(await card('AZ-0002')).toContain('Same event as AZ-0001')
    expect((await house.direct('heron')).join('\n')).toContain('Received as AZ-0002')
    expect((await house.direct('thrasher')).join('\n')).toContain('Received as AZ-0001')
    await house.type('finch', '/claim AZ-0001')
    expect((await house.direct('heron')).join('\n')).toContain('Finch from the Arizona team is on AZ-0002')
    expect((await house.direct('thrasher')).join('\n')).toContain('Finch from the Arizona team is on AZ-0001')
  })

  test('corroborates once both said how they know, and not before', async () => {
    await house.fill('thrasher', '/report', library)
    await house.fill('heron', '/report', sameLibrary)
    await house.press('heron', 'same:AZ-0002:AZ-0001')
    await knows('thrasher', 'AZ-0001', 'saw')
    expect(await card('AZ-0001')).toMatch(/saw it · unverified · 2 reports, 1 independent source; ask how they know/)
    await knows('heron', 'AZ-0002', 'told-present')
    expect(await card('AZ-0001')).toMatch(/corroborated · 2 reports, 2 independent sources$/m)
  })

  test('is answered once: the question makes room for the answer, and a late press says how things stand', async () => {
    await house.fill('thrasher', '/report', library)
    await house.fill('heron', '/report', sameLibrary)
    const room = 'direct:heron'
    const question = (await house.store.practice.list(room, 50)).find(one => readMessage(one).startsWith('Same as'))
    const message = { room, id: String(question?.id) }
    const press = (button: string) =>
      house.hub.receive({
        platform: 'workspace',
        key: `press:${button}`,
        account: 'heron',
        room: null,
        message,
        at: house.clock(),
        type: 'press',
        button,
      })
    await press('same:AZ-0002:AZ-0001')
    await house.settle()
    expect(await asked('heron')).toEqual([])
    const told = (await house.direct('heron')).join('\n')
    expect(told).toContain('Your report AZ-0002 is now part of AZ-0001')
    expect(told).not.toContain('[Add mine')
    expect(readAnswer(await press('different:AZ-0002:AZ-0001'))).toContain('AZ-0002 is part of AZ-0001 by now')
    expect((await stands('AZ-0002')).mergedInto).toBe('AZ-0001')
  })

  test('is asked in the echo alone where nothing else may be written to the reporter', async () => {
    await house.fill('thrasher', '/report', library)
    const second = await house.fill('heron', '/report', { ...sameLibrary, contact: 'no' })
    expect(readAnswer(second)).toMatch(/Received as AZ-0002[\s\S]*Same as AZ-0001 \(Armed group.*, Maricopa County, AZ/)
    expect(await asked('heron')).toEqual([])
    expect(readAnswer(await house.press('heron', pressed(second, 'same')))).toContain('is now part of AZ-0001')
  })

  test('is not asked about again once it was said to be another, in either direction', async () => {
    await house.fill('thrasher', '/report', library)
    await house.fill('heron', '/report', sameLibrary)
    const said = await house.press('heron', 'different:AZ-0002:AZ-0001')
    expect(readAnswer(said)).toContain('AZ-0002 and AZ-0001 are different')
    expect(await card('AZ-0002')).not.toContain('May be like')
    await house.type('finch', '/update AZ-0001 place: Burton Barr library, Phoenix, Maricopa County')
    await house.pass(3)
    expect(await card('AZ-0001')).not.toContain('May be like')
    expect(await card('AZ-0002')).not.toContain('May be like')
  })

  test('of which somebody is on already is proposed to them', async () => {
    await house.fill('thrasher', '/report', library)
    await house.fill('heron', '/report', sameLibrary)
    await house.type('finch', '/claim AZ-0002')
    expect(readAnswer(await house.press('heron', 'same:AZ-0002:AZ-0001'))).toContain('I asked them to join it')
    const root = await house.card('az-response', 'AZ-0002')
    expect((await house.thread(root)).join('\n')).toMatch(
      /says it is the same event as AZ-0001.*\n\[Merge into AZ-0001\]/,
    )
    expect((await stands('AZ-0002')).status).toBe('claimed')
    expect(readAnswer(await house.press('finch', 'merge:AZ-0002:AZ-0001'))).toContain('part of AZ-0001')
    expect(sourcesOf(await stands('AZ-0001'))).toHaveLength(2)
  })

  test('that has moved on is followed to where it stands, and what has ended is said', async () => {
    await house.fill('thrasher', '/report', library)
    await house.fill('heron', '/report', sameLibrary)
    await house.fill('thrasher', '/report', school)
    await house.type('owl', '/merge AZ-0001 AZ-0003')
    const moved = await house.press('heron', 'same:AZ-0002:AZ-0001')
    expect(readAnswer(moved)).toMatch(/AZ-0001 is now part of AZ-0003. Is AZ-0002 the same as AZ-0003\?/)
    await house.type('owl', '/dismiss AZ-0003')
    expect(readAnswer(await house.press('heron', pressed(moved, 'same')))).toContain('AZ-0003 has ended')
    expect((await stands('AZ-0002')).status).toBe('reported')
  })
})

test('another event is not asked about, and one that ends is no longer named', async () => {
  await house.fill('thrasher', '/report', library)
  await house.fill('heron', '/report', school)
  expect(await asked('heron')).toEqual([])
  await house.fill('heron', '/report', sameLibrary)
  expect(await card('AZ-0003')).toContain('May be like AZ-0001')
  await house.type('finch', '/dismiss AZ-0001')
  expect(await card('AZ-0003')).not.toContain('May be like')
})

test('a card names more than its reporter is asked about, but never the same reporter and never more than two', async () => {
  const town = { ...library, what: 'Two men with guns near the polling place', where: 'Mesa, Maricopa County' }
  const pueblo = { ...town, what: 'Hay hombres armados en la puerta', where: 'Mesa, condado de Maricopa' }
  await house.fill('thrasher', '/report', town)
  await house.fill('thrasher', '/report', { ...town, what: 'Men with guns by the door' })
  await house.pass(2)
  await house.fill('heron', '/report', pueblo)
  expect(await asked('heron')).toEqual([])
  expect(await card('AZ-0003')).toMatch(/May be like AZ-000[12], AZ-000[12]\. Same event\?/)
  expect((await house.direct('heron')).join('\n')).not.toContain('AZ-0001')
  await house.fill('heron', '/report', { ...pueblo, what: 'Mas hombres armados', where: 'Maricopa County, AZ' })
  expect((await stands('AZ-0004')).like).not.toContain('AZ-0003')
})

test('a reporter never hears of a RED or restricted incident', async () => {
  await house.fill('thrasher', '/report', library)
  await house.type('finch', '/mark AZ-0001 red names somebody')
  const second = await house.fill('heron', '/report', sameLibrary)
  expect(readAnswer(second)).not.toContain('AZ-0001')
  expect((await house.direct('heron')).join('\n')).not.toContain('AZ-0001')
  expect(readAnswer(await house.press('heron', 'same:AZ-0002:AZ-0001'))).toContain('I know no incident AZ-0001')
  expect((await stands('AZ-0002')).mergedInto).toBeNull()
})

test('what nobody had time for is asked later, and a new start does not ask twice', async () => {
  await house.fill('thrasher', '/report', library)
  const busy = await Promise.all(Array.from({ length: 6 }, () => house.ask('heron', '/report', sameLibrary)))
  expect(busy.filter(answer => readAnswer(answer).includes('Received'))).toHaveLength(6)
  const likened = async () => {
    const all = await Promise.all([2, 3, 4, 5, 6, 7].map(number => stands(`AZ-000${number}`)))
    return all.filter(({ like = [] }) => like.length > 0).length
  }
  // What is being looked at is done before the clock moves on, or it would count as having taken a minute.
  const seen: number[] = []
  const last = async () => seen[seen.push(await likened()) - 2]
  await expect.poll(async () => (await last()) === seen.at(-1) && seen.at(-1)).toBeGreaterThan(0)
  await house.pass(2)
  expect(await likened()).toBe(6)
  await house.close()
  house = await openHouse(at, house.clock())
  await house.pass(2)
  expect((await asked('heron')).length).toBeLessThanOrEqual(6)
})

test('a merge is taken back within the minute, exactly', async () => {
  await house.fill('thrasher', '/report', library)
  await house.fill('heron', '/report', { ...sameLibrary, danger: 'hurt' })
  await house.type('finch', '/claim AZ-0002')
  const before = [await stands('AZ-0001'), await stands('AZ-0002')]
  const merged = await house.type('finch', '/merge AZ-0002 AZ-0001')
  expect((await stands('AZ-0001')).severity).toBe(4)
  expect(readAnswer(await house.press('finch', pressed(merged, 'separate')))).toContain('stands on its own again')
  const same = ({ severity, credibility, mark, status, claim, evidence }: (typeof before)[number]) => ({
    severity,
    credibility,
    mark,
    status,
    claim,
    evidence,
  })
  expect([await stands('AZ-0001'), await stands('AZ-0002')].map(same)).toEqual(before.map(same))
  expect(sourcesOf(await stands('AZ-0001'))).toHaveLength(1)
  await house.type('finch', '/merge AZ-0002 AZ-0001')
  await house.pass(2)
  expect(readAnswer(await house.press('finch', 'separate:AZ-0002'))).toContain('The minute to undo is over')
  expect(readAnswer(await house.press('owl', 'separate:AZ-0002'))).toContain('stands on its own again')
})

test('what a reporter takes back after a merge leaves the other, with its words and as a source', async () => {
  await house.fill('thrasher', '/report', library)
  await house.fill('heron', '/report', sameLibrary)
  await house.press('heron', 'same:AZ-0002:AZ-0001')
  expect(sourcesOf(await stands('AZ-0001'))).toHaveLength(2)
  const more = await house.write('heron', 'They left now, sentinel words', null)
  expect(readAnswer(more)).toContain('Added to AZ-0002')
  const words = async () =>
    (await house.store.incidents.timeline('AZ-0001' as never, 50)).map(entry => entry.words?.text ?? '').join('\n')
  expect(await words()).toContain('sentinel words')
  await house.press('heron', 'withdraw:AZ-0002')
  expect(await words()).not.toContain('sentinel words')
  expect(sourcesOf(await stands('AZ-0001'))).toHaveLength(1)
  expect((await stands('AZ-0001')).status).toBe('reported')
  expect((await house.store.incidents.find('AZ-0002' as never))?.words).toEqual({ what: null, where: null })
})

test('how a merged reporter knows counts for the one it became part of; one original is one source', async () => {
  const post = { ...library, what: 'They post it here: https://www.facebook.com/groups/1/posts/22' }
  await house.fill('thrasher', '/report', post)
  await house.fill('heron', '/report', { ...post, what: 'Look https://m.facebook.com/groups/1/posts/22 rifles' })
  await house.type('finch', '/merge AZ-0002 AZ-0001')
  expect(await card('AZ-0001')).toContain('2 reports, 1 independent source')
  expect((await stands('AZ-0001')).credibility).toBe('unverified')
})

test('what rests on one source alone is listed for a second, the gravest and oldest first', async () => {
  await house.fill('thrasher', '/report', { ...school, danger: 'no' })
  await house.fill('thrasher', '/report', library)
  await house.fill('thrasher', '/report', { ...school, what: 'A brawl, two are hurt', danger: 'hurt' })
  const listed = async (words: string) =>
    [...readAnswer(await house.type('finch', words)).matchAll(/AZ-\d{4}/g)].map(found => found[0])
  expect(await listed('/incidents second')).toEqual(['AZ-0003', 'AZ-0002'])
  expect(await listed('/incidents AZ segunda fuente')).toEqual(['AZ-0003', 'AZ-0002'])
  await house.fill('heron', '/report', sameLibrary)
  await house.press('heron', 'same:AZ-0004:AZ-0002')
  expect(await listed('/incidents second')).toEqual(['AZ-0003', 'AZ-0002'])
  await knows('thrasher', 'AZ-0002', 'saw')
  await knows('heron', 'AZ-0004', 'saw')
  await house.type('finch', '/verify AZ-0003 checking')
  expect(await listed('/incidents second')).toEqual(['AZ-0003'])
  expect(await listed('/incidents second street')).toEqual([])
})

test('the same file that two people sent is one source, whatever they say of it', async () => {
  const bytes = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')
  const leaflet = (name: string) => ({
    name,
    type: 'application/pdf',
    size: bytes.length,
    open: () => Readable.from(bytes),
  })
  const said = { ...school, what: 'Leaflet that says the vote is on Wednesday' }
  await house.fill('thrasher', '/report', said, null, [leaflet('a.pdf')])
  const other = { ...said, what: 'They hand out papers here', where: 'Tempe, Maricopa County, AZ' }
  await house.fill('heron', '/report', other, null, [leaflet('b.pdf')])
  expect((await asked('heron')).join()).toContain('Same as AZ-0001')
  await house.press('heron', 'same:AZ-0002:AZ-0001')
  expect(sourcesOf(await stands('AZ-0001'))).toMatchObject([{ derivedFrom: null }, { derivedFrom: 'AZ-0001' }])
  expect(await card('AZ-0001')).toContain('2 reports, 1 independent source')
})
