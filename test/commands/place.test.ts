import { describe, expect, it } from 'vitest'
import { eagle, finch, heron, incidentAfter, reported, robin } from '../workflows/specification.ts'
import { deed, desk, refusedWith } from './desk.ts'

const nowhere = { state: 'asked', county: null, fips: null, usState: null } as const
const asked = incidentAfter(reported({ place: nowhere }))
const border = { words: { what: 'a fight', where: 'near the border' } }

describe('changing the place', () => {
  it('opens with the words that stand, and takes new ones', async () => {
    const at = desk([asked])
    expect((await at.presses(heron, 'place', { about: asked })).opening?.values).toEqual({ where: 'library' })
    const heard = await at.sends(heron, 'place', { where: 'Maricopa County' }, { about: asked })
    expect(deed(heard)).toMatchObject({ type: 'place', region: 'AZ', place: { state: 'found', fips: '04013' } })
    expect(heard.text).toContain('AZ-0412 is in Maricopa County, Arizona now. The Arizona response team has it.')
  })

  it('shows the words as they were typed to the reporter alone, and opens only for who may change it', async () => {
    const at = desk([asked])
    expect((await at.presses(finch, 'place', { about: asked })).opening?.values).toBeUndefined()
    expect(refusedWith(await at.presses(eagle, 'place', { about: asked }))).toBe('refusal.work')
  })

  it('a picked region settles what was asked', async () => {
    const heard = await desk([asked], border).presses(heron, 'place', { about: asked, assumed: 'rNV' })
    expect(deed(heard)).toMatchObject({
      type: 'place',
      region: 'NV',
      where: '',
      place: { state: 'found', usState: 'NV' },
    })
    expect(heard.text).toContain('The Nevada response team has it.')
  })

  it('a picked state is taken from the words that still stand', async () => {
    const words = { what: 'a fight', where: 'Arizona or Nevada' }
    const at = desk([asked], { words })
    const asking = await at.sends(heron, 'place', { where: 'Arizona or Nevada' }, { about: asked })
    expect(asking.text).toContain('Where is AZ-0412?')
    expect(asking.buttons).toEqual(['place:AZ-0412:sAZ', 'place:AZ-0412:sNV', 'place:AZ-0412'])
    const heard = await at.presses(heron, 'place', { about: asked, assumed: 'sNV' })
    expect(deed(heard)).toMatchObject({ region: 'NV', place: { state: 'found', usState: 'NV' } })
  })

  it.each(['sOR', 'c99999', 'rXX', 'nonsense'])('a pick that no longer stands (%s) is asked anew', async assumed => {
    const heard = await desk([asked]).presses(heron, 'place', { about: asked, assumed })
    expect(heard.action).toBeNull()
    expect(heard.buttons).toEqual(['place:AZ-0412'])
  })

  it('a responder may correct it too, somebody else who may see it may not', async () => {
    const at = desk([asked])
    expect(deed(await at.sends(finch, 'place', { where: 'Nevada' }, { about: asked }))).toMatchObject({ region: 'NV' })
    const guest = { ...robin, roles: ['leader'] as const, regions: 'all' as const }
    expect(refusedWith(await at.sends(guest, 'place', { where: 'Nevada' }, { about: asked }))).toBe('refusal.work')
    expect(refusedWith(await at.sends(robin, 'place', { where: 'Nevada' }, { about: asked }))).toBe('refusal.unknown')
  })

  it('can be said in an update', async () => {
    const heard = await desk([asked]).types(finch, 'update', { about: asked, words: 'place: Reno, Nevada' })
    expect(deed(heard)).toMatchObject({ type: 'place', region: 'NV', where: 'Reno, Nevada' })
    const spanish = await desk([asked]).types(finch, 'update', { about: asked, words: 'lugar: Nevada' })
    expect(deed(spanish)).toMatchObject({ type: 'place', region: 'NV' })
  })
})
