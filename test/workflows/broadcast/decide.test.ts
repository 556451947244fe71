import { describe, expect, test } from 'vitest'
import { decideBroadcast } from '../../../workflows/broadcast/decide.ts'
import { dueAtOf } from '../../../workflows/broadcast/due.ts'
import type { BroadcastDeed } from '../../../workflows/broadcast.ts'
import type { Directory } from '../../../workflows/directory.ts'
import { withinDrill } from '../../../workflows/drill/within.ts'
import type { Drill } from '../../../workflows/drill.ts'
import {
  at,
  claimed,
  crane,
  eagle,
  finch,
  heron,
  incidentAfter,
  owl,
  reported,
  robin,
  roster,
  stork,
} from '../specification.ts'
import { hundred, local, plan, stage } from './stage.ts'

const approve: BroadcastDeed = { type: 'approve', plan: '', counted: hundred }

describe('what stays in one region and is below S3', () => {
  test('goes out when its coordinator, who wrote it, sends it in', () => {
    const one = stage(local(), crane).submits(crane)
    expect(one.last()).toEqual(['submitted', 'approved', 'cleared'])
    expect(one.state()).toBe('approved')
    expect(one.refuses(crane, { type: 'draft', plan: local() })).toBe('approval.is-approved')
    expect(dueAtOf(one.now())).toBe(at(2))
  })

  test('waits for a coordinator or leader of that region where somebody else wrote it', () => {
    const one = stage(local(), stork).submits(stork)
    expect(one.state()).toBe('submitted')
    expect(one.refuses(stork, approve)).toBe('approval.who-region')
    expect(one.approves(crane).state()).toBe('approved')
  })

  test('is a region as soon as one part of who is meant says so, and no more once another may be meant', () => {
    const [az, nv] = [{ type: 'region', region: 'AZ' } as const, { type: 'region', region: 'NV' } as const]
    const responders = { type: 'role', role: 'responder' } as const
    const narrowed = local({ audience: { type: 'and', of: [responders, az] } })
    expect(stage(narrowed, crane).submits(crane).state()).toBe('approved')
    for (const audience of [
      { type: 'or', of: [az, nv] } as const,
      { type: 'or', of: [az, responders] } as const,
      { type: 'not', of: nv } as const,
      { type: 'rooms', region: 'all' } as const,
    ]) {
      expect(stage(local({ audience }), crane).submits(crane).state(), JSON.stringify(audience)).toBe('submitted')
    }
    const alone = local({ audience: { type: 'or', of: [az, { type: 'person', person: heron.id }] } })
    expect(stage(alone, crane).submits(crane).state()).toBe('approved')
  })
})

