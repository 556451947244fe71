import { expect, test } from 'vitest'
import { phoneTrees } from '../../../../workflows/broadcast/answer/phones.ts'
import { filterOf, readTable, tableButton, tableView } from '../../../../workflows/broadcast/answer/table.ts'
import { blankPlan } from '../../../../workflows/broadcast/plan.ts'
import type { Broadcast } from '../../../../workflows/broadcast.ts'
import type { Person } from '../../../../workflows/directory.ts'
import type { BroadcastId, PersonId } from '../../../../workflows/ids.ts'
import { phrase } from '../../../../workflows/phrase.ts'
import { say } from '../../../../workflows/text/say.ts'
import { roster } from '../../specification.ts'

const id = 'B-0007' as BroadcastId
const regions = ['AZ', 'NV'].map(code => ({ code, name: code, zone: 'UTC', places: [] }))
const typed = (words: string) => readTable({ from: 'typed', words, assumed: '' }, { regions })

test('a table is typed with its filter, region and page in any order and language', () => {
  expect(typed('B-0007')).toEqual({ id, show: 'all', region: null, page: 1 })
  expect(typed('b7 silent az 2')).toEqual({ id, show: 'silent', region: 'AZ', page: 2 })
  expect(typed('B-0007 3 NV ayuda')).toEqual({ id, show: 'help', region: 'NV', page: 3 })
  expect(typed('B-0007 callados')).toMatchObject({ show: 'silent' })
  expect(typed('B-0007 whatever that is')).toMatchObject({ show: 'all', page: 1 })
  expect(typed('silent')).toBeNull()
})

test('a button opens exactly the table that it stands for', () => {
  for (const show of ['all', 'silent', 'help', '2', 'got-it'] as const) {
    for (const region of [null, 'NV']) {
      for (const page of [1, 12]) {
        const [, about = '', assumed = ''] = tableButton({ id, show, region, page }, phrase('ledger.more')).id.split(
          ':',
        )
        const wish = readTable({ from: 'press', words: about, assumed }, { regions })
        expect(wish).toEqual({ id, show, region, page })
      }
    }
  }
})

test('what is asked of the database is what the filter says', () => {
  expect(filterOf({ show: 'all', region: null })).toEqual({})
  expect(filterOf({ show: 'silent', region: 'AZ' })).toEqual({ region: 'AZ', answer: 'silent' })
  expect(filterOf({ show: '2', region: null })).toEqual({ answer: '2' })
  expect(filterOf({ show: 'coming', region: null })).toEqual({ reached: ['waiting', 'sending'] })
})

test('what stands above the table adds up, with whoever needs help first; regions are picked where pages are many', () => {
  const tally = { people: { sent: 9 }, rooms: {}, platforms: [], answers: { safe: 2, help: 2 }, lastSentAt: 1 } as const
  const broadcast = { id, seq: 3, plan: blankPlan({ title: 'Calm', answer: { type: 'safety' } }) } as Broadcast
  const wish = { id, show: 'all', region: null, page: 1 } as const
  const reader = { language: 'en', zone: 'UTC', now: 0, person: () => null } as const
  const shown = (more: boolean) =>
    tableView(
      {
        ...{ broadcast, wish, tally: { ...tally, wrote: 2, silent: 3 }, rows: [], more, whole: true },
        ...{ regions: ['AZ', 'NV'], language: 'en' },
      },
      { ...roster(), rooms: [] },
    )
  const lines = shown(false).lines.flatMap(line => ('text' in line ? say(line.text, reader) : []))
  expect(lines.slice(0, 3)).toEqual([
    '2 people need help.',
    '9 of 9 have it.',
    'I am safe: 2, I need help: 2, In their own words: 2. Silent: 3.',
  ])
  const labels = (more: boolean) => shown(more).buttons.map(one => say(one.label, reader))
  expect(labels(false)[0]).toBe('Need help: 2')
  expect(labels(false)).not.toContain('NV')
  expect(labels(true)).toContain('NV')
})

function person(name: string, roles: Person['roles'], more: Partial<Person> = {}): [PersonId, Person] {
  const own = name as PersonId
  return [
    own,
    { id: own, callsign: name, roles, regions: ['AZ'], languages: ['en'], accounts: [], vetted: true, ...more },
  ]
}

test('the silent are shared out evenly among those of their region who are not, coordinators first', () => {
  const people = new Map([
    person('Finch', ['responder']),
    person('Magpie', ['coordinator']),
    person('Wren', ['responder']),
    person('Owl', ['coordinator'], { regions: 'all' }),
    person('Crow', ['responder'], { blocked: true }),
  ])
  const names = ['Wren', ...Array.from({ length: 7 }, (_, at) => `M${at}`)] as PersonId[]
  const silent = names.map(one => ({ person: one, region: 'AZ' }))
  const [tree] = phoneTrees(silent, { people })
  expect(tree?.calls.map(one => one.caller)).toEqual(['Magpie', 'Finch'])
  expect(tree?.calls.map(one => one.people.length)).toEqual([4, 4])
  expect(tree?.calls.flatMap(one => one.people).toSorted()).toEqual(names.toSorted())
  expect(tree?.alone).toEqual([])
  const [spared] = phoneTrees(silent, { people }, [{ person: 'Magpie' as PersonId }])
  expect(spared?.calls.map(one => one.caller)).toEqual(['Finch'])
})

test('nobody is called by too few: the rest is named, and so is everybody where nobody could call', () => {
  const silent = Array.from({ length: 15 }, (_, at) => ({ person: `M${at}` as PersonId, region: 'AZ' }))
  const [tree] = phoneTrees(silent, { people: new Map([person('Magpie', ['coordinator'])]) })
  expect(tree?.calls[0]?.people).toHaveLength(10)
  expect(tree?.alone).toHaveLength(5)
  const [none] = phoneTrees(silent.slice(0, 2), { people: new Map() })
  expect(none).toMatchObject({ calls: [], alone: ['M0', 'M1'] })
})
