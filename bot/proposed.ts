import type { Answered } from '../db/proposals.ts'
import type { StoreTx } from '../db/store.ts'
import type { Action } from '../workflows/action.ts'
import type { IncidentChange, Post } from '../workflows/change.ts'
import type { Directory } from '../workflows/directory.ts'
import { RuleError } from '../workflows/errors.ts'
import type { Incident } from '../workflows/incident.ts'
import type { Actor } from '../workflows/permission.ts'
import { phrase } from '../workflows/phrase.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import { answeredPosts } from '../workflows/trigger/posts.ts'
import type { Answer, Proposal } from '../workflows/trigger/proposal.ts'

/** The proposal that is answered by what is done, and what is said of that. */
export type Answering = { readonly answered: Answered; readonly posts: readonly Post[] }

type Asked = { readonly action: Action; readonly actor: Actor | null; readonly now: number }
type Context = { readonly directory: Directory; readonly taxonomy: Taxonomy }

/**
 * Whether this answers a proposal: a coordinator says not now, or the protocol is begun because of it. Null for all
 * else.
 * @throws RuleError that says how it stands, if somebody answered it before
 */
export async function answering(
  tx: StoreTx,
  { action, actor, now }: Asked,
  changes: readonly IncidentChange[],
  context: Context,
): Promise<Answering | null> {
  const by = actor?.id ?? null
  const began = beganBy(changes)
  if (action.type !== 'proposal' && !began) return null
  const proposal = await tx.proposal(action.type === 'proposal' ? action.id : (began?.proposal ?? ''))
  if (action.type === 'proposal') requireUnanswered(proposal, by)
  if (!proposal) return null
  const answer: Answer = action.type === 'proposal' ? action.answer : { type: 'started' }
  const about = began?.after ?? (await tx.incident(proposal.about))
  const protocol = context.taxonomy.protocols.current.find(one => one.id === proposal.protocol)
  const until = began?.until ?? now
  const posts =
    about && protocol ? answeredPosts(proposal, { answer, by }, { about, protocol, until }, { ...context, now }) : []
  return { answered: { id: proposal.id, answer, by }, posts }
}

type Began = { readonly proposal: string; readonly after: Incident; readonly until: number }

function beganBy(changes: readonly IncidentChange[]): Began | null {
  for (const { entries, after } of changes) {
    for (const { event } of entries) {
      if (event.type !== 'run' || event.on.type !== 'started' || event.on.proposal === undefined) continue
      return { proposal: event.on.proposal, after, until: event.on.undoUntil }
    }
  }
  return null
}

function requireUnanswered(proposal: Proposal | null, by: Actor['id'] | null): void {
  if (!proposal || proposal.state === 'over') throw new RuleError(phrase('trigger.gone'))
  const { protocol, about: id, answeredBy, answeredAt } = proposal
  if (proposal.state === 'started') {
    const person = answeredBy && { person: answeredBy }
    throw new RuleError(
      person
        ? phrase('trigger.answered-started', { person, protocol, id })
        : phrase('trigger.answered-itself', { protocol, id }),
    )
  }
  if (proposal.state === 'declined' && answeredBy && answeredBy !== by) {
    const time = { time: answeredAt ?? proposal.at }
    throw new RuleError(phrase('trigger.answered-declined', { person: { person: answeredBy }, time }))
  }
}
