import { beforeEach, describe, expect, test } from 'vitest'
import type { Platform } from '../../bot/platform.ts'
import { PlatformError } from '../../workflows/errors.ts'
import { eachHouse } from '../each.ts'
import { type House, openHouse, readAnswer } from '../house.ts'
import { castIn } from './casts.ts'

const words = { en: 'Please stay calm.', es: 'Por favor, mantenga la calma.' }

let house: House
let lost: 'closed' | 'silent' | 'no' = 'closed'
const cast = castIn(() => house)

/** The workspace, where nobody can write to two people, or where what is written to them has no answer. */
function without(inner: Platform): Platform {
  return {
    ...inner,
    capabilities: { ...inner.capabilities, lookup: false },
    async post(to, message) {
      const meant = to.type === 'direct' && /heron|finch/.test(to.account) && message.key.startsWith('cast:')
      if (meant && lost === 'closed') throw new PlatformError('workspace', 'the account is closed', { permanent: true })
      if (meant && lost === 'silent') throw new Error('socket hang up')
      return inner.post(to, message)
    },
  }
}

eachHouse(
  opened => {
    house = opened
  },
  at => openHouse(at, undefined, { between: without }),
)

beforeEach(() => {
  lost = 'closed'
})

async function sent(): Promise<void> {
  await cast.begin({ words, audience: { type: 'region', region: 'AZ' } })
  await house.pass(9)
}

const ask = async (who: string, line: string) => readAnswer(await house.type(who, line))

describe('/delivery of a broadcast', () => {
  test('counts first, then names each who has not got it, and why', async () => {
    await sent()
    const shown = await ask('owl', '/delivery b7')
    expect(shown).toContain('There is no broadcast B-0007')
    const list = await ask('owl', '/delivery B-0001')
    expect(list).toMatch(/^B-0001 · Calm\n\d+ of \d+ people have it\./)
    expect(list).toContain('2 have not got it:')
    expect(list).toMatch(/Heron \(.+\): could not be sent, the account is closed/)
    expect(list).toMatch(/Finch \(.+\): could not be sent, the account is closed/)
    expect(list).toContain('[Send 2 again]')
  })

  test('stands in the list of what lies still as one line, and is told aloud once, when it has ended', async () => {
    await sent()
    const all = await ask('owl', '/delivery')
    expect(all).toContain('B-0001: 2 people or rooms have not got it.')
    expect(all.match(/Heron|Finch/g)).toBeNull()
    const told = (await house.room('coordination')).filter(text => text.includes('2 have not got B-0001'))
    expect(told).toHaveLength(1)
    expect(told[0]).toContain('[Who has not got it]')
  })

  test('sends it again to all of them by one press, and then says that all have it', async () => {
    await sent()
    lost = 'no'
    expect(readAnswer(await house.press('owl', 'delivery::b.B-0001.again'))).toContain('sent it again')
    await house.pass(1)
    expect((await house.direct('heron')).join('\n')).toContain('Please stay calm.')
    expect(await ask('owl', '/delivery B-0001')).toContain('Everybody it was meant for has it.')
    expect(await ask('owl', '/delivery')).not.toContain('B-0001')
  })

  test('asks before it sends twice what may have arrived, and takes it that it did', async () => {
    lost = 'silent'
    await sent()
    const list = await ask('owl', '/delivery B-0001')
    expect(list).toMatch(/Heron \(.+\): not sure if it arrived/)
    expect(list).toContain('[The unsure ones arrived]')
    await house.press('owl', 'delivery::b.B-0001.arrived')
    expect(await ask('owl', '/delivery B-0001')).toContain('Everybody it was meant for has it.')
  })

  test('is for coordinators, of their regions, and decides for all only where all may be read', async () => {
    await sent()
    expect(await ask('heron', '/delivery B-0001')).not.toContain('Finch')
    const there = [...house.store.roster.directory().people.values()]
    const other = there.find(
      one => one.roles.includes('coordinator') && one.regions !== 'all' && !one.regions.includes('AZ'),
    )
    expect(other).toBeDefined()
    const list = await ask(other?.callsign.toLowerCase().replaceAll(' ', '-') ?? '', '/delivery B-0001')
    expect(list).toContain('2 have not got it:')
    expect(list).not.toMatch(/Heron|Finch|\[Send/)
  })
})
