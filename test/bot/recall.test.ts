import { describe, expect, test } from 'vitest'
import type { Platform } from '../../bot/platform.ts'
import { PlatformError } from '../../workflows/errors.ts'
import { eachHouse } from '../each.ts'
import { type Ground, type House, openHouse, readAnswer } from '../house.ts'

const report = {
  what: 'They wait for Sentinela',
  where: 'Maricopa County, AZ, by Sentinela',
  danger: 'hurt',
  contact: 'yes',
}

let at: Ground
let house: House
let broken: 'no' | 'once' | 'for-good' | 'old' = 'no'
const removed: string[] = []

/** The workspace, whose edits of words that must go fail as the test says. */
function stubborn(inner: Platform): Platform {
  return {
    ...inner,
    capabilities: {
      ...inner.capabilities,
      get edits() {
        return broken === 'old' ? { most: 10, within: 0 } : inner.capabilities.edits
      },
    },
    async edit(message, to) {
      if (!/^(post|card|current):/.test(to.key)) return inner.edit(message, to)
      if (broken === 'once') {
        broken = 'no'
        throw new Error('socket hang up')
      }
      if (broken === 'for-good') throw new PlatformError('workspace', 'no such channel', { permanent: true })
      return inner.edit(message, to)
    },
    remove: async message => void removed.push(message.id),
  }
}

eachHouse((opened, ground) => {
  broken = 'no'
  removed.length = 0
  house = opened
  at = ground
})

/** Everything that stands anywhere in the chat tool, but for what the reporter reads of themselves. */
async function everywhere(): Promise<string> {
  await house.settle()
  const all = await house.store.practice.since(0, 10_000)
  return JSON.stringify(all.filter(message => message.room !== 'direct:heron'))
}

async function told(): Promise<void> {
  await house.type('finch', '/duty on')
  await house.fill('heron', '/report', report)
  const card = await house.card('az-response', 'AZ-0001')
  await house.type('finch', '/claim AZ-0001')
  await house.type('heron', '/update AZ-0001 Sentinela called me')
  await house.type('finch', '/update AZ-0001 Two of us are near')
  expect((await house.thread(card)).join('\n')).toContain('Sentinela called me')
}

describe('words that somebody takes back', () => {
  test('leave cards, threads and direct messages; the fact and the words of others stay', async () => {
    await told()
    expect(await everywhere()).toContain('Sentinela')
    expect(readAnswer(await house.type('heron', '/withdraw AZ-0001'))).toContain('AZ-0001')
    const left = await everywhere()
    expect(left).not.toMatch(/Sentinela|Heron/)
    expect(left).toContain('Two of us are near')
    expect(left).toContain('Words taken back by who wrote them')
    expect((await house.direct('finch')).join('\n')).toContain('AZ-0001: words taken back')
    expect(await house.store.recalls.counts()).toEqual({ waiting: 0, failed: 0 })
  })

  test('go also when the try fails, or the process dies while it is being tried', async () => {
    await told()
    await house.close()
    house = await openHouse(at, house.clock(), { between: stubborn })
    broken = 'once'
    await house.only('heron', '/withdraw AZ-0001')
    await house.settle()
    expect((await house.store.recalls.counts()).waiting).toBeGreaterThan(0)
    const later = house.clock() + 60_000
    await house.close()
    house = await openHouse(at, later)
    expect(await everywhere()).not.toContain('Sentinela')
    expect(await house.store.recalls.counts()).toEqual({ waiting: 0, failed: 0 })
  })

  test('that a platform will not give up are taken away there, if it can', async () => {
    await told()
    await house.close()
    house = await openHouse(at, house.clock(), { between: stubborn })
    broken = 'for-good'
    await house.type('heron', '/withdraw AZ-0001')
    expect(removed.length).toBeGreaterThan(0)
  })

  test('that stand on a platform that can do neither are told to the coordinators', async () => {
    await told()
    await house.close()
    house = await openHouse(at, house.clock(), {
      between: inner => {
        const { remove: _, ...rest } = stubborn(inner)
        return rest
      },
    })
    broken = 'for-good'
    await house.type('heron', '/withdraw AZ-0001')
    expect((await house.store.recalls.counts()).failed).toBeGreaterThan(0)
    // Gathered for a few seconds, for there may be more of it.
    await house.pass(1)
    expect((await house.room('coordination')).join('\n')).toContain('no such channel')
  })

  test('leave an earlier card too, which points to the newest one', async () => {
    await house.close()
    house = await openHouse(at, house.clock(), {
      between: inner => {
        const { remove: _, ...rest } = stubborn(inner)
        return rest
      },
    })
    await told()
    broken = 'old'
    await house.type('finch', '/update AZ-0001 More to come')
    broken = 'no'
    await house.type('heron', '/withdraw AZ-0001')
    await house.pass(1)
    expect(await everywhere()).not.toMatch(/Sentinela|Heron/)
    expect((await house.room('az-response')).join('\n')).toContain('An earlier card of AZ-0001')
  })
})

