/** The English sentences of what a reporter is told, by key. */
export const receipt = {
  'receipt.received': 'Received as {id}, {place}. The {region} response team has it.',
  'receipt.received-asked': 'Received as {id}. Until its place is known, the {region} response team has it.',
  'receipt.received-restricted': 'Received as {id}, {place}. Only the {region} coordinators can see it.',
  'receipt.elsewhere': 'Your receipt stands in your messages with me. You can add to it there.',
  'receipt.taken-back':
    'You took {id} back. If something is wrong again, report it anew. In danger: get away, call 911.',
  'receipt.danger': 'We do not send police or medics. In danger: get away, call 911. Do not film or go closer.',
  'receipt.aim': 'The team aims to answer by {time}; if nobody has, I will tell you.',
  'receipt.aim-silent': 'The team aims to answer by {time}.',
  'receipt.add': 'Add to it: write here. Wrong place or want it back? Choose below.',
  'receipt.add-there': 'Add to it: write to me directly, or /update {id}. Wrong place or want it back? Choose below.',
  'receipt.place-asked': 'Where is it? I could not tell from your words. Please choose below, or write it.',
  'receipt.sealed': 'Your name is sealed: the team knows you as {person}.',
  'receipt.nobody-yet': 'Nobody has taken {id} yet. I have told the coordinators. Do not wait for us.',
  'receipt.taken': '{person} from the {region} team is on {id}.',
  'receipt.closed': '{id} is closed. {outcome}. Thank you.',
  'receipt.not-an-incident': 'The team found that it needs no action',
  'receipt.still-wrong': 'Something still wrong? Write here.',
} as const
