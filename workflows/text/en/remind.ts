/** The English sentences that remind people of steps, by key. */
export const remind = {
  'remind.step': '{id} {text}',
  'remind.before': '{step}. It is due by {time}.',
  'remind.again': 'You asked me to remind you: {step}. It is due by {time}.',
  'remind.again-overdue': 'You asked me to remind you: {step}. It is overdue since {time}.',
  'remind.overdue': '{step}. It is overdue since {time}. Are you on it?',
  'remind.climbed': '{step}. It is overdue since {time}, and {people} did not answer. Can you see to it?',
  'remind.climbed-held':
    '{step}. It is overdue since {time}. {person} said that they are on it, but it is not done. Can you see to it?',
  'remind.climbed-nobody': '{step}. It is overdue since {time}, and nobody has it. Can you see to it?',
  'remind.help': '{person} asks for help with this: {step}.{because} Can you take it?',
  'remind.then': 'If I hear nothing by {time}, I call {to}.',
  'remind.title': { one: '{count} step of {id} needs you', other: '{count} steps of {id} need you' },
  'remind.bare': 'A step of the protocol on {id} needs you: {name}.',
  'remind.more': {
    one: 'And {count} more: open the checklist.',
    other: 'And {count} more: open the checklist.',
  },
  'remind.room': 'Overdue since {time}: {step} ({owner}). Told now: {to}.',
  'remind.room-nobody': 'Overdue since {time}: {step} ({owner}). There is nobody to tell. Can anyone here take it?',
  'remind.room-help': '{person} asks for help with {step}.',
  'remind.level-2': 'whoever has it',
  'remind.level-3': 'their backup',
  'remind.wait-never': '{step} is overdue on an {severity}, and cannot wait. Say that you are on it, or ask for help.',
  'remind.wait-most': {
    one: '{step} can wait for one minute at most.',
    other: '{step} can wait for {count} minutes at most.',
  },
} as const
