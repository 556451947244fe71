/** The English sentences of the speech test (Rabat Plan of Action), by key. */
export const speech = {
  'speech.other-kind':
    '{id} is not set to hate speech or incitement, so there are no words to score. Set its kind first.',
  'speech.entry': '{person} scored the words.',
} as const
