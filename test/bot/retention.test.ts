import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { createClearer, dueNow } from '../../bot/clearer.ts'
import { loadTaxonomy } from '../../bot/config.ts'
import { createLog } from '../../bot/log.ts'
import type { IncidentId } from '../../workflows/ids.ts'
import { eachHouse } from '../each.ts'
import { type Ground, type House, readAnswer } from '../house.ts'
import { traces } from './traces.ts'

const day = 24 * 60
const az1 = 'AZ-0001' as IncidentId
const report = {
  what: 'Sentinelwhat shout, call 602-555-0177',
  where: 'Maricopa County, AZ, by Sentinelwhere',
  danger: 'soon',
  contact: 'yes',
}

let at: Ground
let house: House

eachHouse((opened, ground) => {
  house = opened
  at = ground
})

/** Days go by without anybody; then the hub is there again and clears away what it should. */
async function daysLater(days: number): Promise<void> {
  house.skip(days * day)
  await clearAll()
}

async function clearAll(): Promise<void> {
  for (let rounds = 0; rounds < 200 && (await house.clearer.run()); rounds += 1) await house.settle()
  await house.settle()
}

/** Reported, worked on and closed. */
async function closed(): Promise<void> {
  await house.fill('heron', '/report', report)
  const { reply } = await house.press('heron', 'sources:AZ-0001')
  if (reply.type === 'form') await house.submit('heron', reply.form, { known: 'saw', safeContact: 'Sentinelsafe' })
  await house.type('finch', '/claim AZ-0001')
  await house.type('finch', '/update AZ-0001 Sentinelteam is there')
  await house.type('finch', '/resolve AZ-0001 calmed')
  await house.pass(3)
  house.skip(day)
  await house.pass(2)
  expect((await house.store.incidents.find(az1))?.incident.status).toBe('closed')
}

const entries = async () => (await house.store.incidents.timeline(az1, 100)).map(entry => entry.event)
const removed = async () => (await entries()).filter(event => event.type === 'removed')
const texts = async () =>
  (await house.store.incidents.timeline(az1, 100)).flatMap(entry => Object.values(entry.words ?? {}))

