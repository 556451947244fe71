import { describe, expect, test } from 'vitest'
import type { IncidentId } from '../../workflows/ids.ts'
import { eachHouse } from '../each.ts'
import { type House, readAnswer, readMessage } from '../house.ts'

const seen = { where: 'Maricopa County, AZ', danger: 'hurt', contact: 'yes' }
const whole = 'AZ-0001' as IncidentId
const part = 'AZ-0002' as IncidentId

let house: House
eachHouse(opened => {
  house = opened
})

/** Two reports of one event by two who saw it; the first takes theirs back unless they say so themselves. */
async function merged(): Promise<void> {
  await report('heron', 'Men with rifles near the library')
  await report('cactus-wren', 'Rifles slung at the library door, call 602-555-0142')
  for (const [who, id] of [
    ['heron', whole],
    ['cactus-wren', part],
  ] as const) {
    const { reply } = await house.press(who, `sources:${id}`)
    if (reply.type === 'form') await house.submit(who, reply.form, { known: 'saw' })
  }
  await house.type('magpie', `/merge ${part} ${whole}`)
  await house.settle()
}

const report = (who: string, what: string) => house.fill(who, '/report', { ...seen, what })
const says = async (who: string, line: string) => readAnswer(await house.type(who, line))
const stateOf = async () => (await house.store.incidents.find(whole))?.incident
async function onCard(): Promise<string> {
  await house.settle()
  return readMessage(await house.card('az-response', whole))
}

describe('an incident whose own report was taken back', () => {
  test('says what the report says that is left, masked, by whom and how they know', async () => {
    await merged()
    expect(await onCard()).toMatch(/rifles near.*corroborated.*2 reports/is)
    await house.type('heron', `/withdraw ${whole}`)
    const card = await onCard()
    expect(card).toMatch(/Rifles slung at the library door/)
    expect(card).toMatch(/Cactus Wren.*saw it/i)
    expect(card).not.toMatch(/rifles near|Heron|2 reports|without a name|0142|taken back/)
    expect(await says('finch', `/incident ${whole}`)).toContain('Rifles slung')
  })

  test('is unverified again where the rule had made it corroborated', async () => {
    await merged()
    await house.type('heron', `/withdraw ${whole}`)
    expect(await onCard()).toContain('unverified')
    expect(await stateOf()).toMatchObject({ credibility: 'unverified', credibilityBy: null })
  })

  test('stays as far believed as somebody said', async () => {
    await merged()
    await house.type('magpie', `/verify ${whole} verified I called the poll manager`)
    await house.type('heron', `/withdraw ${whole}`)
    expect(await onCard()).toContain('verified')
    expect(await stateOf()).toMatchObject({ credibility: 'verified' })
  })

  test('shows nothing of a report that has become RED or restricted', async () => {
    await merged()
    await house.type('heron', `/withdraw ${whole}`)
    expect(await onCard()).toContain('Rifles slung')
    await house.type('magpie', `/mark ${part} red names in it`)
    expect(await onCard()).not.toMatch(/Rifles slung|Cactus/i)
  })

  test('says nothing more once the last report is taken back', async () => {
    await merged()
    await house.type('heron', `/withdraw ${whole}`)
    await house.type('cactus-wren', `/withdraw ${part}`)
    expect(await onCard()).not.toMatch(/Rifles|Cactus|Heron/i)
  })
})
