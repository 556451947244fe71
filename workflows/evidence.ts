import type { IncidentId, PersonId, PlatformName } from './ids.ts'
import type { Evidence } from './incident.ts'

/** What a kept file is, by its bytes. */
export type EvidenceKind = Exclude<keyof Evidence, 'link'>

/** What the file's own metadata says: when it was taken (epoch ms), with what, and where (degrees). */
export type Taken = {
  readonly takenAt: number | null
  readonly device: string | null
  readonly position: { readonly lat: number; readonly lon: number } | null
}

/** What is known of a kept file besides its bytes; it lies sealed under the file's own key. */
export type EvidenceRecord = Taken & {
  /** The name it came under. */
  readonly name: string
  /** The type that the sender's tool claimed; what it is by its bytes stands in `EvidenceItem.type`. */
  readonly claimed: string
  readonly platform: PlatformName
  /** The platform recompresses what passes through it: this is not the camera's own file. */
  readonly processed: boolean
}

/** A kept file: `type` is a MIME type told by its bytes, `size` is in bytes, `sha256` in hex, `keptAt` in epoch ms. */
export type EvidenceItem = {
  readonly id: string
  /** What it belongs to; null until a commit names it. */
  readonly incident: IncidentId | null
  readonly kind: EvidenceKind
  readonly type: string
  readonly size: number
  readonly sha256: string
  readonly keptAt: number
  readonly by: PersonId | null
  readonly record: EvidenceRecord
}

/** The two views of a picture that are made for looking at it: strongly blurred, and at most 1,600 pixels a side. */
export type Look = 'blurred' | 'small'

/** A copy made for looking, without metadata; or why there is none. */
export type Copy =
  | { readonly type: 'copy'; readonly mime: string; readonly bytes: Buffer }
  | { readonly type: 'none'; readonly why: NoCopy }

/**
 * Why a file has no copy for looking: it is no picture, it has too many pixels, it cannot be read as the picture it
 * claims to be, or it is not there (any more).
 */
export type NoCopy = 'no-picture' | 'too-large' | 'unreadable' | 'gone'

/**
 * Makes the copy of a picture for looking at, from its original bytes; does not reject because of a bad picture, but
 * says why there is no copy.
 */
export type Draw = (
  item: Pick<EvidenceItem, 'type' | 'size'>,
  original: AsyncIterable<Uint8Array>,
  look: Look,
) => Promise<Copy>

/** The most bytes that are kept of one file, by its kind. */
export const mostBytes: Readonly<Record<EvidenceKind, number>> = {
  photo: 25 * 1_048_576,
  video: 100 * 1_048_576,
  voice: 25 * 1_048_576,
  document: 25 * 1_048_576,
}

/** The most files that are taken at once. */
export const mostFiles = 10

/** Nothing known. */
export const nothingTaken: Taken = { takenAt: null, device: null, position: null }
