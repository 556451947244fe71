/** The English sentences about what people wish of broadcasts, by key. */
export const wish = {
  'command.stop': 'Get no more broadcasts; what saves lives still comes.',
  'command.start': 'Get broadcasts again.',
  'command.prefer': 'Choose the tool on which you are written to first.',
  'wish.button-stop': 'No more broadcasts',
  'wish.button-start': 'Get them again',
  'wish.button-prefer': 'Write to me on {tool}',
  'wish.stopped':
    'Done. I send you no more broadcasts, the messages that go to many people. What saves lives still comes. So does ' +
    'news of incidents that are yours, and a correction of what you were sent.',
  'wish.stopped-already': 'I have sent you no broadcasts since {time}. What saves lives still comes.',
  'wish.how-start': 'To get them again: START, or /whoami start.',
  'wish.started': 'Done. You get broadcasts again.',
  'wish.how-stop': 'To get no more messages like this, write STOP.',
  'wish.stop-once-more': 'To get no more broadcasts from the network, write STOP once more.',
  'wish.prefer-set': 'I write to you on {tool} first. If that fails, on another tool of yours.',
  'wish.prefer-off': 'Done. I write to you on whichever of your tools works.',
  'wish.prefer-not-yours': 'I do not know you on {tool}. To join that account, write /whoami link.',
  'wish.prefer-unknown': 'Say one of your tools: {tools}. As in /whoami platform {example}, or /whoami platform off.',
  'wish.self-gets': 'You get broadcasts, the messages that go to many people.',
  'wish.self-stopped': 'You have had no broadcasts since {time}, except what saves lives.',
  'wish.self-prefers': 'I write to you on {tool} first.',
  'wish.self-sent': {
    one: '{count} broadcast went to you, {last}.',
    other: '{count} broadcasts went to you, the last {last}.',
  },
  'wish.self-answered': {
    one: 'Your answer to {count} of them is kept.',
    other: 'Your answers to {count} of them are kept.',
  },
  'wish.self-said': {
    one: 'What you wrote with {count} of them is sealed.',
    other: 'What you wrote with {count} of them is sealed.',
  },
  'wish.self-change-one': 'Broadcasts: /whoami stop, /whoami start.',
  'wish.self-change': 'Broadcasts: /whoami stop, /whoami start, /whoami platform {example}.',
  'wish.erase-goes': {
    one: 'What you wrote in answer to {count} broadcast. That somebody answered stays.',
    other: 'What you wrote in answer to {count} broadcasts. That somebody answered stays.',
  },
} as const
