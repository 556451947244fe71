import { type Directory, hasRole, type Person, regionName } from '../../directory.ts'
import type { BroadcastId, PersonId, RegionCode } from '../../ids.ts'
import { type Param, phrase } from '../../phrase.ts'
import type { Line, View } from '../../view.ts'
import { broadcastButton } from '../screen/button.ts'
import type { RecipientStanding } from '../standing.ts'

/** Who calls whom in a region; `alone`: whom nobody is there to call. */
export type PhoneTree = {
  readonly region: RegionCode | null
  readonly calls: readonly { readonly caller: PersonId; readonly people: readonly PersonId[] }[]
  readonly alone: readonly PersonId[]
}

/**
 * Shares out those who are silent among the responders and coordinators of their own region who are not, and who do not
 * need help themselves, as evenly as can be and no more than ten to each; a region's coordinators come first.
 */
export function phoneTrees(
  silent: readonly Pick<RecipientStanding, 'person' | 'region'>[],
  { people }: Pick<Directory, 'people'>,
  helpless: readonly Pick<RecipientStanding, 'person'>[] = [],
): readonly PhoneTree[] {
  const quiet = new Set([...silent, ...helpless].map(one => one.person))
  const regions = Map.groupBy(silent, one => one.region)
  return [...regions].map(([region, some]) => {
    const callers = region === null ? [] : callersOf(region, people).filter(one => !quiet.has(one.id))
    const called = some.flatMap(one => one.person ?? [])
    const few = callers.slice(0, Math.max(1, Math.ceil(called.length / atOnce)))
    const calls = few.map(({ id }, index) => ({
      caller: id,
      people: called.filter((_, at) => at % few.length === index).slice(0, mostEach),
    }))
    const shared = new Set(calls.flatMap(one => one.people))
    return { region, calls: calls.filter(one => one.people.length > 0), alone: called.filter(one => !shared.has(one)) }
  })
}

/** The list as it is read out, region by region. */
export function phonesView(id: BroadcastId, trees: readonly PhoneTree[], directory: Directory): View {
  const lines = trees.flatMap(tree => treeLines(tree, directory))
  const none: Line = { type: 'text', text: phrase('answer.phones-none', { id }) }
  const how: readonly Line[] = [
    { type: 'text', text: phrase('answer.phones-how') },
    { type: 'note', text: phrase('answer.phones-numbers') },
  ]
  return {
    tone: 'plain',
    title: phrase('answer.phones-title', { id }),
    lines: lines.length > 0 ? [...how, ...lines] : [none],
    buttons: [broadcastButton('see', id)],
  }
}

// A phone tree branches few enough that a call is not left out.
const atOnce = 5
const mostEach = 10
const mostNamed = 25

function treeLines({ region, calls, alone }: PhoneTree, directory: Directory): readonly Line[] {
  const count = calls.reduce((sum, one) => sum + one.people.length, 0) + alone.length
  const name = region === null ? phrase('answer.show-everywhere') : regionName(directory, region)
  return [
    { type: 'strong', text: phrase('answer.phones-region', { region: name, count }) },
    ...calls.map(({ caller, people }): Line => {
      const text = phrase('answer.phones-line', { person: { person: caller }, people: named(people) })
      return { type: 'item', text }
    }),
    ...(alone.length > 0
      ? [{ type: 'item', text: phrase('answer.phones-nobody', { people: named(alone) }) } as const]
      : []),
  ]
}

function named(people: readonly PersonId[]): readonly Param[] {
  const shown = people.slice(0, mostNamed).map((person): Param => ({ person }))
  const more = people.length - shown.length
  return more > 0 ? [...shown, phrase('answer.hand-more', { count: more })] : shown
}

function callersOf(region: RegionCode, people: Directory['people']): readonly Person[] {
  const own = [...people.values()].filter(
    one => one.regions !== 'all' && one.regions.includes(region) && hasRole(one, 'coordinator', 'responder'),
  )
  const rank = (one: Person) => (hasRole(one, 'coordinator') ? 0 : 1)
  return own.filter(one => !one.blocked).toSorted((one, other) => rank(one) - rank(other))
}
