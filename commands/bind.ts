import {
  type Binding,
  cleanName,
  pressedBinding,
  readBinding,
  readUnbinding,
  roomText,
  takeYes,
  usualName,
  writeBinding,
} from '../workflows/binding.ts'
import { type Room, regionName, roomsOf } from '../workflows/directory.ts'
import { adminsOnly } from '../workflows/entry.ts'
import { phrase } from '../workflows/phrase.ts'
import { buttonId, type Line, type View } from '../workflows/view.ts'
import { type Context, type Doing, defineCommand, type Here, type Reply, refuse } from './command.ts'

/** Says what the room is in which it is typed, and lets an administrator make it a room of a region or a purpose. */
export const bind = defineCommand({
  name: 'bind',
  summary: 'command.bind',
  usage: 'usage.bind',
  permission: 'anyone',
  about: 'nothing',
  opens: 'work',
  // Everybody in a room may know what it is; a private answer would have to be pressed somewhere else.
  private: false,
  run: async (request, context) => {
    const { here, actor, read } = context
    if (!here) return refuse('account.bind-direct')
    const { from } = request
    const typed = takeYes(request.words)
    const words = from === 'press' ? request.words : typed.words
    const sure = from === 'press' || typed.sure
    if (from === 'typed' && words.trim() === '') return what(here, context)
    const refused = adminsOnly(actor, read.directory, 'account.bind-admin')
    if (refused) return { type: 'refused', phrase: refused }
    const off = from === 'press' ? words === 'off' : readUnbinding(words)
    if (off) return sure ? unbind(context) : askUnbind(context)
    const { directory } = read
    const binding = from === 'press' ? pressedBinding(words, request.assumed, directory) : readBinding(words, directory)
    if (!binding) return unknown(words, context)
    return sure ? bound(binding, here, context) : ask(binding, words.trim(), here, context)
  },
})

function what({ platform, address }: Here, { read: { directory } }: Context): Reply {
  const own = directory.rooms.filter(room => room.platform === platform && room.address === address)
  const [room] = own
  if (!room) return show([text('account.bind-not', { codes: codesOf(directory) })])
  const is = own.map(one => roomText(one, directory))
  return show([
    text('account.room-is', { name: { words: room.name }, what: is }),
    ...features(room),
    { type: 'note', text: phrase('account.room-change') },
  ])
}

async function ask(binding: Binding, words: string, here: Here, { read, actor, room }: Context): Promise<Reply> {
  const { directory } = read
  const { purpose, region } = binding
  const open =
    purpose === 'region' && region
      ? await read.incidents.list({ regions: [region], viewer: actor.id, open: true, limit: 1 })
      : null
  const becomes = region
    ? text('account.bind-region', { region: regionName(directory, region) })
    : text(`account.bind-${purpose === 'region' ? 'coordination' : purpose}`)
  const [about, assumed] = writeBinding({ ...binding, name: binding.name ?? (here.name && cleanName(here.name)) })
  const lines: (Line | false)[] = [
    becomes,
    open !== null && open.total > 0 && text('account.bind-open', { count: open.total }),
    ...features(binding),
    { type: 'strong', text: phrase('account.bind-all') },
    room !== null && text('account.bind-now', { what: roomText(room, directory) }),
    { type: 'note', text: phrase('account.bind-yes', { words: { words } }) },
  ]
  return show(
    lines.filter(one => one !== false),
    [{ id: buttonId('bind', about, assumed), label: phrase('account.bind-button'), style: 'primary' }],
    'account.bind-ask',
  )
}

function bound({ name, talk, ...binding }: Binding, here: Here, { read, actor }: Context): Doing {
  const { directory } = read
  const { platform, address } = here
  const called = name ?? here.name ?? usualName(binding, directory)
  const room: Omit<Room, 'id'> = { ...binding, platform, address, name: called, ...(talk ? { talk } : {}) }
  return {
    type: 'do',
    action: { type: 'bind', person: actor.id, room },
    say: () => show([text('account.bind-done', { what: roomText(room, directory) }), ...features(room)]),
  }
}

function askUnbind({ read: { directory }, room }: Context): Reply {
  if (!room) return show([text('account.bind-not', { codes: codesOf(directory) })])
  const { region } = room
  const last = region !== null && roomsOf(directory, region).length === 1
  return show(
    [
      text('account.unbind-ask', { what: roomText(room, directory) }),
      ...(last ? [text('account.unbind-empty', { region: regionName(directory, region) })] : []),
      { type: 'note', text: phrase('account.bind-yes', { words: 'off' }) },
    ],
    [{ id: buttonId('bind', 'off'), label: phrase('account.unbind-button'), style: 'danger' }],
  )
}

function unbind({ read: { directory }, actor, room }: Context): Doing | Reply {
  if (!room) return show([text('account.bind-not', { codes: codesOf(directory) })])
  return {
    type: 'do',
    action: { type: 'unbind', person: actor.id, room: room.id },
    say: () => show([text('account.unbind-done')]),
  }
}

function unknown(words: string, { read: { directory } }: Context): Reply {
  const codes = codesOf(directory)
  return refuse('account.bind-unknown', { words: { words: words.slice(0, 60) }, codes, code: codes[0] ?? 'AZ' })
}

function features({ red, language }: Pick<Room, 'red' | 'language'>): readonly Line[] {
  return [
    { type: red ? 'strong' : 'text', text: phrase(red ? 'account.bind-red' : 'account.bind-not-red') },
    ...(language ? [text('account.bind-language', { language: phrase(`reply.language-${language}`) })] : []),
  ]
}

function codesOf({ regions }: Context['read']['directory']): readonly string[] {
  return regions.map(region => region.code)
}

function show(lines: readonly Line[], buttons: View['buttons'] = [], title?: 'account.bind-ask'): Reply {
  const view: View = { tone: 'plain', title: title ? phrase(title) : null, lines, buttons }
  return { type: 'view', private: false, view }
}

function text(key: Parameters<typeof phrase>[0], params?: Parameters<typeof phrase>[1]): Line {
  return { type: 'text', text: phrase(key, params) }
}