describe('what is over its time', () => {
  test('goes step by step: the contact, then the words, of which what and where stay masked, then the files', async () => {
    await closed()
    await daysLater(60)
    expect(await removed()).toEqual([])
    await daysLater(31)
    expect(await removed()).toEqual([{ type: 'removed', what: 'contact', count: 1, lost: ['account'] }])
    expect(await texts()).not.toContain('Sentinelsafe')
    expect((await house.store.incidents.find(az1))?.incident).toMatchObject({ account: null, contact: 'no' })
    await daysLater(91)
    const [, narrative] = await removed()
    expect(narrative).toMatchObject({ what: 'narrative', count: 2 })
    const known = await house.store.incidents.find(az1)
    expect(known?.incident.reporter).toBeNull()
    expect(known?.words.what).toBe('Sentinelwhat shout, call [phone number]')
    expect((await texts()).join(' ')).not.toMatch(/Sentinelteam|555/)
    await daysLater(600)
    expect((await removed()).map(event => event.type === 'removed' && event.what)).toEqual([
      'contact',
      'narrative',
      'evidence',
    ])
    await daysLater(2000)
    expect(await removed()).toHaveLength(3)
    const wrong = []
    for await (const problem of house.store.audit.verify()) wrong.push(problem)
    expect(wrong).toEqual([])
    expect(traces(at.folder, ['entinelsafe', 'entinelteam', '5550177', '555-0177'])).toEqual([])
  })

  test('goes all at once where it was no incident', async () => {
    await house.fill('heron', '/report', report)
    await house.type('finch', '/dismiss AZ-0001 a parade')
    await house.pass(2)
    await daysLater(15)
    expect(await removed()).toMatchObject([{ what: 'noise', count: 2 }])
    expect(await texts()).toEqual([])
    expect(traces(at.folder, ['entinelwhat', 'entinelwhere'])).toEqual([])
    await daysLater(15)
    expect(await removed()).toHaveLength(1)
  })

  test('is told of without being repeated, and stays under a legal hold', async () => {
    await closed()
    await house.type('eagle', '/incident AZ-0001 hold for the court')
    await daysLater(4000)
    expect(await removed()).toEqual([])
    expect((await house.store.incidents.find(az1))?.words.what).toBe(report.what)
    await house.type('eagle', '/incident AZ-0001 unhold the court is done')
    await daysLater(91)
    expect(await removed()).toHaveLength(1)
    expect(readAnswer(await house.type('finch', '/incident AZ-0001'))).toContain('1 contact was removed')
  })

  test('is spared when it was taken up again, also between being found due and being cleared', async () => {
    await closed()
    house.skip(100 * day)
    const taxonomy = loadTaxonomy()
    const { store, clock } = house
    const holder = 'test'
    await store.leases.seize('clearer', holder, 60_000)
    // The look at what is due sees it closed; before anything is cleared, somebody opens it again.
    const racing = {
      ...store,
      retention: {
        ...store.retention,
        due: async (...asked: Parameters<typeof store.retention.due>) => {
          const found = await store.retention.due(...asked)
          if (found.length > 0) await house.only('finch', '/reopen AZ-0001 it goes on')
          return found
        },
      },
    }
    const log = createLog('error', () => {})
    const options = { store: racing, taxonomy, clock, holder, wake: () => {}, pause: async () => {}, log }
    const racer = createClearer(options)
    while (await racer.run()) {}
    expect(await removed()).toEqual([])
    expect(await texts()).toContain('Sentinelsafe')
    expect((await store.incidents.find(az1))?.incident).toMatchObject({ status: 'reported', contact: 'yes' })
  })

  test('waits anew for words that came after the end, and for those after a second end', async () => {
    await closed()
    await daysLater(92)
    await house.type('finch', '/reopen AZ-0001 it goes on')
    await house.type('finch', '/claim AZ-0001')
    await house.type('finch', '/update AZ-0001 Sentinellater came back')
    await house.type('finch', '/resolve AZ-0001 calmed')
    await house.pass(3)
    house.skip(day)
    await house.pass(2)
    await daysLater(100)
    expect(await texts()).toContain('Sentinellater came back')
    await daysLater(90)
    expect((await texts()).join(' ')).not.toContain('Sentinellater')
  })

  test('goes with what it became part of', async () => {
    await house.fill('heron', '/report', report)
    await house.fill('cactus-wren', '/report', { ...report, what: 'Sentinelsecond saw it too' })
    await house.type('finch', '/merge AZ-0002 AZ-0001')
    await house.type('finch', '/dismiss AZ-0001 a parade')
    await house.pass(2)
    expect((await house.store.incidents.find('AZ-0002' as IncidentId))?.words.what).toContain('Sentinelsecond')
    await daysLater(15)
    expect(traces(at.folder, ['entinelsecond', 'entinelwhat'])).toEqual([])
    expect((await house.store.incidents.find('AZ-0002' as IncidentId))?.words.what).toBeNull()
  })

  test('is counted beforehand without being touched, and done once by two processes', async () => {
    await closed()
    house.skip(100 * day)
    expect(await dueNow(house.store, house.clock())).toEqual({ noise: 0, contact: 1, narrative: 0, evidence: 0 })
    expect(await removed()).toEqual([])
    await Promise.all([house.clearer.run(), house.clearer.run()])
    await clearAll()
    expect(await removed()).toHaveLength(1)
    expect(await dueNow(house.store, house.clock())).toEqual({ noise: 0, contact: 0, narrative: 0, evidence: 0 })
  })

  test('takes along what is left of messages that came and went, but not what may still be called back', async () => {
    await closed()
    const count = (query: string) => {
      const reader = new Sqlite(join(at.folder, 'hub.db'), { readonly: true })
      const [row] = reader.prepare<[], { n: number }>(query).all()
      reader.close()
      return row?.n ?? 0
    }
    expect(count('select count(*) n from inbox where answer is not null')).toBeGreaterThan(0)
    await daysLater(31)
    expect(count('select count(*) n from inbox where answer is not null')).toBe(0)
    expect(count('select count(*) n from posts where message is not null and author is null')).toBe(0)
    expect(count('select count(*) n from posts where message is not null and author is not null')).toBeGreaterThan(0)
    expect(count('select count(*) n from practice_messages')).toBe(0)
  })
})
