/** The English sentences about the tools people use, as far as they are the same on all, by key. */
export const host = {
  'host.suggestion': '{id} · {severity} · {kind}, {place}',
  'host.status-up': '{tool}: connected since {time}.',
  'host.status-down': '{tool}: not connected since {time}. I keep trying.',
  'host.status-off': '{tool}: off since {time}. It needs an administrator.',
  'host.down':
    '{tool} cannot be reached since {time}. I keep trying; what goes there waits. What is urgent: another tool, or a ' +
    'call.',
  'host.down-because':
    '{tool} cannot be reached since {time}: {reason}. I keep trying; what goes there waits. What is urgent: another ' +
    'tool, or a call.',
  'host.status-problem': 'Why: {reason}.',
  'host.unserved': {
    one:
      'A room of this network is on {tool}, and I am not connected to it: nothing is shown there. Tell whoever runs ' +
      'the hub.',
    other:
      '{count} rooms of this network are on {tool}, and I am not connected to it: nothing is shown there. Tell ' +
      'whoever runs the hub.',
  },
} as const
