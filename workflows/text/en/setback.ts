/** The English sentences about what went wrong on the way, as coordinators are told of it, by key. */
export const setback = {
  'setback.title': { one: '{count} thing went wrong on the way', other: '{count} things went wrong on the way' },
  'setback.count-unreachable': {
    one: 'Urgent: {count} message has not reached somebody. Please reach them another way.',
    other: 'Urgent: {count} messages have not reached somebody. Please reach them another way.',
  },
  'setback.count-closed': {
    one: '{count} room does not let me write. What goes there waits.',
    other: '{count} rooms do not let me write. What goes there waits.',
  },
  'setback.count-unsure': {
    one: '{count} message may or may not have arrived.',
    other: '{count} messages may or may not have arrived.',
  },
  'setback.count-failed': {
    one: '{count} message could not be delivered.',
    other: '{count} messages could not be delivered.',
  },
  'setback.count-unread': {
    one: '{count} message that somebody sent could not be worked on.',
    other: '{count} messages that people sent could not be worked on.',
  },
  'setback.count-stands': {
    one: '{count} message still shows words that must go. Please take it away there.',
    other: '{count} messages still show words that must go. Please take them away there.',
  },
  'setback.place': '{where}: {count}',
  'setback.place-why': '{where}: {count} ({reason})',
  'setback.more': { one: 'And {count} more place.', other: 'And {count} more places.' },
  'setback.open': 'See each of them and choose what to do: /delivery.',
  'setback.button-open': 'Open delivery',
  'setback.unread':
    'Something from {where} could not be worked on: {reason}. Their words are kept. Run it again, or ask them to ' +
    'send it again: /delivery.',
} as const
