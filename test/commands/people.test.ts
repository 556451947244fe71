import { describe, expect, it } from 'vitest'
import { InputError } from '../../workflows/errors.ts'
import {
  claimed,
  crane,
  eagle,
  finch,
  heron,
  incidentAfter,
  owl,
  reported,
  at as time,
  wren,
} from '../workflows/specification.ts'
import { desk, network, refusedWith } from './desk.ts'

const hour = 3_600_000

describe('/duty', () => {
  it.each([
    ['on', 8],
    ['on 3h', 3],
    ['on 12', 12],
    ['24h', 24],
    ['sí 2 horas', 2],
  ])('takes "%s"', async (words, hours) => {
    const until = time(10) + hours * hour
    const heard = await desk().types(finch, 'duty', { words })
    expect(heard.action).toEqual({ type: 'duty', person: finch.id, until })
    expect(heard.text).toContain('S4 and S5 of your regions reach you directly.')
    expect(heard.buttons).toEqual([`duty::off.${until.toString(36)}`])
  })

  it.each(['off', 'no', 'libre'])('ends by "%s"', async words => {
    expect((await desk().types(finch, 'duty', { words })).action).toEqual({
      type: 'duty',
      person: finch.id,
      until: null,
    })
  })

  it.each(['on 25h', 'on 0', 'on tomorrow', '999h', 'perhaps'])('says what it takes for "%s"', async words => {
    const heard = await desk().types(finch, 'duty', { words })
    expect(heard.action).toBeNull()
    expect(heard.text).toMatch(/\/duty on 8h/)
  })

  it('without words says how things stand, with a button that changes it', async () => {
    const on = await desk([], { directory: network([finch, wren]) }).types(finch, 'duty')
    expect(on.text).toContain('You are on duty until')
    expect(on.text).toContain('Arizona: on duty Finch, Wren.')
    expect(on.text).not.toContain('Nevada')
    expect(on.buttons[0]).toMatch(/^duty::off\./)
    const off = await desk([], { directory: network([]) }).types(owl, 'duty')
    expect(off.text).toContain('You are not on duty.')
    expect(off.text).toContain('Nevada: nobody is on duty.')
    const pressed = await desk().presses(owl, 'duty', { assumed: off.buttons[0]?.split(':')[2] ?? '' })
    expect(pressed.action).toMatchObject({ type: 'duty', until: time(10) + 8 * hour })
  })

  it('is for response teams', async () => {
    expect(refusedWith(await desk().types(heron, 'duty'))).toBe('refusal.work-any')
  })
})

describe('/whoami', () => {
  it('says how the network knows a person', async () => {
    const { text } = await desk().types(crane, 'whoami')
    expect(text).toContain('The network knows you as Crane.')
    expect(text).toContain('You are: coordinator. Regions: Arizona.')
    expect((await desk().types(owl, 'whoami')).text).toContain('Regions: all.')
  })

  it.each(['callsign Heron-31', 'alias Heron-31', 'CALLSIGN  Heron-31'])(
    'takes a new call sign by "%s"',
    async words => {
      const { action, text } = await desk().types(heron, 'whoami', { words })
      expect(action).toEqual({ type: 'callsign', person: heron.id, callsign: 'Heron-31' })
      expect(text).toBe('The network knows you as Heron-31 now.')
    },
  )

  it.each(['Ñandú', 'Martín-2', 'O’Hara', 'Rio Grande 7'])('takes the letters of both languages: "%s"', async name => {
    const { action } = await desk().types(heron, 'whoami', { words: `callsign ${name}` })
    expect(action).toMatchObject({ type: 'callsign', callsign: name })
  })

  it('keeps one’s own call sign in another spelling', async () => {
    expect((await desk().types(heron, 'whoami', { words: 'callsign HERON' })).action).toMatchObject({
      callsign: 'HERON',
    })
  })

  it.each([
    ['', 'reply.callsign-shape'],
    ['<b>', 'reply.callsign-shape'],
    ['@everyone', 'reply.callsign-shape'],
    ['x'.repeat(31), 'reply.callsign-shape'],
    ['a\nb', 'reply.callsign-shape'],
    ['🔥', 'reply.callsign-shape'],
    ['finch', 'reply.callsign-taken'],
    ['Fínch', 'reply.callsign-taken'],
    ['F i n c h', 'reply.callsign-taken'],
    ['F1nch', 'reply.callsign-taken'],
    ['Ｆｉｎｃｈ', 'reply.callsign-taken'],
    ['Fіnch', 'reply.callsign-shape'],
    ['Ƒinch', 'reply.callsign-shape'],
    ['Wren\u200b', 'reply.callsign-shape'],
    ['\u202eWren', 'reply.callsign-shape'],
    ['H\u0316\u0317\u0318awk', 'reply.callsign-shape'],
    ['the hub', 'reply.callsign-taken'],
    ['El Hub', 'reply.callsign-taken'],
    ['Trust-Hub', 'reply.callsign-taken'],
    ['Coordinator', 'reply.callsign-taken'],
    ['La Dirección', 'reply.callsign-taken'],
  ])('does not take "%s"', async (name, key) => {
    const asked = desk().types(heron, 'whoami', { words: `callsign ${name}` })
    await expect(asked).rejects.toMatchObject({ fields: { words: { key } } })
  })

  it.each([
    ['language es', 'es'],
    ['idioma español', 'es'],
    ['language English', 'en'],
  ])('takes "%s"', async (words, language) => {
    expect((await desk().types(heron, 'whoami', { words })).action).toEqual({
      type: 'language',
      person: heron.id,
      language,
    })
  })

  it('takes no language that the network does not speak', async () => {
    await expect(desk().types(heron, 'whoami', { words: 'language klingon' })).rejects.toThrow(InputError)
    const english = desk([], { directory: { ...network(), languages: ['en'] } })
    await expect(english.types(heron, 'whoami', { words: 'language es' })).rejects.toThrow(InputError)
    expect((await desk().types(heron, 'whoami', { words: 'shoe 44' })).text).toContain(
      'Say callsign, language, quiet, contact, platform, stop, start, link, unlink or erase',
    )
  })
})

