import { describe, expect, it } from 'vitest'
import { InputError, RuleError } from '../../workflows/errors.ts'
import { kindInfo } from '../../workflows/taxonomy.ts'
import {
  by,
  claimed,
  crane,
  eagle,
  finch,
  heron,
  incidentAfter,
  noEvidence,
  reported,
  taxonomy,
  wren,
} from '../workflows/specification.ts'
import { deed, desk, refusedWith } from './desk.ts'

const about = incidentAfter(reported(), claimed())
const at = desk([about])

describe('/update', () => {
  it('takes words as news, and says how long it stays theirs', async () => {
    const heard = await at.types(finch, 'update', { about, words: 'they are leaving' })
    expect(deed(heard)).toEqual({ type: 'update', text: 'they are leaving' })
    expect(heard.text).toMatch(/AZ-0412 is updated, and yours until 14:40\./)
  })

  it('of someone who is not on it says that the rooms see it', async () => {
    const heard = await at.types(wren, 'update', { about, words: 'seen from the road' })
    expect(heard.text).toBe('AZ-0412 is updated. Its rooms can see it.')
  })

  it('of the reporter adds to the report, and so does a leader’s', async () => {
    for (const actor of [heron, eagle]) {
      const heard = await at.types(actor, 'update', { about, words: 'two more came' })
      expect(deed(heard)).toEqual({ type: 'add', text: 'two more came', evidence: noEvidence })
    }
  })

  it('opens a form without words and from its button', async () => {
    expect((await at.types(finch, 'update', { about })).opening).toEqual({})
    expect((await at.presses(finch, 'update', { about })).opening).toEqual({})
  })

  it('of a form is words, or a new severity with the words as its reason', async () => {
    const words = await at.sends(finch, 'update', { text: 'quiet', severity: 'S4' }, { about })
    expect(deed(words)).toEqual({ type: 'update', text: 'quiet' })
    const graver = await at.sends(finch, 'update', { text: 'a shot', severity: 'S5' }, { about })
    expect(deed(graver)).toEqual({ type: 'severity', to: 5, reason: 'a shot' })
    await expect(at.sends(finch, 'update', { text: '' }, { about })).rejects.toThrow(InputError)
  })

  it('lowering S4 waits for a second person, and says so', async () => {
    const heard = await at.types(finch, 'update', { about, words: 'S2 they only sell flags' })
    expect(deed(heard)).toEqual({ type: 'severity', to: 2, reason: 'they only sell flags' })
    expect(heard.text).toContain('AZ-0412 stays S4 until a second person agrees to S2.')
  })

  it('lowering S3 holds at once, without a reason not', async () => {
    const mild = incidentAfter(reported({ severity: 3 }))
    const heard = await desk([mild]).types(finch, 'update', { about: mild, words: 's2: nobody is near' })
    expect(heard.text).toBe('AZ-0412 is now S2.')
    await expect(desk([mild]).types(finch, 'update', { about: mild, words: 'S2' })).rejects.toThrow(InputError)
  })

  it('raising is the reporter’s too, lowering is not', async () => {
    expect(deed(await at.types(heron, 'update', { about, words: 'S5 shots now' }))).toMatchObject({ to: 5 })
    expect(refusedWith(await at.types(heron, 'update', { about, words: 'S2 it is fine' }))).toBe('refusal.work')
  })

  it('sets the kind by code or name, in both languages', async () => {
    for (const words of ['kind: ar-2', 'tipo: AR-2', `kind: ${kindInfo(taxonomy, 'AR-2')?.name.en}`]) {
      expect(deed(await at.types(finch, 'update', { about, words }))).toEqual({ type: 'kind', kind: 'AR-2' })
    }
    const unknown = await at.types(finch, 'update', { about, words: 'kind: dragons' })
    expect(unknown.buttons).toEqual(['kind:AZ-0412'])
  })

  it('does not take a sentence for a command', async () => {
    for (const words of ['place is calm', 'S4b is a street', 'kind people came']) {
      expect(deed(await at.types(finch, 'update', { about, words }))).toEqual({ type: 'update', text: words })
    }
  })

  it('refuses 40,000 characters with the reason', async () => {
    const long = at.types(finch, 'update', { about, words: 'x'.repeat(40_000) })
    await expect(long).rejects.toMatchObject({ fields: { text: { key: 'rule.text-long' } } })
  })
})

