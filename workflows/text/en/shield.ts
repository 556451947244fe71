/** The English sentences about hiding somebody who is threatened, by key. */
export const shield = {
  'command.shield': 'Hide somebody who is threatened: name, accounts and tasks, everywhere at once.',
  'usage.shield': 'NAME [cut] why · me · list · off NAME why',
  'shield.form': 'Hide somebody',
  'shield.form-off': 'Show somebody again',
  'shield.who': 'Who is to be hidden?',
  'shield.who-hint': 'The list shows the first 25. For others write: /shield NAME why.',
  'shield.how': 'May they go on using the hub?',
  'shield.how-keep': 'Yes, unseen, without calls',
  'shield.how-called': 'Yes, unseen, and still called in an emergency',
  'shield.how-cut': 'No: their phone or account is in wrong hands',
  'shield.why': 'Why? Only duty officers read it.',
  'shield.why-off': 'Why is it safe now?',
  'shield.done': '{callsign} is hidden. Everybody reads {alias} now. Duty officers are told, nobody else.',
  'shield.done-cut': 'Nothing is taken from their accounts any more, and nothing sent to them.',
  'shield.done-self': 'You are hidden. Everybody reads {alias} now. Duty officers are told, nobody else.',
  'shield.self':
    'You are off duty and in no list. What you had is given back. You can leave any place at any time; nobody asks ' +
    'why.',
  'shield.self-cut': 'From now on I take nothing from your accounts. To be let in again, speak to your duty officer.',
  'shield.danger': 'In danger: call 911.',
  'shield.undo': 'A duty officer can undo it: /shield off {alias} and why.',
  'shield.off-done': '{person} is shown again. What they had is not given back by itself.',
  'shield.told': '{by} has hidden {callsign}, who reads {alias} everywhere now.{because}',
  'shield.told-self': '{callsign} has asked to be hidden, and reads {alias} everywhere now.{because}',
  'shield.told-cut': 'Their accounts are cut off: do not write to them there.',
  'shield.told-returned': {
    one: '{count} incident that they had or helped with is free again.',
    other: '{count} incidents that they had or helped with are free again.',
  },
  'shield.told-undo': 'Tell nobody who need not know. To undo it: /shield off {alias} and why.',
  'shield.told-off': '{by} has shown {person} again.{because}',
  'shield.told-you': 'For your safety you are hidden now. Everybody reads {alias} instead of your call sign.',
  'shield.told-you-off': 'You are shown again under your call sign. To go on duty: /duty on.',
  'shield.none': 'Nobody is hidden now.',
  'shield.title': { one: '{count} person is hidden', other: '{count} people are hidden' },
  'shield.line': '{person} · by {by}, {at}{because}',
  'shield.line-cut': '{person} · cut off · by {by}, {at}{because}',
  'shield.more': { one: '{count} more.', other: '{count} more.' },
  'shield.button-off': 'Show again',
  'shield.nobody': 'I know nobody called {words} whom you may hide. Check the call sign.',
  'shield.several': 'Several begin like that: {people}. Write the whole call sign.',
  'shield.not-hidden': 'Nobody who is hidden is called {words}. See /shield list.',
  'shield.coordinator':
    'Coordinators of their region and duty officers can hide others. To hide yourself: /shield me. ' +
    'For others call your coordinator now.',
  'shield.already': '{person} is hidden already.',
  'shield.already-you': 'You are hidden already. To be shown again, speak to a duty officer.',
  'shield.duty':
    'Only a duty officer sees who is hidden and can show somebody again. Nobody does it for themselves. ' +
    'Call a duty officer.',
  'shield.reason': 'Say why, in a few words: it stays on record, and only duty officers read it.',
  'shield.no-rename': 'You are hidden, so your call sign rests. You can change it once you are shown again.',
  'shield.paused':
    'This account rests. Nothing that is sent here reaches anybody. In danger: call 911. ' +
    'To go on, speak to a person whom you trust.',
} as const
