import { describe, expect, test } from 'vitest'
import type { IncidentAction } from '../../workflows/action.ts'
import { announce } from '../../workflows/announce.ts'
import type { Effects, Post } from '../../workflows/change.ts'
import { decide } from '../../workflows/decide.ts'
import type { Directory, Person, Room } from '../../workflows/directory.ts'
import type { AccountId, PlatformName, RoomId } from '../../workflows/ids.ts'
import type { Incident } from '../../workflows/incident.ts'
import type { Actor } from '../../workflows/permission.ts'
import { enter } from '../../workflows/record.ts'
import { say } from '../../workflows/text/say.ts'
import {
  at,
  by,
  claimed,
  crane,
  due,
  eagle,
  everybody,
  finch,
  heron,
  incidentAfter,
  noEvidence,
  owl,
  type Past,
  reported,
  reporting,
  robin,
  roster,
  taxonomy,
  wren,
} from './specification.ts'

const account = (actor: Actor, platform: PlatformName = 'workspace') => `a-${actor.id}-${platform}` as AccountId
const mine = account(heron)

/** The sample roster with rooms and accounts; Finch sits on two platforms. */
function network(duty: readonly Actor[] = [finch, wren]): Directory {
  const base = roster(duty)
  const people = [...base.people.values()].map(one => {
    const platforms: PlatformName[] = one.id === finch.id ? ['workspace', 'signal'] : ['workspace']
    const accounts = platforms.map(platform => ({
      id: `a-${one.id}-${platform}` as AccountId,
      person: one.id,
      platform,
    }))
    return [one.id, { ...one, accounts }] as const
  })
  return {
    ...base,
    people: new Map(people),
    rooms: [room('az', 'AZ'), room('az-red', 'AZ', true), room('nv', 'NV'), coordination],
  }
}

function room(name: string, region: string, red = false): Room {
  return {
    id: name as RoomId,
    purpose: 'region',
    region,
    platform: 'workspace',
    address: name,
    name,
    language: null,
    red,
  }
}

const coordination: Room = { ...room('coordination', 'AZ'), purpose: 'coordination', region: null }

/** What is announced when somebody does something after a past. */
function following(
  past: readonly Past[],
  action: IncidentAction,
  actor: Actor | null,
  minute: number,
  directory = network(),
) {
  const before: Incident | null = past.length > 0 ? incidentAfter(...past) : null
  const context = { now: at(minute), actor, taxonomy, directory }
  const decisions = decide(action, before, context)
  const { after, entries } = enter(before, decisions, context)
  const words = { what: 'Three men with rifles', where: 'library' }
  return { incident: after, ...announce(before, entries, after, { ...context, words }) }
}

const first = reported({ account: mine })

function to(effects: Effects, account: AccountId): Post[] {
  return effects.posts.filter(post => 'account' in post.to && post.to.account === account)
}

function inThread(effects: Effects): string[] {
  return effects.posts
    .filter(post => post.thread)
    .map(post => `${'room' in post.to ? post.to.room : ''}: ${text(post)}`)
}

function text(post: Post): string {
  const person = (id: string) => everybody.find(one => one.id === id)?.callsign ?? null
  const reader = { language: 'en', zone: 'America/Phoenix', now: at(0), person } as const
  return post.view.lines.map(line => ('text' in line ? say(line.text, reader) : '')).join('\n')
}

function armed(effects: Effects): Record<string, number | null> {
  const minutes = (change: Effects['timers'][number]) =>
    change.type === 'arm' ? (change.dueAt - at(0)) / 60_000 : null
  return Object.fromEntries(effects.timers.map(change => [change.clock, minutes(change)]))
}

