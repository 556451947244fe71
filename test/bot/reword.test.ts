import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { IncomingFile } from '../../bot/platform.ts'
import type { IncidentId } from '../../workflows/ids.ts'
import { type Ground, ground, readAnswer } from '../house.ts'
import { type Across, newWorld, openAcross, type World } from './across.ts'

const id = 'AZ-0001' as IncidentId
// The smallest picture there is.
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
let at: Ground
let world: World
let hub: Across

beforeEach(async () => {
  at = ground()
  world = newWorld()
  hub = await openAcross(at, world)
  await hub.report()
})

afterEach(async () => {
  await hub.close()
  at.leave()
})

const types = async () => (await hub.store.incidents.timeline(id, 100)).map(entry => entry.event.type)
const words = async () =>
  (await hub.store.incidents.timeline(id, 100)).flatMap(entry => (entry.seq > 1 ? (entry.words?.text ?? []) : []))

/** What is wrong with the chain of any timeline. */
async function broken(): Promise<unknown[]> {
  const found = []
  for await (const problem of hub.store.audit.verify()) found.push(problem)
  return found
}

async function does(...what: readonly Parameters<Across['send']>[0][]): Promise<void> {
  for (const each of what) await hub.send(each)
  await hub.settle()
}

describe('what somebody writes in one room', () => {
  test('stands in the others with who and whence, and not in its own', async () => {
    await does(hub.message('Finch', 'discord', 'Two cars came @everyone <!channel>'))
    expect(hub.thread('slack')).toEqual(['Finch (Discord): Two cars came @everyone <!channel>'])
    expect(hub.thread('signal')).toEqual(['Finch (Discord): Two cars came @everyone <!channel>'])
    expect(hub.thread('discord')).toEqual([])
  })

  test('reads newer everywhere once it was changed, marked as such', async () => {
    const said = hub.message('Finch', 'discord', 'Two cars came')
    await does(said)
    await does(hub.edit(said, 'Three cars came'))
    expect(hub.thread('slack')).toEqual(['Finch (Discord): Three cars came (edited)'])
    expect(hub.thread('signal')).toEqual(['Finch (Discord): Three cars came (edited)'])
    expect(await types()).toEqual(['reported', 'said', 'reworded'])
    expect(await words()).toEqual(['Three cars came'])
    expect(await broken()).toEqual([])
  })

  test('is taken back everywhere once it was deleted, and the timeline says so', async () => {
    const said = hub.message('Finch', 'discord', 'Sentinela was there')
    await does(said, hub.drop(said))
    expect(hub.everywhere()).not.toContain('Sentinela')
    expect(await words()).toEqual([])
    expect(await types()).toEqual(['reported', 'said', 'unsaid'])
    expect(readAnswer(await hub.type('Crane', 'slack', 'incident AZ-0001'))).toContain(
      'Finch took back what they wrote',
    )
    expect(await broken()).toEqual([])
  })

  test('is not said at all where it was taken back before it went out', async () => {
    const said = hub.message('Finch', 'discord', 'Sentinela was there')
    await hub.send(said)
    await hub.send(hub.drop(said))
    await hub.settle()
    expect(hub.thread('slack')).toEqual([])
    const other = hub.message('Finch', 'discord', 'Two cars')
    await hub.send(other)
    await hub.send(hub.edit(other, 'Three cars'))
    await hub.settle()
    expect(hub.thread('slack')).toEqual(['Finch (Discord): Three cars (edited)'])
  })

  test('is nobody else’s to change; whoever else removes it takes it away everywhere', async () => {
    const said = hub.message('Finch', 'discord', 'Two cars came')
    await does(said)
    await does({ ...hub.edit(said, 'No cars came'), account: '22' })
    expect(hub.thread('slack')).toEqual(['Finch (Discord): Two cars came'])
    await does({ ...hub.drop(said), account: 'unknown' })
    expect(hub.everywhere()).not.toContain('Two cars')
    expect(readAnswer(await hub.type('Crane', 'slack', 'incident AZ-0001'))).toContain(
      'What Finch wrote was removed in its room',
    )
  })
})

