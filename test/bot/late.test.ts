import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadTaxonomy } from '../../bot/config.ts'
import { createLog } from '../../bot/log.ts'
import { createSchedule } from '../../bot/schedule.ts'
import type { IncidentId } from '../../workflows/ids.ts'
import { listedPlaces } from '../../workflows/places/list.ts'
import { type Ground, ground } from '../house.ts'
import { type Across, newWorld, openAcross, type World } from './across.ts'

const id = 'AZ-0001' as IncidentId
let at: Ground
let world: World
let hub: Across

beforeEach(async () => {
  at = ground()
  world = newWorld()
  hub = await openAcross(at, world)
})

afterEach(async () => {
  await hub.close()
  at.leave()
})

const events = async () => (await hub.store.incidents.timeline(id, 100)).map(({ event }) => event)
const of = async (type: string) => (await events()).filter(event => event.type === type)

/** The hub is away for so many minutes; then all that is due happens. */
async function awayFor(minutes: number): Promise<void> {
  hub.skip(minutes)
  for (let run = 0; run < 3; run++) {
    while (await hub.schedule.runClocks()) {}
    await hub.settle()
  }
}

/** The clocks as a process runs them that knows whether chat tools are still read. */
async function scheduleThat(behind: () => boolean) {
  const { store, clock, hub: fires } = hub
  await store.leases.seize('clocks', 'late', 600_000)
  const log = createLog('error', () => {})
  return createSchedule({
    ...{ store, clock, hub: fires, behind, log, plans: [], since: 0, holder: 'late', wake: () => {} },
    ...{
      taxonomy: loadTaxonomy(),
      likeness: { sweep: async () => 0 },
      places: listedPlaces({ name: 'nowhere', places: [] }),
    },
  })
}

describe('what was due while the hub was away', () => {
  test('a claim that ran out says so, and that nobody could be heard; it lapses once', async () => {
    await hub.report({ danger: 'hurt' })
    await hub.type('Finch', 'slack', 'claim AZ-0001')
    await hub.settle()
    await awayFor(6 * 60)
    expect(await of('claim-lapsed')).toMatchObject([{ late: hub.clock() - 5.5 * 3_600_000 }])
    const lines = hub.thread('slack').filter(line => line.includes('ran out'))
    expect(lines).toEqual([
      'The claim of Finch ran out 12:30, while I was away and could hear no sign of life (until 18:00). Nobody is on it now.',
    ])
    const direct = world.stands.slack.filter(({ to, text }) => to.type === 'direct' && text?.includes('Your claim'))
    expect(direct.map(({ text }) => text)).toEqual([
      'Your claim on AZ-0001 ran out 12:30, while I was away and could not hear you (until 18:00). It went back to the pool. Still on it? Claim it again.',
    ])
    // A warning after the end would be none, and news is asked for once.
    expect(await of('claim-warned')).toEqual([])
    await awayFor(1)
    expect(await of('claim-lapsed')).toHaveLength(1)
  })

  test('all steps of the ladder that were due are one call, marked; what comes in time says nothing of it', async () => {
    await hub.report({ danger: 'hurt' })
    await awayFor(3 * 60)
    const calls = await of('unanswered')
    expect(calls).toHaveLength(1)
    expect(calls).toMatchObject([{ late: expect.any(Number) }])
    expect(hub.thread('slack').filter(line => line.startsWith('Nobody has taken it since 12:00'))).toEqual([
      expect.stringMatching(/\(This was due 12:10; I was away until 15:00\.\)$/),
    ])
    const told = world.stands.slack.filter(({ to, text }) => to.type === 'direct' && text?.includes('Nobody has taken'))
    for (const { text } of told) expect(text).toContain('I was away until 15:00')
  })

  test('a lease waits while chat tools are still read, five minutes at most; the ladder does not', async () => {
    await hub.report({ danger: 'hurt' })
    await hub.type('Finch', 'slack', 'claim AZ-0001')
    await hub.report({ danger: 'hurt', what: 'Another fight' })
    let behind = true
    const schedule = await scheduleThat(() => behind)
    const run = async (minutes: number) => {
      hub.skip(minutes)
      while (await schedule.runClocks()) {}
    }
    const said = hub.message('Finch', 'discord', 'I am still here')
    await run(120)
    expect(await of('claim-lapsed')).toEqual([])
    const second = await hub.store.incidents.timeline('AZ-0002' as IncidentId, 50)
    expect(second.filter(({ event }) => event.type === 'unanswered')).toHaveLength(1)
    // It is read, and is a sign of life.
    await hub.send(said)
    behind = false
    await run(1)
    expect(await of('claim-lapsed')).toEqual([])
    behind = true
    await run(120)
    await run(2)
    expect(await of('claim-lapsed')).toEqual([])
    await run(4)
    expect(await of('claim-lapsed')).toHaveLength(1)
    await schedule.release()
  })

  test('in time nothing says that it is late', async () => {
    await hub.report({ danger: 'hurt' })
    await hub.pass(12)
    expect(hub.thread('slack').join()).toContain('Nobody has taken it since 12:00')
    expect(hub.everywhere()).not.toContain('I was away')
    expect((await events()).some(event => 'late' in event)).toBe(false)
  })

  test('a clock that is put back, and forward again, makes nothing happen twice', async () => {
    await hub.report({ danger: 'hurt' })
    await hub.pass(12)
    const before = await of('unanswered')
    await awayFor(-60)
    expect(await of('unanswered')).toEqual(before)
    await awayFor(60)
    await hub.pass(1)
    expect(await of('unanswered')).toEqual(before)
    await hub.pass(10)
    expect((await of('unanswered')).length).toBe(before.length + 1)
  })
})

describe('words that come late', () => {
  test('are carried with the time they were written, edited or not, and count as a sign of life', async () => {
    await hub.report({ danger: 'hurt' })
    await hub.type('Finch', 'slack', 'claim AZ-0001')
    await hub.settle()
    const said = hub.message('Finch', 'discord', 'They went home')
    hub.skip(20)
    await hub.send(said)
    await hub.settle()
    expect(hub.thread('slack').at(-1)).toBe('Finch (Discord): They went home (written 12:00)')
    await hub.send(hub.edit(said, 'They all went home'))
    await hub.settle()
    expect(hub.thread('slack').at(-1)).toBe('Finch (Discord): They all went home (edited) (written 12:00)')
    const claim = (await hub.store.incidents.find(id))?.incident.claim
    expect(claim?.until).toBe(hub.clock() + 30 * 60_000)
  })

  test('of an incident that was closed meanwhile are taken all the same', async () => {
    await hub.report()
    const said = hub.message('Finch', 'discord', 'One came back')
    await hub.type('Finch', 'slack', 'claim AZ-0001')
    await hub.type('Finch', 'slack', 'resolve AZ-0001 calmed')
    await hub.pass(2)
    hub.skip(26 * 60)
    while (await hub.schedule.runClocks()) {}
    expect((await hub.store.incidents.find(id))?.incident.status).toBe('closed')
    await hub.send(said)
    await hub.settle()
    expect(hub.thread('slack').at(-1)).toContain('Finch (Discord): One came back (written')
  })
})
