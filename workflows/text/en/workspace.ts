/** The English sentences of the workspace area, by key. */
export const workspace = {} as const
