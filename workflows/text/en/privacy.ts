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
} as const
