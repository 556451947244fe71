import { type Hash, hash } from 'node:crypto'
import type { IncidentEvent } from '../workflows/event.ts'
import type { IncidentId, PersonId } from '../workflows/ids.ts'
import type { Seal } from './seal.ts'

/** What the hash of a timeline entry vouches for; `digest` stands for its words, null if it has none. */
export type Link = {
  readonly incident: IncidentId
  readonly seq: number
  readonly at: number
  readonly by: PersonId | null
  readonly event: IncidentEvent
  readonly digest: string | null
}

/** The hash before the first entry. */
export const chainStart = ''

/** The hash of an entry, over itself and the hash of the entry before: SHA-256, 43 characters. */
export function chained(previous: string, { incident, seq, at, by, event, digest }: Link): string {
  // Both engines keep the text of JSON as it was written, so that the same event always gives the same text.
  return digestOf(previous + JSON.stringify([incident, seq, at, by, event, digest]))
}

/** SHA-256 of a text, 43 characters. */
export function digestOf(text: string): string {
  return hash('sha256', text, 'base64url')
}

/** The proof of a timeline's last entry, which only a hub with the database's own key can make: 22 characters. */
export function headProof(
  seal: Pick<Seal, 'proof'>,
  { id, seq }: { id: IncidentId; seq: number },
  hash: string,
): string {
  return seal.proof(`head:${id}:${seq}:${hash}`)
}

/** What is wrong with a chain, and at which of its entries. */
export type ChainFinding<Id> = { readonly of: Id; readonly seq: number; readonly problem: string }

type Entry = { readonly seq: number; readonly hash: string }

/**
 * Follows a chain of entries from its first to `last`, the place of what was kept; yields every break. Returns the last
 * hash, or null where the chain does not end there.
 */
export function* brokenLinks<Id, One extends Entry>(
  { of, last }: { readonly of: Id; readonly last: number },
  entries: readonly One[],
  linked: (previous: string, entry: One) => string,
): Generator<ChainFinding<Id>, string | null> {
  let previous = chainStart
  let expected = 1
  for (const entry of entries) {
    const { seq } = entry
    if (seq !== expected) yield { of, seq: expected, problem: 'an entry is missing' }
    if (linked(previous, entry) !== entry.hash) yield { of, seq, problem: 'the entry was changed' }
    previous = entry.hash
    expected = seq + 1
  }
  if (last === expected - 1) return previous
  yield { of, seq: last, problem: 'the last entries are missing' }
  return null
}

/** Takes the last entries of all chains into a digest, a page after the other; gives how many chains and entries. */
export async function digestEnds<Id extends string>(
  digest: Hash,
  most: number,
  page: (after: Id) => Promise<readonly ({ readonly id: Id } & Entry)[]>,
): Promise<{ readonly chains: number; readonly entries: number }> {
  let [chains, entries, after] = [0, 0, '' as Id]
  for (;;) {
    const rows = await page(after)
    for (const { id, seq, hash } of rows) {
      digest.update(`${id} ${seq} ${hash}\n`)
      entries += seq
    }
    chains += rows.length
    after = rows.at(-1)?.id ?? after
    if (rows.length < most) return { chains, entries }
  }
}
