import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { IncidentId } from '../../workflows/ids.ts'
import type { StepVerb } from '../../workflows/run/button.ts'
import { stepPress } from '../../workflows/run/button.ts'
import { type Ground, ground } from '../house.ts'
import { type Across, newWorld, openAcross, type Tool, type World } from './across.ts'

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
  expect(hub.logged()).not.toContain('could not fire')
  await hub.close()
  at.leave()
})

async function begin(danger: 'soon' | 'hurt'): Promise<void> {
  await hub.report({ danger })
  await hub.type('Crane', 'slack', 'protocol start P1 AZ-0001')
  await hub.settle()
}

/** What an account reads by itself that is about that. */
const direct = (tool: Tool, account: string, about: string) =>
  world.stands[tool].flatMap(({ to, text }) =>
    to.type === 'direct' && to.account === account && text?.includes(about) ? [text] : [],
  )

async function press(verb: StepVerb, step: string, chosen = ''): Promise<void> {
  const origin = { platform: 'slack', account: 'U0CRANE', room: null, message: null, at: hub.clock() } as const
  const button = `${stepPress(id, 'P1', step, 0, verb)}${chosen}`
  await hub.send({ ...origin, type: 'press', key: `test:${randomUUID()}`, button })
  await hub.settle()
}

describe('a protocol that goes on', () => {
  test('reminds whoever is to do a step on each of their tools, and the room reads what is overdue', async () => {
    await begin('soon')
    await hub.pass(4)
    for (const [tool, account] of [
      ['slack', 'U0CRANE'],
      ['signal', '+12025550103'],
    ] as const) {
      expect(direct(tool, account, 'P1.1')).toEqual([
        expect.stringContaining('Due by 12:02: P1.1 '),
        expect.stringMatching(/Overdue since 12:02: P1\.1 .*\nAre you on it\?\nIf I hear nothing by 12:17, I call /),
      ])
    }
    for (const tool of ['slack', 'discord', 'signal'] as const) {
      expect(hub.thread(tool).filter(line => line.startsWith('Overdue since 12:02: P1.1 '))).toHaveLength(1)
    }
    expect(world.stands.slack[0]?.text).toContain('overdue since 12:02: P1.1')
  })

  test('is answered by one press: then silence begins anew, and moves on to the next level once', async () => {
    await begin('soon')
    await hub.pass(10)
    await press('hold', '1')
    await hub.pass(14)
    expect(direct('slack', 'U0JAY', 'Overdue since 12:02: P1.1')).toEqual([])
    await hub.pass(1)
    expect(direct('slack', 'U0JAY', 'Overdue since 12:02: P1.1')).toHaveLength(1)
    await hub.pass(60)
    expect(direct('slack', 'U0JAY', 'Overdue since 12:02: P1.1')).toHaveLength(1)
  })

  test('says no more of a step that was put off, but at the time that was asked for', async () => {
    await begin('soon')
    await hub.pass(1)
    await press('snooze', '1', '.10')
    await hub.pass(9)
    expect(direct('slack', 'U0CRANE', 'Overdue since 12:02: P1.1')).toEqual([])
    await hub.pass(1)
    expect(direct('slack', 'U0CRANE', 'Overdue since 12:02: P1.1')).toEqual([
      expect.stringContaining('You asked me to remind you.'),
    ])
  })

  test('that is S4 reaches people in their quiet hours, and one that is less severe in their morning', async () => {
    await hub.type('Crane', 'slack', 'whoami quiet 11-14')
    await begin('soon')
    await hub.pass(10)
    expect(direct('slack', 'U0CRANE', 'P1.1')).toEqual([])
    await hub.type('Crane', 'slack', 'update AZ-0001 S4')
    await hub.settle()
    await hub.pass(30)
    expect(direct('slack', 'U0CRANE', 'P1.9')).not.toEqual([])
    await hub.pass(90)
    expect(direct('slack', 'U0CRANE', 'Due by 12:02: P1.1')).toHaveLength(1)
  })

  test('that was done while its call waited for somebody’s morning is not called to then', async () => {
    await hub.type('Crane', 'slack', 'whoami quiet 11-14')
    await begin('soon')
    await hub.pass(10)
    await hub.type('Crane', 'slack', 'step P1.1 skip seen to by phone')
    await hub.settle()
    expect((await hub.store.incidents.find(id))?.incident.runs?.[0]?.steps['1']?.state).toBe('skipped')
    await hub.pass(130)
    expect(direct('slack', 'U0CRANE', 'Due by 12:02: P1.1 ')).toEqual([])
    expect(direct('slack', 'U0CRANE', 'P1.')).not.toEqual([])
  })

  test('has clocks that the hub knows itself to be late with, while it cannot fire them', async () => {
    await begin('soon')
    hub.skip(10)
    const served = { platforms: ['slack', 'discord', 'signal'], quiet: [] } as const
    const { timers } = await hub.store.health.queues(served, hub.clock())
    expect(timers.count).toBeGreaterThan(2)
    await hub.pass(0)
    while (await hub.schedule.runClocks()) {}
    expect((await hub.store.health.queues(served, hub.clock())).timers).toEqual({ count: 0, oldestAt: null })
  })

  test('that was not looked after for hours says each step once, marked, and calls nobody further at once', async () => {
    await begin('soon')
    hub.skip(3 * 60)
    while (await hub.schedule.runClocks()) {}
    await hub.settle()
    expect(direct('slack', 'U0JAY', 'Overdue since 12:02: P1.')).toEqual([])
    const [list, ...more] = direct('slack', 'U0CRANE', 'Overdue since 12:02: P1.1 ')
    expect(more).toEqual([])
    expect(list).toContain('(This was due 12:02; I was away until 15:00.)')
  })
})
