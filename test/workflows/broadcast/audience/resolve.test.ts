import { describe, expect, test } from 'vitest'
import type { Audience } from '../../../../workflows/audience.ts'
import {
  type Circumstances,
  countAudience,
  resolve,
  resolvePlan,
} from '../../../../workflows/broadcast/audience/resolve.ts'
import type { Directory, Person } from '../../../../workflows/directory.ts'
import type { PersonId, RoomId } from '../../../../workflows/ids.ts'
import type { Incident } from '../../../../workflows/incident.ts'
import { sampleDirectory } from '../network.ts'

const directory = sampleDirectory()
const everyone: Audience = { type: 'everyone' }
const about: Circumstances = { now: Date.parse('2026-10-30T17:00:00Z'), urgency: 'routine' }

function changed(callsign: string, change: Partial<Person>, from: Directory = directory): Directory {
  const id = callsign as PersonId
  return { ...from, people: new Map(from.people).set(id, { ...(from.people.get(id) as Person), ...change }) }
}

function ofThem(callsign: string, from: Directory = directory, more: Partial<Circumstances> = {}) {
  return resolve(everyone, from, { ...about, ...more }).find(one => one.person === callsign)
}

describe('whom an audience means', () => {
  test('each person once, however many accounts they have', () => {
    const meant = resolve(everyone, directory, about)
    expect(meant.map(one => one.key)).toHaveLength(new Set(meant.map(one => one.key)).size)
    expect(countAudience(meant)).toEqual({ people: 8, rooms: 0 })
    expect(ofThem('Heron')?.accounts.map(account => account.platform)).toEqual(['slack', 'signal'])
  })

  test('nobody who is kept out, hidden, unvetted or without a role', () => {
    for (const change of [{ blocked: true }, { hidden: 'shielded' }, { vetted: false }, { roles: [] }] as const) {
      expect(ofThem('Wren', changed('Wren', change))).toBeUndefined()
    }
  })

  test('rooms only where they are named, and a channel that is bound twice once', () => {
    const twice: Directory = {
      ...directory,
      rooms: [...directory.rooms, { ...(directory.rooms[0] as (typeof directory.rooms)[0]), id: 'again' as RoomId }],
    }
    const rooms: Audience = { type: 'rooms', region: 'all' }
    expect(countAudience(resolve(rooms, twice, about))).toEqual({ people: 0, rooms: 4 })
    expect(countAudience(resolve({ type: 'language', language: 'en' }, twice, about)).rooms).toBe(0)
    const spanish: Audience = { type: 'and', of: [rooms, { type: 'language', language: 'es' }] }
    expect(resolve(spanish, directory, about).map(one => one.platform)).toEqual(['signal'])
    const but: Audience = { type: 'and', of: [rooms, { type: 'not', of: { type: 'rooms', region: 'AZ' } }] }
    expect(resolve(but, directory, about).map(one => one.region)).toEqual(['NM', 'OR'])
  })

  test('rooms come first, then whom Signal knows, first contacts last', () => {
    const all: Audience = { type: 'or', of: [everyone, { type: 'rooms', region: 'all' }] }
    const meant = resolve(all, directory, { ...about, known: account => !account.includes('0103') })
    expect(meant.slice(0, 4).every(one => one.room !== null)).toBe(true)
    expect(meant.at(-1)).toMatchObject({ person: 'Wren', first: true, rank: 2 })
    expect(meant.filter(one => one.first)).toHaveLength(1)
  })

  test('the tool that somebody prefers comes first, before it what the audience asks for', () => {
    const wishes = changed('Heron', { wishes: { platform: 'signal' } })
    expect(ofThem('Heron', wishes)?.accounts.map(one => one.platform)).toEqual(['signal', 'slack'])
    const onSlack = resolve({ type: 'platform', platform: 'slack' }, wishes, about).find(one => one.person === 'Heron')
    expect(onSlack?.platform).toBe('slack')
  })

  test('without a preference an account that knows the hub comes before a first contact', () => {
    const signalFirst = changed('Heron', {
      accounts: (directory.people.get('Heron' as PersonId)?.accounts ?? []).toReversed(),
    })
    expect(ofThem('Heron', signalFirst)?.platform).toBe('signal')
    expect(ofThem('Heron', signalFirst, { known: () => false })).toMatchObject({ platform: 'slack', first: false })
  })

  test('a tool that the hub is not connected to reaches nobody', () => {
    const platforms = new Set(['slack', 'discord'] as const)
    expect(ofThem('Heron', directory, { platforms })).toMatchObject({ platform: 'slack', state: 'waiting' })
    expect(ofThem('Fox', directory, { platforms })).toMatchObject({ state: 'unreachable', why: 'no-tool' })
    expect(ofThem('Fox', changed('Fox', { accounts: [] }))).toMatchObject({ why: 'no-account' })
  })

  test('who wishes none gets none, but what saves lives, and is not counted', () => {
    const stopped = changed('Elk', { wishes: { stopped: 1 } })
    expect(ofThem('Elk', stopped)).toMatchObject({ state: 'stopped', why: 'stopped' })
    expect(countAudience(resolve(everyone, stopped, about)).people).toBe(7)
    expect(ofThem('Elk', stopped, { urgency: 'life-safety' })).toMatchObject({ state: 'waiting' })
  })

  test('what is about a RED incident goes only where its words may be read', () => {
    const red = { id: 'AZ-0001', region: 'AZ', mark: 'RED', visibility: 'region', reporter: null, allowed: [] }
    const incident = red as unknown as Incident
    expect(ofThem('Heron', directory, { incident })).toMatchObject({ platform: 'signal', state: 'waiting' })
    expect(ofThem('Lark', directory, { incident })).toMatchObject({ state: 'unreachable', why: 'red' })
    const rooms = resolve({ type: 'rooms', region: 'AZ' }, directory, { ...about, incident })
    expect(rooms.map(one => one.why)).toEqual(['red', null])
    const restricted = { ...incident, mark: 'AMBER', visibility: 'restricted', allowed: ['Fox'] } as unknown as Incident
    const meant = resolve(everyone, directory, { ...about, incident: restricted })
    expect(meant.filter(one => one.state === 'waiting').map(one => one.person)).toEqual(['Fox'])
  })

  test('an exercise reaches its people and rooms alone', () => {
    const all: Audience = { type: 'or', of: [everyone, { type: 'rooms', region: 'all' }] }
    const [room] = directory.rooms
    const drill = { people: ['Fox', 'Wren'] as PersonId[], rooms: room ? [room.id] : [] }
    expect(resolve(all, directory, { ...about, drill }).map(one => one.key)).toEqual([
      `r:${room?.id}`,
      'p:Fox',
      'p:Wren',
    ])
  })

  test('everybody reads the best of their languages that there are words in', () => {
    const plan = { audience: everyone, urgency: 'routine', words: { en: 'Hello' } } as const
    const languageOf = (callsign: string) =>
      resolvePlan(plan, directory, about).find(one => one.person === callsign)?.language
    expect(languageOf('Fox')).toBe('en')
    expect(languageOf('Wren')).toBe('es')
  })

  test('of several regions the one that was named', () => {
    const [lark] = resolve(
      {
        type: 'and',
        of: [
          { type: 'region', region: 'NM' },
          { type: 'role', role: 'responder' },
        ],
      },
      directory,
      about,
    )
    expect(lark?.region).toBe('NM')
    expect(ofThem('Lark')?.region).toBe('AZ')
    expect(ofThem('Heron')?.region).toBeNull()
  })
})
