import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { alone } from '../../../bot/cli/alone.ts'
import { type Played, playDay } from '../../../bot/cli/play.ts'
import { createProgress } from '../../../bot/cli/progress.ts'
import { stageOf } from '../../../bot/cli/stage.ts'
import { loadConfig, loadDay } from '../../../bot/config.ts'
import type { Store } from '../../../db/store.ts'
import { unlockStore } from '../../../db/unlock.ts'
import { accountsOf, type Day, parseDay, planDay } from '../../../workflows/day.ts'
import type { Incident } from '../../../workflows/incident.ts'
import type { Network } from '../../../workflows/network.ts'
import type { ContentError } from '../../../workflows/problems.ts'
import { clocksFor } from '../../../workflows/taxonomy.ts'
import { type Ground, ground, noon, readAnswer, readMessage } from '../../house.ts'

const config = loadConfig({})
const hour = 60 * 60_000
const end = noon

describe('the demo day as it is written', () => {
  const day = loadDay()

  test('has sixty reports in both languages and of every severity', () => {
    expect(day.reports).toHaveLength(60)
    expect(new Set(day.reports.map(report => report.danger))).toEqual(new Set(['S5', 'S4', 'S3', 'S2']))
    expect(day.reports.filter(report => report.what.includes(' la ')).length).toBeGreaterThan(5)
  })

  test('is played by people of the sample network only', () => {
    const known = config.network.people.flatMap(person => person.accounts.map(account => account.address))
    expect(accountsOf(day).filter(account => !known.includes(account))).toEqual([])
  })

  test('whatever the seed, tells every story in order within its 24 hours', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), seed => {
        const plan = planDay(day, seed, end)
        const reported = new Set<string>()
        for (const act of plan) {
          expect(act.at).toBeGreaterThanOrEqual(end - 24 * hour)
          expect(act.at).toBeLessThan(end)
          if (act.type === 'report') reported.add(act.report.name)
          if (act.type === 'deed') expect(reported).toContain(act.name)
          if (act.type === 'deed' && act.deed.do === 'merge') expect(reported).toContain(act.deed.into)
        }
        expect(reported.size).toBe(60)
        for (const { name, deeds } of day.reports) {
          const own = plan.filter(act => act.type === 'deed' && act.name === name)
          expect(own.map(act => act.type === 'deed' && act.deed)).toEqual(deeds)
        }
      }),
      { numRuns: 100 },
    )
  })

  test('is the same for a seed and another for another', () => {
    expect(planDay(day, 3, end)).toEqual(planDay(day, 3, end))
    expect(planDay(day, 4, end)).not.toEqual(planDay(day, 3, end))
  })

  test('a file with errors hears of all at once', () => {
    const one = { name: 'one', at: '25:00', by: 'Heron', danger: 'S9', what: '', where: 'x' }
    const wrong = { duty: [], reports: [one, { ...one, deeds: [{ after: 1, by: 'finch', do: 'dance' }] }] }
    const fields = problemsOf(() => parseDay(wrong))
    expect(fields).toEqual(
      expect.arrayContaining(['reports.0.at', 'reports.0.by', 'reports.0.danger', 'reports.0.what']),
    )
    expect(fields).toContain('reports.1.deeds.0.do')
  })

  test('a report is merged into an earlier one only', () => {
    const merge = { after: 5, by: 'finch', do: 'merge', into: 'two' }
    const one = { name: 'one', at: '01:00', by: 'heron', danger: 'S2', what: 'x', where: 'x', deeds: [merge] }
    const reports = [one, { ...one, name: 'two', deeds: [] }]
    expect(problemsOf(() => parseDay({ duty: [], reports }))).toEqual(['reports.0.deeds.0.into'])
  })
})

