import { describe, expect, test } from 'vitest'
import { announce } from '../../workflows/announce.ts'
import { type Post, wordless } from '../../workflows/change.ts'
import type { Directory, Person, Room } from '../../workflows/directory.ts'
import { namedIn, stillSaid as said, stillTold } from '../../workflows/hush.ts'
import type { AccountId, IncidentId, RoomId } from '../../workflows/ids.ts'
import type { Incident } from '../../workflows/incident.ts'
import { phrase } from '../../workflows/phrase.ts'
import { enter } from '../../workflows/record.ts'
import { plainView, type View } from '../../workflows/view.ts'
import { at, by, crane, finch, heron, incidentAfter, reported, roster, taxonomy } from './specification.ts'

const room: Room = {
  id: 'az' as RoomId,
  purpose: 'region',
  region: 'AZ',
  platform: 'workspace',
  address: 'az',
  name: 'az',
  language: null,
  red: false,
}
const coordination: Room = { ...room, purpose: 'coordination', region: null }
const words = { what: 'They wait for Ana Ruiz', where: 'behind the library' }
const base = roster()
const person = (id: string) => base.people.get(id as never) as Person
const directory: Directory = {
  ...base,
  rooms: [room],
  people: new Map([
    [finch.id, { ...person(finch.id), accounts: [{ id: 'a' as AccountId, person: finch.id, platform: 'workspace' }] }],
  ]),
}

const through = 'workspace'
const stillSaid = (view: View, incident: Incident, to: Room | Person) =>
  said(view, { incident }, 'purpose' in to ? to : { person: to, through }, directory)

const open = incidentAfter(reported())
const red = incidentAfter(reported(), by(finch, 2, { type: 'marked', from: 'AMBER', to: 'RED' }))
const moved = incidentAfter(
  reported(),
  by(finch, 2, { type: 'placed', region: 'NV', place: { state: 'found', county: null, fips: null, usState: 'NV' } }),
)
const restrictedTo = { type: 'restricted', allowed: [crane.id] } as const
const restricted = incidentAfter(reported(), by(crane, 2, restrictedTo))

/** What waits to be said after somebody gave news and the duty was called. */
function waiting(): { line: Post; alert: Post } {
  const context = { now: at(1), actor: finch, taxonomy, directory }
  const news = { event: { type: 'updated' }, words: { text: 'Ana Ruiz is inside' } } as const
  const back = { event: { type: 'released' } } as const
  const { after, entries } = enter(open, [news, back], context)
  const { posts } = announce(open, entries, after, { ...context, words })
  const line = posts.find(post => JSON.stringify(post.view).includes('is inside'))
  const alert = posts.find(post => 'account' in post.to)
  if (!line || !alert) throw new Error('nothing was announced')
  return { line, alert }
}

const typed = /Ana|inside|library/

describe('a list that had to wait', () => {
  const line = (id: string) => ({ type: 'item', text: phrase('hub.added', { id, words: { words: 'typed' } }) }) as const
  const secret = { ...restricted, id: 'AZ-0002' as IncidentId }
  const hot = { ...red, id: 'AZ-0003' as IncidentId }
  const view: View = {
    ...plainView([], [{ id: 'more:AZ-0002', label: phrase('button.open') }]),
    lines: [line('AZ-0001'), line('AZ-0002'), line('AZ-0003')],
  }

  test('names every incident once, wherever it stands', () => {
    expect(namedIn(view)).toEqual(['AZ-0001', 'AZ-0002', 'AZ-0003'])
  })

  test('loses the lines and buttons of what nobody there may know by now, and the words of what is RED', () => {
    const told = stillTold(view, [{ ...open, id: 'AZ-0001' as IncidentId }, secret, hot], room, directory)
    expect(namedIn(told)).toEqual(['AZ-0001', 'AZ-0003'])
    expect(told.lines[0]).toEqual(view.lines[0])
    expect(JSON.stringify(told.lines[1])).not.toContain('typed')
    expect(told.buttons).toEqual([])
    expect(stillTold(view, [open], room, directory)).toBe(view)
  })
})

