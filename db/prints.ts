import { inArray } from 'drizzle-orm'
import type { IncidentChange } from '../workflows/change.ts'
import type { Base } from './base.ts'
import type { Tx } from './database.ts'

/**
 * Keeps an HMAC of the words of what strangers send, however they are spaced and written large, so that the same words
 * sent again are found; it goes when the words go.
 */
export function printRows({ tables: { fingerprints }, seal }: Base) {
  return async function write(tx: Tx, changes: readonly IncidentChange[]): Promise<void> {
    for (const { before, after, entries } of changes) {
      const what = entries[0]?.words?.what
      if (!before && after.triage === 'waiting' && what) {
        const print = seal.hmac(`words:${bare(what)}`)
        const row = { incident: after.id, print }
        await tx.insert(fingerprints).values(row).returning({ incident: fingerprints.incident })
      }
      if (before && wordsGone(before, after)) {
        const own = inArray(fingerprints.incident, [after.id])
        await tx.delete(fingerprints).where(own).returning({ incident: fingerprints.incident })
      }
    }
  }
}

type State = IncidentChange['after']

function wordsGone(before: State, after: State): boolean {
  return (before.whatSeq !== 0 && after.whatSeq === 0) || (before.cleared ?? 0) < (after.cleared ?? 0)
}

/** Letters and digits alone, all small, without accents; of a text without any, the text. */
function bare(text: string): string {
  const letters = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return letters.replace(/[^\p{L}\p{N}]+/gu, ' ').trim() || text.trim()
}