describe('the demo day, played', () => {
  let at: Ground
  let store: Store
  let played: Played
  let open: readonly Incident[]
  const heard: number[] = []

  beforeAll(async () => {
    at = ground()
    store = await opened(at)
    played = await play(store, loadDay(), (done, of) => heard.push(done / of))
    open = (await store.incidents.list({ regions: 'all', viewer: 'nobody' as never, open: true, limit: 100 })).items
  }, 180_000)
  afterAll(async () => {
    await store.close()
    at.leave()
  })

  test('everything is taken as it is written', () => {
    expect(played.problems).toEqual([])
    expect(played.reports).toBe(60)
    expect(heard.at(-1)).toBe(1)
  })

  test('nothing is left to send, and nothing was given up', async () => {
    expect(await store.outbox.counts()).toEqual({ waiting: 0, unknown: 0, failed: 0, oldestWaitingAt: null })
  })

  test('every clock that fell due has fired', async () => {
    expect(await store.timers.due(end, 10)).toEqual([])
    expect(await store.timers.next()).toBeGreaterThan(end)
  })

  test('every timeline verifies, the withdrawn one too', async () => {
    expect(await Array.fromAsync(store.audit.verify())).toEqual([])
    const { incidents, shredded } = await store.audit.counts()
    expect({ incidents, shredded }).toEqual({ incidents: 60, shredded: 1 })
  })

  test('the board is alive: some are free, some overdue, some in hand', () => {
    const free = open.filter(one => one.status === 'reported')
    const overdue = free.filter(one => {
      const { claim } = clocksFor(config.taxonomy, one.severity)
      return claim !== null && one.poolSince + claim * 60_000 < end
    })
    expect(overdue.length).toBeGreaterThanOrEqual(3)
    expect(free.length - overdue.length).toBeGreaterThanOrEqual(3)
    const held = open.filter(one => one.claim !== null)
    expect(held.length).toBeGreaterThanOrEqual(4)
    for (const one of held) expect(one.claim?.until).toBeGreaterThan(end)
  })

  test('each message stands at the hour it was sent in the day', async () => {
    const { rooms } = store.roster.directory()
    for (const { address } of rooms) {
      const times = (await store.practice.list(address, 1000)).map(message => message.at)
      expect(times).toEqual(times.toSorted((one, other) => one - other))
      for (const time of times) expect(end - time).toBeLessThanOrEqual(24 * hour)
    }
  })

  test('claims lapsed, handovers ran out and alarms climbed as the clocks say', async () => {
    const { items } = await store.incidents.list({ regions: 'all', viewer: 'nobody' as never, limit: 100 })
    const entries = (await Promise.all(items.map(one => store.incidents.timeline(one.id, 100)))).flat()
    const seen = new Set(entries.map(entry => entry.event.type))
    const wanted = ['claim-warned', 'claim-lapsed', 'handover-accepted', 'handover-expired', 'unanswered', 'escalated']
    const further = ['reporter-told', 'severity-raised', 'severity-lowered', 'merged', 'withdrawn', 'reopened', 'said']
    for (const type of [...wanted, ...further, 'dismissed', 'resolved', 'released', 'declined', 'joined']) {
      expect(seen).toContain(type)
    }
  })

  test('people talk in the threads', async () => {
    const cards = await store.practice.list('az-response', 100)
    const threads = await Promise.all(cards.map(card => store.practice.thread(card.id)))
    const said = threads.flat().map(readMessage)
    expect(said).toContain('Yes please. Do not come here, phone only.')
  })

  test('the leader gets a full summary of the day', async () => {
    const { receive } = await alone(store, async aside => stageOf(store, config, aside, end))
    const asked = { type: 'command', name: 'sitrep', words: '' } as const
    const origin = {
      platform: 'workspace',
      key: 'sitrep',
      account: 'eagle',
      room: null,
      message: null,
      at: end,
    } as const
    const said = readAnswer(await receive({ ...origin, ...asked }))
    // What is restricted is in no figure: of sixty reports the summary tells of those that may be known.
    const known = await store.incidents.list({ regions: 'all', viewer: 'nobody' as never, limit: 100 })
    expect(known.total).toBeLessThan(60)
    expect(said).toContain(`${known.total} new reports`)
    expect(said).toContain('MI-')
  })
})

describe('a day that does not fit', () => {
  const act = { after: 5, by: 'finch', do: 'claim' }
  const one = { name: 'one', at: '10:00', by: 'heron', danger: 'S3', what: 'Shouting at the door', where: 'Arizona' }

  test('what is refused, and what is not though it should be, is listed and does not stop the day', async () => {
    const deeds = [act, { ...act, after: 7, by: 'wren' }, { ...act, after: 9, do: 'join', by: 'wren', no: true }]
    const { reports, problems } = await fresh(store =>
      play(store, parseDay({ duty: [], reports: [{ ...one, deeds }] })),
    )
    expect(reports).toBe(1)
    expect(problems[0]).toContain('one: claim by wren was refused: Finch has AZ-0001')
    expect(problems[1]).toBe('one: join by wren was taken, though the day expects a refusal')
  })

  test('a network without its people is told so before anything is played', async () => {
    const few: Network = { ...config.network, people: config.network.people.slice(3) }
    const refused = fresh(store => play(store, loadDay()), few)
    await expect(refused).rejects.toThrow('nobody here has the practice account')
  })

  test('two demos never play into the same database', async () => {
    await fresh(store =>
      alone(store, async () => {
        await expect(play(store, loadDay())).rejects.toThrow('Another demo is playing')
        expect(await store.leases.hold('clocks', 'a hub', 1000)).toBe(false)
      }),
    )
  })
})

describe('the progress', () => {
  test('is a bar that is drawn over on a terminal', () => {
    const said: string[] = []
    const { show } = createProgress({ isTTY: true, write: text => said.push(text) })
    show(1, 2, '14:00')
    show(2, 2, '15:00')
    expect(said[0]).toBe(`\r${'█'.repeat(15)}${'░'.repeat(15)}  50 %  14:00\u001b[K`)
    expect(said[1]?.endsWith('15:00\u001b[K\n')).toBe(true)
  })

  test('is a line at every tenth elsewhere', () => {
    const said: string[] = []
    const { show } = createProgress({ write: text => said.push(text) })
    for (let done = 1; done <= 200; done++) show(done, 200, 'now')
    expect(said).toHaveLength(10)
    expect(said[0]).toBe(' 10 %  now\n')
  })
})

async function opened(at: Ground, network = config.network): Promise<Store> {
  const key = { value: undefined, file: `${at.folder}/hub.key` }
  const { store } = await unlockStore({ url: at.url, filesFolder: `${at.folder}/files`, key }, end)
  await store.roster.seed(network)
  return store
}

function play(store: Store, day: Day, told: (done: number, of: number) => void = () => {}): Promise<Played> {
  return alone(store, aside => playDay(day, 1, end, { ...stageOf(store, config, aside, end), told }))
}

async function fresh<T>(run: (store: Store) => Promise<T>, network = config.network): Promise<T> {
  const at = ground()
  const store = await opened(at, network)
  try {
    return await run(store)
  } finally {
    await store.close()
    at.leave()
  }
}

function problemsOf(parse: () => unknown): string[] {
  try {
    parse()
    return []
  } catch (error) {
    return (error as ContentError).problems.map(problem => problem.path.join('.'))
  }
}