describe('a change that comes late, early or twice', () => {
  test('counts once, and nothing happens where nothing changed', async () => {
    const said = hub.message('Finch', 'discord', 'Two cars came')
    const edit = hub.edit(said, 'Three cars came')
    await does(said, edit, edit, hub.edit(said, ' Three cars came ', 5))
    expect(await types()).toEqual(['reported', 'said', 'reworded'])
  })

  test('is overtaken by a newer one', async () => {
    const said = hub.message('Finch', 'discord', 'one')
    await does(said, hub.edit(said, 'three', 20), hub.edit(said, 'two', 10))
    expect(await words()).toEqual(['three'])
  })

  test('counts whatever the clock of its tool says', async () => {
    const said = hub.message('Finch', 'discord', 'one', { at: hub.clock() + 60_000 })
    await does(said, hub.edit({ ...said, at: hub.clock() }, 'two'))
    expect(await words()).toEqual(['two'])
  })

  test('waits for its message', async () => {
    const said = hub.message('Finch', 'discord', 'Two cars came')
    await does(hub.edit(said, 'Three cars came'), said)
    expect(await words()).toEqual(['Three cars came'])
    expect(hub.thread('slack')).toEqual(['Finch (Discord): Three cars came'])
    const gone = hub.message('Finch', 'discord', 'Sentinela was there')
    await does(hub.drop(gone), hub.edit(gone, 'Sentinela was near', 1), gone)
    expect(hub.everywhere()).not.toContain('Sentinela')
    expect(await types()).toEqual(['reported', 'said'])
  })

  test('after a deletion changes nothing', async () => {
    const said = hub.message('Finch', 'discord', 'Two cars came')
    await does(said, hub.drop(said), hub.edit(said, 'Sentinela', 9))
    expect(await words()).toEqual([])
    expect(hub.everywhere()).not.toContain('Sentinela')
  })

  test('is carried out by whoever comes after a process that died', async () => {
    const said = hub.message('Finch', 'discord', 'Sentinela came')
    const other = hub.message('Robin', 'discord', 'Two cars came')
    await does(said, other)
    await hub.send(hub.drop(said))
    await hub.send(hub.edit(other, 'Three cars came'))
    await hub.close()
    hub = await openAcross(at, world, { start: hub.clock() + 60_000 })
    await hub.settle()
    expect(hub.everywhere()).not.toContain('Sentinela')
    expect(hub.thread('signal').at(-1)).toBe('Robin (Discord): Three cars came (edited)')
  })

  test('is done by whoever comes after one who could only store it', async () => {
    const said = hub.message('Finch', 'discord', 'Two cars came')
    const edit = hub.edit(said, 'Three cars came')
    await does(said)
    const payload = JSON.stringify({ message: edit })
    await hub.store.inbox.take({ key: edit.key, payload, receivedAt: hub.clock() })
    await hub.pass(1)
    expect(hub.thread('slack')).toEqual(['Finch (Discord): Three cars came (edited)'])
    await does(edit)
    expect(await types()).toEqual(['reported', 'said', 'reworded'])
  })

  test('never runs a command', async () => {
    const said = hub.message('Finch', 'signal', 'hello', { room: null, message: null })
    await does(said, { ...hub.edit(said, '/claim AZ-0001') })
    expect((await hub.store.incidents.find(id))?.incident.claim).toBeNull()
  })
})

describe('where a tool cannot change its message any more', () => {
  test('the newer words are said below, once, and changed there next time', async () => {
    const said = hub.message('Finch', 'discord', 'Two cars came')
    await does(said)
    world.refuses.slack.add('edit')
    await does(hub.edit(said, 'Three cars came'))
    expect(hub.thread('slack')).toEqual([
      'Finch (Discord): Two cars came',
      'Finch changed what they wrote at 12:00: Three cars came',
    ])
    expect(hub.thread('signal')).toEqual(['Finch (Discord): Three cars came (edited)'])
    world.refuses.slack.clear()
    await does(hub.edit(said, 'Four cars came', 30))
    expect(hub.thread('slack').join('\n')).not.toContain('Three')
    expect(hub.thread('slack').at(-1)).toBe('Finch changed what they wrote at 12:00: Four cars came')
    expect(await hub.store.recalls.counts()).toEqual({ waiting: 0, failed: 0 })
  })

  test('nor take it away, it is said there that it was taken back, and to the coordinators', async () => {
    const said = hub.message('Finch', 'discord', 'Two cars came')
    await does(said)
    world.refuses.slack.add('edit').add('remove')
    await does(hub.drop(said))
    expect(hub.thread('slack').at(-1)).toBe(
      'What Finch wrote at 12:00 was taken back. Please do not use it or pass it on.',
    )
    expect((await hub.store.recalls.counts()).failed).toBe(1)
  })
})

describe('what a reporter adds in their direct conversation', () => {
  test('can be changed and taken back there', async () => {
    const added = hub.message('Heron', 'slack', 'They have a white van', { room: null, message: null })
    await does(added)
    expect(hub.thread('signal')).toEqual(['Heron adds: They have a white van'])
    await does(hub.edit(added, 'They have a grey van'))
    expect(hub.thread('signal')).toEqual(['Heron adds: They have a grey van (edited)'])
    await does(hub.drop(added))
    expect(hub.everywhere()).not.toContain('van')
    expect(await types()).toEqual(['reported', 'added', 'reworded', 'unsaid'])
  })
})

const photo = (source?: string): IncomingFile => {
  const named = { name: 'line.png', type: 'image/png', size: pixel.length }
  return source ? { ...named, source } : { ...named, open: () => Readable.from([pixel]) }
}

