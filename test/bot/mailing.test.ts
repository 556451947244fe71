import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { progressNow } from '../../bot/telling.ts'
import type { Store } from '../../db/store.ts'
import { PlatformError } from '../../workflows/errors.ts'
import { makeBroadcastId } from '../../workflows/ids.ts'
import { noon } from '../contracts/incidents.ts'
import { openPostOffice, type PostOffice, someone } from './post-office.ts'

const minute = 60_000
const hour = 60 * minute
const [first, second] = [makeBroadcastId(1), makeBroadcastId(2)]
const crowd = Array.from({ length: 250 }, (_, at) => someone(`Crow${String(at).padStart(3, '0')}`, ['slack']))

let office: PostOffice
const open = async (...people: Parameters<typeof openPostOffice>[0]) => {
  office = await openPostOffice(people)
}
afterEach(() => office.close())

describe('a broadcast that was approved', () => {
  beforeEach(() =>
    open(
      someone('Finch', ['slack', 'discord', 'signal']),
      someone('Heron', ['discord']),
      someone('Wren', ['signal']),
      someone('Lark', []),
    ),
  )

  test('goes to everybody meant once, however many accounts they have, and ends', async () => {
    await office.approve({ audience: { type: 'or', of: [{ type: 'everyone' }, { type: 'rooms', region: 'AZ' }] } })
    await office.settle()
    const said = office.all().filter(one => one.text.startsWith('Stay calm.'))
    expect(said.map(one => `${one.to} ${one.tool}`).toSorted()).toEqual([
      'Finch slack',
      'Heron discord',
      'Owl slack',
      'Wren signal',
      'az-signal signal',
      'az-slack slack',
    ])
    expect(await office.state()).toBe('sent')
    expect(await office.store.broadcasts.tally(first)).toMatchObject({
      people: { sent: 4, unreachable: 1 },
      rooms: { sent: 2 },
    })
    expect((await office.reached('Lark'))?.why).toBe('they have no account')
  })

  test('waits for its hour', async () => {
    await office.approve({ when: { type: 'at', at: noon + hour } })
    await office.settle()
    expect(office.all()).toEqual([])
    office.pass(hour)
    await office.settle()
    expect(office.all()).toHaveLength(4)
  })

  test('waits for approval anew where its audience has grown', async () => {
    await office.approve({}, first, 1)
    await office.settle()
    expect(await office.state()).toBe('held')
    expect(office.all()).toEqual([])
    expect((await office.standing()).size).toBe(0)
  })

  test('is listed whole, and once, though the process died in the midst of it', async () => {
    await office.approve()
    let calls = 0
    const dying: Store = {
      ...office.store,
      recipients: {
        ...office.store.recipients,
        add: async (id, list) => {
          await office.store.recipients.add(id, list.slice(0, 2))
          calls += 1
          throw new Error('killed')
        },
      },
    }
    await office.replace(dying)
    await office.mail()
    expect(calls).toBe(1)
    expect(await office.state()).toBe('approved')
    await office.replace()
    await office.settle()
    expect(office.all()).toHaveLength(4)
    expect(await office.state()).toBe('sent')
  })

  test('reaches somebody on their next account where the first refuses, once', async () => {
    office.slack.before = async ({ type }) => {
      if (type === 'post') throw new PlatformError('slack', 'no such channel', { permanent: true })
    }
    await office.approve()
    await office.settle()
    const finch = office.all().filter(one => one.to === 'Finch')
    expect(finch.map(one => one.tool)).toEqual(['discord'])
    expect(await office.reached('Finch')).toMatchObject({ reached: 'sent', platform: 'discord' })
    expect(await office.reached('Owl')).toMatchObject({ reached: 'failed' })
    expect(await office.state()).toBe('sent')
    // Who has not got it is told by the broadcast itself, not one by one.
    expect(await office.store.setbacks.untold(10)).toEqual([])
  })

  test('is given up to nobody who left, or wishes none, before their turn', async () => {
    await office.approve()
    await office.mail()
    await office.store.transaction(tx =>
      tx.commit({
        ...{ key: null, person: null, now: office.now(), answer: null, incidents: [] },
        roster: { type: 'erase', person: office.personOf('Heron') },
      }),
    )
    await office.settle()
    expect(office.all().map(one => one.to)).not.toContain('Heron')
    expect(office.all()).toHaveLength(3)
    expect(await office.state()).toBe('sent')
  })
})

