/** The English sentences of answers to broadcasts, and of who has not given one, by key. */
export const answer = {
  'command.answer': 'Answer a message that was sent to you.',
  'answer.button-got-it': 'Got it',
  'answer.button-yes': 'Yes',
  'answer.button-no': 'No',
  'answer.button-safe': 'I am safe',
  'answer.button-help': 'I need help',
  'answer.how': 'Press one, or write it here.',
  'answer.how-one': 'Press it, or write ok here, so that we know that you have this.',
  'answer.how-safety': 'Press one, or write one word here: safe or help.',
  'answer.said': 'Thank you. Your answer to {id}: {answer} ({time}). The last one counts.',
  'answer.said-help':
    'Your report {report} is open, and people of {region} are being called now. In danger: get away, call 911; do ' +
    'not wait for us. If you can, write here where you are and what you need.',
  'answer.said-help-on':
    'Your call for help is open as {report}; people have been called. If you can, write here where you are and what ' +
    'you need.',
  'answer.said-words': 'Kept with {id}. Whoever sent it can read what you wrote.',
  'answer.said-words-more': 'If it is news of an incident, report it, so that people are called.',
  'answer.not-asked': 'That message was not sent to you, or is gone. If you need help, call your coordinator.',
  'answer.not-yet': '{id} has not been sent. Nothing was recorded.',
  'answer.report-what': 'Needs help. Answered “I need help” to the message {id}.',
  'answer.report-note': 'Needs help. Answer to the message {id}: {note}',
  'answer.report-where': 'Not known yet. They belong to {region}.',
  'answer.again': 'I need help again (answer to {id}).',
  'answer.calm': 'I am safe now (answer to {id}).',
} as const
