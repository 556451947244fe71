import { describe, expect, it } from 'vitest'
import { InputError, RuleError } from '../../workflows/errors.ts'
import { crane, eagle, finch, heron, incidentAfter, reported, wren } from '../workflows/specification.ts'
import { deed, desk, network, refusedWith } from './desk.ts'

const about = incidentAfter(reported())
const at = desk([about])

describe('/verify', () => {
  it.each([
    ['checking called the clerk', 'checking', 'called the clerk'],
    ['corroborated two sources', 'corroborated', 'two sources'],
    ['en revisión con la oficina', 'checking', 'con la oficina'],
    ['falso', 'false', ''],
  ])('takes "%s"', async (words, to, note) => {
    const heard = await at.types(finch, 'verify', { about, words })
    expect(deed(heard)).toEqual({ type: 'verify', to, note })
    expect(heard.text).toContain('AZ-0412 is now: ')
  })

  it('opens its form with how it stands', async () => {
    expect((await at.presses(finch, 'verify', { about })).opening?.values).toEqual({ to: 'unverified', note: '' })
    expect((await at.types(finch, 'verify', { about, words: 'I saw it' })).opening?.values).toMatchObject({
      note: 'I saw it',
    })
    expect(deed(await at.sends(finch, 'verify', { to: 'corroborated' }, { about }))).toMatchObject({
      to: 'corroborated',
    })
    await expect(at.sends(finch, 'verify', { to: 'sure' }, { about })).rejects.toThrow(InputError)
  })

  it('leaves the second person to the rules, and the rest to the response team', async () => {
    await expect(at.types(finch, 'verify', { about, words: 'verified' })).rejects.toThrow(RuleError)
    expect(refusedWith(await at.types(heron, 'verify', { about, words: 'checking' }))).toBe('refusal.work')
  })
})

describe('/mark', () => {
  it.each([
    ['red names a victim', 'RED', 'names a victim'],
    ['TLP:RED', 'RED', ''],
    ['rojo nombra a alguien', 'RED', 'nombra a alguien'],
  ])('raises by "%s", which is anyone’s', async (words, to, reason) => {
    for (const actor of [heron, finch, eagle]) {
      expect(deed(await at.types(actor, 'mark', { about, words }))).toEqual({ type: 'mark', to, reason })
    }
  })

  it('lowers only for a coordinator', async () => {
    const heard = await at.types(crane, 'mark', { about, words: 'green all agreed' })
    expect(heard.text).toContain('AZ-0412 is now marked GREEN.')
    await expect(at.types(finch, 'mark', { about, words: 'green all agreed' })).rejects.toThrow(RuleError)
  })

  it('keeps it to named people, and names more', async () => {
    const heard = await at.types(crane, 'mark', { about, words: 'restricted add Finch' })
    expect(deed(heard)).toEqual({ type: 'restrict', allow: [finch.id], reason: '' })
    expect(heard.text).toContain('AZ-0412 is open only to these people now: Crane, Finch.')
    const alone = await at.types(crane, 'mark', { about, words: 'restricted threat to one of us' })
    expect(deed(alone)).toEqual({ type: 'restrict', allow: [], reason: 'threat to one of us' })
  })

  it('opens it to its region again, with a reason', async () => {
    const kept = incidentAfter(reported({ visibility: 'restricted', allowed: [crane.id], mark: 'RED' }))
    const heard = await desk([kept]).types(crane, 'mark', { about: kept, words: 'open all are safe' })
    expect(deed(heard)).toEqual({ type: 'unrestrict', reason: 'all are safe' })
    await expect(desk([kept]).types(crane, 'mark', { about: kept, words: 'open' })).rejects.toThrow(InputError)
  })

  it('of what is RED already says who could lower it, instead of a form', async () => {
    const red = incidentAfter(reported({ mark: 'RED' }))
    expect(refusedWith(await desk([red]).presses(finch, 'mark', { about: red }))).toBe('rule.mark-coordinator')
  })

  it('does not tell call signs to who may not restrict', async () => {
    expect(refusedWith(await at.types(wren, 'mark', { about, words: 'restricted add f' }))).toBe(
      'rule.restrict-coordinator',
    )
  })

  it('of a name that nobody or several have says so', async () => {
    for (const words of ['restricted add Dodo', 'restringido agregar']) {
      const nobody = at.types(crane, 'mark', { about, words })
      await expect(nobody).rejects.toMatchObject({ fields: { allow: { key: 'rule.person-unknown' } } })
    }
    const directory = network()
    const wrench = { ...wren, id: 'p-wrench' as typeof wren.id, callsign: 'Wrench', languages: [], accounts: [] }
    const people = new Map([...directory.people, [wrench.id, wrench]])
    const larger = desk([about], { directory: { ...directory, people } })
    const several = larger.types(crane, 'mark', { about, words: 'restricted add wre' })
    await expect(several).rejects.toMatchObject({ fields: { allow: { key: 'reply.mark-several' } } })
  })

  it('opens its form without words, and takes all of it there', async () => {
    const offered = async (actor: typeof finch) =>
      (await at.types(actor, 'mark', { about, words: 'secret' })).opening?.choices?.to?.map(({ value }) => value)
    expect(await offered(finch)).toEqual(['RED'])
    expect(await offered(crane)).toEqual(['RED', 'GREEN', 'CLEAR', 'restricted'])
    const form = { to: 'restricted', allow: 'wren', reason: 'a threat to us' }
    expect(deed(await at.sends(crane, 'mark', form, { about }))).toEqual({
      type: 'restrict',
      allow: [wren.id],
      reason: 'a threat to us',
    })
    expect(deed(await at.sends(crane, 'mark', { to: 'CLEAR', reason: 'public' }, { about }))).toEqual({
      type: 'mark',
      to: 'CLEAR',
      reason: 'public',
    })
  })
})
