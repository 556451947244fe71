/** The English sentences of the command area, by key. */
export const command = {} as const
