/** The English sentences that only Discord needs, by key. */
export const discord = {
  'discord.option-id': 'The incident: its number, or words to find it by',
  'discord.menu-report': 'Make this a report',
  'discord.menu-add': 'Add to an incident',
  'discord.slow': 'The hub is slow right now, and the form could not open in time. Press to open it.',
  'discord.open-form': 'Open the form',
  'discord.not-taken': 'Not sent yet. Please correct this:',
  'discord.correct': 'Correct it',
  'discord.files-kept': {
    one: 'Your file is kept and goes with it. You need not add it again.',
    other: 'Your {count} files are kept and go with it. You need not add them again.',
  },
  'discord.done': 'Done.',
  'discord.goes-on': 'What was written about it:',
  'discord.failed': 'That did not work here. Please try again in a minute.',
  'discord.old-button': 'This button is from an older message. Type /incident to see how it stands now.',
  'discord.sure': 'Yes: {label}',
  'discord.sender': 'the sender',
  'discord.which-add': 'Add to an incident',
  'discord.which-label': 'Which incident?',
  'discord.which-words': 'What to add',
  'discord.none-to-add': 'There is no open incident that you can add to. To report something new, type /report.',
  'discord.gap':
    'Messages written in {room} on Discord while the hub was away could not all be read. Look there, and say here ' +
    'what matters.',
  'discord.no-content':
    'Discord does not let the hub read messages: in the Developer Portal, under Bot, switch on Message Content ' +
    'Intent and start the hub again. Until then commands and buttons work, but talk in threads is not carried.',
  'discord.token-refused':
    'Discord refuses the bot’s token. In the Developer Portal, under Bot, make a new one, put it into DISCORD_TOKEN ' +
    'and start the hub again. Until then nothing reaches Discord.',
  'discord.many-threads':
    'The Discord server has as many open threads as it may have. Close old ones: new words stand in {room} until then.',
  'discord.tag-open': 'Open',
  'discord.tag-claimed': 'Claimed',
  'discord.tag-resolved': 'Resolved',
  'discord.tag-closed': 'Closed',
} as const
