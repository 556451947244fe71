import { personNow } from '../directory.ts'
import type { Entry, IncidentEvent } from '../event.ts'
import type { PersonId } from '../ids.ts'
import { type Reader, say } from '../text/say.ts'
import { timelineLines } from '../timeline.ts'
import type { Row } from './row.ts'
import type { Heading } from './writer.ts'

/** An entry of a timeline in words: when (epoch ms), what was done, and what somebody wrote with it, masked. */
export type Told = { readonly at: number; readonly said: string; readonly words: string | null }

/**
 * The timeline of a row in English, oldest first, people by call sign. What they wrote, and who reported, stands there
 * only where the plan asks for what is sealed; entries that name another incident, which not everybody may hear of,
 * never do.
 */
export function toldOf({ timeline, zone }: Row, { plan, directory, taxonomy, at }: Heading): readonly Told[] {
  const reader: Reader = {
    language: 'en',
    zone,
    now: at,
    person: one => personNow(directory, one)?.callsign ?? null,
  }
  const told = (timeline ?? []).filter(({ event }) => !naming.has(event.type))
  const entries = plan.sealed ? told : unnamed(told)
  const lines = timelineLines(entries, { directory, taxonomy, language: 'en', mayRead: () => plan.sealed })
  return lines.flatMap(line => {
    const params = line.type === 'item' && 'key' in line.text ? line.text.params : undefined
    const { time, what, words } = params ?? {}
    if (!isMoment(time) || !isText(what)) return []
    const wrote = isText(words) && 'key' in words ? words.params?.words : undefined
    return [{ at: time.time, said: say(what, reader), words: isText(wrote) ? say(wrote, reader) : null }]
  })
}

const naming: ReadonlySet<IncidentEvent['type']> = new Set([
  ...(['merged', 'absorbed', 'separated', 'parted'] as const),
  ...(['sourced', 'likened', 'unlikened', 'proposed'] as const),
])

/** Whoever reported it is named by nothing that they did as its reporter; what they did as a responder stands. */
function unnamed(entries: readonly Entry[]): readonly Entry[] {
  const reporter = entries.find(({ event }) => event.type === 'reported')?.by
  return entries
    .filter(({ event }) => event.type !== 'unsaid' && event.type !== 'reworded' && event.type !== 'revealed')
    .map(entry => (entry.by === reporter && reporting.has(entry.event.type) ? { ...entry, by: somebody } : entry))
}

const reporting: ReadonlySet<IncidentEvent['type']> = new Set(['reported', 'added', 'detailed', 'placed', 'said'])
// Nobody has this key, so that nobody is named.
const somebody = '-' as PersonId

function isMoment(param: unknown): param is { readonly time: number } {
  return typeof param === 'object' && param !== null && 'time' in param
}

function isText(param: unknown): param is Parameters<typeof say>[0] {
  return typeof param === 'object' && param !== null && ('key' in param || 'words' in param)
}
