import type { sitrep as english } from '../en/sitrep.ts'
import type { Translated } from '../template.ts'

/** The Spanish sentences of the sitrep area, by key. */
export const sitrep: Translated<typeof english> = {}
