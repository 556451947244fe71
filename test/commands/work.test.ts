import { describe, expect, it } from 'vitest'
import { RuleError } from '../../workflows/errors.ts'
import {
  by,
  claimed,
  crane,
  eagle,
  finch,
  heron,
  incidentAfter,
  reported,
  robin,
  at as time,
  wren,
} from '../workflows/specification.ts'
import { deed, desk, network, refusedWith } from './desk.ts'

const open = incidentAfter(reported())
const taken = incidentAfter(reported(), claimed())
const offered = incidentAfter(
  reported(),
  claimed(),
  by(finch, 6, { type: 'handover-offered', to: wren.id, until: time(16) }),
)

describe('claiming', () => {
  it('says until when it is theirs, what keeps it, and what comes next', async () => {
    const heard = await desk([open]).presses(finch, 'claim', { about: open })
    expect(deed(heard)).toEqual({ type: 'claim' })
    expect(heard.text).toContain('AZ-0412 is yours until')
    expect(heard.text).toContain('Any sign of life extends it.')
    expect(heard.text).toContain('Do not go there.')
    expect(heard.buttons.map(id => id.split(':')[0])).toEqual(['update', 'resolve', 'handover', 'release', 'more'])
  })

  it('does not warn of the way where nothing grave is on it', async () => {
    const calm = incidentAfter(reported({ severity: 2 }))
    expect((await desk([calm]).types(finch, 'claim', { about: calm })).text).not.toContain('Do not go there.')
  })

  it('is the response team’s: others hear who may, and who may not see it hears nothing of it', async () => {
    expect(refusedWith(await desk([open]).types(heron, 'claim', { about: open }))).toBe('refusal.work')
    expect(refusedWith(await desk([open]).types(eagle, 'claim', { about: open }))).toBe('refusal.work')
    expect(refusedWith(await desk([open]).types(robin, 'claim', { about: open }))).toBe('refusal.unknown')
  })

  it('of something that somebody has says who', async () => {
    const refused = desk([taken]).presses(wren, 'claim', { about: taken })
    await expect(refused).rejects.toMatchObject({ phrase: { key: 'rule.claimed' } })
  })
})

describe('work at one press', () => {
  it.each([
    ['join', wren, taken, { type: 'join' }, 'You have joined AZ-0412'],
    ['cannot', finch, open, { type: 'cannot' }, 'I call further'],
    ['release', finch, taken, { type: 'release', reason: '' }, 'AZ-0412 is back in the pool'],
    ['accept', wren, offered, { type: 'accept' }, 'AZ-0412 is yours until'],
    ['decline', wren, offered, { type: 'decline' }, 'You said no to AZ-0412'],
  ] as const)('%s', async (name, actor, about, action, text) => {
    const heard = await desk([about]).presses(actor, name, { about })
    expect(deed(heard)).toEqual(action)
    expect(heard.text).toContain(text)
  })

  it('joins what nobody has, and hears that it is still to be taken', async () => {
    const heard = await desk([open]).presses(wren, 'join', { about: open })
    expect(heard.text).toContain('Nobody has it yet')
    expect(heard.buttons.map(id => id.split(':')[0])).toEqual(['claim', 'update', 'leave'])
  })

  it('leaves what was joined', async () => {
    const joined = incidentAfter(reported(), claimed(), by(wren, 6, { type: 'joined' }))
    const heard = await desk([joined]).presses(wren, 'leave', { about: joined })
    expect(deed(heard)).toEqual({ type: 'leave' })
    expect(heard.text).toBe('You have left AZ-0412.')
  })

  it('gives back with the reason that was typed', async () => {
    const heard = await desk([taken]).types(finch, 'release', { about: taken, words: 'my shift ends' })
    expect(deed(heard)).toEqual({ type: 'release', reason: 'my shift ends' })
  })
})

