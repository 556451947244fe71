import type { Capabilities, Outgoing, Platform, Target } from '../../bot/platform.ts'
import type { MessageRef } from '../../workflows/delivery.ts'
import { PlatformError } from '../../workflows/errors.ts'
import type { PlatformName } from '../../workflows/ids.ts'
import { say } from '../../workflows/text/say.ts'

/** A message as people see it, with what it was before. */
export type Shown = {
  readonly place: string
  readonly id: string
  readonly key: string
  readonly replaces: string | null
  readonly facts: Outgoing['card'] | null
  readonly text: string
  readonly edits: number
  readonly buttons: readonly string[]
}

/** What somebody asks of the platform. */
export type Call = {
  readonly type: 'post' | 'edit' | 'remove' | 'find'
  readonly place: string
  readonly key: string
} & {
  /** It goes with a picture. */
  readonly pictured?: boolean
}

/**
 * A platform that keeps what it is sent and does nothing else; `before` and `after` may reject, or wait, as platforms
 * do before or after a message stands.
 */
export type Recorder = {
  readonly platform: Platform
  readonly shown: Shown[]
  before: (call: Call) => Promise<void>
  after: (call: Call) => Promise<void>
  /** What stands in a room or direct conversation, in order. */
  readonly read: (place: string) => readonly string[]
}

/** Makes one with that name. */
export function recorder(name: PlatformName, capabilities: Partial<Capabilities> = {}): Recorder {
  const shown: Shown[] = []
  let last = 0
  const own: Recorder = {
    shown,
    before: async () => {},
    after: async () => {},
    read: place => shown.filter(one => one.place === place).map(one => one.text),
    platform: {
      name,
      capabilities: { edits: { most: 1000, within: 1e12 }, lookup: true, threads: true, ...capabilities },
      start: async () => {},
      stop: async () => {},
      async post(to, message) {
        const place = placeOf(to)
        const pictured = message.view.picture !== undefined
        const call = { type: 'post', place, key: message.key, pictured } as const
        await own.before(call)
        const ref = { room: place, id: String(++last) }
        const replaces = to.type === 'room' ? (to.replaces?.id ?? null) : null
        shown.push({ ...ref, place, key: message.key, replaces, edits: 0, ...look(message) })
        await own.after(call)
        return ref
      },
      async edit(ref, message) {
        const call = { type: 'edit', place: ref.room, key: message.key } as const
        await own.before(call)
        const at = shown.findIndex(one => one.id === ref.id)
        const found = shown[at]
        if (!found) throw new PlatformError(name, 'the message is gone', { permanent: true, because: 'stale' })
        shown[at] = { ...found, ...look(message), edits: found.edits + 1 }
        await own.after(call)
      },
      async remove(ref) {
        await own.before({ type: 'remove', place: ref.room, key: ref.id })
        const at = shown.findIndex(one => one.id === ref.id)
        if (at >= 0) shown.splice(at, 1)
      },
      async find(to, key): Promise<MessageRef | null> {
        await own.before({ type: 'find', place: placeOf(to), key })
        const found = shown.find(one => one.key === key)
        return found ? { room: found.place, id: found.id } : null
      },
    },
  }
  return own
}

function placeOf(to: Target): string {
  switch (to.type) {
    case 'room':
      return to.room
    case 'thread':
      return to.under.room
    case 'direct':
      return to.account
  }
}

function look({ view, reader, card }: Outgoing): Pick<Shown, 'text' | 'facts' | 'buttons'> {
  const lines = view.lines.map(line =>
    'text' in line ? say(line.text, reader) : line.type === 'rule' ? '—' : line.type,
  )
  return {
    text: [view.title && say(view.title, reader), ...lines].filter(Boolean).join('\n'),
    facts: card ?? null,
    buttons: view.buttons.map(button => button.id),
  }
}
