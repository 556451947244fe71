import { readAudience } from '../broadcast/audience/typed.ts'
import { plannedDirectory } from '../network/planned.ts'
import type { Network } from '../network.ts'
import type { Problem } from '../problems.ts'
import { say } from '../text/say.ts'
import { recurringProblems } from './shape.ts'

/** What is wrong with the check-ins and reminders of a network that is right in itself, with paths into the file. */
export function checkRecurring(network: Network): Problem[] {
  const { broadcasts = [], events = [] } = network
  if (broadcasts.length === 0) return []
  const directory = plannedDirectory(network)
  const reader = { language: 'en', zone: network.zone, now: 0, person: () => null } as const
  const unread = broadcasts.flatMap(({ audience }, at): Problem[] => {
    const read = readAudience(audience, directory)
    if (!('problem' in read)) return []
    return [{ path: ['broadcasts', at, 'audience'], message: `cannot be read: ${say(read.problem, reader)}` }]
  })
  return [...recurringProblems(broadcasts, events), ...unread]
}
