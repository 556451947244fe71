import { describe, expect, test } from 'vitest'
import type { Directory, Language, Person, Role } from '../../workflows/directory.ts'
import type { PersonId } from '../../workflows/ids.ts'
import { firstCallers, keepersOf, phoneTree } from '../../workflows/sheet/tree.ts'
import { at, roster } from './specification.ts'

describe('a phone tree', () => {
  test('reaches everybody of the region once, called by somebody who is reached before, four calls each at most', () => {
    const many = Array.from({ length: 400 }, (_, n) => person(`M${n}`, ['mediator'], n % 3 === 0 ? ['es'] : ['en']))
    const tree = phoneTree(directory([...many, person('Both', ['responder'], ['en', 'es'])]), 'AZ', at(0))
    const called = tree.flatMap(one => one.calls)
    expect(tree).toHaveLength(401)
    expect(new Set(called).size).toBe(400)
    expect(Math.max(...tree.map(one => one.calls.length))).toBeLessThanOrEqual(4)
    for (const [place, one] of tree.entries()) {
      for (const other of one.calls) expect(tree.findIndex(later => later.person === other)).toBeGreaterThan(place)
    }
    expect(Math.max(...tree.map(one => one.step))).toBeLessThan(10)
  })

  test('goes from coordinators to responders to mediators, whoever is on duty first', () => {
    const people = [
      ...[person('Med', ['mediator']), person('Away', ['responder']), person('On', ['responder'])],
      ...[person('Boss', ['coordinator']), person('Lead', ['leader'])],
    ]
    const tree = phoneTree(directory(people, ['On']), 'AZ', at(0))
    expect(tree.map(one => one.person.callsign)).toEqual(['Boss', 'On', 'Away', 'Lead', 'Med'])
    expect(tree.map(one => one.step)[0]).toBe(0)
  })

  test('lets nobody be called in a language that they do not speak, while somebody else can', () => {
    const people = [
      ...[person('Boss', ['coordinator']), person('Ana', ['responder'], ['es', 'en'])],
      ...[person('Luis', ['mediator'], ['es']), person('Sol', ['mediator'], ['es'])],
    ]
    const tree = phoneTree(directory(people), 'AZ', at(0))
    expect(tree.find(one => one.person.callsign === 'Ana')?.calls.map(one => one.callsign)).toEqual(['Luis', 'Sol'])
    const alone = phoneTree(
      directory([person('Boss', ['coordinator']), person('Luis', ['mediator'], ['es'])]),
      'AZ',
      at(0),
    )
    expect(alone[0]?.calls.map(one => one.callsign)).toEqual(['Luis'])
  })

  test('leaves out strangers, whoever is blocked, other regions, and those of the whole network, who begin it', () => {
    const people = [
      ...[
        { ...person('Stranger', ['mediator']), vetted: false },
        { ...person('Blocked', ['mediator']), blocked: true },
      ],
      ...[{ ...person('Owl', ['coordinator']), regions: 'all' as const }, person('Here', ['mediator'])],
      { ...person('Nevada', ['mediator']), regions: ['NV'] },
    ]
    const network = directory(people)
    expect(phoneTree(network, 'AZ', at(0)).map(one => one.person.callsign)).toEqual(['Here'])
    expect(firstCallers(network, at(0)).map(one => one.callsign)).toEqual(['Owl'])
    expect(keepersOf(network, 'AZ', at(0)).map(one => one.callsign)).toEqual(['Owl'])
  })
})

function person(callsign: string, roles: readonly Role[], languages: readonly Language[] = ['en']): Person {
  return { id: callsign as PersonId, callsign, roles, regions: ['AZ'], languages, accounts: [], vetted: true }
}

function directory(people: readonly Person[], duty: readonly string[] = []): Directory {
  return {
    ...roster([], []),
    people: new Map(people.map(one => [one.id, one])),
    duty: duty.map(one => ({ person: one as PersonId, until: at(60) })),
  }
}
