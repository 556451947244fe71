/** The English sentences about what was missed, and what comes late, by key. */
export const late = {
  'away.gap': 'I was away {from}-{until}; send again what you sent then.',
  'away.moment': 'I was away for a moment at {from}; send again what you sent then.',
  'away.partly':
    'I was away {from}-{until}, and could not read all that was written here. Send again what matters most.',
  'away.trying':
    '{tool} could not be read from {from} to {until} in {room}. I keep trying; until I say that it is read, what was ' +
    'written there in that time may be missing.',
  'away.read': 'What was written in {room} on {tool} from {from} on is read now. Nothing of it is missing.',
  'late.line': '{line} (This was due {due}; I was away until {now}.)',
  'late.lapsed':
    'The claim of {person} ran out {due}, while I was away and could hear no sign of life (until {now}). Nobody is ' +
    'on it now.',
  'late.claim-lapsed':
    'Your claim on {id} ran out {due}, while I was away and could not hear you (until {now}). It went back to the ' +
    'pool. Still on it? Claim it again.',
  'late.handover-expired':
    'The time for {person} to answer about {id} ran out {due}, while I was away and could not hear them (until ' +
    '{now}). It is still yours until {until}. Ask again if you still want to hand it over.',
  'late.written': '{line} (written {at})',
} as const
