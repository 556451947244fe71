/** The English sentences of the hub area, by key. */
export const hub = {
  'hub.the-hub': 'the hub',
  'hub.someone': 'someone',
  'hub.stranger':
    'You are not on this network’s roster, so I cannot take this. In danger: call 911. To join, ask your coordinator ' +
    'for an invitation code, then write it to me in a direct message.',
  'hub.no-command': 'There is no command /{name}. Type /hub help to see what you can do.',
  'hub.which-incident':
    'Which incident? Type /{command} and its number, as in /{command} AZ-0412, or write it in the incident’s thread.',
  'hub.added': 'Added to {id}. The team can read it.',
  'hub.added-ended': 'Added to {id}, which has ended: nobody is on it now. Is it going on? Report it again.',
  'hub.hello':
    'To report something, choose Report or type /report. To see what you can do, type /hub help. In danger: call 911.',
  'hub.not-received':
    'NOT received: the hub cannot save right now ({time}). Your words are below; send them again in a ' +
    'minute, or call your coordinator. Reference {reference}.',
  'hub.gave-up': 'I could not deliver a message to {where}: {reason}. Please reach them another way.',
  'hub.stands':
    '{where}: words of {id} that should be gone still stand there ({reason}). Please ask for that message to be ' +
    'deleted there.',
  'hub.stands-some':
    '{where}: words that should be gone still stand there ({reason}). Please ask for that message to be deleted there.',
  'hub.role-in': '{role} · {where}',
  'hub.role-mediator': 'Mediator',
  'hub.role-responder': 'Responder',
  'hub.role-coordinator': 'Coordinator',
  'hub.role-leader': 'Leader',
  'hub.role-admin': 'Administrator',
  'hub.kept':
    'What you wrote is stored, but could not be added yet ({time}). I keep trying; you need not send it again.',
  'hub.not-added': 'NOT added: what you wrote at {time}. Send it again, or call your coordinator.',
  'hub.shortened': 'Long texts are shortened here.',
} as const
