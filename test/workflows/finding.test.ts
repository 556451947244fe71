import { describe, expect, it } from 'vitest'
import { lanes } from '../../workflows/change.ts'
import { judge, lateMs, limits } from '../../workflows/finding.ts'
import type { Health } from '../../workflows/health.ts'
import { presence } from '../../workflows/pulse.ts'
import { say } from '../../workflows/text/say.ts'
import { GiB, hour, hub, lane, minute, noon, pulse, waiting } from './wellbeing.ts'

const reader = { language: 'en', zone: 'UTC', now: noon, person: () => null } as const
const codes = (health: Health) => judge(health).map(finding => finding.code)
const said = (health: Health) => judge(health).map(finding => say(finding.text, reader))
const MiB = 1024 ** 2

describe('a hub that is well', () => {
  it('has nothing to be told', () => expect(judge(hub())).toEqual([]))

  it('may have work in hand', () => {
    const posts = lane('talk', waiting(40, 9 * minute))
    expect(codes(hub({ queues: { posts, inbox: waiting(3, minute), timers: waiting(1, 900) } }))).toEqual([])
  })
})

describe('how late is wrong', () => {
  it.each(lanes)('goes by urgency: %s', name => {
    const late = (ageMs: number) => codes(hub({ queues: { posts: lane(name, waiting(1, ageMs)) } }))
    expect(late(lateMs[name])).toEqual([])
    expect(late(lateMs[name] + 1)).toHaveLength(1)
  })

  it('is a minute for an S5 and half an hour for a summary, and never less for what is less urgent', () => {
    expect([lateMs.S5, lateMs.summary]).toEqual([minute, 30 * minute])
    const all = lanes.map(name => lateMs[name])
    expect(all).toEqual(all.toSorted((one, other) => one - other))
  })

  it('S5 stands before all else, and says to call', () => {
    const health = hub({
      disks: [{ folder: 'files', freeBytes: 900 * MiB }],
      queues: { posts: lane('S5', waiting(2, 70_000)), cards: lane('S5', waiting(1, 90_000)) },
    })
    expect(said(health)).toEqual([
      'S5: 3 messages and cards wait, the oldest since Mon 19 Oct 15:58. Call the people on duty. See why: /delivery',
      'The disk has 900 MB left. Free space today.',
    ])
  })

  it('a hub that comes back finds much late and is at it: nothing of that is told at its first look', () => {
    const queues = { posts: lane('S5', waiting(2, hour)), inbox: waiting(9, hour), timers: waiting(3, hour) }
    const found = judge(
      hub({ queues, summaries: waiting(1, hour), backup: { madeAt: 0, mostMs: hour, problem: null } }),
    )
    expect(found).toHaveLength(5)
    for (const one of found) expect(one.afterMs).toBeGreaterThan(0)
  })

  it('calm lanes are told together', () => {
    const posts = { ...lane('talk', waiting(4, hour)), claim: waiting(1, 2 * hour) }
    expect(said(hub({ queues: { posts } }))).toEqual([
      expect.stringMatching(/^Messages: 5 wait to be sent, the oldest since Mon 19 Oct 14:00\./),
    ])
  })

  it('cards, clocks, summaries, what came in and files have their own times', () => {
    const queues = {
      cards: lane('claim', waiting(2, 11 * minute)),
      timers: waiting(3, limits.timerMs + 1),
      inbox: waiting(1, limits.inboxMs + 1),
      fetches: waiting(1, limits.fetchMs + 1),
    }
    const found = codes(hub({ queues, summaries: waiting(1, 31 * minute) }))
    expect(found.toSorted()).toEqual(['cards', 'fetches', 'inbox', 'summaries', 'timers'])
  })

  it('what was given up is brought to mind later, since it was told when it happened', () => {
    const found = judge(hub({ queues: { parked: waiting(1, hour), stuck: 4 } }))
    expect(found.map(one => [one.code, one.afterMs])).toEqual([
      ['parked', hour],
      ['stuck', hour],
    ])
  })
})

