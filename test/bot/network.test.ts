import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Answer, Origin } from '../../bot/platform.ts'
import type { PlatformName } from '../../workflows/ids.ts'
import { eachHouse } from '../each.ts'
import { type House, noon, openHouse, readAnswer } from '../house.ts'

describe('rooms and people that come while the hub runs', () => {
  let house: House

  eachHouse(
    opened => {
      house = opened
    },
    at => openHouse(at, noon, { adjust: network => ({ ...network, strangers: 'refuse' }) }),
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
  const writes = (platform: PlatformName, account: string, words: string, more: Partial<Origin> = {}) =>
    house.send({ ...origin(platform, account, more), type: 'message', words, files: [] })
  const types = (platform: PlatformName, account: string, line: string, more: Partial<Origin> = {}) => {
    const [name = '', ...words] = line.replace(/^\//, '').split(' ')
    return house.send({ ...origin(platform, account, more), type: 'command', name, words: words.join(' ') })
  }
  const presses = (platform: PlatformName, account: string, answer: Answer, more: Partial<Origin> = {}) => {
    const button = answer.reply.type === 'view' ? (answer.reply.view.buttons[0]?.id ?? '') : ''
    return house.send({ ...origin(platform, account, more), type: 'press', button })
  }
  const says = async (answer: Promise<Answer>) => readAnswer(await answer)
  const codeOf = (answer: Answer) =>
    /\b(?:[34679CDFHJKMNPQRTWXY]{4}-)+[34679CDFHJKMNPQRTWXY]{4}\b/.exec(readAnswer(answer))?.[0] ?? ''
  const coordination = async () => (await house.room('coordination')).join('\n')

  /** The administrator, known on Discord too. */
  async function admin(): Promise<void> {
    const code = codeOf(await house.type('raven', '/whoami link'))
    expect(await says(writes('discord', '1', code))).toContain('belongs to Raven')
  }
  const here = { room: '777', roomName: 'trust-az' }

  describe('a room', () => {
    test('says what it is, and that it is nothing', async () => {
      expect(await says(house.type('finch', '/bind', 'az-response'))).toMatch(
        /This room \(Arizona response\) is a room of Arizona\.\nIncidents marked RED are shown without their words/,
      )
      await admin()
      expect(await says(types('discord', '1', '/bind', here))).toMatch(/not bound: no incident is shown here.*AZ, GA/)
      expect(await says(types('discord', '1', '/bind'))).toContain('Type this in the room that you mean')
    })

    test('is bound by an administrator, once they have read what it will show', async () => {
      await house.fill('heron', '/report', {
        what: 'Men with rifles at the door',
        where: 'Phoenix, Arizona',
        danger: 'hurt',
        contact: 'yes',
      })
      await admin()
      const asked = await types('discord', '1', '/bind AZ language es', here)
      expect(readAnswer(asked)).toMatch(/Bind this room\?\nIt becomes a room of Arizona/)
      expect(readAnswer(asked)).toContain('Now that is 1 incident.')
      expect(readAnswer(asked)).toContain('Everybody who can read this room can read that.')
      expect(house.store.roster.directory().rooms.some(room => room.address === '777')).toBe(false)
      expect(await says(presses('discord', '1', asked, here))).toContain('This room is now a room of Arizona')
      const room = house.store.roster.directory().rooms.find(one => one.address === '777')
      expect(room).toMatchObject({
        purpose: 'region',
        region: 'AZ',
        platform: 'discord',
        name: 'trust-az',
        language: 'es',
      })
      expect(await coordination()).toContain('trust-az on Discord is now a room of Arizona (by Raven).')
      const due = await house.store.cards.due(room ? [room.id] : [], house.clock(), 5)
      expect(due.map(card => card.incident)).toEqual(['AZ-0001'])
      expect((await house.store.deeds.latest(1))[0]).toMatchObject({ what: 'bind', facts: { region: 'AZ' } })
    })

    test('is not bound by anybody else, and not as something that does not exist', async () => {
      expect(await says(house.type('finch', '/bind GA', 'az-response'))).toMatch(/Only an administrator.*Ask: Raven/)
      const press = house.send({
        ...origin('workspace', 'finch', { room: 'az-response' }),
        type: 'press',
        button: 'bind:GA',
      })
      expect(await says(press)).toMatch(/Only an administrator/)
      expect(await says(house.type('raven', '/bind Narnia', 'az-response'))).toMatch(/do not know Narnia.*AZ, GA/)
      expect(await says(house.type('raven', '/bind AZ purple', 'az-response'))).toMatch(/do not know AZ purple/)
    })

    test('is let go again, but for the last one of coordination', async () => {
      const asked = await house.type('raven', '/bind off', 'ga-response')
      expect(readAnswer(asked)).toMatch(/a room of Georgia.*\nGeorgia has no other room/s)
      expect(await says(presses('workspace', 'raven', asked, { room: 'ga-response' }))).toContain('not bound any more')
      expect(await coordination()).toContain(
        'Georgia response on the practice workspace is not bound any more (by Raven)',
      )
      const last = await house.type('raven', '/bind off', 'coordination')
      expect(await says(presses('workspace', 'raven', last, { room: 'coordination' }))).toContain(
        'the only room of coordination',
      )
    })

    test('is bound in one line by whoever is sure, where there is no button', async () => {
      expect(await says(house.type('raven', '/bind GA red yes', 'az-response'))).toContain('now a room of Georgia')
      const room = house.store.roster.directory().rooms.find(one => one.address === 'az-response')
      expect(room).toMatchObject({ region: 'GA', red: true })
      expect(await says(house.type('raven', '/bind off sí', 'az-response'))).toContain('not bound any more')
    })

    test('that is not bound is not listened to, but commands in it are answered', async () => {
      const before = await house.store.inbox.answer('test:unheard')
      expect((await writes('discord', '1', 'good morning', { ...here, key: 'test:unheard' })).reply.type).toBe(
        'nothing',
      )
      expect(await house.store.inbox.answer('test:unheard')).toBe(before)
      await admin()
      expect(await says(types('discord', '1', '/hub', here))).toContain('/report')
    })
  })

  describe('an invitation', () => {
    test('lets somebody new in, who reads who they are and what they can do', async () => {
      const made = await house.type('raven', '/hub invite responder AZ 2 uses 3 days')
      expect(readAnswer(made)).toMatch(/Invitation 1\n.*\nRole: responder\. Regions: Arizona\.\nIt lets 2 people in/)
      const code = codeOf(made)
      expect(code).toHaveLength(14)
      const welcome = await writes('signal', 'uuid-new', code)
      expect(readAnswer(welcome)).toMatch(/Welcome to Sample network\.\nHere you are \S+\. Others see this call sign/)
      expect(readAnswer(welcome)).toContain('You are: responder. Regions: Arizona.')
      expect(readAnswer(welcome)).toContain('/duty')
      expect(await says(types('signal', 'uuid-new', '/duty on'))).toContain('on duty until')
      expect(await coordination()).toContain('Raven made invitation 1 for 2 people: responder. Regions: Arizona.')
      expect(await coordination()).toMatch(/\S+ is in the network now, by invitation 1: responder/)
      expect(await coordination()).not.toContain(code)
      expect(await coordination()).not.toContain('uuid-new')
      expect(await says(house.type('raven', '/hub invite list'))).toMatch(/1: responder, Arizona\. Used 1 of 2/)
      expect(house.logged()).not.toContain(code)
    })

    test('is answered in the language that the platform says', async () => {
      const code = codeOf(await house.type('raven', '/hub invite mediator AZ'))
      expect(await says(writes('discord', '55', 'hola', { language: 'es' }))).toContain('código de invitación')
      expect(await says(writes('discord', '55', code, { language: 'es' }))).toContain('Le damos la bienvenida')
      expect(await says(types('discord', '55', '/whoami'))).toContain('Con usted hablo español')
    })

    test('gives somebody who is known more, and is not used for what they have', async () => {
      const same = codeOf(await house.type('raven', '/hub invite responder AZ'))
      expect(await says(house.write('finch', same, null))).toContain('You have all of that already')
      const more = codeOf(await house.type('raven', '/hub invite responder GA'))
      expect(await says(house.write('finch', more, null))).toContain(
        'You are now: responder. Regions: Arizona, Georgia.',
      )
      const clash = codeOf(await house.type('raven', '/hub invite coordinator MI'))
      expect(await says(house.write('finch', clash, null))).toContain('does not fit them')
    })

    test('is for one person where it makes a leader or an administrator, and only administrators make it', async () => {
      expect(await says(house.type('raven', '/hub invite admin 3 uses'))).toContain('is for one person')
      expect(await says(house.type('magpie', '/hub invite responder AZ'))).toMatch(/Only an administrator.*Raven/)
      expect(await says(house.type('raven', '/hub invite responder Narnia'))).toContain('do not know the region Narnia')
      expect(await says(house.type('raven', '/hub invite'))).toContain('/hub invite responder AZ 5 uses 7 days')
    })

    test('is ended by its number, or by being written in a room', async () => {
      const first = codeOf(await house.type('raven', '/hub invite mediator AZ 5'))
      expect(await says(house.type('raven', '/hub invite revoke 1'))).toContain('Invitation 1 is ended')
      expect(await says(writes('slack', 'U0ONE', first))).toContain('This invitation does not work')
      const second = codeOf(await house.type('raven', '/hub invite mediator AZ 5'))
      const seen = await writes('slack', 'U0TWO', second, { room: 'C0ROOM' })
      expect(readAnswer(seen)).toContain('Others here saw that invitation')
      expect(await coordination()).toContain('Invitation 2 was written in a room, so I ended it. Its 4 other uses')
      expect(await says(writes('slack', 'U0THREE', second))).toContain('does not work')
      expect(await says(writes('slack', 'U0TWO', codeOf(seen)))).toContain('Welcome to')
    })
  })

  test('whoever is not known is told how to get in, and nothing is kept of them', async () => {
    expect(await says(writes('slack', 'U0WHO', 'hello'))).toContain('ask your coordinator for an invitation code')
    expect(await says(types('slack', 'U0WHO', '/report'))).toContain('invitation code')
    expect(await house.store.roster.whose('slack', 'U0WHO')).toBeNull()
  })
})
