import { describe, expect, test } from 'vitest'
import type { Platform } from '../../bot/platform.ts'
import { blankPlan } from '../../workflows/broadcast/plan.ts'
import { PlatformError } from '../../workflows/errors.ts'
import { eachHouse } from '../each.ts'
import { type Ground, type House, openHouse } from '../house.ts'
import { castIn, personIn } from './casts.ts'

const words = { en: 'Please stay calm.', es: 'Por favor, mantenga la calma.' }

let house: House
let at: Ground
const cast = castIn(() => house)

let room = 0
let refused = 0

/** The workspace, which takes as many messages of broadcasts as there is room for, and refuses some edits. */
function capped(inner: Platform): Platform {
  return {
    ...inner,
    async post(to, message) {
      if (message.key.startsWith('cast:') && room-- <= 0)
        throw new PlatformError('workspace', 'too many', { permanent: false, retryAfterMs: 45_000 })
      return inner.post(to, message)
    },
    async edit(message, to) {
      if (refused-- > 0) throw new PlatformError('workspace', 'internal_error', { permanent: false })
      return inner.edit(message, to)
    },
  }
}

eachHouse(
  (opened, ground) => {
    house = opened
    at = ground
    room = 1000
    refused = 0
  },
  ground => openHouse(ground, undefined, { between: capped }),
)

const live = async (place: Promise<readonly string[]>) => (await place).filter(text => text.startsWith('B-0001'))
const inRoom = () => live(house.room('coordination'))
const atWriter = () => live(house.direct('owl'))

describe('the live message of a broadcast', () => {
  test('stands once in the coordinators’ room and with who wrote it, and is edited in place as it comes on', async () => {
    room = 0
    await cast.begin({ words, answer: { type: 'got-it' } })
    await house.settle()
    const [first = '', ...more] = await inRoom()
    expect(more).toEqual([])
    expect(first).toMatch(/^B-0001 · Calm\nGoing out since .+\n░{16} 0%\n0 of \d+ people have it\./)
    expect(first).toContain('[Pause]')
    expect(await atWriter()).toEqual([first])
    room = 4
    await house.pass(1)
    const [second = '', ...again] = await inRoom()
    expect(again).toEqual([])
    expect(second).toMatch(/\n█+░+ \d+%\n4 of \d+ people have it\./)
    expect(second).toContain('0 answered, 4 silent.')
    expect(second).toMatch(/\n\d+ a minute/)
    room = 1000
    await house.pass(2)
    const [last = ''] = await inRoom()
    expect(last).toMatch(/\nSent between .+\n█{16} 100%\n/)
    expect(last).not.toContain('[Pause]')
    expect(await atWriter()).toEqual([last])
  })

  test('is drawn at most every half a minute, whatever happens, and whichever hub does it', async () => {
    let edits = 0
    const later = house.clock()
    await house.close()
    house = await openHouse(at, later, {
      between: inner => ({
        ...inner,
        async edit(message, to) {
          edits++
          return inner.edit(message, to)
        },
      }),
    })
    await cast.begin({ words })
    for (let n = 0; n < 5; n++) await house.settle()
    expect(edits).toBe(0)
    await house.pass(1)
    expect(edits).toBe(2)
    const again = house.clock()
    await house.close()
    house = await openHouse(at, again)
    await house.settle()
    expect((await inRoom()).length).toBe(1)
  })

  test('shows how it ended, however often the tool refuses the last edit', async () => {
    room = 4
    await cast.begin({ words })
    await house.pass(1)
    room = 1000
    refused = 12
    await house.pass(10)
    expect(refused).toBeLessThanOrEqual(0)
    expect((await inRoom())[0]).toMatch(/\n█{16} 100%\n/)
    expect((await atWriter())[0]).toMatch(/\n█{16} 100%\n/)
  })

  test('is left alone half a day after it ended, and until then shows who answers', async () => {
    await cast.begin({ words, answer: { type: 'got-it' } })
    await house.pass(2)
    house.skip(13 * 60)
    await house.pass(6)
    expect(await house.store.progress.watched(9)).toEqual([])
    expect(await inRoom()).toHaveLength(1)
  })

  test('is not begun for what was called off before it began', async () => {
    await cast.happen([{ type: 'drafted', writer: personIn(house, 'Owl'), plan: blankPlan(), recurring: null }])
    await cast.happen([{ type: 'ended', how: 'cancelled', reason: null }])
    await house.pass(1)
    expect(await inRoom()).toEqual([])
    expect(await house.store.progress.watched(9)).toEqual([])
  })

  test('names nothing where the incident that it is about may not be read', async () => {
    const seen = { what: 'A threat', where: 'Maricopa County, AZ', danger: 'hurt', contact: 'yes' }
    await house.fill('heron', '/report', seen)
    await house.type('owl', '/mark AZ-0001 restricted add Finch')
    expect((await house.store.incidents.find('AZ-0001' as never))?.incident.visibility).toBe('restricted')
    await cast.begin({ words, title: 'The threat to Sentinel', incident: 'AZ-0001' as never })
    await house.settle()
    const [shown = ''] = await inRoom()
    expect(shown).toMatch(/^B-0001\n/)
    expect(shown).not.toContain('Sentinel')
  })
})
