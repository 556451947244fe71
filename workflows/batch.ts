import type { IncidentId, PersonId, RegionCode } from './ids.ts'
import type { Incident } from './incident.ts'

/** A report that somebody looks through, at its place in their batch, theirs until then (epoch ms). */
export type Held = { readonly incident: Incident; readonly place: number; readonly until: number }

/** What one person looks through now, in the order to be worked; `waiting` counts the whole queue that they may see. */
export type Batch = {
  readonly name: string
  readonly items: readonly Held[]
  readonly waiting: number
  /** How many of them are S4 or S5. */
  readonly urgent: number
}

/** Whose queue it is: what that person may see of these regions, their own reports left out. */
export type Triager = { readonly person: PersonId; readonly regions: 'all' | readonly RegionCode[] }

/** Which of the queue an act on many takes in: all of a sender, all with the same words, or places of a batch. */
export type Rule =
  | { readonly type: 'from'; readonly sender: PersonId }
  | { readonly type: 'like'; readonly id: IncidentId }
  | { readonly type: 'batch'; readonly name: string; readonly places: readonly number[] | null }

/** How the queue is read; everything is bounded and served by an index. */
export interface TriageReads {
  /** What they hold now, without taking more. */
  held(who: Triager, now: number): Promise<Batch>
  /**
   * What of the queue that rule takes in, reported up to then (epoch ms), most urgent first; 1,000 at most. What
   * somebody else looks through now is left to them.
   */
  chosen(rule: Rule, who: Triager, until: number, now: number): Promise<readonly Incident[]>
  /** Strangers' S4 and S5 that nobody has checked, whoever looks at them now; most severe first, then oldest. */
  urgent(who: Triager, limit: number): Promise<readonly Incident[]>
  /** What one act of theirs took in. */
  act(name: string, person: PersonId): Promise<readonly IncidentId[]>
  /** When a person sent their newest reports since then, newest first (epoch ms), `limit` at most. */
  sent(person: PersonId, since: number, limit: number): Promise<readonly number[]>
  /** How many reports wait that strangers sent since then, `limit` at most. */
  recent(since: number, limit: number): Promise<number>
  /** Who is kept out now, newest first: by whom, since when (epoch ms), why. */
  blocked(): Promise<readonly Block[]>
}

/** Somebody who may send nothing for now. */
export type Block = {
  readonly person: PersonId
  readonly by: PersonId
  readonly at: number
  readonly reason: string | null
}