describe('two different people', () => {
  test('approve what goes beyond a region, the writer being one of them if they may', () => {
    const one = stage(plan(), crane).submits(crane)
    expect(one.now().approvals.map(given => given.by)).toEqual([crane.id])
    expect(one.state()).toBe('submitted')
    expect(one.refuses(crane, approve)).toBe('approval.already')
    expect(one.approves(eagle).last()).toEqual(['approved', 'cleared'])
    expect(one.now().approvals).toMatchObject([{ by: crane.id }, { by: eagle.id, people: 100, rooms: 4 }])
  })

  test('are not two coordinators of regions: one of them leads, or coordinates the network', () => {
    const one = stage(plan(), crane).submits(crane).approves(stork)
    expect(one.state()).toBe('submitted')
    expect(one.approves(owl).state()).toBe('approved')
  })

  test('approve what is S3 or above, public or for partners, however small', () => {
    for (const more of [{ severity: 3 }, { public: true }] as const)
      expect(stage(local(more), crane).submits(crane).state()).toBe('submitted')
    expect(
      stage(local({ severity: 2 }), crane)
        .submits(crane)
        .state(),
    ).toBe('approved')
    const of = [
      { type: 'region', region: 'AZ' },
      { type: 'partner', kind: 'any' },
    ] as const
    expect(
      stage(local({ audience: { type: 'and', of } }), crane)
        .submits(crane)
        .state(),
    ).toBe('submitted')
    const incident = incidentAfter(reported({ severity: 4 }), claimed())
    expect(
      stage(local({ incident: incident.id }), crane, { incident })
        .submits(crane)
        .state(),
    ).toBe('submitted')
  })

  test('are coordinators or leaders: nobody else may, whatever they wrote', () => {
    const one = stage(plan(), finch).submits(finch)
    expect(one.now().approvals).toEqual([])
    expect(one.refuses(finch, approve)).toBe('approval.who')
    expect(one.refuses(robin, { type: 'pause' })).toBe('approval.who')
    expect(one.approves(eagle).approves(crane).state()).toBe('approved')
  })

  test('approve what they saw: a press on another plan counts for nothing', () => {
    const one = stage(plan(), crane).submits(crane)
    const seen = one.now().plan
    one.does(crane, { type: 'edit', plan: { words: { en: 'Stay at home.' } } })
    expect(one.state()).toBe('draft')
    expect(one.now()).toMatchObject({ approvals: [], seen: { by: crane.id, plan: seen, people: 100 } })
    expect(one.refuses(eagle, approve)).toBe('approval.is-draft')
    one.submits(crane)
    expect(one.now().seen?.plan).toEqual(seen)
    expect(() => one.approves(eagle, hundred, seen)).toThrow('approval.changed')
    expect(one.approves(eagle).state()).toBe('approved')
  })

  test('are asked anew after a change to what they had approved, before it began', () => {
    const one = stage(plan(), crane).submits(crane).approves(eagle)
    one.does(eagle, { type: 'edit', plan: { urgency: 'urgent' } })
    expect(one.state()).toBe('draft')
    expect(one.begins().state()).toBe('draft')
    one.submits(eagle)
    expect(one.now().approvals.map(given => given.by)).toEqual([eagle.id])
    expect(one.approves(crane).state()).toBe('approved')
  })

  test('are not asked because a screen was saved without a change', () => {
    const one = stage(plan(), crane).submits(crane)
    expect(one.does(crane, { type: 'edit', plan: { words: { ...plan().words } } }).state()).toBe('submitted')
  })
})

describe('what saves lives', () => {
  const alone: BroadcastDeed = { type: 'alone', reason: 'Shots at the school', counted: hundred }

  test('may go by one person with a reason, who then stands with it', () => {
    const one = stage(plan({ urgency: 'life-safety' }), crane)
    expect(one.refuses(crane, { ...alone, reason: ' ' })).toBe('rule.reason-needed')
    expect(one.refuses(heron, alone)).toBe('approval.who')
    expect(one.does(crane, alone).last()).toEqual(['submitted', 'approved', 'cleared'])
    expect(one.now().approvals).toMatchObject([{ by: crane.id, alone: { reason: 'Shots at the school' } }])
  })

  test('is let go by its writer too, who had approved it as one of two', () => {
    const one = stage(plan({ urgency: 'life-safety' }), crane)
      .submits(crane)
      .does(crane, alone)
    expect(one.state()).toBe('approved')
    expect(one.now().approvals).toHaveLength(1)
  })

  test('is the only thing that may', () => {
    expect(stage(plan({ urgency: 'urgent' }), crane).refuses(crane, alone)).toBe('approval.alone-not')
  })

  test('is not held up because more people came', () => {
    const one = stage(plan({ urgency: 'life-safety' }), crane).does(crane, alone)
    expect(one.begins({ people: 400, rooms: 4 }).state()).toBe('sending')
  })
})