describe('a photo that somebody puts into a thread', () => {
  test('is told in the other rooms as a number, and goes with its message', async () => {
    const added = hub.message('Finch', 'discord', 'At the door', { files: [photo()] })
    await does(added)
    expect(hub.thread('slack')).toEqual(['Finch (Discord) adds: At the door (1 photo kept with AZ-0001)'])
    expect(hub.thread('discord')).toEqual([])
    await does(hub.drop(added))
    expect(hub.everywhere()).not.toContain('At the door')
    const incident = (await hub.store.incidents.find(id))?.incident
    expect(incident?.evidence.photo).toBe(0)
    expect((await hub.store.files.list(id)).length).toBe(0)
  })

  test('goes also where it was fetched after its message, or was still to be fetched', async () => {
    const added = hub.message('Finch', 'discord', 'At the door', { files: [photo('cdn/1')] })
    await does(added)
    expect((await hub.store.fetches.due(['discord'], hub.clock(), 1, 9)).map(one => one.seq)).toEqual([2])
    await does(hub.drop(added))
    expect(await hub.store.fetches.waiting()).toBe(0)
    const incident = (await hub.store.incidents.find(id))?.incident
    expect(incident?.awaited).toEqual({ photo: 0, video: 0, voice: 0, document: 0 })
    const later = hub.message('Finch', 'discord', 'Once more', { files: [photo('cdn/2')] })
    await does(later)
    await hub.fetch(pixel)
    expect((await hub.store.files.list(id)).length).toBe(1)
    await does(hub.drop(later))
    expect((await hub.store.files.list(id)).length).toBe(0)
    expect((await hub.store.incidents.find(id))?.incident.evidence.photo).toBe(0)
  })
})

describe('a legal hold', () => {
  test('keeps sealed what is changed or taken back, shows it to nobody, and lets it go when it ends', async () => {
    const said = hub.message('Finch', 'discord', 'Sentinela came')
    const other = hub.message('Robin', 'discord', 'Sentinela left')
    await does(said, other)
    await hub.type('Crane', 'slack', 'incident AZ-0001 hold a court asks')
    await does(hub.edit(said, 'Somebody came'), hub.drop(other))
    expect(hub.everywhere()).not.toContain('Sentinela')
    expect(await words()).toEqual(['Somebody came'])
    expect((await hub.store.incidents.find(id))?.incident.hold?.unsaid).toEqual([2, 3])
    await hub.type('Jay', 'slack', 'incident AZ-0001 unhold it is over')
    expect((await hub.store.incidents.find(id))?.incident.hold).toBeNull()
    expect(await words()).toEqual(['Somebody came'])
    expect(await broken()).toEqual([])
  })
})

describe('a chat whose messages disappear', () => {
  test('takes its words everywhere with it, at its hour or after it', async () => {
    const until = hub.clock() + 10 * 60_000
    await does(hub.message('Finch', 'signal', 'Sentinela was there', { until }))
    expect(hub.thread('slack')).toEqual(['Finch (Signal): Sentinela was there'])
    await hub.pass(9)
    expect(hub.thread('slack')).toEqual(['Finch (Signal): Sentinela was there'])
    await hub.close()
    hub = await openAcross(at, world, { start: until + 60_000 })
    await hub.pass(1)
    expect(hub.everywhere()).not.toContain('Sentinela')
    expect(await words()).toEqual([])
    expect(await types()).toContain('unsaid')
    expect(await hub.store.utterances.due(until + 600_000, 10)).toEqual([])
  })

  test('leaves what was given as a report, and says so once', async () => {
    const until = hub.clock() + 60_000
    const direct = { room: null, message: null, until } as const
    const first = await hub.send(hub.message('Heron', 'slack', 'They have a white van', direct))
    expect(readAnswer(first)).toContain('What you report is kept for the team.')
    const second = await hub.send(hub.message('Heron', 'slack', 'And a red one', direct))
    expect(readAnswer(second)).not.toContain('What you report is kept')
    await hub.pass(5)
    expect(await words()).toEqual(['They have a white van', 'And a red one'])
  })

  test('is too late for what had disappeared before it was heard', async () => {
    await does(hub.message('Finch', 'signal', 'Sentinela was there', { until: hub.clock() - 1 }))
    expect(await types()).toEqual(['reported'])
  })
})

describe('somebody who is erased', () => {
  test('leaves nothing of what they wrote, and of where it stood', async () => {
    const said = hub.message('Finch', 'discord', 'Sentinela was there')
    await does(said, hub.edit(said, 'Sentinela is there'))
    const mine = hub.store.utterances.keyOf('discord', said.self)
    expect(await hub.store.transaction(tx => tx.said(mine))).toMatchObject({ text: 'Sentinela is there' })
    const asked = await hub.type('Finch', 'discord', 'whoami erase')
    expect(asked.reply.type).toBe('view')
    await hub.send({ ...hub.message('Finch', 'discord', ''), type: 'press', button: 'erase:confirm' } as never)
    expect(await hub.store.transaction(tx => tx.said(mine))).toBeNull()
  })
})