describe('handing over', () => {
  const about = taken

  it('offers everyone else who may take it, those on duty first', async () => {
    const { opening } = await desk([taken], { directory: network([wren]) }).presses(finch, 'handover', { about })
    const choices = opening?.choices?.to ?? []
    expect(choices.map(choice => choice.value)).toEqual([wren.id, crane.id, 'p-owl'])
    expect(choices.map(choice => choice.label.key)).toEqual(['form.person-on-duty', 'form.person', 'form.person'])
  })

  it('opens no form for what would be refused', async () => {
    const free = desk([open]).presses(finch, 'handover', { about: open })
    await expect(free).rejects.toMatchObject({ phrase: { key: 'rule.unclaimed' } })
    const others = desk([taken]).presses(wren, 'handover', { about })
    await expect(others).rejects.toMatchObject({ phrase: { key: 'rule.not-yours' } })
  })

  it('tells the coordinator who keeps it meanwhile, and the claimer that it stays theirs', async () => {
    const words = 'wren at the gate'
    expect((await desk([taken]).types(crane, 'handover', { about, words })).text).toContain('it stays with Finch')
    expect((await desk([taken]).types(finch, 'handover', { about, words })).text).toContain('it stays yours')
  })

  it.each([
    ['a form', 'form', { to: wren.id, note: 'at the gate' }, ''],
    ['words', 'typed', {}, 'wren at the gate'],
    ['words with capitals and an @', 'typed', {}, '@WREN at the gate'],
  ] as const)('takes a person by %s', async (_, from, values, words) => {
    const at = desk([taken])
    const heard = await (from === 'form'
      ? at.sends(finch, 'handover', values, { about })
      : at.types(finch, 'handover', { about, words }))
    expect(deed(heard)).toEqual({ type: 'handover', to: wren.id, note: 'at the gate' })
    expect(heard.text).toMatch(/AZ-0412 is offered to Wren, who can accept until/)
  })

  it('takes the beginning of a call sign that only one person has', async () => {
    const heard = await desk([taken]).types(finch, 'handover', { about, words: 'cra' })
    expect(deed(heard)).toMatchObject({ to: crane.id })
  })

  it.each(['robin please', 'nobody', '***'])('of someone who cannot take it (%s) says who can', async words => {
    const heard = await desk([taken]).types(finch, 'handover', { about, words })
    expect(heard.action).toBeNull()
    expect(heard.text).toContain(words)
    expect(heard.text).toContain('Wren')
    expect(heard.buttons).toContain(`handover:AZ-0412:${wren.id}`)
    expect(heard.buttons).not.toContain(`handover:AZ-0412:${finch.id}`)
  })

  it('of a beginning that several share asks whom, and a press decides', async () => {
    const wrong = {
      ...crane,
      id: 'p-wrench' as typeof crane.id,
      callsign: 'Wrench',
      languages: ['en'] as const,
      accounts: [],
    }
    const directory = network()
    const people = new Map([...directory.people, [wrong.id, wrong]])
    const at = desk([taken], { directory: { ...directory, people } })
    const heard = await at.types(finch, 'handover', { about, words: 'wre' })
    expect(heard.buttons).toEqual([`handover:AZ-0412:${wren.id}`, 'handover:AZ-0412:p-wrench'])
    const pressed = await at.presses(finch, 'handover', { about, assumed: wren.id })
    expect(deed(pressed)).toEqual({ type: 'handover', to: wren.id, note: '' })
  })

  it('a person who was never offered is refused at the field', async () => {
    const sent = desk([taken]).sends(finch, 'handover', { to: robin.id }, { about })
    await expect(sent).rejects.toMatchObject({ fields: { to: { key: 'form.pick-one' } } })
  })

  it('with nobody to take it, offers to call further', async () => {
    const directory = network()
    const alone = new Map([...directory.people].filter(([id]) => id === finch.id))
    const at = desk([taken], { directory: { ...directory, people: alone } })
    const heard = await at.presses(finch, 'handover', { about })
    expect(heard.buttons).toEqual(['escalate:AZ-0412'])
    expect((await at.types(finch, 'handover', { about, words: 'wren' })).buttons).toEqual(['escalate:AZ-0412'])
  })

  it('of what nobody has is refused by the rules', async () => {
    await expect(desk([open]).types(finch, 'handover', { about: open, words: 'wren' })).rejects.toThrow(RuleError)
  })
})
