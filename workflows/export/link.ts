import type { Phrase } from '../phrase.ts'
import type { Reader } from '../text/say.ts'
import type { NotShown } from '../viewing.ts'
import type { ExportId } from './request.ts'

/** What a link to the file of an export is for, what goes out with it, and how whoever has it reads. */
export type ExportFound = {
  readonly type: 'export'
  readonly export: ExportId
  readonly what: Phrase
  readonly reader: Reader
}

/** A file on its way out: its name, its media type, and its bytes piece by piece. */
export type ExportFile = ExportFound & {
  readonly file: string
  readonly media: string
  readonly bytes: AsyncIterable<Uint8Array>
}

/** The files of exports behind one-time links: the right is judged anew each time. */
export type ExportFiles = {
  /** What a link is for; this alone shows nothing. */
  readonly find: (secret: string) => Promise<ExportFound | NotShown>
  /** The file, once; from then on the link and the export are spent. That it was taken stands in the log before. */
  readonly take: (secret: string) => Promise<ExportFile | NotShown>
}
