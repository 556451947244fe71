import type { Broadcast } from '../../broadcast.ts'
import type { Post } from '../../change.ts'
import { coordinatorsOf, type Directory, networkCoordinators, personNow, regionName } from '../../directory.ts'
import { exercise } from '../../drill/mark.ts'
import { toolsOf } from '../../headcount/tools.ts'
import type { PersonId, RegionCode } from '../../ids.ts'
import { phrase } from '../../phrase.ts'
import type { Line, View } from '../../view.ts'
import { buttonId } from '../../view.ts'
import { tableButton } from './table.ts'

/**
 * What the coordinators of a region are told of those of it who are silent, each on every account they have; where a
 * region has none, those of the whole network.
 */
export function handedPosts(
  broadcast: Broadcast,
  region: RegionCode | null,
  silent: readonly PersonId[],
  directory: Directory,
): readonly Post[] {
  const own = region === null ? [] : coordinatorsOf(directory, region)
  const told = (own.length > 0 ? own : networkCoordinators(directory)).filter(one => !one.blocked)
  // Nobody can reach whoever was erased meanwhile.
  const people = silent.filter(person => personNow(directory, person))
  if (people.length === 0) return []
  // Nobody is asked to reach themselves, unless nobody else is asked for.
  const viewFor = (reader: PersonId): View => {
    const others = people.filter(person => person !== reader)
    const plain = handedView(broadcast, region, others.length > 0 ? others : people, directory)
    return broadcast.drill === undefined ? plain : exercise(plain)
  }
  const urgent = broadcast.plan.urgency !== 'routine'
  return told.flatMap(({ id: reader, accounts }) => {
    const view = viewFor(reader)
    return accounts.map(({ id }): Post => {
      const key = `hand:${broadcast.id}:${region ?? ''}:${id}`
      const common = { incident: null, thread: false, lane: 'talk', view } as const
      return { key, to: { account: id }, ...common, ...(urgent ? { anytime: true } : {}) }
    })
  })
}

const mostNamed = 25

function handedView(
  { id }: Broadcast,
  region: RegionCode | null,
  silent: readonly PersonId[],
  directory: Directory,
): View {
  const name = region === null ? phrase('answer.show-everywhere') : regionName(directory, region)
  const more = silent.length - mostNamed
  const wish = { id, show: 'silent', region, page: 1 } as const
  return {
    tone: 'plain',
    title: phrase('answer.hand-title', { id, region: name, count: silent.length }),
    lines: [
      { type: 'text', text: phrase('answer.hand-how') },
      ...silent.slice(0, mostNamed).map((person): Line => {
        const tools = toolsOf(person, directory)
        const params = { person: { person }, tools: tools.length > 0 ? tools : phrase('ledger.nowhere') }
        return { type: 'item', text: phrase('answer.hand-person', params) }
      }),
      ...(more > 0 ? [{ type: 'text', text: phrase('answer.hand-more', { count: more }) } as const] : []),
    ],
    buttons: [
      tableButton(wish, phrase('answer.hand-table')),
      { id: buttonId('phones', id, region ?? ''), label: phrase('answer.button-phones') },
    ],
  }
}
