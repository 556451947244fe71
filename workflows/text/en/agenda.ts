/** The English sentences of what is to come, by key. */
export const agenda = {
  'agenda.unknown': 'Nothing on the calendar has the number {words}. See it: /agenda',
} as const
