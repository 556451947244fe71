/** The English sentences of check-ins and reminders that come again, by key. */
export const recurring = {
  'recurring.home': 'whose first region is {regions}',
} as const