describe('setting the kind', () => {
  it('asks for the group first, then shows its kinds', async () => {
    const { opening } = await at.presses(finch, 'kind', { about })
    expect(opening?.choices?.group?.length).toBe(10)
    const heard = await at.sends(finch, 'kind', { group: 'AR' }, { about })
    expect(heard.buttons).toEqual(['kind:AZ-0412:AR-1', 'kind:AZ-0412:AR-2'])
    await expect(at.sends(finch, 'kind', { group: '' }, { about })).rejects.toThrow(InputError)
  })

  it('a press sets it, and tells the mark that comes with it', async () => {
    const heard = await at.presses(finch, 'kind', { about, assumed: 'TH-1' })
    expect(deed(heard)).toEqual({ type: 'kind', kind: 'TH-1' })
    expect(heard.text).toContain('Sharing mark: RED')
  })

  it('is the reporter’s and the response team’s', async () => {
    expect(deed(await at.presses(heron, 'kind', { about, assumed: 'AR-2' }))).toMatchObject({ kind: 'AR-2' })
    expect(refusedWith(await at.presses(eagle, 'kind', { about, assumed: 'AR-2' }))).toBe('refusal.work')
    expect((await at.presses(finch, 'kind', { about, assumed: 'XX-9' })).buttons).toEqual(['kind:AZ-0412'])
  })
})

describe('a lowering that waits', () => {
  const waiting = incidentAfter(reported(), by(finch, 6, { type: 'lowering-asked', to: 2 }))

  it('is agreed to by a second person, as the presser saw it', async () => {
    const heard = await desk([waiting]).presses(wren, 'agree', { about: waiting, assumed: 'S2' })
    expect(deed(heard)).toEqual({ type: 'agree-lowering', to: 2 })
    expect(heard.text).toBe('AZ-0412 is now S2.')
  })

  it('is not agreed to by who asked, nor when something else is asked by now', async () => {
    const at = desk([waiting])
    await expect(at.presses(finch, 'agree', { about: waiting, assumed: 'S2' })).rejects.toThrow(RuleError)
    const other = at.presses(wren, 'agree', { about: waiting, assumed: 'S1' })
    await expect(other).rejects.toMatchObject({ phrase: { key: 'rule.lowering-changed' } })
  })

  it('is refused by keeping it', async () => {
    const heard = await desk([waiting]).presses(crane, 'keep', { about: waiting, assumed: 'S2' })
    expect(deed(heard)).toEqual({ type: 'keep-severity' })
    expect(heard.text).toBe('AZ-0412 stays S4.')
  })
})

describe('/escalate', () => {
  it('calls the next level with the reason, and says whom', async () => {
    const heard = await at.types(finch, 'escalate', { about, words: 'I need a second pair' })
    expect(deed(heard)).toEqual({ type: 'escalate', reason: 'I need a second pair' })
    expect(heard.text).toContain('AZ-0412: I am calling the coordinators of the region now.')
  })

  it('raises by words or form', async () => {
    expect(deed(await at.types(finch, 'escalate', { about, words: 'S5 shots' }))).toEqual({
      type: 'severity',
      to: 5,
      reason: 'shots',
    })
    const sent = await at.sends(finch, 'escalate', { how: 'S5', reason: 'shots' }, { about })
    expect(deed(sent)).toMatchObject({ type: 'severity', to: 5 })
    const called = await at.sends(finch, 'escalate', { how: 'call', reason: 'alone' }, { about })
    expect(deed(called)).toEqual({ type: 'escalate', reason: 'alone' })
  })

  it('never lowers', async () => {
    const sent = at.sends(finch, 'escalate', { how: 'S2', reason: 'calm' }, { about })
    await expect(sent).rejects.toMatchObject({ fields: { how: { key: 'form.not-higher' } } })
  })

  it('opens its form from the button, with calling chosen, and is not the reporter’s', async () => {
    expect((await at.presses(finch, 'escalate', { about })).opening?.values).toEqual({ how: 'call' })
    expect(refusedWith(await at.presses(heron, 'escalate', { about }))).toBe('refusal.work')
  })
})
