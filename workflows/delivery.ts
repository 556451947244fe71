/** One message on a platform; `thread` names the thread it stands in, if any. All in the platform's own ids. */
export type MessageRef = { readonly room: string; readonly id: string; readonly thread?: string }

/**
 * Why the words of a message must go: whoever wrote them took them back, its readers may not see them any more (which
 * is judged when it is done), or they are not kept any longer. A `receipt` is drawn anew as the report stands now; a
 * former card (`moved`) says that a newer one stands below. What carries words that were changed (`reworded`) is drawn
 * anew with those that stand now. So is what went to many and was corrected or taken back since (`amended`), and what
 * tells how that comes on (`progress`).
 */
export type RecallReason =
  | ('withdrawn' | 'sight' | 'expired' | 'receipt' | 'moved' | 'reworded' | 'renamed')
  | ('amended' | 'progress')

/** A message of the practice workspace, as its store keeps it; `body` is what the page shows. */
export type PracticeMessage = {
  readonly id: number
  readonly key: string | null
  readonly room: string
  readonly thread: number | null
  readonly author: string
  readonly body: unknown
  readonly at: number
  readonly editedAt: number | null
}

/**
 * What the practice workspace keeps in the database, being its own chat server. Rooms and direct conversations alike.
 */
export interface PracticeStore {
  /** Adds a message; the same key again gives the message that already stands. */
  add(message: Omit<PracticeMessage, 'id' | 'editedAt'>): Promise<PracticeMessage>
  /** Replaces what a message shows. */
  edit(id: number, body: unknown, at: number): Promise<PracticeMessage | null>
  /** The message sent under that key, or null. */
  byKey(key: string): Promise<PracticeMessage | null>
  /** One message, or null. */
  get(id: number): Promise<PracticeMessage | null>
  /** The last `limit` top-level messages of a room before that id, oldest first. */
  list(room: string, limit: number, before?: number): Promise<readonly PracticeMessage[]>
  /** A thread, oldest first, without its root. */
  thread(root: number): Promise<readonly PracticeMessage[]>
  /** How many messages stand in each thread of these roots. */
  threadCounts(roots: readonly number[]): Promise<ReadonlyMap<number, number>>
  /** Everything added or edited since that moment (epoch ms), for pages that were away. */
  since(at: number, limit: number): Promise<readonly PracticeMessage[]>
}
