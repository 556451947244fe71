import type { Store } from '../db/store.ts'
import type { Action } from '../workflows/action.ts'
import { RuleError } from '../workflows/errors.ts'
import { counted, limitsOf, lookBack, nextAllowed, patience } from '../workflows/limits.ts'
import type { Actor } from '../workflows/permission.ts'

/**
 * Lets a report through unless its sender, or all strangers together, have sent too many in a short time; counted in
 * the reports themselves, so that every process counts the same. An S4 or S5 of the roster always comes through.
 * @throws RuleError that says when it can be sent
 */
export async function requirePatience(
  action: Action,
  actor: Actor,
  fresh: boolean,
  now: number,
  { roster, triage }: Pick<Store, 'roster' | 'triage'>,
): Promise<void> {
  if (action.type !== 'report') return
  const limits = limitsOf(roster.directory())
  const asked = lookBack(actor, action.do.severity, limits)
  if (!asked) return
  if (!fresh) {
    const sent = await triage.sent(actor.id, now - asked.since, asked.most)
    const until = nextAllowed(actor, sent, limits, now)
    if (until !== null) throw new RuleError(patience(actor, until, true))
  }
  if (actor.vetted) return
  const together = await triage.recent(now - counted.short, limits.strangers)
  if (together >= limits.strangers) throw new RuleError(patience(actor, now + counted.short, !fresh))
}
