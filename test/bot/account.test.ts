import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Answer, Origin } from '../../bot/platform.ts'
import type { PlatformName } from '../../workflows/ids.ts'
import { eachHouse } from '../each.ts'
import { type House, noon, openHouse, readAnswer } from '../house.ts'

describe('one person with several accounts, through the whole hub', () => {
  let house: House

  eachHouse(
    opened => {
      house = opened
    },
    at =>
      openHouse(at, noon, {
        adjust: network => ({
          ...network,
          strangers: 'report',
          groups: [
            { platform: 'slack', address: 'S0RESP', roles: ['responder'], regions: ['AZ'] },
            { platform: 'discord', address: '5566', roles: ['coordinator'], regions: ['GA'] },
          ],
        }),
      }),
  )

  const origin = (platform: PlatformName, account: string, more: Partial<Origin> = {}): Origin => ({
    platform,
    key: `test:${randomUUID()}`,
    account,
    room: null,
    message: null,
    at: house.clock(),
    ...more,
  })
  const writes = async (platform: PlatformName, account: string, words: string, more: Partial<Origin> = {}) =>
    house.send({ ...origin(platform, account, more), type: 'message', words, files: [] })
  const types = (platform: PlatformName, account: string, line: string, more: Partial<Origin> = {}) => {
    const [name = '', ...words] = line.replace(/^\//, '').split(' ')
    return house.send({ ...origin(platform, account, more), type: 'command', name, words: words.join(' ') })
  }
  const presses = (platform: PlatformName, account: string, button: string, more: Partial<Origin> = {}) =>
    house.send({ ...origin(platform, account, more), type: 'press', button })
  const codeOf = (answer: Answer) =>
    /\b(?:[34679CDFHJKMNPQRTWXY]{4}-)+[34679CDFHJKMNPQRTWXY]{4}\b/.exec(readAnswer(answer))?.[0] ?? ''
  const person = (callsign: string) =>
    [...house.store.roster.directory().people.values()].find(one => one.callsign === callsign)
  const says = async (answer: Promise<Answer>) => readAnswer(await answer)

  test('a code from one tool, written to the hub on another, makes both the same person', async () => {
    const asked = await house.type('finch', '/whoami link')
    expect(readAnswer(asked)).toMatch(/Your code: .*\n.*write this code to me.*\n.*Tell it to nobody/s)
    const code = codeOf(asked)
    expect(await says(writes('signal', 'uuid-finch', ` ${code.toLowerCase()} `))).toContain(
      'This Signal account now belongs to Finch as well',
    )
    expect((await house.direct('finch')).join('\n')).toContain(
      'A Signal account now belongs to Finch as well. Not you?',
    )
    expect(await says(types('signal', 'uuid-finch', '/whoami'))).toContain('You are: responder. Regions: Arizona.')
    expect(await says(writes('signal', 'uuid-other', code))).toContain('This code does not work')
    expect(await says(types('signal', 'uuid-finch', `/whoami link ${code}`))).toContain('does not work')
    expect(house.logged()).not.toContain(code.replaceAll('-', ''))
  })

  test('the same code delivered twice is taken once and answered alike', async () => {
    const code = codeOf(await house.type('finch', '/whoami link'))
    const message = { ...origin('discord', '77'), type: 'message', words: code, files: [] } as const
    const first = readAnswer(await house.send(message))
    expect(first).toContain('belongs to Finch')
    expect(readAnswer(await house.send(message))).toBe(first)
    expect(person('Finch')?.accounts).toHaveLength(2)
  })

  test('a stranger’s reports come along, once they say that it is them', async () => {
    await house.hub
      .receive({ ...origin('signal', 'uuid-guest'), type: 'command', name: 'report', words: '' })
      .then(async opened => {
        if (opened.reply.type !== 'form') throw new Error(readAnswer(opened))
        const { id, command, about } = opened.reply.form
        const values = {
          what: 'Men with rifles at the door',
          where: 'Phoenix, Arizona',
          danger: 'soon',
          contact: 'yes',
        }
        await house.send({
          ...origin('signal', 'uuid-guest'),
          type: 'submission',
          form: id,
          command,
          about,
          values,
          files: [],
        })
      })
    const code = codeOf(await house.type('finch', '/whoami link'))
    const asked = await writes('signal', 'uuid-guest', code)
    expect(readAnswer(asked)).toMatch(/This account is Guest-\d+ here and has sent 1 report/)
    const button = asked.reply.type === 'view' ? (asked.reply.view.buttons[0]?.id ?? '') : ''
    expect(await says(presses('signal', 'uuid-guest', button))).toContain(
      'The report that was sent from there stays yours',
    )
    expect(await says(house.type('finch', '/mine'))).toContain('AZ-0001')
    expect(await says(types('signal', 'uuid-guest', '/withdraw AZ-0001'))).toContain('AZ-0001')
    const known = await house.store.incidents.find('AZ-0001' as never)
    expect(known?.incident.status).toBe('withdrawn')
    expect(known?.words.what).toBeNull()
  })

  test('who is on the roster is never taken over, nor handed over', async () => {
    const magpies = codeOf(await house.type('magpie', '/whoami link'))
    expect(await says(house.write('finch', magpies, null))).toMatch(
      /Both accounts are people on the roster: Magpie and Finch/,
    )
    await house.fill('stranger', '/report', {
      what: 'Shouting',
      where: 'Phoenix, Arizona',
      danger: 'no',
      contact: 'yes',
    })
    const strangers = codeOf(await house.type('stranger', '/whoami link'))
    expect(strangers).not.toBe('')
    expect(await says(house.write('finch', strangers, null))).toContain('Make the code here instead')
    expect(await says(house.write('stranger', strangers, null))).toContain('this account is yours already')
  })

  test('a code written in a room is ended, and whoever wrote it gets another one alone', async () => {
    const code = codeOf(await house.type('finch', '/whoami link'))
    const answer = await writes('signal', 'uuid-finch', code, { room: 'group.xyz' })
    expect(answer.reply).toMatchObject({ type: 'view', private: true })
    expect(readAnswer(answer)).toContain('Others here saw that code')
    const fresh = codeOf(answer)
    expect(fresh).not.toBe(code)
    expect(await says(writes('signal', 'uuid-thief', code))).toContain('does not work')
    expect(await says(writes('signal', 'uuid-finch', fresh))).toContain('belongs to Finch')
  })

  test('nobody can try codes for long', async () => {
    for (let count = 0; count < 5; count++)
      expect(await says(writes('slack', 'U0GUESS', `CDFH-346${count % 2 ? '7' : '9'}`))).toContain('does not work')
    const code = codeOf(await house.type('finch', '/whoami link'))
    expect(await says(writes('slack', 'U0GUESS', code))).toContain('Too many codes')
    house.skip(11)
    const later = codeOf(await house.type('finch', '/whoami link'))
    expect(await says(writes('slack', 'U0GUESS', later))).toContain('belongs to Finch')
  })

  test('an account that is not theirs any more can do nothing as them', async () => {
    const code = codeOf(await house.type('finch', '/whoami link'))
    await writes('discord', '77', code)
    const shown = await house.type('finch', '/whoami unlink')
    expect(readAnswer(shown)).toContain('Your account on Discord')
    const items = shown.reply.type === 'view' ? shown.reply.view.lines : []
    const button = items.flatMap(line => (line.type === 'item' && line.button ? [line.button.id] : [])).at(-1) ?? ''
    expect(await says(house.press('finch', button))).toContain('Done. That Discord account is not Finch any more')
    expect((await house.room('coordination')).join('\n')).toContain('Finch took a Discord account off')
    expect(await says(types('discord', '77', '/duty on'))).toContain('You can report here')
    expect(await says(house.type('finch', '/whoami unlink'))).toContain('the only account')
  })

  describe('a group of the platform that gives a role', () => {
    const slack = (groups: readonly string[]) => ({ groups })

    test('makes somebody new known at first contact, and the coordinators hear of it', async () => {
      const self = await says(types('slack', 'U0NEW', '/whoami', slack(['S0RESP', 'S0OTHER'])))
      expect(self).toContain('You are: responder. Regions: Arizona.')
      expect((await house.room('coordination')).join('\n')).toMatch(
        /is in the network now, as a member of a Slack group/,
      )
      expect(await says(types('slack', 'U0NEW', '/duty on', slack(['S0RESP'])))).toContain('on duty until')
    })

    test('takes the role with it, and says so to whoever presses', async () => {
      await house.fill('heron', '/report', {
        what: 'Men with rifles',
        where: 'Phoenix, Arizona',
        danger: 'hurt',
        contact: 'yes',
      })
      await types('slack', 'U0NEW', '/whoami', slack(['S0RESP']))
      const { claim = '' } = Object.fromEntries(
        ((await house.store.incidents.find('AZ-0001' as never)) ? ['claim'] : []).map(name => [
          name,
          `${name}:AZ-0001`,
        ]),
      )
      const refused = await presses('slack', 'U0NEW', claim, slack([]))
      expect(refused.reply.type).toBe('refused')
      expect(readAnswer(refused)).toMatch(/AZ-0001/)
      expect((await house.store.incidents.find('AZ-0001' as never))?.incident.claim).toBeNull()
    })

    test('adds to what somebody has, and leaves it when the platform does not say', async () => {
      const code = codeOf(await house.type('finch', '/whoami link'))
      await writes('slack', 'U0FINCH', code)
      await types('slack', 'U0FINCH', '/whoami', slack(['S0RESP']))
      await types('slack', 'U0FINCH', '/whoami')
      expect(person('Finch')).toMatchObject({ roles: ['responder'], regions: ['AZ'] })
      await types('discord', '99', '/whoami', slack(['5566']))
      expect([...house.store.roster.directory().people.values()].at(-1)).toMatchObject({ roles: ['coordinator'] })
    })
  })
})
