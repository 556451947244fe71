/** The English sentences of the triage area, by key. */
export const triage = {
  'triage.alert': 'From outside the network, not checked yet: please look at it now.',
  'triage.alert-note': 'No room knows of it until you pass it on.',
  'triage.alert-passed': 'Checked and passed on to your region.',
  'triage.received':
    'Received as {id}, {place}. It goes to a person who checks first, then to the team. In danger: call 911 now.',
  'triage.told-passed': '{id} was checked. The {region} response team has it now.',
  'triage.closed': '{id} was read. It is not something our teams can act on. Thank you for telling us.',
  'triage.card': 'This report is being checked first. If it is passed on, it shows here again.',
  'triage.standing': 'Waits for triage: nobody has checked it yet.',
  'triage.first': '{id} came from outside the network and is not checked yet. Check it first: /triage {id}.',
  'triage.passed-already': '{id} was passed on already. See how it stands: /incident {id}.',
  'triage.undo-late': 'The minute to undo is over: {id} stays passed on. To set it aside: /dismiss {id}.',
  'triage.undo-taken': 'Somebody has taken up {id} meanwhile, so it stays passed on.',
  'triage.entry-passed': '{person} checked it and passed it on.',
  'triage.entry-seen': '{person} looked it through.',
  'triage.button-pass': 'Pass on',
  'triage.button-no': 'Not an incident',
  'triage.button-open': 'Open',
  'triage.button-same': 'Same as …',
  'triage.button-kind': 'Kind',
  'triage.button-grade': 'Severity',
  'triage.button-region': 'Region',
  'triage.button-next': 'Next',
  'triage.button-block': 'Block sender',
  'triage.button-undo': 'Undo',
  'triage.held': '{person} is looking at {id} until {until}. Take another one: /triage.',
  'triage.hello':
    'To report what you see, press Report. A person checks it first, then it goes to the people who can calm things down. In danger: call 911.',
  'triage.only-report':
    'You can report here, and change or take back your own reports. Only people of the network can do this.',
  'triage.not-known': 'I know nothing of you yet. To report what you see, type /report. In danger: call 911.',
  'triage.blocked-you': 'I cannot take this from you now. What you sent before stays. In danger: call 911.',
  'triage.patience':
    'You have sent many reports in a short time. Your words are kept: from {until} type /report and send them. Is somebody in danger? Then say so in the form, and it goes through at once.',
  'triage.patience-stranger':
    'You have sent many reports in a short time. Your words are kept: from {until} type /report and send them. Is somebody in danger? Call 911.',
  'triage.patience-all':
    'Very many reports are coming in now. Please send yours again at {until}: your words stay in the form. Is somebody in danger? Call 911.',
} as const
