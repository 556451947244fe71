/** The English sentences about what came in and could not be worked on, by key. */
export const parked = {
  'parked.count': {
    one: '{count} message that somebody sent could not be worked on.',
    other: '{count} messages that people sent could not be worked on.',
  },
  'parked.line': 'From {who} ({tool}): not worked on, sent {time}',
  'parked.somebody': 'somebody',
  'parked.hint':
    'Only whoever wrote it can read it. Run it again if the cause is gone, or ask them what they wrote. Leaving it ' +
    'deletes it.',
  'parked.button-again': 'Run again',
  'parked.button-mine': 'Try again',
  'parked.again': 'I am working on it again. See how it goes: /delivery.',
  'parked.left': 'Left. It will not be worked on, and its words are deleted.',
  'parked.sender':
    'I could not work on what you sent at {time}. It did NOT count yet. It is kept: choose Try again, or send it ' +
    'again. Urgent? Call your coordinator.',
  'parked.mine': 'I am working on it again. If it does not work, I tell you.',
  'parked.gone': 'That is settled by now. If in doubt, send it again.',
} as const
