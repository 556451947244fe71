/** The English sentences that show, before it is approved, what a message to many will do, by key. */
export const preview = {
  'preview.title': '{id}: what will happen',
  'preview.counts': 'Goes to {people} and {rooms}.',
  'preview.counts-one': 'Goes to {what}.',
  'preview.counts-none': 'Goes to nobody.',
  'preview.there': '{id}, as {tool} shows it',
  'preview.people': { one: '{count} person', other: '{count} people' },
  'preview.rooms': { one: '{count} room', other: '{count} rooms' },
  'preview.number': '{number}',
  'preview.head-tool': 'Tool',
  'preview.head-people': 'People',
  'preview.head-rooms': 'Rooms',
  'preview.head-messages': 'Messages',
  'preview.head-time': 'Time',
  'preview.soon': 'under a minute',
  'preview.about': 'about {minutes}',
  'preview.takes': 'Time until the last one has it: {time}. Rooms come first.',
  'preview.assumed': 'That is an estimate: {tools} publish no exact limit, so I count with a careful one.',
  'preview.firsts': {
    one:
      '{count} person on Signal has never written with me. I write first to {anHour} an hour and {aDay} a day at ' +
      'most: they come last ({time}).',
    other:
      '{count} people on Signal have never written with me. I write first to {anHour} an hour and {aDay} a day at ' +
      'most: they come last ({time}).',
  },
  'preview.firsts-groups': 'Sooner: add the Signal groups of their regions, or ask them to write to me once.',
  'preview.firsts-ask': 'Sooner: ask them to write to me once.',
  'preview.asleep': {
    one: '{count} person is in quiet hours now and gets it when these are over.',
    other: '{count} people are in quiet hours now and get it when these are over.',
  },
  'preview.down': '{tool} has not been reachable since {time}. What goes there waits until it is.',
  'preview.why-no-account': {
    one: '{count} person has no account I can write to:',
    other: '{count} people have no account I can write to:',
  },
  'preview.why-no-tool': {
    one: '{count} is only on a tool I am not connected to:',
    other: '{count} are only on tools I am not connected to:',
  },
  'preview.why-red': {
    one: '{count} is left out: what it is about may not be read there:',
    other: '{count} are left out: what it is about may not be read there:',
  },
  'preview.why-stopped': {
    one: '{count} person wishes no messages to many and does not get it:',
    other: '{count} people wish no messages to many and do not get it:',
  },
  'preview.names': '{names}',
  'preview.names-more': { one: '{names} and {count} more', other: '{names} and {count} more' },
  'preview.sample': 'Ten of them:',
  'preview.all': 'These are all:',
  'preview.room': 'the room {room}',
  'preview.person': '{person}',
  'preview.line': '{who} · {tool} · {region} · {language}',
  'preview.no-tool': 'nowhere',
  'preview.every-region': 'every region',
  'preview.words': { one: '{language}: {count} reader', other: '{language}: {count} readers' },
  'preview.one': 'one message',
  'preview.parted': '{count} messages, the second begins: “{start}”',
  'preview.made': '{tools}: {how}.',
  'preview.pressed': '{tools}: {how}; to press: {labels}',
  'preview.numbered': '{tools}: {how}; to answer by number: {labels}',
  'preview.buttons': 'To press: {labels}',
  'preview.as-read-by': 'Filled in as for {person}.',
} as const
