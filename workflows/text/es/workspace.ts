import type { workspace as english } from '../en/workspace.ts'
import type { Translated } from '../template.ts'

/** The Spanish sentences of the workspace area, by key. */
export const workspace: Translated<typeof english> = {}
