import type { Store } from '../db/store.ts'
import type { Action } from '../workflows/action.ts'
import { RuleError } from '../workflows/errors.ts'
import type { PersonId } from '../workflows/ids.ts'
import { counted, limitsOf, lookBack, nextAllowed, patience } from '../workflows/limits.ts'
import type { Actor } from '../workflows/permission.ts'

/** Lets a report through, or throws `RuleError` that says when it can be sent. */
export type RequirePatience = (action: Action, actor: Actor, fresh: boolean, now: number) => Promise<void>

/**
 * Lets a report through unless its sender, or all strangers together, have sent too many in a short time; counted in
 * the reports themselves, so that every process counts the same. An S4 or S5 of the roster always comes through.
 */
export function patienceOf({ roster, triage }: Pick<Store, 'roster' | 'triage'>): RequirePatience {
  const known = new Map<PersonId, { left: number; readonly until: number }>()

  // Whoever is far from the limit is not counted anew each time; four processes at once may think so.
  function isFar({ id, vetted }: Actor, now: number): boolean {
    const spare = vetted ? known.get(id) : undefined
    if (!spare || spare.left === 0 || now > spare.until) return false
    spare.left -= 1
    return true
  }

  function keepSpare({ id, vetted }: Actor, left: number, now: number): void {
    if (!vetted) return
    if (known.size >= mostKnown) known.clear()
    known.set(id, { left: Math.floor(left / 4), until: now + counted.short })
  }

  return async (action, actor, fresh, now) => {
    if (action.type !== 'report') return
    const limits = limitsOf(roster.directory())
    const asked = lookBack(actor, action.do.severity, limits)
    if (!asked || isFar(actor, now)) return
    if (!fresh) {
      const sent = await triage.sent(actor.id, now - asked.since, asked.most)
      const until = nextAllowed(actor, sent, limits, now)
      if (until !== null) throw new RuleError(patience(actor, until, true))
      keepSpare(actor, asked.most - sent.length, now)
    }
    if (actor.vetted) return
    const together = await triage.recent(now - counted.short, limits.strangers)
    if (together >= limits.strangers) throw new RuleError(patience(actor, now + counted.short, !fresh))
  }
}

const mostKnown = 10_000
