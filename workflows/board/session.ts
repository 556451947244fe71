import type { Phrase } from '../phrase.ts'
import type { Reader } from '../text/say.ts'
import type { NotShown } from '../viewing.ts'
import type { Board } from './board.ts'

/** A link that was not used yet: who would open it reads so, and sees nothing of the board. */
export type BoardGate = { readonly type: 'gate'; readonly network: string; readonly reader: Reader }

/** A board that was opened: what a browser carries from then on, until when (epoch ms). */
export type BoardOpened = { readonly type: 'opened'; readonly session: string; readonly until: number }

/** A board as its session may see it now; `until` (epoch ms) is when that ends. */
export type BoardSeen = {
  readonly type: 'board'
  readonly board: Board
  readonly reader: Reader
  readonly until: number
}

/** What the pages of boards may ask for. The right is judged anew each time: role, regions, edition and mark. */
export interface Boards {
  /** Why no board opens here at all: the way to the hub is not safe. Null: it is. */
  closed(): Phrase | null
  /** What a link is for; this alone shows nothing and spends nothing. */
  find(secret: string): Promise<BoardGate | NotShown>
  /** Opens the board and spends the link, once, whoever else presses at the same moment. */
  open(secret: string): Promise<BoardOpened | NotShown>
  /** The board of a session, at most a few seconds old. */
  look(session: string): Promise<BoardSeen | NotShown>
  /** Ends a session for good. */
  end(session: string): Promise<void>
}
