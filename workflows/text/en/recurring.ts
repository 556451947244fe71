/** The English sentences of check-ins and reminders that come again, by key. */
export const recurring = {
  'recurring.no-event': 'The network file names no event "{event}".',
  'recurring.no-message': 'The prepared message {id} has no approved version.',
  'recurring.late': '(This comes late. It was due at {time}.)',
  'recurring.home': 'whose first region is {regions}',
} as const