describe('what had to wait, once its incident stands otherwise', () => {
  const { line, alert } = waiting()

  test('an alarm is given without the line that names another incident which they may not know', () => {
    const like = { ...open, like: ['AZ-0009' as IncidentId] }
    const kin = [{ ...restricted, id: 'AZ-0009' as IncidentId }]
    const named = phrase('card.merged', { ids: ['AZ-0009' as IncidentId] })
    const view: View = { ...alert.view, lines: [...alert.view.lines, { type: 'text', text: named }] }
    const to = { person: person(finch.id), through } as const
    expect(said(view, { incident: like, kin }, to, directory)).toEqual(alert.view)
    const alone = plainView([named])
    expect(said(alone, { incident: like, kin }, to, directory)).toBeNull()
  })

  test('is said as it was while nothing changed', () => {
    expect(stillSaid(line.view, open, room)).toEqual(line.view)
    expect(stillSaid(alert.view, open, person(finch.id))).toEqual(alert.view)
    expect(JSON.stringify(alert.view)).toMatch(typed)
  })

  test('says no words in a room that may not see what is RED by now', () => {
    const bare = JSON.stringify(stillSaid(line.view, red, room))
    expect(bare).not.toMatch(typed)
    expect(bare).toContain('post.hidden')
    expect(stillSaid(line.view, red, { ...room, red: true })).toEqual(line.view)
  })

  test('says no words to a person through a tool that may not carry what is RED by now, nor who reported it', () => {
    const to = { person: person(finch.id), through: 'slack' } as const
    const bare = JSON.stringify(said(alert.view, { incident: red }, to, directory))
    expect(bare).not.toMatch(typed)
    expect(bare).not.toContain(heron.id)
    expect(said(alert.view, { incident: red }, { ...to, through: 'signal' }, directory)).toEqual(alert.view)
  })

  test('tells who reported it, where they did, by which call sign they are known', () => {
    const view = plainView([phrase('receipt.sealed', { person: { person: heron.id } }), { words: 'Ana' }])
    const accounts = [{ id: 'h' as AccountId, person: heron.id, platform: 'slack' as const }]
    const known = { ...directory, people: new Map([[heron.id, { ...person(heron.id), accounts }]]) }
    const told = (through: 'slack' | 'discord') =>
      JSON.stringify(
        said(view, { incident: { ...red, account: 'h' as AccountId } }, { person: person(heron.id), through }, known),
      )
    expect(told('slack')).toContain(heron.id)
    expect(told('slack')).not.toMatch(typed)
    expect(told('discord')).not.toContain(heron.id)
  })

  test('says nothing that names one it was merged with, where that may not be known', () => {
    const other = incidentAfter(reported({ id: 'AZ-0500' as IncidentId }), by(crane, 2, restrictedTo))
    const view = plainView([phrase('post.merged', { id: other.id, person: { person: finch.id } })])
    const merged = { ...open, mergedInto: other.id }
    expect(said(view, { incident: merged, kin: [other] }, room, directory)).toBeNull()
    expect(said(view, { incident: merged, kin: [open, { ...open, id: other.id }] }, room, directory)).toEqual(view)
    expect(said(line.view, { incident: merged, kin: [other] }, room, directory)).toEqual(line.view)
  })

  test('says nothing in rooms of what only the named may know, nor to anybody else', () => {
    for (const to of [room, { ...room, red: true }, coordination, person(finch.id), person(heron.id)]) {
      const still = stillSaid(line.view, restricted, to)
      if ('roles' in to && to.id === heron.id) expect(still).toEqual(line.view)
      else expect(still).toBeNull()
    }
    expect(stillSaid(alert.view, restricted, person(crane.id))).toEqual(alert.view)
  })

  test('says nothing in the region that it has left, nor to its people', () => {
    expect(stillSaid(line.view, moved, room)).toBeNull()
    expect(stillSaid(line.view, moved, { ...room, region: 'NV' })).toEqual(line.view)
    expect(stillSaid(line.view, moved, coordination)).toEqual(line.view)
    expect(stillSaid(alert.view, moved, person(finch.id))).toBeNull()
  })

  test('without words still says what happened, and names everybody but one', () => {
    const bare = wordless(alert.view, heron.id)
    expect(JSON.stringify(bare)).not.toMatch(typed)
    expect(JSON.stringify(bare)).not.toContain(heron.id)
    expect(bare.buttons).toEqual(alert.view.buttons)
    expect(JSON.stringify(wordless(line.view, heron.id))).toContain(finch.id)
  })
})
