import { describe, expect, test } from 'vitest'
import { blankPlan } from '../../../../workflows/broadcast/plan.ts'
import { type Held, speedOf } from '../../../../workflows/broadcast/progress/speed.ts'
import { progressStep, progressView } from '../../../../workflows/broadcast/progress/view.ts'
import type { Tally } from '../../../../workflows/broadcast/standing.ts'
import type { Broadcast } from '../../../../workflows/broadcast.ts'
import { say } from '../../../../workflows/text/say.ts'

const now = Date.UTC(2026, 10, 3, 20, 31)
const minute = 60_000
const ms = 3 * minute
const reader = { language: 'en', zone: 'America/Phoenix', now, person: () => null } as const
const standing = {
  ...{ id: 'B-0007', seq: 9, state: 'sending', by: 'x', createdAt: now, approvals: [], seen: null, corrections: [] },
  ...{ plan: blankPlan({ title: 'Eve', answer: { type: 'safety' } }), startedAt: now - 10 * minute, endedAt: null },
} as unknown as Broadcast
const tallied = (people: Tally['people'], more: Partial<Tally> = {}): Tally => ({
  ...{ people, rooms: {}, platforms: [], answers: {}, silent: 0, lastSentAt: null },
  ...more,
})
const on = (platform: 'slack' | 'signal', reached: 'sent' | 'waiting', count: number) => ({ platform, reached, count })

function shown(broadcast: Partial<Broadcast>, tally: Tally): readonly string[] {
  const speed = { perMinute: 0, doneAt: null, held: [] }
  const view = progressView({
    ...{ broadcast: { ...standing, ...broadcast }, tally, amended: null, speed, now, whole: true },
  })
  return view.lines.flatMap(line => ('text' in line ? [say(line.text, reader)] : []))
}

describe('how fast a broadcast goes', () => {
  const platforms = [on('slack', 'sent', 90), on('slack', 'waiting', 60), on('signal', 'waiting', 30)]

  test('is what went out of late, and the slowest tool says when it is done', () => {
    const gone = [
      { platform: 'slack', count: 90 },
      { platform: 'signal', count: 6 },
    ] as const
    expect(speedOf({ platforms }, gone, [], { ms, now })).toEqual({
      perMinute: 32,
      doneAt: now + 15 * minute,
      held: [],
    })
  })

  test('nobody can tell when it is done while a tool takes nothing, or has not begun', () => {
    const gone = [{ platform: 'slack', count: 90 }] as const
    expect(speedOf({ platforms }, gone, [], { ms, now }).doneAt).toBeNull()
    const held: readonly Held[] = [{ platform: 'signal', since: now - minute, until: null }]
    const both = [...gone, { platform: 'signal', count: 6 }] as const
    expect(speedOf({ platforms }, both, held, { ms, now })).toMatchObject({ doneAt: null, held })
  })
})

describe('what the live message shows', () => {
  test('is full only when all is done, and empty only when nothing is', () => {
    expect(shown({}, tallied({ sent: 999, waiting: 1 }))[1]).toBe('███████████████░ 99%')
    expect(shown({}, tallied({ waiting: 10 }))[1]).toBe('░░░░░░░░░░░░░░░░ 0%')
    expect(shown({ state: 'sent', endedAt: now }, tallied({ sent: 9, failed: 1 }))[1]).toBe('████████████████ 100%')
  })

  test('of what was stopped shows how many have it, not how many are done with', () => {
    expect(shown({ state: 'cancelled', endedAt: now }, tallied({ sent: 1, dropped: 3 }))[1]).toBe(
      '████░░░░░░░░░░░░ 25%',
    )
  })

  test('says before all counts that somebody needs help', () => {
    const lines = shown({}, tallied({ sent: 9 }, { answers: { safe: 4, help: 1 }, silent: 4 }))
    expect(lines[1]).toBe('1 person needs help.')
    expect(lines).toContain('5 answered, 4 silent.')
  })

  test('moves on by quarters where a message can be changed a few times only', () => {
    const step = (sent: number, state: Broadcast['state'] = 'sending') =>
      progressStep({ broadcast: { ...standing, state }, tally: tallied({ sent, waiting: 100 - sent }), amended: null })
    expect(new Set(Array.from({ length: 101 }, (_, sent) => step(sent))).size).toBe(5)
    expect(step(50, 'paused')).not.toBe(step(50))
  })
})
