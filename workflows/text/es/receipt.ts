import type { receipt as english } from '../en/receipt.ts'
import type { Translated } from '../template.ts'

/** The Spanish sentences of the receipt area, by key. */
export const receipt: Translated<typeof english> = {}
