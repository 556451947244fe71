import type { card as english } from '../en/card.ts'
import type { Translated } from '../template.ts'

/** The Spanish sentences of the card area, by key. */
export const card: Translated<typeof english> = {}
