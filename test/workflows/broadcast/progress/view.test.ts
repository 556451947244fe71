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
  ...{ people, rooms: {}, platforms: [], answers: {}, wrote: 0, silent: 0, lastSentAt: null },
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

  test('ends at a whole millisecond, so that every tool shows an hour', () => {
    const gone = [
      { platform: 'slack', count: 90 },
      { platform: 'signal', count: 7 },
    ] as const
    const { doneAt } = speedOf({ platforms }, gone, [], { ms, now })
    expect(Number.isInteger(doneAt)).toBe(true)
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

  test('counts whoever wrote words of their own among those who answered', () => {
    expect(shown({}, tallied({ sent: 9 }, { answers: { safe: 4 }, wrote: 2, silent: 3 }))).toContain(
      '6 answered, 3 silent.',
    )
  })

  test('says no hour twice, and names no tool where there is one only', () => {
    const platforms = [on('slack', 'sent', 9)]
    const lines = shown({ state: 'sent', startedAt: now, endedAt: now + 1000 }, tallied({ sent: 9 }, { platforms }))
    expect(lines[0]).toBe('Sent at 13:31')
    expect(lines.join('\n')).not.toContain('Slack')
    const two = [...platforms, on('signal', 'sent', 1)]
    expect(shown({}, tallied({ sent: 10 }, { platforms: two }))).toContain('Slack 9 of 9, Signal 1 of 1.')
  })

  test('moves on by quarters where a message can be changed a few times only', () => {
    const step = (sent: number, state: Broadcast['state'] = 'sending') =>
      progressStep({ broadcast: { ...standing, state }, tally: tallied({ sent, waiting: 100 - sent }), amended: null })
    expect(new Set(Array.from({ length: 101 }, (_, sent) => step(sent))).size).toBe(5)
    expect(step(50, 'paused')).not.toBe(step(50))
  })
})
