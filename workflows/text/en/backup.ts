/** The English sentences about backups, by key. */
export const backup = {
  'backup.returned':
    'I was brought back from a copy of {time}. I do not know what was done after that. What you wrote in your rooms ' +
    'still stands there: please report again what is missing. New reports get numbers from the next thousand on.',
  'backup.returned-people':
    'People and roles are those of that time. Whoever was removed or blocked after it is in again: please check.',
  'backup.returned-broadcasts':
    'Broadcasts that were being sent are paused. Those whose hour has passed wait to be approved again. ' +
    'They may have gone out since: look before you go on, with /broadcast.',
  'backup.returned-sent':
    'Messages that may have gone out already are looked for before I send them. Where I cannot look, I ask: /delivery.',
} as const
