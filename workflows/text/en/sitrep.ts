/** The English sentences of the sitrep area, by key. */
export const sitrep = {} as const
