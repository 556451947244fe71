import type { Copy, EvidenceItem, EvidenceKind, EvidenceRecord, Look, Taken } from '../workflows/evidence.ts'
import type { IncidentId, PersonId, PlatformName } from '../workflows/ids.ts'
import type { FileRef } from '../workflows/incident.ts'

/** A file to be kept: what it is, who sends it, and how to read it, which is done once. */
export type FileToKeep = {
  readonly person: PersonId | null
  readonly kind: EvidenceKind
  readonly type: string
  readonly record: Omit<EvidenceRecord, keyof Taken>
  /** The incident it is sent for; the same bytes by the same person are kept there once. Null for a new report. */
  readonly incident: IncidentId | null
  /** Ids kept in the same go, among which the same bytes are kept once too. */
  readonly among: readonly string[]
  readonly mostBytes: number
  readonly open: () => AsyncIterable<Uint8Array>
  /** What the file's own metadata says, asked once all bytes have passed. */
  readonly taken: () => Promise<Taken>
}

/** A kept file as a timeline names it; `again` says that these bytes had been kept before. */
export type KeptEvidence = FileRef & { readonly size: number; readonly sha256: string; readonly again: boolean }

/** A file that its platform still has. `id` is random, and makes it count once; `source` is for the platform alone. */
export type ToFetch = {
  readonly id: string
  readonly person: PersonId | null
  readonly platform: PlatformName
  readonly source: string
  readonly name: string
  /** The type that the platform claims, and the kind that this makes it. */
  readonly type: string
  readonly kind: EvidenceKind
  readonly processed: boolean
}

/** One that is due, leased to whoever asked; `attempts` counts this one. */
export type DueFetch = ToFetch & {
  readonly incident: IncidentId
  /** The entry that it came with. */
  readonly seq: number | null
  readonly attempts: number
  readonly createdAt: number
}

/** Files that are to be fetched; each was committed with the report or the message that it came with. */
export interface FetchStore {
  /** What is due on these platforms, oldest first, leased until `now + leaseMs`. */
  due(platforms: readonly PlatformName[], now: number, leaseMs: number, limit: number): Promise<readonly DueFetch[]>
  /** Says that it did not come: tried again at `retryAt`. */
  failed(id: string, reason: string, retryAt: number): Promise<void>
  /** How many are still to come. */
  waiting(): Promise<number>
}

/** What is wrong with a kept file, or with what a timeline says of it. */
export type FileFinding = {
  readonly incident: IncidentId | null
  /** The file's id; the path of bytes that no row knows. */
  readonly file: string
  readonly problem: FileProblem
}

/**
 * `missing`: its bytes, its key or its row are not there; `altered`: it is not what was kept; `unproven`: a timeline
 * entry vouches for other bytes; `unnamed`: no timeline entry names it; `orphaned`: bytes that no row knows.
 */
export type FileProblem = 'missing' | 'altered' | 'unproven' | 'unnamed' | 'orphaned'

/** What keeps the store in order. */
export interface FileUpkeep {
  /**
   * Shreds all that is kept with an incident, or these files: keys, records and look-up values at once, bytes and
   * copies right after (or at the next sweep). That they were there stands. Gives how many.
   */
  shred(what: IncidentId | readonly string[], now: number): Promise<number>
  /** Shreds those of these files that nothing has named: what they were sent with was refused. */
  release(ids: readonly string[], now: number): Promise<void>
  /**
   * Shreds what nothing has named for a day (a report that was never sent), and removes the bytes of all that is
   * shredded and what a crash left half written. Gives how many files went.
   */
  sweep(now: number): Promise<number>
  /** Reads every byte and every timeline entry that names a file; yields what is wrong. Little memory, any number. */
  verify(now: number): AsyncIterable<FileFinding>
  /** How many files stand, their bytes together, and how many were shredded. */
  counts(): Promise<{ readonly files: number; readonly bytes: number; readonly shredded: number }>
}

/** Kept files, encrypted on disk, each under a key of its own; deleting that key shreds it. */
export interface FileStore extends FileUpkeep {
  /**
   * Streams a file into the store, durably; it belongs to nothing until a commit names its id.
   * @throws TooBigError past `mostBytes`, StoreError, and what the stream threw; then nothing is kept
   */
  keep(file: FileToKeep, now: number): Promise<KeptEvidence>
  /** What is kept with an incident and stands, oldest first. */
  list(incident: IncidentId): Promise<readonly EvidenceItem[]>
  /** One kept file; null if there is none, or it was shredded. */
  find(id: string): Promise<EvidenceItem | null>
  /** The other standing files with the same bytes, whoever sent them. */
  same(id: string): Promise<readonly Pick<EvidenceItem, 'id' | 'incident' | 'by'>[]>
  /**
   * The original bytes from that byte on, each piece verified before it is given.
   * @throws StoreError (`broken`) if changed or gone
   */
  read(id: string, from?: number): AsyncIterable<Buffer>
  /** A copy of a picture for looking at, without metadata; made at the first opening and kept beside. */
  copy(id: string, look: Look): Promise<Copy>
}
