import type { Directory } from '../directory.ts'
import type { Taxonomy } from '../taxonomy.ts'
import { acledWriter } from './acled.ts'
import { capWriter } from './cap.ts'
import { csvWriter } from './csv.ts'
import { geojsonWriter } from './geojson.ts'
import { hxlWriter } from './hxl.ts'
import { ics214Writer } from './ics214.ts'
import { jsonWriter } from './json.ts'
import type { ExportPlan, Format } from './plan.ts'
import type { Row } from './row.ts'

/** What a file says of itself: when it was made (epoch ms), by which network, under which number. */
export type Heading = {
  readonly plan: ExportPlan
  readonly directory: Directory
  readonly taxonomy: Taxonomy
  readonly at: number
  /** `X-0007`; `local` where whoever runs the hub made it. */
  readonly name: string
}

/**
 * Writes a file piece by piece: its head, each row (`index` from 0; null: there is no place for it in that form), its
 * tail. `records` counts the rows in what was written: it is how a file is checked.
 */
export type Writer = {
  readonly head: string
  readonly row: (row: Row, index: number) => string | null
  readonly tail: (count: number) => string
  /** Counts rows in the bytes of a file, given piece by piece; the last answer holds. */
  readonly counter: () => (piece: Uint8Array) => number
}

const writers: Readonly<Record<Format, (heading: Heading) => Writer>> = {
  json: jsonWriter,
  csv: csvWriter,
  hxl: hxlWriter,
  geojson: geojsonWriter,
  acled: acledWriter,
  cap: capWriter,
  ics214: ics214Writer,
}

/** Makes the writer of a plan's form. */
export function writerOf(heading: Heading): Writer {
  return writers[heading.plan.format](heading)
}
