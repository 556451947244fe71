import type { command as english } from '../en/command.ts'
import type { Translated } from '../template.ts'

/** The Spanish sentences of the command area, by key. */
export const command: Translated<typeof english> = {}
