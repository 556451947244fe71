import type { BroadcastId } from '../../ids.ts'
import type { Reader } from '../../text/say.ts'
import type { View } from '../../view.ts'
import type { NotShown } from '../../viewing.ts'

/** What a link to the live table of a broadcast stands for. */
export const liveItem = 'live'

/** The table as it stands now; `view` is null while the link belongs to no browser: it shows nothing then. */
export type LiveTable = {
  readonly type: 'live'
  readonly broadcast: BroadcastId
  readonly view: View | null
  readonly reader: Reader
}

/** The live tables behind links that belong to one browser each: the right is judged anew each time. */
export type LiveTables = {
  /** The table, narrowed down as a button of it says (empty: all of it), for the browser that carries that secret. */
  readonly find: (secret: string, browser: string | null, narrowed: string) => Promise<LiveTable | NotShown>
  /** Makes the link belong to a browser, which carries the secret given back; null if one has it already. */
  readonly bind: (secret: string) => Promise<string | null>
}
