/** The English sentences of the reply area, by key. */
export const reply = {} as const
