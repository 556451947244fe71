/** The English sentences of what is said on Signal only, by key. */
export const signal = {
  'signal.how': 'Reply to this message with a number.',
  'signal.how-claim': 'Reply to this message with a number, or react ✋ to claim.',
  'signal.alone': 'Others there saw that. Go on with me alone.',
  'signal.once': 'I do not keep pictures that can be seen only once. If it is needed, send it again without that.',
  'signal.hand-gone': 'You took your hand away: that changes nothing. To give {id} back, write: release {id}',
  'signal.hand-gone-some':
    'You took your hand away: that changes nothing. To give an incident back, write release and its number.',
  'signal.changed-late':
    'What you wrote first is done already; changing it changes nothing. Write anew what should be different.',
  'signal.deleted-late':
    'What you wrote there is done already; deleting it changes nothing. To take a report back, write withdraw and ' +
    'its number.',
  'signal.resolve': 'Resolve {id}? Reply with an outcome. If you only meant “seen”, do nothing.',
  'signal.escalate': 'Escalate {id}? If you only meant “seen”, do nothing.',
  'signal.which': 'Which one do you mean?',
  'signal.pick': '{what} ({title})',
  'signal.my-question': 'It answers my question: {title}',
  'signal.forgotten': 'I no longer know what the numbers of that message meant. Write mine to see what waits for you.',
  'signal.no-number': 'There is no such number on it. You can write: {numbers}.',
  'signal.number-alone':
    'Nothing waits for that number: it is settled already. Is it news? Write it again with a few words.',
  'signal.overtaken':
    'This reached me late, after what you wrote next: “{words}”. I did not take it as an answer. If it is one, ' +
    'write it again.',
  'signal.waits': 'This still waits for you:',
  'signal.yes': 'Yes',
  'signal.no': 'No',
  'signal.left': 'Left as it is.',
  'signal.your-words': 'Your words:',
} as const