describe('between approval and sending', () => {
  const approved = () => stage(plan(), crane).submits(crane).approves(eagle)

  test('it may grow by a tenth', () => {
    expect(approved().begins({ people: 110, rooms: 4 }).state()).toBe('sending')
    expect(approved().begins({ people: 20, rooms: 0 }).state()).toBe('sending')
  })

  test('it is held and approved anew when it grew by more, of people or of rooms', () => {
    expect(approved().begins({ people: 100, rooms: 5 }).state()).toBe('held')
    const one = approved().begins({ people: 111, rooms: 4 })
    expect(one.state()).toBe('held')
    const more = { people: 111, rooms: 4 }
    expect(one.approves(eagle, more).state()).toBe('held')
    expect(one.submits(crane, more).state()).toBe('approved')
    expect(one.begins(more).state()).toBe('sending')
  })

  test('it is held where somebody who approved it may not approve any more', () => {
    const before = approved().now()
    const { people, ...rest } = roster()
    const lost = new Map([...people].map(([id, one]) => [id, id === eagle.id ? { ...one, roles: ['mediator'] } : one]))
    const directory = { ...rest, people: lost } as Directory
    const deed = { type: 'begin', counted: hundred } as const
    const made = decideBroadcast(deed, before, { now: at(9), actor: null, directory, incident: null })
    expect(made.map(one => one.event)).toEqual([{ type: 'held', counted: hundred, why: 'approver' }])
  })

  test('it begins once, whoever feeds it', () => {
    const one = approved().begins()
    expect(one.now().startedAt).toBe(at(4))
    expect(one.begins().last()).toEqual([])
    expect(one.now().seq).toBe(6)
  })

  test('it expires instead, once its time is over', () => {
    const one = stage(plan({ expiresAt: at(30) }), crane)
      .submits(crane)
      .approves(eagle)
      .begins(hundred, 60)
    expect(one.state()).toBe('expired')
    expect(one.now().startedAt).toBeNull()
  })

  test('it expires instead, once the event is over before which it was to go out', () => {
    const when = { type: 'before', event: 'polls close', eventAt: at(300), minutes: 60 } as const
    const one = stage(plan({ when }), crane).submits(crane).approves(eagle)
    expect(one.begins(hundred, 300).state()).toBe('expired')
  })

  test('it expires instead, where the hub was away for a day after its hour', () => {
    const when = { type: 'at', at: at(10) } as const
    const day = 24 * 60
    const approved = () => stage(plan({ when }), crane).submits(crane).approves(eagle)
    expect(approved().begins(hundred, 60).state()).toBe('sending')
    expect(
      approved()
        .begins(hundred, day + 10)
        .state(),
    ).toBe('expired')
  })

  test('the hub looks at it at its hour', () => {
    const when = { type: 'before', event: 'polls close', eventAt: at(300), minutes: 60 } as const
    const one = stage(plan({ when }), crane).submits(crane).approves(eagle)
    expect(dueAtOf(one.now())).toBe(at(240))
  })
})

describe('what is not whole', () => {
  test('is not sent in: nobody, no words, too few answers, no time left', () => {
    const submit: BroadcastDeed = { type: 'submit', counted: hundred }
    expect(stage(plan({ audience: null }), crane).refuses(crane, submit)).toBe('approval.no-audience')
    expect(stage(plan({ words: { en: '  ' } }), crane).refuses(crane, submit)).toBe('approval.no-words')
    const nobody = { people: 0, rooms: 0 }
    expect(stage(plan(), crane).refuses(crane, { ...submit, counted: nobody })).toBe('approval.nobody')
    const answer = { type: 'one-of', options: [{ en: 'Yes' }] } as const
    expect(stage(plan({ answer }), crane).refuses(crane, submit)).toBe('approval.few-options')
    const when = { type: 'at', at: at(90) } as const
    expect(stage(plan({ when, expiresAt: at(60) }), crane).refuses(crane, submit)).toBe('approval.too-late')
    const before = { type: 'before', event: 'polls close', eventAt: at(60), minutes: 30 } as const
    expect(stage(plan({ when: before }), crane).refuses(crane, submit, 90)).toBe('approval.too-late')
  })

  test('is about an incident that its writer may know of', () => {
    const incident = incidentAfter(reported({ visibility: 'restricted', allowed: [crane.id] }))
    expect(() => stage(local({ incident: incident.id }), stork, { incident })).toThrow('refusal.unknown')
    expect(stage(local({ incident: incident.id }), crane, { incident }).state()).toBe('draft')
  })
})

