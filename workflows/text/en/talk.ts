/** The English sentences about what people say to each other across rooms: edits, deletions, digests, by key. */
export const talk = {
  'talk.edited': '{line} (edited)',
  'talk.from': '{person} ({room})',
  'talk.changed': '{person} changed what they wrote at {time}: {words}',
  'talk.still-stands': 'What {person} wrote at {time} was taken back. Please do not use it or pass it on.',
  'talk.digest': '{id}, {from} to {to}:',
  'talk.digest-more': {
    one: '1 more line is not shown here. To read it: /incident {id}',
    other: '{count} more lines are not shown here. To read them: /incident {id}',
  },
  'talk.timed':
    'You sent this in a chat whose messages disappear. What you report is kept for the team. To take it back: ' +
    'delete your message.',
  'talk.entry-reworded': '{person} changed what they wrote.',
  'talk.entry-deleted': '{whose} took back what they wrote.',
  'talk.entry-removed': 'What {whose} wrote was removed in its room.',
  'talk.entry-expired': 'What {whose} wrote has disappeared, as set in its chat.',
} as const