describe('the machine', () => {
  it('a disk that fills up is told of, the fullest only, and gravely before it is too late', () => {
    const disks = (database: number, files: number) =>
      hub({
        disks: [
          { folder: 'database', freeBytes: database },
          { folder: 'files', freeBytes: files },
        ],
      })
    expect(codes(disks(2 * GiB, 2 * GiB))).toEqual([])
    expect(said(disks(300 * MiB, 800 * MiB))).toEqual(['The disk has 300 MB left. Free space today.'])
    expect(said(disks(5 * GiB, 100 * MiB))).toEqual([
      'The disk has 100 MB left. Free space now, or the hub will stop taking reports.',
    ])
    expect(judge(disks(100 * MiB, GiB))[0]?.grave).toBe(true)
  })

  it('clocks that do not agree with the database are told of by machine', () => {
    const processes = [pulse({}, { aheadMs: 9000 }), pulse({ id: 'two', host: 'hub-2' }, { aheadMs: -42_000 })]
    expect(said(hub({ processes }))).toEqual([expect.stringMatching(/^The clock of hub-2 is 42 seconds slow/)])
  })

  it('memory that is nearly used up is told of', () => {
    expect(codes(hub({ processes: [pulse({}, { memoryShare: 0.95 })] }))).toEqual(['memory:hub-1'])
  })

  it('without its database the hub can say no more than that', () => {
    const [first] = judge({ ...hub(), database: null })
    expect(first).toMatchObject({ code: 'database', grave: true })
  })

  it('where nothing can be saved that is said once, and not of every loop that fails because of it', () => {
    const loops = ['clocks', 'pulse'].map(name => ({ name, idleMs: 10, lateMs: 9000, failures: 9 }))
    const health = hub({ committedMs: 61_000, processes: [pulse({}, { loops })] })
    expect(codes(health)).toEqual(['saving'])
    expect(codes({ ...health, committedMs: 4000 })).toEqual(['failing:clocks', 'failing:pulse'])
  })
})

describe('backups', () => {
  const backup = (madeAt: number | null, problem: 'phrase' | 'space' | 'failed' | 'copied' | null = null) =>
    said(hub({ backup: { madeAt, mostMs: 26 * hour, problem } }))

  it('are well while the last is fresh', () => expect(backup(noon - 26 * hour)).toEqual([]))
  it('are missed when the last is too old, with its day', () =>
    expect(backup(noon - 50 * hour)).toEqual([expect.stringMatching(/^The last backup is from Sat 17 Oct 14:00\./)]))
  it('are missed when there is none', () =>
    expect(backup(null)).toEqual([expect.stringMatching(/^There is no backup/)]))
  it.each(['phrase', 'space', 'failed', 'copied'] as const)('that did not end well say what to do: %s', problem => {
    expect(backup(noon - hour, problem)).toHaveLength(1)
    expect(judge(hub({ backup: { madeAt: null, mostMs: hour, problem } }))[0]?.grave).toBe(true)
  })
  it('are nobody’s business here where others make them', () => expect(judge(hub({ backup: null }))).toEqual([]))
})

describe('other processes', () => {
  const two = pulse({ id: 'two', host: 'hub-2' })

  it('one that went without a word is missed', () => {
    const gone = { ...two, ageMs: 5 * minute }
    expect(said(hub({ processes: [pulse(), gone] }))).toEqual([
      expect.stringMatching(/\(on hub-2\) has been silent since Mon 19 Oct 15:55\. Still running: 1\./),
    ])
  })

  it('one that was started anew is not, however it ended', () => {
    const former = pulse({ id: 'former', ageMs: 10 * minute, startedMs: 5 * hour })
    expect(presence([former, pulse({ startedMs: 9 * minute })]).missing).toEqual([])
    // One newcomer stands in for one.
    const both = [former, { ...former, id: 'other' }, pulse({ startedMs: 9 * minute })]
    expect(presence(both).missing).toHaveLength(1)
  })

  it('different versions are well while an upgrade goes on, and told of an hour later', () => {
    const versions = (startedMs: number) =>
      codes(hub({ processes: [pulse(), { ...two, version: '1.1.0', startedMs }] }))
    expect(versions(10 * minute)).toEqual([])
    expect(versions(2 * hour)).toEqual(['versions'])
  })

  it('a loop that hangs or keeps failing is told of, with what it does and where', () => {
    const loop = { name: 'delivery:slack', idleMs: 1000, lateMs: 121_000, failures: 0 }
    const of = (more: Partial<typeof loop>) => said(hub({ processes: [pulse({}, { loops: [{ ...loop, ...more }] })] }))
    expect(of({ idleMs: 120_000, failures: 7 })).toEqual([])
    expect(of({ idleMs: 130_000 })).toEqual(['The hub on hub-1 hangs at sending messages. Restart it now.'])
    expect(of({ failures: 8 })).toEqual([expect.stringMatching(/keeps failing at sending messages\./)])
    expect(of({ name: 'clearer', failures: 9 })).toEqual([expect.stringMatching(/keeps failing at its upkeep\./)])
  })
})

describe('tools and the watcher', () => {
  it('a tool that is down shows; others tell of it when it happens', () => {
    const tool = { platform: 'slack', state: 'down', since: noon, problem: null, heardAt: null, sentAt: null } as const
    expect(judge(hub({ tools: [tool] }))).toMatchObject([{ code: 'tool:slack', elsewhere: true }])
  })

  it('a watcher that does not answer for a quarter of an hour is told of', () => {
    const watcher = (ageMs: number) => codes(hub({ watcher: { answeredAt: null, failingSince: noon - ageMs } }))
    expect([watcher(14 * minute), watcher(16 * minute)]).toEqual([[], ['watcher']])
  })
})
