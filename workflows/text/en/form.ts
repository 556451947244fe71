/** The English sentences of the form area, by key. */
export const form = {} as const
