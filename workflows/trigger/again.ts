import type { IncidentId } from '../ids.ts'
import type { Proposal, Wanted } from './proposal.ts'

/** What is to be done with a pattern that was found: nothing, propose it, or take it into what is proposed already. */
export type Verdict =
  | { readonly type: 'nothing' }
  /** `itself`: it may start by itself; not where so many just have that a person should look first. */
  | { readonly type: 'propose'; readonly itself: boolean }
  | {
      readonly type: 'grow'
      readonly proposal: Proposal
      readonly incidents: readonly IncidentId[]
      /** It is about this one from now on, which is more severe. */
      readonly lead: Pick<Wanted, 'about' | 'severity'> | null
      /** People are told how much it has grown. */
      readonly tell: boolean
    }

/** How many of one trigger may wait for an answer in a region, each by itself; from then on they are told together. */
export const mostAlone = 3
/** How many a trigger may start by itself in a region within an hour; whatever follows is proposed. */
const mostItself = 5
/** How long (ms) those that started by themselves count. */
export const itselfFor = 60 * 60_000
/** How many incidents a proposal takes in at most. */
const mostIncidents = 100

/**
 * Whether a pattern is proposed: never twice. `before` are the proposals of its protocol that hold some of its
 * incidents (or of those merged into them: `also`), and those of its trigger in its region that nobody has answered, or
 * that began by themselves within the hour. What is open
 * only grows, and is told again once it has doubled or holds something more severe. After an answer it takes as many
 * others as a pattern needs; after "not now" as many again as there were.
 */
export function judge(
  wanted: Wanted,
  before: readonly Proposal[],
  { atLeast, also = [] }: { readonly atLeast: number; readonly also?: readonly IncidentId[] },
): Verdict {
  const own = new Set([...wanted.incidents, ...also])
  const same = before.filter(one => one.incidents.some(id => own.has(id)))
  const open = same.filter(one => one.state === 'open')
  // The one that asks about it already: two questions about one incident would be one too many.
  const [asked] = open.toSorted(
    (one, other) => Number(other.about === wanted.about) - Number(one.about === wanted.about),
  )
  if (asked) return grown(asked, wanted)
  // However it was told, several that were answered for together are one pattern.
  const several = ({ incidents }: Pick<Proposal, 'incidents'>) => incidents.length > 1
  const answered = same.filter(one => one.trigger === wanted.trigger || (several(one) && several(wanted)))
  const known = new Set(answered.flatMap(one => one.incidents))
  const fresh = wanted.incidents.filter(id => !known.has(id))
  const needed = answered.map(one => (one.state === 'declined' ? Math.max(atLeast, one.incidents.length) : atLeast))
  if (fresh.length < Math.max(0, ...needed)) return nothing
  const near = before.filter(one => one.trigger === wanted.trigger && one.region === wanted.region)
  const began = near.filter(one => one.itself && one.at > wanted.at - itselfFor)
  if (wanted.itself && began.length < mostItself) return { type: 'propose', itself: true }
  const waiting = near.filter(one => one.state === 'open' && !one.itself).toSorted((one, other) => other.at - one.at)
  const [newest] = waiting
  return newest && waiting.length >= mostAlone ? grown(newest, wanted) : { type: 'propose', itself: false }
}

const nothing: Verdict = { type: 'nothing' }

function grown(proposal: Proposal, { incidents, about, severity }: Wanted): Verdict {
  const graver = severity > proposal.severity
  const joined = [...new Set([...proposal.incidents, ...incidents])].slice(0, mostIncidents)
  const all = graver && !joined.includes(about) ? [...joined.slice(0, -1), about] : joined
  if (all.length === proposal.incidents.length && !graver) return nothing
  const tell = !proposal.itself && (graver || all.length >= proposal.told * 2)
  return { type: 'grow', proposal, incidents: all, lead: graver ? { about, severity } : null, tell }
}
