/** The English sentences about a chat tool that cannot be reached, by key. */
export const blackout = {
  'blackout.down': '{tool} cannot be reached since {time}. What is said there does not arrive here.',
  'blackout.because': 'The reason, as far as I know it: {reason}.',
  'blackout.back': '{tool} can be reached again. It was away from {from} to {until}.',
  'blackout.alert': '{tool} cannot be reached since {time}, so you get this here. Can you take this now?',
} as const
