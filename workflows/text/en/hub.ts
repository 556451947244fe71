/** The English sentences of the hub area, by key. */
export const hub = {
  'hub.someone': 'someone',
} as const