describe('an urgent broadcast that asks for an answer', () => {
  const plan = { urgency: 'urgent', answer: { type: 'got-it' }, answerWithinMs: 10 * minute } as const
  beforeEach(() => open(someone('Finch', ['slack', 'discord', 'signal']), someone('Heron', ['discord'])))

  test('goes to the next account of whoever is silent, each once, and not before', async () => {
    await office.approve(plan)
    await office.settle()
    expect(await office.state()).toBe('sent')
    office.pass(9 * minute)
    await office.settle()
    expect(office.all().filter(one => one.to === 'Finch')).toHaveLength(1)
    office.pass(minute)
    await office.mail()
    await office.deliver()
    expect(
      office
        .all()
        .filter(one => one.to === 'Finch')
        .map(one => one.tool),
    ).toEqual(['slack', 'discord'])
    for (let n = 0; n < 5; n++) {
      office.pass(10 * minute)
      await office.mail()
      await office.deliver()
    }
    const finch = office.all().filter(one => one.to === 'Finch')
    expect(finch.map(one => one.tool)).toEqual(['slack', 'discord', 'signal'])
    expect(office.all().filter(one => one.to === 'Heron')).toHaveLength(1)
    expect(await office.reached('Finch')).toMatchObject({ reached: 'sent', turn: 3 })
  })

  test('stands as sent where the next account cannot be had', async () => {
    await office.approve(plan)
    await office.settle()
    for (const tool of [office.discord, office.signal])
      tool.before = async () => {
        throw new PlatformError('discord', 'closed', { permanent: true, because: 'unreachable' })
      }
    for (let n = 0; n < 3; n++) {
      office.pass(10 * minute)
      await office.mail()
      await office.deliver()
    }
    expect(await office.reached('Finch')).toMatchObject({ reached: 'sent', platform: 'slack' })
  })
})

describe('a broadcast to many', () => {
  beforeEach(() => open(...crowd))

  test('fills the outbox with a few, and more as these have gone', async () => {
    await office.approve()
    await office.mail()
    const few = (await office.store.outbox.counts()).waiting
    expect(few).toBeGreaterThan(20)
    expect(few).toBeLessThan(150)
    await office.settle()
    expect(office.all()).toHaveLength(251)
    expect(new Set(office.all().map(one => one.to)).size).toBe(251)
  })

  test('stops where it stood while it is paused, and goes on from there', async () => {
    await office.approve()
    await office.mail()
    await office.happen(first, { type: 'paused' })
    await office.mail()
    expect((await office.store.outbox.counts()).waiting).toBe(0)
    await office.settle()
    expect(office.all()).toEqual([])
    expect(await office.state()).toBe('paused')
    await office.happen(first, { type: 'resumed' })
    await office.settle()
    expect(office.all()).toHaveLength(251)
    expect(await office.state()).toBe('sent')
  })

  test('goes to nobody more once it is called off, and who had it is known', async () => {
    await office.approve()
    await office.mail()
    await office.deliver()
    const had = office.all().length
    expect(had).toBeGreaterThan(0)
    await office.mail()
    await office.happen(first, { type: 'ended', how: 'cancelled', reason: 'all is well' })
    // Whoever delivers comes first.
    await office.deliver()
    await office.settle()
    expect(office.all()).toHaveLength(had)
    expect((await office.store.broadcasts.tally(first)).people).toEqual({ sent: had, dropped: 251 - had })
    expect((await office.store.outbox.counts()).waiting).toBe(0)
  })

  test('called off while nobody mailed is cleared away by the next who does', async () => {
    await office.approve()
    await office.mail()
    await office.happen(first, { type: 'ended', how: 'cancelled', reason: 'all is well' })
    await office.replace()
    await office.settle()
    expect(office.all()).toEqual([])
    expect((await office.store.broadcasts.tally(first)).people).toEqual({ dropped: 251 })
  })

  test('ends when its time is over, wherever it stands', async () => {
    await office.approve({ expiresAt: noon + hour })
    await office.mail()
    office.pass(hour)
    await office.deliver()
    await office.settle()
    expect(office.all()).toEqual([])
    expect(await office.state()).toBe('expired')
    expect((await office.store.broadcasts.tally(first)).people).toEqual({ dropped: 251 })
  })

  test('that was taken back goes to nobody more', async () => {
    await office.approve()
    await office.mail()
    await office.deliver()
    const had = office.all().length
    const correction = { wave: 1, by: office.personOf('Owl'), at: office.now(), words: {}, recall: true }
    await office.happen(first, { type: 'corrected', correction })
    await office.settle()
    expect(office.all()).toHaveLength(had)
    expect((await office.store.broadcasts.tally(first)).people).toEqual({ sent: had, dropped: 251 - had })
    expect(await office.state()).toBe('sent')
  })

  test('lets an urgent one go first, though it came later', async () => {
    await office.approve()
    await office.mail()
    await office.approve({ urgency: 'urgent', words: { en: 'Leave now.' } }, second)
    await office.settle()
    const order = office.all().map(one => one.text)
    expect(order.slice(0, 251).every(text => text.startsWith('Leave now.'))).toBe(true)
    expect(order).toHaveLength(502)
  })

  test('goes on in the next process, to nobody twice', async () => {
    await office.approve()
    await office.mail()
    await office.deliver()
    await office.mail()
    await office.replace()
    await office.settle()
    expect(office.all()).toHaveLength(251)
    expect(new Set(office.all().map(one => one.to)).size).toBe(251)
    expect(await office.state()).toBe('sent')
  })
})

