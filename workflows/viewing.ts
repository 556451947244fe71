import type { Shown } from './custody.ts'
import type { Copy, EvidenceItem, Look } from './evidence.ts'
import type { IncidentId } from './ids.ts'
import type { Phrase } from './phrase.ts'
import type { Reader } from './text/say.ts'

/** What a page shows, and to whom; item null: the record of all that is kept. */
export type Viewed = {
  readonly type: 'viewed'
  readonly incident: IncidentId
  readonly item: EvidenceItem | null
  readonly reader: Reader
  /** The call sign under which it is recorded. */
  readonly callsign: string
  readonly maySave: boolean
  /** Until when the link holds, epoch ms. */
  readonly until: number
  /** True while the link belongs to no browser yet. */
  readonly fresh: boolean
}

/** Nothing is shown, and why: the link has run out, belongs to another browser, or this person may not. */
export type NotShown = {
  readonly type: 'not-shown'
  readonly why: 'gone' | 'other' | 'refused' | 'reason'
  readonly phrase: Phrase
  /** How whoever asks reads it; null if nobody knows who that is. */
  readonly reader: Reader | null
}

/** A whole file, readable from any byte on. */
export type Whole = {
  readonly type: 'whole'
  readonly item: EvidenceItem
  readonly incident: IncidentId
  readonly read: (from: number) => AsyncIterable<Uint8Array>
}

/** The record of all that is kept with an incident, as plain data. */
export type Manifest = { readonly type: 'manifest'; readonly incident: IncidentId; readonly data: unknown }

/**
 * What the pages of evidence may ask for: the secret is the link's, the browser's is in its cookie. The right is
 * judged anew each time, and what is given was written into the timeline before.
 */
export interface Viewing {
  /** What a link is for; this alone shows nothing. */
  find(secret: string, browser: string | null): Promise<Viewed | NotShown>
  /** Makes the link belong to a browser, which carries the secret given back; null if one has it already. */
  bind(secret: string): Promise<string | null>
  /** Writes down that it is opened, once for each link and copy. */
  open(secret: string, browser: string | null, copy: Shown): Promise<Viewed | NotShown>
  /** Writes down that the original or the record leaves the hub, and why. */
  save(secret: string, browser: string | null, reason: string): Promise<Viewed | NotShown>
  /** A copy that was opened. */
  copy(secret: string, browser: string | null, look: Look): Promise<Copy | NotShown>
  /** The whole file that was opened, or (to keep) saved. */
  whole(secret: string, browser: string | null, use: 'look' | 'keep'): Promise<Whole | NotShown>
  /** The record, once it was saved. */
  record(secret: string, browser: string | null): Promise<Manifest | NotShown>
}
