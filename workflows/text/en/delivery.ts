/** The English sentences about what did not go out, by key. */
export const delivery = {
  'command.delivery': 'What could not be sent, and why; send it again or leave it.',
  'delivery.title': 'Delivery',
  'delivery.none': 'Everything has gone out. Nothing is stuck.',
  'delivery.count-waiting': { one: '{count} waits too long.', other: '{count} wait too long.' },
  'delivery.count-unsure': {
    one: '{count} may or may not have arrived.',
    other: '{count} may or may not have arrived.',
  },
  'delivery.count-failed': { one: '{count} could not be sent.', other: '{count} could not be sent.' },
  'delivery.count-parked': {
    one: '{count} waits for a room that I cannot write to.',
    other: '{count} wait for rooms that I cannot write to.',
  },
  'delivery.count-kept': {
    one: '{count} waits for a person I cannot write to.',
    other: '{count} wait for people I cannot write to.',
  },
  'delivery.more': { one: 'And {count} more.', other: 'And {count} more.' },
  'delivery.line': '{where}: {what}, {how} since {time}',
  'delivery.line-of': '{where}: {what} of {id}, {how} since {time}',
  'delivery.where': '{name} ({tool})',
  'delivery.where-gone': 'somebody or a room that is gone',
  'delivery.what-card': { one: 'the card', other: '{count} cards' },
  'delivery.what-message': { one: 'a message', other: '{count} messages' },
  'delivery.how-waiting': 'waiting',
  'delivery.how-unsure': 'not known if it arrived,',
  'delivery.how-failed': 'not sent,',
  'delivery.how-parked': 'the room is closed to me',
  'delivery.how-kept': 'kept for their next contact',
  'delivery.reason': 'Why: {reason}.',
  'delivery.hint-waiting': 'I keep trying. Urgent? Reach them another way.',
  'delivery.hint-unsure':
    'Look in the room, or ask them. Is it there? Choose It arrived. Is it not? Choose Send again.',
  'delivery.hint-failed':
    'I have stopped trying. Reach them another way, or put the cause right and choose Send again.',
  'delivery.hint-parked':
    'Let the bot into the room again, then choose Send again. I also try by myself, every ten minutes.',
  'delivery.hint-kept': 'They see it as soon as they write to me or choose something. Urgent? Reach them another way.',
  'delivery.button-open': 'Open',
  'delivery.button-again': 'Send again',
  'delivery.button-leave': 'Leave it',
  'delivery.button-arrived': 'It arrived',
  'delivery.done-again': 'I am sending it now. See how it goes: /delivery.',
  'delivery.done-leave': 'Left as it is. It will not be sent.',
  'delivery.done-arrived': 'Noted: it arrived. It will not be sent again.',
  'delivery.gone': 'That is settled by now. What is left: /delivery.',
  'delivery.who': 'Coordinators look after delivery. Tell one of them if a message did not come.',
  'delivery.moved': 'This card has moved below.',
  'delivery.twice': 'You may get this twice: I could not tell if it arrived the first time.',
  'delivery.kept': 'I could not reach you before. At {time} I wanted to tell you:',
  'delivery.unsure':
    'I cannot tell if a message to {where} arrived ({reason}). Look there, then choose. If there are more, ' +
    'you find them under /delivery.',
  'delivery.no-answer': 'no answer came back',
  'delivery.unsure-about': 'It is about {id}.',
  'delivery.closed':
    'I cannot write to {where} any more: {reason}. What goes there waits. Let the bot into that room again; ' +
    'then I send it. See what waits: /delivery.',
  'delivery.unreachable':
    'I cannot write to {where} ({reason}), and it is urgent. Please reach them another way. They see it when they ' +
    'next write to me.',
} as const
