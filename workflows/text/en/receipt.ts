/** The English sentences of the receipt area, by key. */
export const receipt = {} as const
