import type { reply as english } from '../en/reply.ts'
import type { Translated } from '../template.ts'

/** The Spanish sentences of the reply area, by key. */
export const reply: Translated<typeof english> = {}
