import { standsAs } from '../workflows/alike.ts'
import { InputError, RuleError } from '../workflows/errors.ts'
import type { Incident } from '../workflows/incident.ts'
import { isLate } from '../workflows/late.ts'
import type { Protocol } from '../workflows/protocol.ts'
import { climbsAt, nextRung, proposalLevels, proposalLife } from '../workflows/trigger/climb.ts'
import { mayTrigger, wasStarted } from '../workflows/trigger/match.ts'
import { askingPosts } from '../workflows/trigger/posts.ts'
import type { Proposal } from '../workflows/trigger/proposal.ts'
import { transact } from './transact.ts'
import type { TriggerOptions } from './triggers.ts'

/**
 * Moves on a proposal whose time has come: it starts by itself, if its protocol says so; else the next level is asked;
 * nobody is, where what it was about has ended, the protocol was started, or nobody answered in a day.
 */
export async function moveOn(proposal: Proposal, options: TriggerOptions): Promise<void> {
  const { store, taxonomy, clock } = options
  const protocol = taxonomy.protocols.current.find(one => one.id === proposal.protocol)
  const incidents = await store.proposals.states(proposal.incidents)
  const about = protocol ? await aboutOf(proposal, protocol, incidents, options) : null
  if (!protocol || !about || clock() >= proposal.at + proposalLife) {
    await store.proposals.settle([proposal.id], clock())
    return
  }
  const all = incidents.some(one => one.id === about.id) ? incidents : [about, ...incidents]
  if (proposal.itself) await begin(proposal, { protocol, about, incidents: all }, options)
  else await climb(proposal, { protocol, about, incidents: all }, options)
}

type Subject = { readonly protocol: Protocol; readonly about: Incident; readonly incidents: readonly Incident[] }

/** What it is about by now: what that was merged into, or else the most severe of the others that stand. */
async function aboutOf(
  { about }: Proposal,
  protocol: Protocol,
  incidents: readonly Incident[],
  { store }: TriggerOptions,
): Promise<Incident | null> {
  const stands = (one: Incident) => mayTrigger(one) && !wasStarted(protocol, one)
  const own = (await standsAs(about, store.incidents))?.incident
  if (own && stands(own)) return own
  // Whoever began it for the one that it was about has answered.
  if (own && wasStarted(protocol, own)) return null
  const [first] = incidents.filter(stands).toSorted((one, other) => other.severity - one.severity)
  return first ?? null
}

async function climb(
  proposal: Proposal,
  { protocol, about, incidents }: Subject,
  options: TriggerOptions,
): Promise<void> {
  const { store, taxonomy, clock, wake } = options
  const now = clock()
  const context = { directory: store.roster.directory(), taxonomy, now }
  const rung = nextRung(proposal.rung, about, context.directory, now)
  const last = proposal.at + proposalLife
  if (rung === null) {
    await store.proposals.climb(proposal, { dueAt: last }, [], now)
    return
  }
  const to = { about: about.id, rung, dueAt: climbsAt(rung, about.severity, now, taxonomy) ?? last }
  const late = proposal.dueAt !== null && isLate(proposal.dueAt, now) ? { late: proposal.dueAt } : {}
  const silent = proposalLevels[rung] ?? 'LD'
  const asked = { proposal: { ...proposal, ...to }, incidents, protocol, why: { silent }, ...late }
  if (await store.proposals.climb(proposal, to, askingPosts(asked, context), now)) wake()
}

/** The hub starts it. Where the rules say no, coordinators are asked as about any other. */
async function begin(
  proposal: Proposal,
  { protocol, about, incidents }: Subject,
  options: TriggerOptions,
): Promise<void> {
  const { store, taxonomy, clock, wake } = options
  const now = clock()
  const known = await store.incidents.find(about.id)
  const start = { type: 'start', protocol: protocol.id, eventAt: null, proposal: proposal.id } as const
  const action = { type: 'incident', about: about.id, do: { type: 'run', do: start } } as const
  const words = known?.words ?? { what: null, where: null }
  try {
    await transact({ key: null, actor: null, now, action, words, say: () => ({ type: 'nothing' }) }, options)
  } catch (error) {
    if (!(error instanceof RuleError || error instanceof InputError)) throw error
  }
  wake()
  if ((await store.proposals.find(proposal.id))?.state !== 'open') return
  const to = { about: about.id, itself: false, dueAt: climbsAt(0, about.severity, now, taxonomy) }
  const asked = { proposal: { ...proposal, ...to }, incidents, protocol, why: 'new' } as const
  const context = { directory: store.roster.directory(), taxonomy, now }
  await store.proposals.climb(proposal, to, askingPosts(asked, context), now)
}
