/** The English sentences about what is kept, opened, taken back and cleared away, by key. */
export const privacy = {
  'rule.reveal-coordinator':
    'Only coordinators of {id} and admins may open a name. If it is urgent, ask one of them: /escalate {id}.',
  'rule.reveal-nobody': '{id} has no reporter any more: the report was taken back, or its time is over.',
  'rule.hold-leader':
    'Only leaders, admins and coordinators of {id} can put it under a legal hold. Ask one of them: /escalate {id}.',
  'rule.hold-lift': 'Only a leader or an admin can end a legal hold. Ask one of them.',
  'rule.hold-already': '{id} is under a legal hold already. To end it: /incident {id} unhold, with the reason.',
  'rule.hold-none': '{id} is not under a legal hold. To set one: /incident {id} hold, with the reason.',
  'privacy.taken-back': 'Words taken back by who wrote them.',
  'privacy.taken-back-of': '{id}: words taken back by who wrote them. What is known besides is here.',
  'privacy.see': 'Not shown here: see {id}.',
  'privacy.not-here': 'Not shown here any more.',
  'privacy.expired': 'These words are not kept any longer.',
  'privacy.former': 'An earlier card of {id}. Go on with the newest one.',
  'command.reveal': "Open the reporter's name, with a reason that stays on record.",
  'command.hold': 'Keep everything of an incident: a legal hold.',
  'command.unhold': 'End a legal hold.',
  'command.erase': 'Erase what the hub holds on you.',
  'privacy.reveal-form': 'Open a name',
  'privacy.reveal-reason': 'Why do you need the name?',
  'privacy.reveal-hint': 'It stays in the timeline, and the person can see that you opened it.',
  'privacy.revealed': 'You opened the name of who reported {id}. To see it again, ask again with the reason.',
  'privacy.hold-form': 'Legal hold',
  'privacy.unhold-form': 'End the legal hold',
  'privacy.hold-reason': 'Why?',
  'privacy.hold-hint': 'It stays in the timeline. Name who asked for it.',
  'privacy.held': '{id} is under a legal hold. Nothing of it is cleared away until a leader or an admin ' + 'ends it.',
  'privacy.hold-lifted': 'The legal hold of {id} has ended. What was taken back meanwhile is removed now.',
  'privacy.withdrawn-held':
    'Your words on {id} are being hidden in all rooms. A legal hold keeps them and your ' +
    'files sealed; they are removed when it ends.',
  'privacy.opened-title': 'Who reported {id}',
  'privacy.opened-who': '{person} is {name}.',
  'privacy.opened-safe': 'Safe contact for this report: {contact}',
  'privacy.opened-contact': 'Safe contact: {contact}',
  'privacy.opened-account': 'Account on {platform}: {address}',
  'privacy.opened-mind':
    'Only you see this, and only now. Use the safe contact if there is one. Tell nobody who ' + 'need not know.',
  'privacy.opened-nobody': 'There is no name any more for {id}: the person was erased.',
  'privacy.quiet-is': 'Quiet hours: {hours}. Only urgent calls come through then.',
  'privacy.quiet-set':
    'Quiet hours are {hours}. What is not urgent waits until they end. While you are on ' +
    'duty, S4 and S5 always come through.',
  'privacy.quiet-off': 'You have no quiet hours now.',
  'privacy.quiet-unknown': 'Say the hours from and to, as in /whoami quiet 22-7, or /whoami quiet off.',
  'privacy.contact-set':
    'Your safe contact is sealed. Only who opens your name with a reason sees it, and you ' + 'can see who did.',
  'privacy.contact-off': 'Your safe contact is removed.',
  'privacy.contact-empty':
    'Say how we can reach you in safety, as in /whoami contact call my sister, or /whoami ' + 'contact off.',
  'privacy.self-accounts': 'I know you on: {tools}. The addresses are sealed.',
  'privacy.self-reports': {
    one: '{count} report by you is on file, from {first}.',
    other: '{count} reports by you are on file, from {first} to {last}.',
  },
  'privacy.self-files': {
    one: '{count} file that you sent is kept, sealed.',
    other: '{count} files that you sent are kept, sealed.',
  },
  'privacy.self-drafts': {
    one: '{count} form that you did not send is kept for a day.',
    other: '{count} forms that you did not send are kept for a day.',
  },
  'privacy.self-contact': 'Your safe contact is set, and sealed.',
  'privacy.self-no-contact': 'You have given no safe contact.',
  'privacy.self-unopened': 'Nobody has opened your name.',
  'privacy.self-opened': '{person} opened your name for {id}, {time}.',
  'privacy.self-change': 'Also: /whoami quiet 22-7, /whoami contact WORDS, /whoami erase. Write off to remove one.',
  'privacy.erase-open': 'Erase me',
  'privacy.erase-title': 'Erase what the hub holds on you?',
  'privacy.erase-urgent': 'You have {ids}. Hand over first, or call your coordinator.',
  'privacy.erase-goes': 'This goes, for good:',
  'privacy.erase-goes-self':
    'Your name, accounts, safe contact, settings and unsent forms. After that I do not know ' + 'you.',
  'privacy.erase-goes-talk': 'Every word you wrote, here and in the rooms I wrote it to.',
  'privacy.erase-goes-words': {
    one: 'Every word you wrote, here and in the rooms I wrote it to; {count} report loses its words.',
    other: 'Every word you wrote, here and in the rooms I wrote it to; {count} reports lose their words.',
  },
  'privacy.erase-goes-files': { one: '{count} file that you sent.', other: '{count} files that you sent.' },
  'privacy.erase-goes-claims': 'You let go of {ids}.',
  'privacy.erase-stays': 'This stays:',
  'privacy.erase-stays-facts': 'That something was reported or done, when and where, by "someone". No words, no name.',
  'privacy.erase-stays-own': 'What you typed into rooms yourself, and what others wrote. Delete yours there.',
  'privacy.erase-stays-held': 'Files for {ids}: under a legal hold they stay sealed until it ends.',
  'privacy.erase-final': 'It cannot be undone. The coordinators are told that you left.',
  'privacy.erase-button': 'Erase everything',
  'privacy.erase-confirm': 'Erase everything now? It cannot be undone.',
  'privacy.erased': 'Done. Your name, accounts and words are gone. They are leaving the rooms now. Take care.',
  'privacy.erased-told': '{callsign} asked to be erased, and is off the roster. Their words and files are gone.',
  'privacy.erased-claims': {
    one: '{count} incident that they had is free again.',
    other: '{count} incidents that they had are free again.',
  },
  'privacy.entry-revealed': "{person} opened the reporter's name",
  'privacy.entry-held': '{person} set a legal hold',
  'privacy.entry-hold-lifted': '{person} ended the legal hold',
  'privacy.entry-removed-noise': {
    one: 'Its time was over: {count} text or file was removed',
    other: 'Its time was over: {count} texts and files were removed',
  },
  'privacy.entry-removed-contact': {
    one: 'Its time was over: {count} contact was removed',
    other: 'Its time was over: {count} contacts were removed',
  },
  'privacy.entry-removed-narrative': {
    one: 'Its time was over: {count} text was removed; what stays is masked',
    other: 'Its time was over: {count} texts were removed; what stays is masked',
  },
  'privacy.entry-removed-evidence': {
    one: 'Its time was over: {count} file was removed',
    other: 'Its time was over: {count} files were removed',
  },
  'privacy.entry-removed-person': {
    one: 'Somebody was erased: {count} text was removed',
    other: 'Somebody was erased: {count} texts were removed',
  },
  'privacy.evidence-held':
    'Who sent this for {id} took it back. A legal hold keeps it sealed; nobody can open it here.',
  'privacy.expired-of': '{id} is closed. Its words are not kept any longer.',
  'privacy.taken-back-ended': '{id} is closed. Its words were taken back by who wrote them.',
} as const
