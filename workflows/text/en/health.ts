/** The English sentences about how it stands with the hub itself, by key. */
export const health = {
  'health.title-wrong': 'Something is wrong with the hub',
  'health.title-well': 'The hub is well again',
  'health.still': 'Still so:',
  'health.again': 'Well again: {matters}.',
  'health.see': 'How it stands now: /hub status',
  'health.database': 'The database does not answer. Nothing can be saved until it does. Check its machine.',
  'health.saving':
    'Nothing can be saved: reports are refused. Make room on the disk, or mend the database. Until then, call people.',
  'health.late-urgent': {
    one: 'An {severity} message or card has waited since {time}. Call the people on duty. See why: /delivery',
    other:
      '{severity}: {count} messages and cards wait, the oldest since {time}. Call the people on duty. See why: ' +
      '/delivery',
  },
  'health.late': {
    one: 'A message has waited to be sent since {time}. Is it urgent? Reach them another way. See why: /delivery',
    other:
      'Messages: {count} wait to be sent, the oldest since {time}. Is one urgent? Reach them another way. See why: ' +
      '/delivery',
  },
  'health.cards': {
    one: 'A card has not shown the latest news since {time}. To see how an incident stands: /incident',
    other:
      'Cards: {count} do not show the latest news, the oldest since {time}. To see how an incident stands: /incident',
  },
  'health.timers': {
    one: 'A clock should have rung at {time} and has not. Look at what is open yourselves: /incidents',
    other:
      'Clocks: {count} should have rung and have not, the first at {time}. Look at what is open yourselves: /incidents',
  },
  'health.summaries': {
    one: 'A summary was due at {time} and is not posted. Make one now: /sitrep',
    other: 'Summaries: {count} were due and are not posted, the first at {time}. Make one now: /sitrep',
  },
  'health.inbox': {
    one: 'Something that came in at {time} is not handled yet. Whoever sent it may have had no answer. I keep trying.',
    other:
      'Coming in: {count} things are not handled yet, the oldest since {time}. Whoever sent them may have had no ' +
      'answer. I keep trying.',
  },
  'health.fetches': {
    one: 'A file that somebody sent has not come through since {time}. Do you need it now? Ask them for it again.',
    other:
      'Files: {count} that people sent have not come through, the oldest since {time}. Do you need one now? Ask for ' +
      'it again.',
  },
  'health.parked': {
    one: 'Something that came in could not be handled, and nobody has looked at it yet: /delivery',
    other: 'Coming in: {count} things could not be handled, and nobody has looked at them yet: /delivery',
  },
  'health.stuck': {
    one: 'A message or card did not go out, and nobody has looked at it yet: /delivery',
    other: 'Messages and cards: {count} did not go out, and nobody has looked at them yet: /delivery',
  },
  'health.disk': 'The disk has {size} left. Free space today.',
  'health.disk-grave': 'The disk has {size} left. Free space now, or the hub will stop taking reports.',
  'health.clock-fast': {
    one: 'The clock of {host} is {count} second fast, so times are wrong. Let the machine set its clock by itself.',
    other: 'The clock of {host} is {count} seconds fast, so times are wrong. Let the machine set its clock by itself.',
  },
  'health.clock-slow': {
    one: 'The clock of {host} is {count} second slow, so times are wrong. Let the machine set its clock by itself.',
    other: 'The clock of {host} is {count} seconds slow, so times are wrong. Let the machine set its clock by itself.',
  },
  'health.memory': 'The hub on {host} uses {size} of memory, nearly all that it may. Restart it in a quiet moment.',
  'health.backup-none':
    'There is no backup. If the disk dies, everything is lost. Whoever runs the hub makes one: npm run -s hub -- ' +
    'backup',
  'health.backup-old':
    'The last backup is from {time}. What is newer is lost if the disk dies. Whoever runs the hub makes one: npm run ' +
    '-s hub -- backup',
  'health.backup-phrase':
    'No backup can be made, because there is no recovery phrase yet. Whoever runs the hub makes it: npm run -s hub ' +
    '-- backup phrase',
  'health.backup-space': 'The last backup failed: there is no room where backups lie. Free space there.',
  'health.backup-failed': 'The last backup failed, and I try again each hour. The reason stands in the log of the hub.',
  'health.backup-copied':
    'The last backup is only on the machine of the hub: copying it away failed. Check the copy command.',
  'health.missing': {
    one: 'A part of the hub (on {hosts}) has been silent since {time}. Still running: {left}. Look at that machine.',
    other:
      'Parts of the hub: {count} (on {hosts}) have been silent since {time}. Still running: {left}. Look at those ' +
      'machines.',
  },
  'health.versions': 'Two versions of the hub have run side by side for an hour: {versions}. Finish the upgrade.',
  'health.loop-stuck': 'The hub on {host} hangs at {what}. Restart it now.',
  'health.loop-fails': 'The hub on {host} keeps failing at {what}. The reason stands in its log. Restart it.',
  'health.loop-delivery': 'sending messages',
  'health.loop-clocks': 'ringing clocks',
  'health.loop-summaries': 'posting summaries',
  'health.loop-intake': 'taking in what people send',
  'health.loop-fetcher': 'fetching files',
  'health.loop-other': 'its upkeep',
  'health.watcher':
    'The outside watcher has not answered since {time}. Until it does, nobody is told if the hub dies. Check ' +
    'HEARTBEAT_URL.',
  'health.matter-database': 'the database',
  'health.matter-late': 'messages go out',
  'health.matter-cards': 'cards show the latest',
  'health.matter-timers': 'clocks ring',
  'health.matter-summaries': 'summaries are posted',
  'health.matter-inbox': 'what comes in is handled',
  'health.matter-fetches': 'files come through',
  'health.matter-parked': 'what could not be handled is looked after',
  'health.matter-stuck': 'what did not go out is looked after',
  'health.matter-disk': 'the disk has room',
  'health.matter-clock': 'the clocks agree',
  'health.matter-memory': 'memory',
  'health.matter-backup': 'backups',
  'health.matter-processes': 'no part of the hub is missing',
  'health.matter-versions': 'all of the hub has one version',
  'health.matter-loop': 'the hub does its work',
  'health.matter-watcher': 'the outside watcher',
  'health.matter-tool': '{tool}',
  'health.size-mb': '{size} MB',
  'health.size-gb': '{size} GB',
  'health.well': 'All is well.',
  'health.ill': 'Not as it should be:',
  'health.ill-brief': 'Something is wrong with the hub, and coordinators are told. Urgent? Call them.',
  'health.figures': 'Figures',
  'health.out': {
    one: 'Going out: {count}, waiting since {time}.',
    other: 'Going out: {count}, the oldest since {time}.',
  },
  'health.out-none': 'Going out: nothing waits.',
  'health.in': {
    one: 'Coming in: {count}, waiting since {time}.',
    other: 'Coming in: {count}, the oldest since {time}.',
  },
  'health.in-none': 'Coming in: nothing waits.',
  'health.clocks': { one: 'Clocks: {count} late.', other: 'Clocks: {count} late.' },
  'health.clocks-none': 'Clocks: none is late.',
  'health.room': 'Disk: {size} free. Database: {bytes}.',
  'health.backed-up': 'Last backup: {time}.',
  'health.backed-up-not': 'Last backup: none.',
  'health.parts': {
    one: 'Running: {count} part, version {versions}, {size} of memory.',
    other: 'Running: {count} parts, version {versions}, {size} of memory.',
  },
  'health.watched': 'Outside watcher: answered {time}.',
  'health.watched-not': 'Outside watcher: no answer yet.',
  'health.watched-none': 'Outside watcher: none. Set HEARTBEAT_URL, so that somebody is told if the hub dies.',
  'health.heard': 'Last heard from {heard}, last written to {sent}.',
  'health.heard-only': 'Last heard from {heard}; nothing written since the start.',
  'health.sent-only': 'Last written to {sent}; nothing heard since the start.',
} as const
