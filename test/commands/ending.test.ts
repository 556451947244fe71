import { describe, expect, it } from 'vitest'
import { InputError, RuleError } from '../../workflows/errors.ts'
import { by, claimed, finch, heron, incidentAfter, reported, at as time, wren } from '../workflows/specification.ts'
import { deed, desk, idOf, refusedWith } from './desk.ts'

const about = incidentAfter(reported(), claimed())
const at = desk([about])

describe('a form is opened only for what can be done', () => {
  it('not to end what another person has', async () => {
    await expect(at.presses(wren, 'resolve', { about })).rejects.toMatchObject({ phrase: { key: 'rule.end-claimed' } })
  })

  it('not to open again what is open', async () => {
    await expect(at.presses(finch, 'reopen', { about })).rejects.toMatchObject({ phrase: { key: 'rule.reopen-open' } })
  })

  it.each(['resolve', 'merge', 'escalate'])('not to %s what has ended', async name => {
    const over = incidentAfter(reported(), by(finch, 3, { type: 'dismissed', undoUntil: time(4) }))
    await expect(desk([over]).presses(finch, name, { about: over })).rejects.toMatchObject({
      phrase: { key: 'rule.over-dismissed' },
    })
  })
})

describe('/resolve', () => {
  it.each([
    ['calmed spoke with both sides', 'calmed', 'spoke with both sides'],
    ['moved on by themselves', 'moved-on', 'by themselves'],
    ['moved-on', 'moved-on', ''],
    ['Se fueron todos', 'moved-on', 'todos'],
    ['sin acción', 'no-action', ''],
    ['PEOR, llegó la policía', 'worse', 'llegó la policía'],
    ['sin fundamento', 'unfounded', ''],
  ])('takes "%s"', async (words, outcome, note) => {
    const heard = await at.types(finch, 'resolve', { about, words })
    expect(deed(heard)).toEqual({ type: 'resolve', outcome, note })
    expect(heard.text).toMatch(/AZ-0412 is resolved: .*You can undo it until 14:11\./)
    expect(heard.buttons).toEqual([`undo:AZ-0412:${time(11).toString(36)}`])
  })

  it('opens its form when no outcome is named, with what was typed as the note', async () => {
    expect((await at.types(finch, 'resolve', { about, words: 'they went home' })).opening?.values).toEqual({
      note: 'they went home',
    })
    expect((await at.presses(finch, 'resolve', { about })).opening).toBeTruthy()
  })

  it('takes the form, and asks for an outcome if none is picked', async () => {
    const heard = await at.sends(finch, 'resolve', { outcome: 'supported', note: 'at home now' }, { about })
    expect(deed(heard)).toEqual({ type: 'resolve', outcome: 'supported', note: 'at home now' })
    await expect(at.sends(finch, 'resolve', { note: 'x' }, { about })).rejects.toThrow(InputError)
    await expect(at.sends(finch, 'resolve', { outcome: 'magic' }, { about })).rejects.toThrow(InputError)
  })

  it('is said by who has it', async () => {
    await expect(at.types(wren, 'resolve', { about, words: 'calmed' })).rejects.toThrow(RuleError)
    expect(refusedWith(await at.types(heron, 'resolve', { about, words: 'calmed' }))).toBe('refusal.work')
  })
})

describe('/dismiss', () => {
  it('is one press, and can be undone', async () => {
    const heard = await at.presses(finch, 'dismiss', { about })
    expect(deed(heard)).toEqual({ type: 'dismiss', reason: '' })
    expect(heard.text).toContain('You can undo it until 14:11.')
    expect(heard.buttons[0]).toMatch(/^undo:AZ-0412:/)
  })

  it('takes a reason', async () => {
    const heard = await at.types(finch, 'dismiss', { about, words: 'a film crew' })
    expect(deed(heard)).toEqual({ type: 'dismiss', reason: 'a film crew' })
  })
})

describe('taking an end back', () => {
  const over = incidentAfter(
    reported(),
    claimed(),
    by(finch, 9.5, { type: 'resolved', outcome: 'calmed', undoUntil: time(10.5) }),
  )

  it('undoes within the minute', async () => {
    const heard = await desk([over]).presses(finch, 'undo', { about: over })
    expect(deed(heard)).toEqual({ type: 'undo' })
    expect(heard.text).toContain('AZ-0412 stands as it did before.')
  })

  it('is too late after it', async () => {
    const late = desk([over]).presses(finch, 'undo', { about: over, minute: 12 })
    await expect(late).rejects.toMatchObject({ phrase: { key: 'rule.undo-late' } })
  })

  it('reopens with a reason, typed or in the form', async () => {
    const at = desk([over])
    const heard = await at.types(wren, 'reopen', { about: over, words: 'they are back' })
    expect(deed(heard)).toEqual({ type: 'reopen', reason: 'they are back' })
    expect(heard.buttons).toEqual([`claim:AZ-0412:${time(10).toString(36)}`])
    expect((await at.presses(wren, 'reopen', { about: over })).opening).toEqual({})
    await expect(at.sends(wren, 'reopen', { reason: ' ' }, { about: over })).rejects.toThrow(InputError)
  })
})

describe('/merge', () => {
  const other = { ...incidentAfter(reported()), id: idOf(413) }
  const far = { ...incidentAfter(reported({ region: 'NV' })), id: 'NV-0007' as typeof other.id }
  const at = desk([about, other, far])

  it.each(['into AZ-0412', 'AZ-0412', 'with az 412', 'en #az412'])('takes "%s"', async words => {
    const heard = await at.types(finch, 'merge', { about: other, words })
    expect(heard.action).toEqual({ type: 'merge', from: 'AZ-0413', into: 'AZ-0412' })
    expect(heard.text).toContain('AZ-0413 is now part of AZ-0412.')
    expect(heard.buttons).toEqual(['more:AZ-0412'])
  })

  it('is the response team’s', async () => {
    expect(refusedWith(await at.types(heron, 'merge', { about: other, words: 'AZ-0412' }))).toBe('refusal.work')
  })

  it('takes the form', async () => {
    expect((await at.types(finch, 'merge', { about: other })).opening).toEqual({})
    const heard = await at.sends(finch, 'merge', { into: 'AZ-412' }, { about: other })
    expect(heard.action).toMatchObject({ into: 'AZ-0412' })
  })

  it.each([
    ['no number', 'the other one', 'form.no-id'],
    ['one that there is not', 'AZ-9999', 'refusal.unknown'],
    ['one that they may not see, as if there were none', 'NV-0007', 'refusal.unknown'],
  ])('of %s says so at the field', async (_, words, key) => {
    const sent = at.types(finch, 'merge', { about: other, words })
    await expect(sent).rejects.toMatchObject({ fields: { into: { key } } })
  })
})