describe('a report that became part of another', () => {
  test('takes its words out of that one too when it is taken back, and leaves the other’s', async () => {
    await told()
    await house.fill('cactus-wren', '/report', {
      ...report,
      what: 'Otherwords, they shout',
      where: 'Maricopa County, AZ',
    })
    await house.type('finch', '/merge AZ-0001 AZ-0002')
    await house.type('heron', '/withdraw AZ-0001')
    await house.settle()
    const left = await everywhere()
    expect(left).not.toMatch(/Sentinela|Heron/)
    expect(left).toContain('Otherwords')
    expect(readAnswer(await house.type('finch', '/incident AZ-0002'))).not.toMatch(/Sentinela|Heron/)
    expect((await house.store.incidents.find('AZ-0002' as never))?.incident.status).toBe('reported')
  })
})

describe('quiet hours', () => {
  test('hold back what is not urgent until they end; a receipt, and calls to those on duty, come through', async () => {
    await house.type('heron', '/whoami quiet 8-11')
    await house.type('finch', '/whoami quiet 8-11')
    await house.type('finch', '/duty on')
    // Nine in the morning in Phoenix.
    await house.fill('heron', '/report', report)
    await house.type('finch', '/claim AZ-0001')
    expect((await house.direct('heron')).join('\n')).toContain('Received as AZ-0001')
    expect((await house.direct('heron')).join('\n')).not.toContain('is on AZ-0001')
    expect((await house.direct('finch')).join('\n')).toContain('Can you take this now?')
    house.skip(119)
    await house.settle()
    expect((await house.direct('heron')).join('\n')).not.toContain('is on AZ-0001')
    house.skip(1)
    await house.settle()
    expect((await house.direct('heron')).join('\n')).toContain('is on AZ-0001')
  })
})

describe('words that a room may not see any more', () => {
  test('leave the room that may not see RED; those called still read them', async () => {
    await told()
    await house.type('finch', '/mark AZ-0001 red names a victim')
    await house.settle()
    const card = await house.card('az-response', 'AZ-0001')
    const room = [...(await house.room('az-response')), ...(await house.thread(card))].join('\n')
    expect(room).not.toMatch(/Sentinela|near/)
    expect(room).toContain('Not shown here: see AZ-0001.')
  })

  test('leave everybody who is not named when it is restricted', async () => {
    await told()
    const crane = [...house.store.roster.directory().people.values()].find(
      person => person.roles.includes('coordinator') && person.regions !== 'all' && person.regions.includes('AZ'),
    )
    await house.type((crane?.callsign ?? '').toLowerCase(), '/mark AZ-0001 restricted')
    await house.settle()
    const rooms = await Promise.all(house.store.roster.directory().rooms.map(room => house.room(room.address)))
    const card = (await house.store.practice.list('az-response', 200))[0]
    const thread = card ? await house.thread(card) : []
    expect([...rooms.flat(), ...thread].join('\n')).not.toContain('Sentinela')
  })

  test('stay where nothing changed for the reader', async () => {
    await told()
    await house.type('finch', '/mark AZ-0001 red names a victim')
    await house.settle()
    expect(await house.store.recalls.counts()).toEqual({ waiting: 0, failed: 0 })
    expect((await house.direct('finch')).join('\n')).toContain('Sentinela')
  })
})
