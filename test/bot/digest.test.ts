import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Ground, ground } from '../house.ts'
import { type Across, newWorld, openAcross, type World } from './across.ts'

let at: Ground
let world: World
let hub: Across

beforeEach(async () => {
  at = ground()
  world = newWorld()
  hub = await openAcross(at, world, { talk: { signal: 'digest' } })
  await hub.report()
})

afterEach(async () => {
  await hub.close()
  at.leave()
})

async function does(...what: readonly Parameters<Across['send']>[0][]): Promise<void> {
  for (const each of what) await hub.send(each)
  await hub.settle()
}

const digests = () => hub.thread('signal').filter(text => text.includes(' to '))

describe('a room that hears talk as a digest', () => {
  test('hears in one message what others say within a quarter of an hour, and not once more', async () => {
    await does(hub.message('Robin', 'discord', 'Two cars came'))
    await hub.pass(5)
    await does(hub.message('Robin', 'slack', 'Three more'))
    expect(hub.thread('signal')).toEqual([])
    expect(hub.thread('slack')).toEqual(['Robin (Discord): Two cars came'])
    await hub.pass(9)
    expect(hub.thread('signal')).toEqual([])
    await hub.pass(1)
    expect(hub.thread('signal')).toEqual([
      'AZ-0001, 12:00 to 12:05:\nRobin (Discord): Two cars came\nRobin (Slack): Three more',
    ])
    await hub.pass(40)
    expect(digests()).toHaveLength(1)
  })

  test('hears at once the hub, whoever has it, coordinators and the reporter', async () => {
    await hub.type('Finch', 'slack', 'claim AZ-0001')
    await does(
      hub.message('Finch', 'discord', 'I am on my way'),
      hub.message('Crane', 'slack', 'Wait for me'),
      hub.message('Heron', 'slack', 'They have a van', { room: null, message: null }),
    )
    expect(hub.thread('signal')).toEqual([
      'Finch is on it until 14:00.',
      'Finch (Discord): I am on my way',
      'Crane (Slack): Wait for me',
      'Heron adds: They have a van',
    ])
  })

  test('hears many lines sooner', async () => {
    for (let line = 1; line <= 12; line++) await does(hub.message('Robin', 'discord', `Line ${line}.`))
    await hub.pass(1)
    expect(digests()).toHaveLength(1)
    expect(digests()[0]?.split('\n')).toHaveLength(13)
  })

  test('hears what was changed meanwhile as it reads then, and nothing of what was taken back', async () => {
    const said = hub.message('Robin', 'discord', 'Two cars came')
    const gone = hub.message('Robin', 'discord', 'Sentinela drives one')
    await does(said, gone)
    await does(hub.edit(said, 'Three cars came'), hub.drop(gone))
    await hub.pass(15)
    expect(digests()).toEqual(['AZ-0001, 12:00 to 12:00:\nRobin (Discord): Three cars came (edited)'])
    const alone = hub.message('Robin', 'discord', 'Sentinela again')
    await does(alone, hub.drop(alone))
    await hub.pass(20)
    expect(digests()).toHaveLength(1)
  })

  test('has it changed and taken back in what stands there already', async () => {
    const said = hub.message('Robin', 'discord', 'Two cars came')
    const gone = hub.message('Robin', 'discord', 'Sentinela drives one')
    await does(said, gone)
    await hub.pass(15)
    expect(digests().join('\n')).toContain('Sentinela')
    await does(hub.drop(gone))
    expect(digests()).toEqual(['AZ-0001, 12:00 to 12:00:\nRobin (Discord): Two cars came'])
    await does(hub.edit(said, 'Three cars came'))
    expect(digests()).toEqual(['AZ-0001, 12:00 to 12:00:\nRobin (Discord): Three cars came (edited)'])
    await does(hub.drop(said))
    expect(hub.thread('signal')).toEqual(['Words taken back by who wrote them.'])
  })

  test('hears it anew, without what was taken back, where its message cannot be changed', async () => {
    const gone = hub.message('Robin', 'discord', 'Sentinela drives one')
    await does(hub.message('Robin', 'discord', 'Two cars came'), gone)
    await hub.pass(15)
    world.refuses.signal.add('edit')
    await does(hub.drop(gone))
    expect(hub.thread('signal')).toEqual(['AZ-0001, 12:00 to 12:00:\nRobin (Discord): Two cars came'])
  })

  test('hears it once, whoever makes it and whatever dies', async () => {
    await does(hub.message('Robin', 'discord', 'Two cars came'))
    hub.skip(16)
    await hub.schedule.runClocks()
    await hub.close()
    hub = await openAcross(at, world, { start: hub.clock() + 60_000 })
    await hub.pass(20)
    expect(digests()).toHaveLength(1)
  })

  test('loses the words of whoever takes their report back, or is erased', async () => {
    await does(
      hub.message('Robin', 'discord', 'Sentinela drives one'),
      hub.message('Finch', 'discord', 'Two cars came'),
    )
    await hub.pass(15)
    await hub.send({ ...hub.message('Robin', 'discord', ''), type: 'press', button: 'erase:confirm' } as never)
    await hub.clear()
    expect(digests()).toEqual(['AZ-0001, 12:00 to 12:00:\nFinch (Discord): Two cars came'])
  })

  test('is cut at sentences to what fits, and says how many lines it leaves out', async () => {
    const long = 'The street is closed. '.repeat(30)
    for (let line = 1; line <= 25; line++) await hub.send(hub.message('Robin', 'discord', `${line}. ${long}`))
    await hub.pass(1)
    const [first = ''] = digests()
    expect(first.length).toBeLessThan(2_500)
    expect(first).toMatch(/is closed\. …\n/)
    expect(first).toContain('5 more lines are not shown here. To read them: /incident AZ-0001')
  })
})

describe('talk across rooms', () => {
  test('says nothing of somebody whom nobody here knows, as other bots', async () => {
    await does({ ...hub.message('Robin', 'discord', 'Buy now'), account: 'B0T' })
    expect(hub.everywhere()).not.toContain('Buy now')
  })

  test('keeps out of rooms that may not see RED what is RED by the time it goes out', async () => {
    await does(hub.message('Robin', 'slack', 'Two cars came'))
    await hub.type('Crane', 'signal', 'mark AZ-0001 red it names somebody')
    await does(hub.message('Robin', 'slack', 'Sentinela was there'))
    await hub.pass(20)
    expect(hub.thread('discord').join('\n')).not.toMatch(/Sentinela|cars/)
    expect(digests().join('\n')).toContain('Sentinela')
  })
})
