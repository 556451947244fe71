/** The English sentences of the post area, by key. */
export const post = {} as const
