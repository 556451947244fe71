import { describe, expect, test } from 'vitest'
import type { IncidentId, RoomId } from '../../workflows/ids.ts'
import { phrase } from '../../workflows/phrase.ts'
import { eachHouse } from '../each.ts'
import { type House, readAnswer } from '../house.ts'

const secret = 'They wait for Ana Vidal'
const report = { what: secret, where: 'Maricopa County, AZ', danger: 'hurt', contact: 'yes' }

let house: House

eachHouse(opened => {
  house = opened
})

/** Everything in every room and direct conversation, once all that waits was delivered. */
async function everywhere(): Promise<string> {
  await house.settle()
  const rooms = house.store.roster.directory().rooms.map(room => house.room(room.address))
  const people = ['heron', 'finch', 'magpie', 'crane', 'osprey', 'eagle'].map(who => house.direct(who))
  const threads = house.card('az-response', 'AZ-0001').then(house.thread, () => [])
  return (await Promise.all([...rooms, ...people, threads])).flat().join('\n')
}

async function reported(): Promise<void> {
  await house.type('finch', '/duty on')
  expect(readAnswer(await house.ask('heron', '/report', report))).toContain('AZ-0001')
}

/** A command of somebody while nothing can be delivered. */
async function meanwhile(who: string, name: string, words: string): Promise<void> {
  const origin = { platform: 'workspace', account: who, room: null, message: null, at: house.clock() } as const
  const answer = await house.hub.receive({ ...origin, key: `t:${who}:${name}:${words}`, type: 'command', name, words })
  expect(answer.reply.type).toBe('view')
}

describe('what waits while nothing can be delivered', () => {
  test('is said as it was, if nothing else happened', async () => {
    await reported()
    await meanwhile('finch', 'update', 'AZ-0001 Ana is safe')
    const said = await everywhere()
    expect(said).toContain(secret)
    expect(said).toContain('Ana is safe')
  })

  test('loses its words in rooms that may not see RED, once it is marked so', async () => {
    await reported()
    await house.settle()
    await meanwhile('finch', 'update', 'AZ-0001 Ana is safe')
    await meanwhile('finch', 'mark', 'AZ-0001 red names a victim')
    await house.settle()
    const card = await house.card('az-response', 'AZ-0001')
    const room = [...(await house.room('az-response')), ...(await house.thread(card))].join('\n')
    expect(room).not.toMatch(/Ana/)
    expect(room).toContain('[not shown any more]')
  })

  test('is never said once only the named may know of it', async () => {
    await reported()
    await meanwhile('finch', 'update', 'AZ-0001 Ana is safe')
    const crane = [...house.store.roster.directory().people.values()].find(
      person => person.roles.includes('coordinator') && person.regions !== 'all' && person.regions.includes('AZ'),
    )
    await meanwhile((crane?.callsign ?? '').toLowerCase(), 'mark', 'AZ-0001 restricted')
    expect(await everywhere()).not.toMatch(/Ana/)
  })

  test('loses the line about another that only the named may know of by now, and is said all the same', async () => {
    await reported()
    await house.ask('heron', '/report', { ...report, what: 'A crowd at the door' })
    await house.settle()
    const [room] = house.store.roster.directory().rooms.filter(one => one.address === 'az-response')
    const item = (id: string) => ({ type: 'item', text: phrase('drill.id', { id }) }) as const
    const view = { tone: 'plain', title: null, lines: ['AZ-0001', 'AZ-0002'].map(item), buttons: [] } as const
    const post = {
      key: 'k',
      to: { room: room?.id as RoomId },
      incident: 'AZ-0001' as IncidentId,
      lane: 'talk',
    } as const
    await house.store.outbox.add([{ ...post, thread: false, view }], house.clock())
    await meanwhile('magpie', 'mark', 'AZ-0002 restricted')
    await house.settle()
    const said = (await house.room('az-response')).at(-1)
    expect(said).toContain('AZ-0001')
    expect(said).not.toContain('AZ-0002')
  })

  test('goes without the words and the name of a reporter who took them back, but still calls', async () => {
    await reported()
    await meanwhile('heron', 'withdraw', 'AZ-0001')
    const said = await everywhere()
    expect(said).not.toMatch(/Ana/)
    expect((await house.direct('finch')).join('\n')).toMatch(/Can you take this now\?[\s\S]*\[not shown any more\]/)
    expect((await house.direct('finch')).join('\n')).not.toMatch(/Heron/)
  })
})
