import type { RecallReason } from './delivery.ts'
import type { Entry } from './event.ts'
import type { PersonId } from './ids.ts'
import { type Clearing, type Incident, isOpen } from './incident.ts'
import { moreSecret } from './mark.ts'
import { isOnIt } from './standing.ts'

/** The words of single entries, and single files. */
type Owed = { readonly seqs: readonly number[]; readonly files: readonly string[] }

/**
 * What is destroyed with a change: all that these people wrote and sent so far (and what else is owed), what somebody
 * said in one entry (once it is `gone`, with what is still to be fetched), or what a step of clearing takes.
 */
export type Shred =
  | { readonly type: 'by'; readonly people: readonly PersonId[]; readonly owed?: Owed }
  | {
      readonly type: 'said'
      readonly whose: PersonId
      readonly of: number
      readonly owed: Owed
      readonly gone: boolean
    }
  | { readonly type: 'step'; readonly step: Clearing | 'noise' }

/** Whose words must leave the messages that carry them (those that were sent, too), and why. */
export type Recall = {
  readonly reason: RecallReason
  readonly authors: 'all' | readonly PersonId[]
  /** Which messages of its cards: those that newer ones replaced, or the current ones too, which are not drawn anew. */
  readonly cards: 'former' | 'all'
}

/** The messages that carry what was said in entry `of`: they are drawn anew, or (`gone`) show no words any more. */
export type Retelling = { readonly of: number; readonly gone: 'withdrawn' | 'expired' | null }

/**
 * What a change takes away for good: sealed words and files, and words that stand in rooms and conversations; `receipt`
 * if what its reporter read when it was received is not so any more.
 */
export type Loss = {
  readonly shred: Shred | null
  readonly recall: Recall | null
  readonly receipt?: true
  readonly retell?: Retelling
}

/** What must go because of these entries. Under a legal hold what was taken back is hidden, and goes when it ends. */
export function lossOf(before: Incident | null, entries: readonly Entry[], after: Incident): Loss {
  if (!before) return nothing
  const stale = entries.some(({ event }) => event.type === 'placed' || event.type === 'withdrawn')
  return { ...lost(before, entries, after), ...(stale ? { receipt: true } : {}) }
}

function lost(before: Incident, entries: readonly Entry[], after: Incident): Loss {
  for (const { event, by } of entries) {
    switch (event.type) {
      case 'withdrawn': {
        const people = before.reporter ? [before.reporter] : []
        return {
          shred: after.hold ? null : { type: 'by', people },
          recall: { reason: 'withdrawn', authors: people, cards: 'former' },
        }
      }
      case 'sourced': {
        const gone = event.source ? null : before.also?.find(one => one.report === event.report)?.by
        // Whoever works on it wrote there for the team, too.
        if (!gone || isOnIt(before, { id: gone })) break
        return {
          shred: after.hold ? null : { type: 'by', people: [gone] },
          recall: { reason: 'withdrawn', authors: [gone], cards: 'former' },
        }
      }
      case 'reworded':
      case 'unsaid': {
        const { of, from: seq } = event
        const whose = event.type === 'unsaid' ? event.whose : by
        const files = event.type === 'unsaid' ? (event.files ?? []).map(file => file.id) : []
        const gone = event.type === 'reworded' ? null : event.why === 'expired' ? 'expired' : 'withdrawn'
        const owed = { seqs: [seq], files }
        const shred = after.hold || !whose ? null : ({ type: 'said', whose, of, owed, gone: gone !== null } as const)
        return { shred, recall: null, retell: { of, gone } }
      }
      case 'hold-lifted': {
        const { owed: people = [], unsaid: seqs = [], files = [] } = before.hold ?? {}
        if (people.length + seqs.length === 0) return nothing
        return { shred: { type: 'by', people, ...(seqs.length > 0 ? { owed: { seqs, files } } : {}) }, recall: null }
      }
      case 'removed': {
        if (event.what === 'person' && event.lost.length === 0) break
        if (event.what === 'person')
          return { shred: null, recall: { reason: 'withdrawn', authors: [], cards: isOpen(after) ? 'former' : 'all' } }
        const worded = event.what === 'noise' || event.what === 'narrative'
        return {
          shred: { type: 'step', step: event.what },
          recall: worded ? { reason: 'expired', authors: 'all', cards: 'all' } : null,
        }
      }
    }
  }
  return { shred: null, recall: fewerSee(before, after) ? { reason: 'sight', authors: 'all', cards: 'former' } : null }
}

const nothing: Loss = { shred: null, recall: null }

/** True if somebody who could see it may not see it, or not its words, any more. */
function fewerSee(before: Incident, after: Incident): boolean {
  if (before.region !== after.region) return true
  if (after.mark !== before.mark && moreSecret(after.mark, before.mark) === 'RED') return after.mark === 'RED'
  if (after.visibility !== 'restricted') return false
  return before.visibility !== 'restricted' || before.allowed.some(person => !after.allowed.includes(person))
}
