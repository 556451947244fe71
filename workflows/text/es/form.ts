import type { form as english } from '../en/form.ts'
import type { Translated } from '../template.ts'

/** The Spanish sentences of the form area, by key. */
export const form: Translated<typeof english> = {}