describe('a broadcast in quiet hours', () => {
  const quiet = { quiet: { from: 0, to: 23 } } as const
  // Noon in New York is nine in Phoenix.
  const untilEleven = 14 * hour

  const atNight = async (more = {}) => {
    await open(...crowd.slice(0, 3))
    for (const one of crowd.slice(0, 2))
      await office.store.transaction(tx =>
        tx.commit({
          ...{ key: null, person: null, now: office.now(), answer: null, incidents: [] },
          roster: { type: 'quiet', person: office.personOf(one.callsign), ...quiet },
        }),
      )
    await office.approve(more)
    await office.settle()
  }

  test('waits for whoever rests, and goes to all others', async () => {
    await atNight()
    expect(
      office
        .all()
        .map(one => one.to)
        .toSorted(),
    ).toEqual(['Crow002', 'Owl'])
    expect(await office.state()).toBe('sending')
    expect((await office.store.outbox.counts()).waiting).toBe(0)
    office.pass(untilEleven)
    await office.settle()
    expect(office.all()).toHaveLength(4)
    expect(await office.state()).toBe('sent')
  })

  test('passes them where it says so, and where it saves lives', async () => {
    await atNight({ quiet: 'pass' })
    expect(office.all()).toHaveLength(4)
    await office.approve({ urgency: 'life-safety' }, second)
    await office.settle()
    expect(office.all()).toHaveLength(8)
  })
})

describe('a broadcast on a tool that limits how much it takes', () => {
  const signers = Array.from({ length: 40 }, (_, at) => someone(`Swift${at}`, ['signal']))
  beforeEach(() => open(...signers, someone('Heron', ['slack'])))

  test('waits there, goes on elsewhere, and coordinators see since when and until when', async () => {
    let limited = true
    office.signal.before = async ({ type }) => {
      if (type === 'post' && limited)
        throw new PlatformError('signal', 'limited', { permanent: false, retryAfterMs: hour })
    }
    await office.approve()
    await office.settle()
    expect(
      office
        .all()
        .map(one => one.to)
        .toSorted(),
    ).toEqual(['Heron', 'Owl'])
    const until = office.now() + hour
    expect(await office.store.recipients.putOff(first, office.now())).toEqual([
      { platform: 'signal', since: noon, until },
    ])
    const owl = office.store.roster.directory().people.get(office.personOf('Owl'))
    const to = { person: owl ?? ({} as never), through: 'slack' } as const
    const view = await progressNow(first, to, office.store, office.now())
    expect(JSON.stringify(view)).toContain(`"until":{"time":${until}}`)
    // The rest has not been given to a tool that takes nothing.
    expect((await office.store.outbox.counts()).waiting).toBeLessThan(20)
    limited = false
    for (let n = 0; n < 80; n++) {
      office.pass(minute)
      await office.settle()
    }
    expect(office.all()).toHaveLength(42)
    expect(await office.state()).toBe('sent')
  })
})