describe('a report', () => {
  test('draws a card in every room of its region, and in no other', () => {
    expect(following([], reporting(), heron, 0).cards).toEqual(['az', 'az-red'])
  })

  test('is receipted by a direct message that says until when the team aims to answer', () => {
    const said = to(following([], reporting({ account: mine }), heron, 0), mine)
      .map(text)
      .join('\n')
    expect(said).toContain('Received as AZ-0412, Maricopa County, Arizona. The Arizona response team has it.')
    expect(said).toContain('In danger: get away, call 911.')
    expect(said).toContain('The team aims to answer by 07:10; if nobody has, I will tell you.')
    expect(said).toContain('the team knows you as Heron')
  })

  test('about our own people says that only coordinators can see it', () => {
    const said = to(following([], reporting({ kind: 'TH-4', account: mine }), heron, 0), mine)
      .map(text)
      .join('\n')
    expect(said).toContain('Only the Arizona coordinators can see it.')
    expect(said).not.toContain('response team has it')
  })

  test('sends the reporter nothing if they said not to write, or only after they write', () => {
    expect(to(following([], reporting({ account: mine, contact: 'no' }), heron, 0), mine)).toEqual([])
    expect(to(following([], reporting({ account: mine, contact: 'after' }), heron, 0), mine)).toEqual([])
  })

  test('of S4 reaches everyone on duty, on every account they have, with Claim and Cannot', () => {
    const effects = following([], reporting(), heron, 0)
    for (const one of [account(finch), account(finch, 'signal'), account(wren)]) {
      const [alert, ...more] = to(effects, one)
      expect(more).toEqual([])
      expect(alert?.lane).toBe('S4')
      expect(alert?.view.buttons.map(button => button.id.split(':')[0])).toEqual(['claim', 'cannot', 'more'])
      expect(text(alert as Post)).toMatch(/^Can you take this now\?\nDo not go there\./)
    }
    expect(to(effects, account(crane))).toEqual([])
  })

  test('of S4 with nobody on duty reaches the coordinators of the region, and without those the network', () => {
    expect(to(following([], reporting(), heron, 0, network([])), account(crane))).toHaveLength(1)
    const base = network([])
    const people = new Map([...base.people].filter(([id]) => id !== crane.id))
    expect(to(following([], reporting(), heron, 0, { ...base, people }), account(owl))).toHaveLength(1)
  })

  test('of S3 or less stays in the rooms', () => {
    const effects = following([], reporting({ severity: 3 }), heron, 0)
    expect(to(effects, account(finch))).toEqual([])
    expect(effects.cards).toEqual(['az', 'az-red'])
  })

  test('starts the clocks of its severity', () => {
    expect(armed(following([], reporting({ account: mine }), heron, 0))).toEqual({ answer: 10, told: 10 })
    expect(armed(following([], reporting({ severity: 2 }), heron, 0))).toEqual({ answer: 240, told: null })
  })

  test('about our own people stays out of rooms and goes to those who are named', () => {
    const effects = following([], reporting({ kind: 'TH-4', severity: 4 }), heron, 0)
    expect(effects.cards).toEqual([])
    expect(inThread(effects)).toEqual([])
    expect(to(effects, account(crane))).toHaveLength(1)
    expect(to(effects, account(finch))).toEqual([])
  })
})

describe('a claim', () => {
  test('is said in the threads and to the reporter, and starts the lease', () => {
    const effects = following([first], { type: 'claim' }, finch, 5)
    expect(inThread(effects)).toEqual(['az: Finch is on it until 07:35.', 'az-red: Finch is on it until 07:35.'])
    expect(to(effects, mine).map(text)).toEqual(['Finch from the Arizona team is on AZ-0412.'])
    expect(armed(effects)).toMatchObject({ answer: null, told: null, 'claim-warning': 29, claim: 35, update: 35 })
  })

  test('of an S4 tells the others who were called that nothing more is asked of them', () => {
    const effects = following([first], { type: 'claim' }, finch, 5)
    expect(to(effects, account(wren)).map(text)).toEqual(['Finch has taken AZ-0412. Nothing more is asked of you.'])
    expect(to(effects, account(finch))).toEqual([])
    const calm = following([reported({ severity: 3 })], { type: 'claim' }, finch, 5)
    expect(to(calm, account(wren))).toEqual([])
  })

  test('tells the reporter once, however often it changes hands', () => {
    const keys = [5, 50].map(minute => to(following([first], { type: 'claim' }, finch, minute), mine)[0]?.key)
    expect(new Set(keys).size).toBe(1)
  })

  test('that runs out goes back to the pool aloud, calls those on duty again and starts the ladder anew', () => {
    const effects = following([first, claimed(finch, 5, 35)], due('claim'), null, 35)
    expect(inThread(effects)[0]).toContain('Finch gave no sign of life')
    expect(to(effects, account(wren))).toHaveLength(1)
    expect(armed(effects)).toMatchObject({ claim: null, 'claim-warning': null, update: null, answer: 45 })
  })

  test('that is about to run out is said to the claimer alone', () => {
    const effects = following([first, claimed(finch, 5, 35)], due('claim-warning'), null, 29)
    expect(effects.cards).toEqual([])
    expect(effects.posts.map(post => 'account' in post.to && post.to.account)).toEqual([
      account(finch),
      account(finch, 'signal'),
    ])
  })
})

