/** The English sentences about the connection to Signal, by key. */
export const gateway = {
  'gateway.gap':
    'The hub did not hear from Signal from {from} to {until}. What was written there meanwhile may be lost: the ' +
    'Signal groups are asked to send it again.',
  'gateway.stuck':
    'From {from} to {until} the hub could not keep what came from Signal. It has it all now. See that the disk has ' +
    'room.',
  'gateway.lost': {
    one:
      'From {from} to {until} the hub could not keep what came from Signal, and {count} message is lost: ask in the ' +
      'Signal groups that it is written again. See that the disk has room.',
    other:
      'From {from} to {until} the hub could not keep what came from Signal, and {count} messages are lost: ask in ' +
      'the Signal groups that they are written again. See that the disk has room.',
  },
  'gateway.limited':
    'Signal limits how much the hub may send ({time}). The hub waits and goes on by itself. What is urgent: another ' +
    'tool, or a call.',
  'gateway.challenge':
    'Signal wants proof that a person runs the hub before it may send more ({time}). Whoever runs the hub: open ' +
    'https://signalcaptchas.org/challenge/generate.html on the same internet line as the hub, solve it, copy the ' +
    'link behind "Open Signal", and type: npm run -s hub -- signal challenge {token} "LINK". Until then use ' +
    'another tool.',
  'gateway.partly': {
    one: 'One person in {room} did not get what the hub wrote there on Signal. {why}',
    other: '{count} people in {room} did not get what the hub wrote there on Signal. {why}',
  },
  'gateway.partly-untrusted':
    'Their safety number is new: a new phone, or somebody else. Whoever runs the hub: npm run -s hub -- signal ' +
    'untrusted.',
  'gateway.partly-unregistered': 'They are not on Signal any more: ask them, and take them out of the group.',
  'gateway.partly-other': 'It may have been the line. If it happens again, ask them to write in the group once.',
  'gateway.unreadable':
    'The hub could not read a message that came on Signal at {time}. If somebody misses an answer, they should ' +
    'send it again.',
  'gateway.unreadable-untrusted':
    'Somebody whose safety number is new wrote to the hub on Signal at {time}: a new phone, or somebody else. ' +
    'Whoever runs the hub: npm run -s hub -- signal untrusted.',
  'gateway.account':
    'The Signal server of the hub does not know the hub’s number any more ({time}). Whoever runs the hub: npm run ' +
    '-s hub -- doctor says what to do.',
} as const
