import { describe, expect, test } from 'vitest'
import { replay } from '../../workflows/evolve.ts'
import type { IncidentId } from '../../workflows/ids.ts'
import { eachHouse } from '../each.ts'
import { photo, voice } from '../evidence.ts'
import { type Files, type House, readAnswer } from '../house.ts'

const seen = { where: 'Maricopa County, AZ', danger: 'hurt', contact: 'yes' }
const whole = 'AZ-0001' as IncidentId
const part = 'AZ-0002' as IncidentId

let house: House
eachHouse(opened => {
  house = opened
})

const report = (who: string, what: string, files: Files = []) =>
  house.fill(who, '/report', { ...seen, what }, null, files)
const incidentOf = async (id: IncidentId) => (await house.store.incidents.find(id))?.incident

/** What an incident counts, which its timeline must tell in the same way. */
async function counted(id: IncidentId) {
  const entries = await house.store.incidents.timeline(id, 1000)
  const now = await incidentOf(id)
  expect(replay(entries).evidence).toEqual(now?.evidence)
  expect(replay(entries).links).toEqual(now?.links)
  const kept = Object.entries(now?.evidence ?? {}).filter(([, count]) => count > 0)
  return Object.fromEntries(kept)
}

async function erased(who: string): Promise<void> {
  await house.press(who, 'erase:confirm')
  for (let rounds = 0; rounds < 200 && (await house.clearer.run()); rounds += 1) await house.settle()
}

describe('what is counted as evidence', () => {
  test('falls by the links and files of whoever takes their report back, and by no others', async () => {
    await report('heron', 'Threats on t.me/some_group/55 and x.com/some/status/1', [await photo()])
    await house.type('finch', '/claim AZ-0001')
    await house.type('finch', '/update AZ-0001 They write on facebook.com/some/posts/7 too')
    expect(await counted(whole)).toEqual({ photo: 1, link: 3 })
    await house.type('heron', '/withdraw AZ-0001')
    expect(await counted(whole)).toEqual({ link: 1 })
    expect(readAnswer(await house.type('finch', '/incident AZ-0001 evidence'))).toContain('facebook.com')
  })

  test('falls for the whole when a part is taken back, with what its reporter gave to the whole', async () => {
    await report('heron', 'Men with rifles near the library.', [await photo()])
    await report('cactus-wren', 'Rifles at the library, see t.me/some_group/55', [voice()])
    await house.type('magpie', `/merge ${part} ${whole}`)
    await house.write('cactus-wren', 'Now they are on x.com/some/status/1', null)
    expect(await counted(whole)).toEqual({ photo: 1, voice: 1, link: 2 })
    await house.type('cactus-wren', `/withdraw ${part}`)
    expect(await counted(whole)).toEqual({ photo: 1 })
    expect(await counted(part)).toEqual({})
  })

  test('falls by what somebody gave who was erased, also where they did not report', async () => {
    await report('heron', 'Men with rifles near the library.', [await photo()])
    await report('cactus-wren', 'Threats, see t.me/some_group/55', [voice()])
    await house.type('cactus-wren', '/join AZ-0001')
    await house.type('finch', `/claim ${whole}`)
    await house.type('wren', `/update ${whole} See x.com/some/status/1`)
    expect(await counted(whole)).toEqual({ photo: 1, link: 1 })
    expect(await counted(part)).toEqual({ voice: 1, link: 1 })
    await erased('cactus-wren')
    await erased('wren')
    expect(await counted(part)).toEqual({})
    expect(await counted(whole)).toEqual({ photo: 1 })
  })
})

describe('whoever was erased', () => {
  test('is not named among those who joined what they wrote about', async () => {
    await report('heron', 'Men with rifles near the library.')
    await house.type('finch', `/claim ${whole}`)
    await house.type('wren', `/join ${whole}`)
    await house.type('wren', `/update ${whole} I am on my way`)
    expect((await incidentOf(whole))?.joined).toHaveLength(1)
    await erased('wren')
    expect((await incidentOf(whole))?.joined).toEqual([])
  })
})