describe('nobody answers', () => {
  test('the coordinators of the region are called, then the duty officer, and the coordination room sees it', () => {
    const climbed = following([first], due('answer'), null, 10)
    expect(to(climbed, account(crane))).toHaveLength(1)
    const notice = climbed.posts.find(post => 'room' in post.to && post.to.room === 'coordination') as Post
    expect(text(notice)).toContain('Maricopa County, Arizona\nNobody has taken AZ-0412 since 07:00.')
    expect(notice.view.title).toMatchObject({ key: 'card.title' })
    expect(armed(climbed)).toMatchObject({ answer: 20 })
    const further = by(heron, 10, { type: 'unanswered', rung: 1, to: ['RC'] })
    expect(to(following([first, further], due('answer'), null, 20), account(owl))).toHaveLength(1)
  })

  test('whoever is called is told first that nobody should go there', () => {
    const climbed = following([first], due('answer'), null, 10)
    const offered = following([first, claimed()], { type: 'handover', to: wren.id, note: '' }, finch, 6)
    const calls = [...climbed.posts.filter(post => !post.thread), ...to(offered, account(wren))]
    expect(calls.length).toBeGreaterThan(2)
    for (const call of calls) expect(text(call)).toContain('Do not go there.')
  })

  test('whoever is asked to take over reads what it is, and what they must know', () => {
    const note = 'the manager waits for a call: 602-555-0134'
    const effects = following([first, claimed()], { type: 'handover', to: wren.id, note }, finch, 6)
    const [offer] = to(effects, account(wren)) as [Post]
    expect(offer.view.tone).toBe('S4')
    expect(offer.view.title).toMatchObject({ key: 'card.title', params: { id: 'AZ-0412' } })
    expect(text(offer)).toContain('Finch asks you to take over AZ-0412.')
    expect(text(offer)).toContain('the manager waits for a call: [')
    expect(text(offer)).not.toContain('0134')
  })

  test('whoever handed over is told that it was taken', () => {
    const offered = by(finch, 6, { type: 'handover-offered', to: wren.id, until: at(16) })
    const effects = following([first, claimed(), offered], { type: 'accept' }, wren, 8)
    expect(to(effects, account(finch)).map(text)).toEqual(['Wren took over AZ-0412 from you.'])
  })

  test('a leader of other regions is not shown the words of this one', () => {
    const directory = network()
    const people = new Map(directory.people)
    people.set(eagle.id, { ...(people.get(eagle.id) as Person), regions: ['NV'] })
    const effects = following([reported({ severity: 5 })], due('answer'), null, 5, { ...directory, people })
    expect(to(effects, account(eagle))).toEqual([])
    expect(to(effects, account(owl))).toHaveLength(1)
  })

  test('of an S5 the duty officer and leadership are called', () => {
    const effects = following([reported({ severity: 5 })], due('answer'), null, 5)
    expect(to(effects, account(owl))).toHaveLength(1)
    expect(to(effects, account(eagle))).toHaveLength(1)
  })

  test('only levels that somebody answers for are said to be told', () => {
    const said = (directory: Directory) =>
      inThread(following([reported({ severity: 5 })], due('answer'), null, 5, directory))[0]
    expect(said(network())).toContain('leadership')
    const directory = network()
    const people = new Map([...directory.people].filter(([id]) => id !== eagle.id))
    expect(said({ ...directory, people })).not.toContain('leadership')
    expect(said({ ...directory, people })).toContain('all coordinators of the network')
  })

  test('the reporter is told once, if they may be written to', () => {
    const told = following([first], due('told'), null, 10)
    expect(to(told, mine).map(text)).toEqual([expect.stringContaining('Nobody has taken AZ-0412 yet.')])
    expect(to(following([reported({ account: mine, contact: 'no' })], due('told'), null, 10), mine)).toEqual([])
  })
})

