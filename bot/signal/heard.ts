/** A file that came with a message, by the name that the server keeps it under; fetched after the answer. */
export type SignalFile = {
  readonly source: string
  readonly name: string
  readonly type: string
  readonly size: number
}

/**
 * One frame as it is understood: who (uuid, or the number where there is none), when (ms since 1970, which with the
 * author is the message's id), in which group (public id, null: the direct conversation), and until when it may be
 * seen (epoch ms, null: for good).
 */
export type Heard = {
  readonly account: string
  readonly number: string | null
  readonly at: number
  readonly group: string | null
  readonly until: number | null
} & (
  | {
      readonly type: 'text'
      readonly words: string
      readonly quote: Quoted | null
      readonly files: readonly SignalFile[]
    }
  | { readonly type: 'edit'; readonly target: number; readonly words: string }
  | {
      readonly type: 'reaction'
      readonly emoji: string
      readonly author: string
      readonly target: number
      readonly removed: boolean
    }
  | { readonly type: 'deletion'; readonly target: number }
  | { readonly type: 'receipt' }
  | { readonly type: 'nothing' }
)

/** The message that somebody answered: its author and timestamp. */
export type Quoted = { readonly author: string; readonly at: number }
