import { describe, expect, test } from 'vitest'
import { type Circumstances, type Meant, resolvePlan } from '../../../../workflows/broadcast/audience/resolve.ts'
import { readAudience } from '../../../../workflows/broadcast/audience/typed.ts'
import { blankPlan } from '../../../../workflows/broadcast/plan.ts'
import { asleep, estimate } from '../../../../workflows/broadcast/preview/estimate.ts'
import { firstContacts, firstContactsMs } from '../../../../workflows/broadcast/preview/pace.ts'
import { previewOf, previewView } from '../../../../workflows/broadcast/preview/view.ts'
import type { Plan } from '../../../../workflows/broadcast.ts'
import type { Directory, Person } from '../../../../workflows/directory.ts'
import { makeBroadcastId, type PersonId, type PlatformName } from '../../../../workflows/ids.ts'
import { say } from '../../../../workflows/text/say.ts'
import type { Line } from '../../../../workflows/view.ts'
import { reads, sampleDirectory } from '../network.ts'

const directory = sampleDirectory()
const now = Date.parse('2026-10-30T17:00:00Z')
const id = makeBroadcastId(7)
const words = { en: 'Hello {name}. All calm.', es: 'Hola {name}. Todo en calma.' }

function planned(whom: string, more: Partial<Plan> = {}, about: Partial<Circumstances> = {}, from = directory) {
  const read = readAudience(whom, from)
  if ('problem' in read) throw new Error(say(read.problem, reads(from)))
  const plan = blankPlan({ audience: read.audience, words, ...more })
  return { plan, meant: resolvePlan(plan, from, { now, ...about }) }
}

function shown(
  whom: string,
  more: Partial<Plan> = {},
  about: Partial<Circumstances> = {},
  language: 'en' | 'es' = 'en',
) {
  const { plan, meant } = planned(whom, more, about)
  return linesOf(previewView({ id, plan }, meant, { directory, now }).lines, language)
}

function linesOf(lines: readonly Line[], language: 'en' | 'es'): readonly string[] {
  const reader = reads(directory, language)
  return lines.flatMap(line => {
    if (line.type === 'rule') return []
    if (line.type === 'table') return line.rows.map(row => row.map(cell => say(cell, reader)).join(' | '))
    return [say(line.text, reader)]
  })
}

const crowd = (count: number, platform: PlatformName, more: Partial<Meant> = {}): readonly Meant[] =>
  Array.from({ length: count }, (_, at): Meant => {
    const own = { key: `p:${platform}${at}`, person: `${platform}${at}` as PersonId, room: null, region: 'AZ' } as Meant
    const where = { platform, account: null, accounts: [], first: false, rank: 1 } as const
    return { ...own, ...where, language: 'en', state: 'waiting', why: null, ...more }
  })