describe('the end', () => {
  const resolved = { type: 'resolve', outcome: 'calmed', note: '' } as const

  test('settles every clock but the minute of undo and the day until closing', () => {
    const effects = following([first, claimed()], resolved, finch, 20)
    expect(armed(effects)).toMatchObject({
      claim: null,
      'claim-warning': null,
      update: null,
      answer: null,
      undo: 21,
      close: 1460,
    })
    expect(to(effects, mine)).toEqual([])
  })

  test('is told to the reporter only after the minute of undo', () => {
    const past = [first, claimed(), by(finch, 20, { type: 'resolved', outcome: 'calmed', undoUntil: at(21) })]
    expect(to(following(past, due('undo'), null, 21), mine).map(text)).toEqual([
      'AZ-0412 is closed. Calm was restored by people on site. Thank you.\nSomething still wrong? Write here.',
    ])
  })

  test('of a threat is never told by itself: the claimer is asked to', () => {
    const threat = reported({ account: mine, kind: 'TH-1', mark: 'RED' })
    const past = [threat, claimed(), by(finch, 20, { type: 'resolved', outcome: 'supported', undoUntil: at(21) })]
    const effects = following(past, due('undo'), null, 21)
    expect(to(effects, mine)).toEqual([])
    expect(to(effects, account(finch)).map(text)).toEqual([expect.stringContaining('the words must be yours')])
  })

  test('of what was marked RED is not told by itself either; where nobody had it, its coordinators are asked to', () => {
    const past = [reported({ account: mine, mark: 'RED' }), by(finch, 20, { type: 'dismissed', undoUntil: at(21) })]
    const effects = following(past, due('undo'), null, 21)
    expect(to(effects, mine)).toEqual([])
    expect(to(effects, account(crane)).map(text)).toEqual([expect.stringContaining('the words must be yours')])
  })
})

describe('talk', () => {
  test('is carried to the other rooms of the incident with its origin, not back to its own', () => {
    const effects = following(
      [first],
      { type: 'say', text: 'They are leaving. <!channel>', room: 'az' as RoomId },
      finch,
      6,
    )
    expect(inThread(effects)).toEqual(['az-red: Finch (#az): They are leaving. <!channel>'])
    expect(effects.cards).toEqual([])
  })

  test('about a RED incident never reaches a room that may not see it', () => {
    const red = reported({ mark: 'RED', kind: 'TH-1' })
    const said = following([red], { type: 'say', text: 'her name is Ana', room: 'az-red' as RoomId }, finch, 6)
    expect(inThread(said)).toEqual([])
    const news = inThread(following([red], { type: 'update', text: 'her name is Ana' }, finch, 6))
    expect(news.filter(line => line.includes('Ana'))).toEqual(['az-red: Finch: her name is Ana'])
  })

  test('has its numbers masked on the way', () => {
    const effects = following([first], { type: 'add', text: 'call 602-555-0142', evidence: noEvidence }, heron, 6)
    expect(inThread(effects)[0]).toBe('az: Heron adds: call [phone number]')
  })
})

describe('a corrected place', () => {
  const inNevada = { state: 'found', county: 'Clark County', fips: '32003', usState: 'NV' } as const
  const inPima = { state: 'found', county: 'Pima County', fips: '04019', usState: 'AZ' } as const

  test('in another region calls those on duty there', () => {
    const directory = network([finch, robin])
    const effects = following(
      [first],
      { type: 'place', region: 'NV', place: inNevada, where: 'Las Vegas' },
      heron,
      4,
      directory,
    )
    expect(to(effects, account(robin))).toHaveLength(1)
    expect(to(effects, account(finch))).toEqual([])
    expect(effects.cards).toEqual(['nv', 'az', 'az-red'])
  })

  test('in the same region alarms nobody anew', () => {
    const effects = following([first], { type: 'place', region: 'AZ', place: inPima, where: 'Tucson' }, heron, 4)
    expect(to(effects, account(finch))).toEqual([])
  })

  test('takes it from a claimer who does not serve the new region, and calls those on duty there', () => {
    const directory = network([finch, robin])
    const moving = { type: 'place', region: 'NV', place: inNevada, where: 'Las Vegas' } as const
    const effects = following([first, claimed()], moving, crane, 9, directory)
    expect(effects.incident).toMatchObject({ status: 'reported', claim: null, region: 'NV' })
    expect(to(effects, account(robin))).toHaveLength(1)
    expect(inThread(effects)).toContain('nv: It came from another region. Nobody is on it now.')
    const stays = following([first, claimed(owl)], moving, crane, 9, directory)
    expect(stays.incident).toMatchObject({ status: 'claimed', region: 'NV' })
  })
})

describe('every post', () => {
  test('has a key of its own, and no thread line goes to a person', () => {
    const all = [
      following([], reporting({ account: mine }), heron, 0),
      following([first], { type: 'claim' }, finch, 5),
      following([first, claimed()], { type: 'severity', to: 2, reason: 'they left' }, finch, 9),
      following([first, claimed()], { type: 'handover', to: wren.id, note: '' }, finch, 9),
    ].flatMap(effects => effects.posts)
    for (const post of all) expect(post.thread).toBe('room' in post.to && post.to.room !== 'coordination')
    const keys = following([], reporting({ account: mine }), heron, 0).posts.map(post => post.key)
    expect(new Set(keys).size).toBe(keys.length)
  })
})
