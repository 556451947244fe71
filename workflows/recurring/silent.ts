import { broadcastButton } from '../broadcast/screen/button.ts'
import type { Reached, RecipientStanding } from '../broadcast/standing.ts'
import { type Directory, personNow, regionName } from '../directory.ts'
import type { BroadcastId, PlatformName } from '../ids.ts'
import { type Param, phrase } from '../phrase.ts'
import type { RecurringPlan } from '../recurring.ts'
import { toolName } from '../sight.ts'
import type { Line, View } from '../view.ts'

/** Who has not answered a check-in of that hour (epoch ms), of so many, and in which broadcasts they were asked. */
export type Silence = {
  readonly dueAt: number
  readonly found: readonly RecipientStanding[]
  readonly all: number
  readonly ids: readonly BroadcastId[]
}

/** A trial proves the account that it was for; what another one took in its place proves nothing. */
export function isProved({ answer, platform }: RecipientStanding, wanted: PlatformName | null): boolean {
  return answer !== null && (wanted === null || platform === wanted)
}

/** What the coordinators are told of it, by region and call sign. */
export function silentView(plan: RecurringPlan, { dueAt, found, all, ids }: Silence, directory: Directory): View {
  const nameOf = ({ region }: RecipientStanding) => (region ? regionName(directory, region) : '~')
  const callsignOf = ({ person }: RecipientStanding) => (person && personNow(directory, person)?.callsign) ?? ''
  const inOrder = found.toSorted(
    (one, other) => nameOf(one).localeCompare(nameOf(other)) || callsignOf(one).localeCompare(callsignOf(other)),
  )
  const byRegion = Map.groupBy(inOrder.slice(0, mostNamed), one => one.region)
  const lines = [...byRegion].map(([region, ones]): Line => {
    const people = ones.map(one => personParam(one, plan, directory))
    const where: Param = region ? regionName(directory, region) : phrase('recurring.nowhere')
    return { type: 'text', text: phrase('recurring.silent-line', { region: where, people }) }
  })
  const counts = { count: found.length, all: String(all) }
  const said =
    found.length === 0
      ? phrase('recurring.silent-all')
      : phrase(plan.trial ? 'recurring.unproved-count' : 'recurring.silent-count', counts)
  const more = found.length - mostNamed
  const rest =
    more > 0 ? phrase('recurring.silent-more', { count: more, ids: [...ids] }) : phrase('recurring.silent-see', { ids })
  return {
    tone: 'plain',
    title: phrase('recurring.silent-title', { name: { words: plan.name }, time: { date: dueAt } }),
    lines: [
      { type: 'strong', text: said },
      ...lines,
      ...(found.length > 0 ? [{ type: 'note', text: rest } as const] : []),
    ],
    buttons: ids.length === 1 && ids[0] ? [broadcastButton('see', ids[0])] : [],
  }
}

const mostNamed = 40

function personParam(
  { person, platform, reached }: RecipientStanding,
  plan: RecurringPlan,
  directory: Directory,
): Param {
  const known = person && personNow(directory, person)
  const who: Param = known ? { person: known.id } : phrase('hub.someone')
  if (lost.has(reached))
    return phrase('recurring.silent-lost', { person: who, tool: platform ? toolName(platform) : '' })
  return plan.trial && platform ? phrase('recurring.silent-on', { person: who, tool: toolName(platform) }) : who
}

const lost: ReadonlySet<Reached> = new Set(['failed', 'unreachable', 'kept', 'unsure', 'dropped', 'waiting', 'sending'])
