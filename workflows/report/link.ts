import type { IncidentId, RunId } from '../ids.ts'
import type { Reader } from '../text/say.ts'
import type { NotShown } from '../viewing.ts'

/** What a link to a table is for, and how whoever has it reads. */
export type TableFound = {
  readonly type: 'table'
  readonly incident: IncidentId
  readonly run: RunId
  readonly reader: Reader
}

/** The tables of protocols behind one-time links: the right is judged anew each time. */
export type Tables = {
  /** What a link is for; this alone shows nothing. */
  readonly find: (secret: string) => Promise<TableFound | NotShown>
  /** The table, once: from then on the link is spent. */
  readonly take: (secret: string) => Promise<(TableFound & { readonly csv: string }) | NotShown>
}