describe('what is shown before a broadcast is approved', () => {
  test('how many people and rooms, on which tool each, who they are and what they read', () => {
    expect(shown('AZ and rooms of AZ', { answer: { type: 'got-it' }, defaults: { name: 'all of you' } })).toEqual([
      'Goes to 4 people and 2 rooms.',
      'Slack | 2 | 1 | 3 | under a minute',
      'Signal | 2 | 1 | 3 | under a minute',
      'Time until the last one has it: under a minute. Rooms come first.',
      'That is an estimate: no exact limit is published for Slack, Signal, so I count with a careful one.',
      'These are all:',
      'the room C0AZ · Slack · Arizona · English',
      'the room group.YXo9 · Signal · Arizona · Spanish',
      'Fox · Signal · Arizona · Spanish',
      'Ibis · Slack · Arizona · Spanish',
      'Lark · Slack · Arizona · English',
      'Wren · Signal · Arizona · Spanish',
      'English: 2 readers',
      'Hello Lark. All calm.\nAnswer ok, so that we know that you have this.',
      'Filled in as for Lark.',
      'Slack: one message; to press: [ Got it ], [ No more broadcasts ]',
      'Spanish: 4 readers',
      expect.stringMatching(/^Hola Fox\. Todo en calma\.\n./),
      'Filled in as for Fox.',
      'Slack: one message; to press: [ Recibido ], [ No más difusiones ]',
      'Signal: one message; to answer by number: 1 Recibido',
    ])
  })

  test('who cannot be reached, and why', () => {
    const lines = shown('everyone', {}, { platforms: new Set(['slack', 'discord'] as const) })
    expect(lines).toContain('2 are only on tools I am not connected to:')
    expect(lines).toContain('Fox, Wren')
    expect(shown('everyone', {}, { platforms: new Set(['slack', 'discord'] as const) }, 'es')).toContain(
      'Va a 6 personas.',
    )
  })

  test('first contacts on Signal, and how they come sooner', () => {
    const lines = shown('AZ', {}, { known: () => false })
    expect(lines).toContain(
      '2 people on Signal have never written with me. I write first to 6 an hour and 40 a day at most: they come last ' +
        '(under a minute).',
    )
    expect(lines).toContain('Sooner: add the Signal groups of their regions, or ask them to write to me once.')
  })

  test('where all are on one tool, that is said once', () => {
    expect(shown('NM', { words: { en: 'Call {hotline}.' }, defaults: { hotline: '866-687-8683' } })).toContain(
      'Elk · Discord · New Mexico · English',
    )
    expect(shown('@Owl', { words: { en: 'Call {hotline}.' }, defaults: { hotline: '866-687-8683' } })).toEqual([
      'Goes to 1 person.',
      'All on Slack: 1 message.',
      'Time until the last one has it: under a minute.',
      'That is an estimate: no exact limit is published for Slack, so I count with a careful one.',
      'These are all:',
      'Owl · New Mexico · English',
      'English: 1 reader',
      'Call 866-687-8683.',
      'Slack: one message; to press: [ No more broadcasts ]',
    ])
  })

  test('ten of many, spread over all of them', () => {
    const meant = [...crowd(50, 'slack'), ...crowd(50, 'discord')]
    const { sample } = previewOf({ id, plan: blankPlan({ words }) }, meant, { directory, now })
    expect(sample.map(one => one.person)).toEqual([
      ...['slack0', 'slack10', 'slack20', 'slack30', 'slack40'],
      ...['discord0', 'discord10', 'discord20', 'discord30', 'discord40'],
    ])
  })

  test('a draft with nothing in it says what is missing, and nothing else', () => {
    const plan = blankPlan()
    expect(linesOf(previewView({ id, plan }, [], { directory, now }).lines, 'en')).toEqual([
      'Nobody is picked yet. Say who gets it.',
      'It says nothing yet. Write the words.',
    ])
  })
})

describe('how long a broadcast takes', () => {
  test('as long as on the slowest tool; a text of two messages twice as long', () => {
    const meant = [...crowd(600, 'slack'), ...crowd(600, 'discord'), ...crowd(120, 'signal')]
    const one = estimate(meant, { urgency: 'routine' }, () => 1)
    expect(one.ms).toBe(120_000)
    expect(one.loads.map(load => [load.platform, load.messages])).toEqual([
      ['slack', 600],
      ['discord', 600],
      ['signal', 120],
    ])
    expect(estimate(meant, { urgency: 'routine' }, platform => (platform === 'signal' ? 2 : 1)).ms).toBe(240_000)
  })

  test('first contacts are counted apart, at six an hour and forty a day', () => {
    const meant = [...crowd(100, 'signal'), ...crowd(50, 'signal', { first: true, rank: 2 })]
    const { ms, firstsMs } = estimate(meant, { urgency: 'urgent' }, () => 1)
    expect(ms).toBe(100_000)
    expect(firstsMs).toBe(24 * 3600_000 + 3600_000 + 3 * 10_000)
    expect(firstContactsMs(1, firstContacts.calm)).toBe(0)
    expect(firstContactsMs(7, firstContacts.calm)).toBe(3600_000)
  })

  test('who is not written to takes no time', () => {
    const meant = crowd(600, 'slack', { state: 'stopped', why: 'stopped' })
    expect(estimate(meant, { urgency: 'routine' }, () => 1)).toEqual({ loads: [], ms: 0, firstsMs: 0 })
  })

  test('people in their quiet hours are told apart, unless it saves lives or may wake them', () => {
    const wren = directory.people.get('Wren' as PersonId) as Person
    // 17:00 in London is 10:00 in Phoenix.
    const quiet: Directory = {
      ...directory,
      people: new Map(directory.people).set(wren.id, { ...wren, quiet: { from: 9, to: 11 } }),
    }
    const { plan, meant } = planned('AZ', {}, {}, quiet)
    expect(asleep(meant, plan, quiet, now)).toBe(1)
    expect(asleep(meant, plan, quiet, now + 3600_000)).toBe(0)
    expect(asleep(meant, { ...plan, quiet: 'pass' }, quiet, now)).toBe(0)
    expect(asleep(meant, { ...plan, urgency: 'life-safety' }, quiet, now)).toBe(0)
  })
})
