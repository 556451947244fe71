/** A file that came with a message, by the name that the server keeps it under; fetched after the answer. */
export type SignalFile = {
  readonly source: string
  readonly name: string
  readonly type: string
  readonly size: number
  /** It is not the camera's own: phones make pictures smaller that are not sent as files. */
  readonly processed?: true
}

/**
 * One frame as it is understood: who (uuid, or the number where there is none), when (ms since 1970, which with the
 * author is the message's id), when Signal's server took it in (which tells what was said first, whatever the clocks of
 * somebody's devices say), in which group (public id, null: the direct conversation), and until when it may be seen
 * (epoch ms, null: for good). `key` is what it was kept under and makes it count once; `keptAt` is when that was (epoch
 * ms, by the hub's own clock), where that is known.
 */
export type Heard = {
  readonly key: string
  readonly account: string
  readonly number: string | null
  readonly at: number
  readonly taken: number
  readonly keptAt?: number
  readonly group: string | null
  readonly until: number | null
} & (
  | {
      readonly type: 'text'
      readonly words: string
      readonly quote: Quoted | null
      readonly files: readonly SignalFile[]
      /** The hub was mentioned by name; the mention is taken out of the words. */
      readonly mentioned: boolean
      /** A picture came that was to be looked at once: it is not among the files, for it must not be kept. */
      readonly once: boolean
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
  /** Something came that could not be decrypted; `untrusted`: because their safety number is new. */
  | { readonly type: 'unreadable'; readonly untrusted: boolean }
  /** Receipts, typing, calls, stories, changes of a group, the hub's own echo, garbage: nothing that anybody said. */
  | { readonly type: 'nothing' }
)

/** The message that somebody answered: its author (the hub's own number where it is the hub's) and timestamp. */
export type Quoted = { readonly author: string; readonly at: number }
