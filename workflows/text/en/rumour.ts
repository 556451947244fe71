/** The English sentences of rumors, by key. */
export const rumour = {
  'rumour.unknown': 'There is no rumor {words}. See the list: /rumour',
} as const
