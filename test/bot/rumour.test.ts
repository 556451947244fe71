import { describe, expect, test } from 'vitest'
import type { IncidentId } from '../../workflows/ids.ts'
import { eachHouse } from '../each.ts'
import { type House, openHouse, readAnswer } from '../house.ts'

let house: House
eachHouse(
  opened => {
    house = opened
    filed = 0
  },
  ground => openHouse(ground),
)

const reporters = ['heron', 'cactus-wren', 'finch', 'wren']
let filed = 0

/** Files a report and says what kind it is; gives its id. */
async function report(what: string, where = 'Maricopa County, AZ', kind: string | null = 'SP-3') {
  const who = reporters[filed++ % reporters.length] ?? 'heron'
  const answer = readAnswer(await house.fill(who, '/report', { what, where, danger: 'soon', contact: 'yes' }))
  const id = /[A-Z]{2}-\d{4}/.exec(answer)?.[0] as IncidentId
  house.skip(1)
  if (kind) await house.type('owl', `/update ${id} kind: ${kind}`)
  await now()
  return id
}

async function now(): Promise<void> {
  await house.settle()
  while (await house.schedule.runClocks()) {}
  await house.settle()
}

const dropBoxes = 'A post says drop boxes in town were emptied into the river last night.'
const inOtherWords = 'People on Facebook claim that somebody emptied the drop boxes into the river at night.'
const enEspañol = 'Un audio dice que vaciaron los buzones electorales en el río.'
const noId = 'A message says that voters need a passport this year.'

const list = () => house.store.rumours.reads(house.clock()).list({ since: 0, regions: 'all' }, 10)

describe('reports that say much the same', () => {
  test('are one rumor, however they word it, wherever they are from; what says something else is another', async () => {
    const first = await report(dropBoxes)
    const other = await report(noId)
    const second = await report(inOtherWords, 'Pima County, AZ')
    const [most, alone, ...more] = await list()
    expect(more).toEqual([])
    expect(most).toMatchObject({ id: 'R-0001', state: 'new', about: null, regions: ['AZ'], incidents: [first, second] })
    expect(most?.counties.toSorted()).toEqual(['Maricopa County, AZ', 'Pima County, AZ'])
    expect(most?.reach.at(-1)).toBe(2)
    expect(alone).toMatchObject({ id: 'R-0002', incidents: [other] })
  })
})
void enEspañol