describe('/hub', () => {
  const told = async (actor: typeof finch, words = '') => (await desk().types(actor, 'hub', { words })).text

  it('tells a mediator what mediators do, and nothing more', async () => {
    const text = await told(heron)
    for (const name of ['report', 'mine', 'incident', 'update', 'withdraw', 'whoami', 'hub']) {
      expect(text).toMatch(new RegExp(`^/${name}[ :]`, 'm'))
    }
    for (const name of ['claim', 'incidents', 'duty', 'sitrep', 'verify']) {
      expect(text).not.toMatch(new RegExp(`^/${name}[ :]`, 'm'))
    }
  })

  it('tells a responder the response, a coordinator the summary, a leader the lists', async () => {
    expect(await told(finch, 'help')).toMatch(/^\/claim AZ-0412 – /m)
    expect(await told(finch, 'ayuda')).not.toMatch(/^\/sitrep/m)
    expect(await told(crane)).toMatch(/^\/sitrep/m)
    expect(await told(eagle)).toMatch(/^\/incidents/m)
    expect(await told(eagle)).not.toMatch(/^\/claim/m)
  })

  it('tells every typed command to somebody', async () => {
    const { commands } = await import('../../commands/index.ts')
    const all = await told({ ...crane, roles: ['coordinator', 'leader'] })
    for (const { name, usage } of commands) if (usage) expect(all).toMatch(new RegExp(`^/${name}[ :]`, 'm'))
  })

  it('says what this hub is, and is not', async () => {
    const free = incidentAfter(reported())
    const { text } = await desk([free]).types(finch, 'hub', { words: 'status' })
    expect(text).toContain('This is the Trust Hub of Sample')
    expect(text).toContain('2 people are on duty now.')
    expect(text).toContain('1 incident is open in your regions')
    expect(text).toContain('This hub is not an emergency service.')
    expect((await desk([free]).types(heron, 'hub', { words: 'estado' })).text).not.toContain('open in your regions')
    expect(await told(heron, 'dance')).toContain('/hub help')
  })

  it('says of every tool whether it is connected, and why not to who can help', async () => {
    const connections = [
      { platform: 'slack', state: 'up', since: time(1), problem: null },
      { platform: 'discord', state: 'off', since: time(2), problem: 'the token is not valid' },
      { platform: 'signal', state: 'down', since: time(3), problem: 'nobody answers' },
    ] as const
    const status = async (actor: typeof finch) =>
      (await desk([], { connections }).types(actor, 'hub', { words: 'status' })).text
    const text = await status(crane)
    expect(text).toMatch(/^Slack: connected since .*\d\d:\d\d\.$/m)
    expect(text).toMatch(/^Discord: off since .*administrator\.\nWhy: the token is not valid\.$/m)
    expect(text).toMatch(/^Signal: not connected since .*I keep trying\.\nWhy: nobody answers\.$/m)
    expect(await status(finch)).not.toContain('Why:')
  })
})

describe('/sitrep', () => {
  const incidents = [incidentAfter(reported()), incidentAfter(reported(), claimed())]

  it('sums up for who leads, with the details as a second screen', async () => {
    const at = desk(incidents)
    const { text, buttons } = await at.types(crane, 'sitrep')
    expect(text).toContain('Arizona')
    expect(buttons).toEqual(['sitrep::AZ+24h+response+part1'])
    const old = await at.presses(crane, 'sitrep', { assumed: '24h' })
    const details = await at.presses(crane, 'sitrep', { assumed: 'AZ+24h+response+part1' })
    expect(old.text).toBe(details.text)
    expect(details.text).toContain('Reports received by this network')
    expect(details.buttons).toEqual([])
  })

  it.each(['AZ 72h', '72h AZ', '72 az', 'az, 72 '])('takes regions and hours in any order: "%s"', async words => {
    const { text, buttons } = await desk(incidents).types(eagle, 'sitrep', { words })
    expect(text).toContain('Arizona')
    expect(buttons[0]).toBe('sitrep::AZ+72h+leadership+part1')
  })

  it.each(['all', 'todo', 'AZ NV'])('takes several regions: "%s"', async words => {
    expect((await desk(incidents).types(crane, 'sitrep', { words })).text).toContain('Sample')
  })

  it.each(['0h', '745', '9999h', 'AZ yesterday'])('says what it takes for "%s"', async words => {
    expect((await desk(incidents).types(eagle, 'sitrep', { words })).text).toContain('/sitrep AZ 72h')
  })

  it('is not for mediators and responders', async () => {
    for (const actor of [heron, finch]) expect(refusedWith(await desk().types(actor, 'sitrep'))).toBe('refusal.lead')
  })
})
