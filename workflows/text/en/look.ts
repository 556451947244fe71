/** The English sentences of evidence as people see it: lists, pages, and who may open it, by key. */
export const look = {
  'look.team-only':
    'Evidence of {id} is opened by the {region} response team, and by whoever sent it. Need to know what it ' +
    'shows? Ask the team in the thread.',
  'look.coordinator-only':
    'Only {region} coordinators can take originals of {id} out of the hub. Ask one of them, and say what it is for.',
  'look.a-photo': 'a photo',
  'look.a-video': 'a video',
  'look.a-voice': 'a voice note',
  'look.a-document': 'a document',
  'look.a-link': 'a link',
  'look.entry-blurred': '{person} looked at {what}, blurred.',
  'look.entry-opened': '{person} opened {what}.',
  'look.entry-saved': '{person} saved the original of {what}.',
  'look.entry-record': '{person} saved the record of the evidence.',
} as const
