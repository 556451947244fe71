/** The English sentences about a chat tool that cannot be reached, by key. */
export const blackout = {
  'blackout.down': '{tool} cannot be reached since {time}. What is said there does not arrive here.',
  'blackout.because': 'The reason, as far as I know it: {reason}.',
  'blackout.waits': 'What is for people there waits. Is it urgent? Call them.',
  'blackout.todo': 'I keep trying; what goes there waits. What is urgent: another tool, or a call.',
  'blackout.off':
    'It needs an administrator: I do not try again by myself. What goes there waits. What is urgent: another tool, ' +
    'or a call.',
  'blackout.back': '{tool} can be reached again. It was away from {from} to {until}.',
  'blackout.alert': '{tool} cannot be reached since {time}, so you get this here. Can you take this now?',
} as const