describe('while it is sent', () => {
  const sending = () =>
    stage(plan({ answer: { type: 'got-it' } }), crane)
      .submits(crane)
      .approves(eagle)
      .begins()

  test('it is paused, goes on and is stopped; who pressed second changes nothing', () => {
    const one = sending().does(owl, { type: 'pause' })
    expect(one.does(crane, { type: 'pause' }).last()).toEqual([])
    expect(one.state()).toBe('paused')
    expect(one.does(crane, { type: 'resume' }).state()).toBe('sending')
    expect(one.refuses(crane, { type: 'cancel', reason: '' })).toBe('rule.reason-needed')
    expect(one.does(crane, { type: 'cancel', reason: 'It is over' }).state()).toBe('cancelled')
    expect(one.does(owl, { type: 'cancel', reason: 'It is over' }).last()).toEqual([])
    expect(one.refuses(crane, { type: 'resume' })).toBe('approval.is-cancelled')
    expect(one.does(null, { type: 'end' }).last()).toEqual([])
  })

  test('the silent are nudged once in ten minutes', () => {
    const one = sending().does(crane, { type: 'nudge' })
    expect(one.refuses(owl, { type: 'nudge' }, 9)).toBe('approval.nudged')
    expect(one.does(owl, { type: 'nudge' }, 1).now().nudges).toBe(2)
    const mute = stage(local(), crane).submits(crane).begins()
    expect(mute.refuses(crane, { type: 'nudge' })).toBe('approval.asks-nothing')
  })

  test('the silent of a region are handed over once', () => {
    const one = sending().does(crane, { type: 'hand', region: 'AZ' })
    expect(one.does(owl, { type: 'hand', region: 'AZ' }).last()).toEqual([])
    expect(one.now().handed).toEqual(['AZ'])
  })
})

describe('what was sent back', () => {
  test('is a draft again, with the reason, and approved by nobody', () => {
    const one = stage(plan(), crane).submits(crane)
    expect(one.refuses(eagle, { type: 'reject', reason: ' ' })).toBe('rule.reason-needed')
    one.does(eagle, { type: 'reject', reason: 'Too long' })
    expect(one.now()).toMatchObject({ state: 'draft', approvals: [] })
    expect(one.refuses(eagle, approve)).toBe('approval.is-draft')
  })
})

describe('a window of a recurring one', () => {
  test('waits for its hour by itself, in the name of whoever approved its plan', () => {
    const approvals = [crane, eagle].map(one => ({ by: one.id, at: at(0), plan: plan(), people: 90, rooms: 4 }))
    const one = stage(plan(), null, { drafted: { recurring: 'weekly:2026-11-03', approvals } })
    expect(one.now()).toMatchObject({ by: crane.id, state: 'approved', recurring: 'weekly:2026-11-03' })
    expect(one.begins({ people: 99, rooms: 4 }).state()).toBe('sending')
  })
})

describe('in an exercise', () => {
  const drill: Drill = {
    ...{ id: 'AZ-x', region: 'AZ', protocol: null, scenario: null, rooms: [], speed: 1, startedAt: at(0) },
    ...{ people: [crane.id, finch.id], by: crane.id, endsAt: at(60), endedAt: null, why: null, because: null },
  }
  const played = (more: Partial<Drill> = {}): Directory =>
    withinDrill({ ...roster(), drills: [{ ...drill, ...more }] }, drill.id)
  const start = (directory = played()) => stage(plan(), crane, { directory, drafted: { drill: drill.id } })

  test('one may approve where nobody else in it could', () => {
    expect(start().submits(crane).state()).toBe('approved')
  })

  test('two approve where two could', () => {
    const directory = played({ people: [crane.id, stork.id] })
    const one = stage(plan(), stork, { directory, drafted: { drill: drill.id } }).submits(stork)
    expect(one.state()).toBe('submitted')
    expect(one.approves(crane).state()).toBe('approved')
  })

  test('nothing goes out once that is over, or is known no more', () => {
    for (const drills of [[{ ...drill, endedAt: at(3) }], []]) {
      const directory = { ...roster(), drills }
      const one = start().submits(crane)
      const rest = (deed: BroadcastDeed) =>
        decideBroadcast(deed, one.now(), { now: at(9), actor: null, directory, incident: null }).map(
          ({ event }) => event,
        )
      expect(rest({ type: 'begin', counted: hundred })).toEqual([{ type: 'ended', how: 'expired', reason: null }])
      expect(() => rest({ type: 'correct', words: { en: 'x' }, recall: false })).toThrow('drill.ended')
    }
  })

  test('what is made up is about nothing real, and the other way round', () => {
    const real = incidentAfter(reported())
    const made = { ...real, drill: drill.id }
    const drafted = { drill: drill.id }
    expect(() => stage(plan({ incident: real.id }), crane, { directory: played(), incident: real, drafted })).toThrow(
      'approval.apart',
    )
    expect(() => stage(plan({ incident: made.id }), crane, { incident: made })).toThrow('approval.apart')
    const about = plan({ incident: made.id })
    expect(stage(about, crane, { directory: played(), incident: made, drafted }).state()).toBe('draft')
  })
})
