import type { BroadcastId } from '../../ids.ts'
import type { Reader } from '../../text/say.ts'
import type { NotShown } from '../../viewing.ts'

/** What a link to the answers of a broadcast is for, and how whoever has it reads. */
export type AnswersFound = { readonly type: 'answers'; readonly broadcast: BroadcastId; readonly reader: Reader }

/** The answers to broadcasts behind one-time links: the right is judged anew each time. */
export type AnswerSheets = {
  /** What a link is for; this alone shows nothing. */
  readonly find: (secret: string) => Promise<AnswersFound | NotShown>
  /** The table, once, for a reason that is written into the broadcast's log before: from then on the link is spent. */
  readonly take: (secret: string, reason: string) => Promise<(AnswersFound & { readonly csv: string }) | NotShown>
}

/** What a link to the answers of a broadcast stands for. */
export const answersItem = 'answers'
