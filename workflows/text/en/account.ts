/** The English sentences of the account area, by key: who people are, how they come in, and which rooms there are. */
export const account = {
  'account.link-title': 'Join another account to this one',
  'account.link-code': 'Your code: {code}',
  'account.link-how': 'On your other tool, write this code to me, or type /whoami link {code}.',
  'account.link-once':
    'It works once, until {until}. Tell it to nobody: whoever uses it is {person} here, with all that you may do.',
  'account.link-first': 'I know nothing of you yet, so there is nothing to join. To report what you see, type /report.',
  'account.link-done': 'This {tool} account now belongs to {person} as well. What you may do, you may do here too.',
  'account.link-told': 'A {tool} account now belongs to {person} as well. Not you? Write /whoami unlink, now.',
  'account.link-moved': {
    one: 'The report that was sent from there stays yours. You find it with /mine on all your tools.',
    other: 'The {count} reports that were sent from there stay yours. You find them with /mine on all your tools.',
  },
  'account.link-ask': {
    one:
      'This account is {former} here and has sent {count} report. Joined, it is a report of {person}, who reads ' +
      'it too.',
    other:
      'This account is {former} here and has sent {count} reports. Joined, they are reports of {person}, who reads ' +
      'them too.',
  },
  'account.link-sure': 'Go on only if you are {person} yourself.',
  'account.link-yes': 'Yes, that is me',
  'account.link-same': 'That code is from yourself: this account is yours already. Use it on your other tool.',
  'account.link-gone':
    'This code does not work. It may be used, or older than ten minutes. Write /whoami link on your other tool for a ' +
    'new one.',
  'account.link-turn':
    'The other account is not on the roster, and this one is. Make the code here instead: write /whoami link, and ' +
    'write that code there.',
  'account.link-roles':
    'Both accounts are people on the roster: {person} and {former}. An administrator has to say that they are one. ' +
    'Ask your coordinator. Nothing has changed.',
  'account.self': 'Another account of yours: /whoami link. One that is not yours any more: /whoami unlink.',
  'account.unlink-which': 'Your accounts here. Which one is not yours, or not yours any more?',
  'account.unlink-account': 'Your account on {tool}',
  'account.unlink-this': 'Your account on {tool}, where you are now',
  'account.unlink-button': 'Take it off',
  'account.unlink-confirm': 'Take this {tool} account off {person}?',
  'account.unlink-only': 'It is the only account I know you by. To have all of it erased, write /whoami erase.',
  'account.unlink-done': 'Done. That {tool} account is not {person} any more, and can do nothing here as you.',
  'account.unlink-told': 'A {tool} account is not {person} any more. Not you? Tell your coordinator.',
  'account.unlink-seen': '{person} took a {tool} account off. Does that surprise you? Ask them in another way.',
  'account.unlink-gone': 'That account is not yours, or not any more.',
  'account.tries': 'Too many codes that did not work. Wait ten minutes, then ask for a new one.',
  'account.link-burnt': 'Others here saw that code, so it no longer works. Here is a new one. Write it to me alone.',
  'account.invite-burnt':
    'Others here saw that invitation, so it no longer works. Here is a new one, for you only. Write it to me alone.',
  'account.burnt-told':
    'Invitation {number} was written in a room, so I ended it. Its {count} other uses are gone too. To make a new ' +
    'one: /hub invite',

  'account.invite-gone':
    'This invitation does not work. It may be used up, ended or too old. Ask whoever gave it to you for a new one.',
  'account.invite-clash':
    'You have other roles in other regions, and this invitation does not fit them. Nothing has changed. Ask your ' +
    'coordinator.',
  'account.invite-nothing': 'You have all of that already. The invitation was not used.',
  'account.welcome': 'Welcome to {network}.',
  'account.welcome-callsign': 'Here you are {person}. Others see this call sign, not your name.',
  'account.welcome-rename': 'Another call sign? Write /whoami callsign NAME.',
  'account.welcome-language': 'Another language? Write /whoami language es.',
  'account.welcome-report': 'You can report what you see: choose Report or type /report.',
  'account.welcome-duty': 'You can take incidents of your regions. Say with /duty when you can be called.',
  'account.welcome-coordinate': 'You can start, hand over and check incidents, and look through reports: /triage.',
  'account.welcome-lead': 'You can read how things stand: /sitrep.',
  'account.welcome-admin': 'You can bind rooms with /bind, and invite people with /hub invite.',
  'account.welcome-tools': 'On another tool too? Write /whoami link. All you can do: /hub help.',
  'account.entered': 'Done. You are now: {roles}. Regions: {regions}.',
  'account.entered-told': '{callsign} is in the network now, by invitation {number}: {roles}. Regions: {regions}.',
  'account.raised-told': '{person} used invitation {number} and has now: {roles}. Regions: {regions}.',
  'account.grouped-told':
    '{callsign} is in the network now, as a member of a {tool} group: {roles}. Regions: {regions}.',
  'account.invited-title': 'Invitation {number}',
  'account.invited-what': 'Role: {roles}. Regions: {regions}.',
  'account.invited-how':
    'Give this code to the person, not in a room. They write it to me, alone, on Slack, Discord or Signal.',
  'account.invited-uses': {
    one: 'It lets {count} person in, until {until}.',
    other: 'It lets {count} people in, until {until}.',
  },
  'account.invited-end': 'To end it: /hub invite revoke {number}',
  'account.invited-told': {
    one: '{person} made invitation {number} for {count} person: {roles}. Regions: {regions}. Until {until}.',
    other: '{person} made invitation {number} for {count} people: {roles}. Regions: {regions}. Until {until}.',
  },
  'account.invites-none': 'No invitation holds now. To make one: /hub invite responder AZ',
  'account.invites-title': 'Invitations that hold',
  'account.invites-line': '{number}: {roles}, {regions}. Used {used} of {uses}, until {until}.',
  'account.invite-ended': 'Invitation {number} is ended. Whoever came in by it stays.',
  'account.invite-none': 'No invitation {number} holds now. To see those that do: /hub invite list',
  'account.invite-usage':
    'Say the role and the regions, then how many people (1 if you say nothing) and for how many days (7): ' +
    '/hub invite responder {code} 5 uses 7 days',
  'account.invite-region': 'I do not know the region {words}. There are: {codes}, or all.',
  'account.invite-one': 'An invitation for a leader or an administrator is for one person. Make one each.',
  'account.invite-most': 'At most {uses} people, and {days} days.',
  'account.invite-admin': 'Only an administrator can invite people. Ask: {people}.',
  'account.admin-nobody': 'Only an administrator can do that, and there is none. Ask whoever runs the hub.',

  'account.bind-admin': 'Only an administrator can bind rooms. Ask: {people}.',
  'account.bind-direct': 'Type this in the room that you mean. Here it is only you and me.',
  'account.bind-not':
    'This room is not bound: no incident is shown here. An administrator binds it with /bind and a region ({codes}), ' +
    'or with coordination, leadership or triage.',
  'account.bind-unknown':
    'I do not know {words}. Write a region ({codes}), or coordination, leadership or triage; then, if you like, ' +
    'language es, red, name NAME. As in: /bind {code} language es',
  'account.bind-red': 'It may show incidents marked RED: everybody in this room reads the names and words in them.',
  'account.bind-not-red': 'Incidents marked RED are shown without their words.',
  'account.bind-language': 'I speak {language} here.',
  'account.bind-ask': 'Bind this room?',
  'account.bind-all': 'Everybody who can read this room can read that.',
  'account.bind-now': 'Now it is this, which ends: {what}.',
  'account.bind-yes': 'Without a button: /bind {words} yes',
  'account.bind-button': 'Bind it',
  'account.bind-region': 'It becomes a room of {region}: each open incident stands here as a card, with its thread.',
  'account.bind-open': { one: 'Now that is {count} incident.', other: 'Now these are {count} incidents.' },
  'account.bind-coordination': 'It becomes a room of coordination: what needs a coordinator is said here.',
  'account.bind-leadership': 'It becomes a room of leadership: summaries are posted here.',
  'account.bind-triage': 'It becomes the triage room: reports of strangers are looked through here.',
  'account.room-region': 'a room of {region}',
  'account.room-coordination': 'a room of coordination',
  'account.room-leadership': 'a room of leadership',
  'account.room-triage': 'a triage room',
  'account.room-is': 'This room ({name}) is {what}.',
  'account.room-change': 'To change it: /bind and what it should be. To end it: /bind off',
  'account.bind-done': 'Done. This room is now {what}.',
  'account.bind-told': '{room} on {tool} is now {what} (by {person}).',
  'account.unbind-ask': 'End this? It is {what}. Nothing more is shown here; cards that stand here are not kept up.',
  'account.unbind-button': 'End it',
  'account.unbind-done': 'Done. This room is not bound any more.',
  'account.unbind-told': '{room} on {tool} is not bound any more (by {person}). It was {what}.',
  'account.unbind-empty': '{region} has no other room: its incidents then stand nowhere but in lists.',
  'account.bind-last': 'It is the only room of coordination, and there must be one. Bind another one first.',
} as const
