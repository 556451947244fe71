import type { MessageRef } from '../../workflows/delivery.ts'
import type { IncomingFile } from '../platform.ts'

/** A file of a message that comes along with a form, by what Slack knows it. */
export type Carried = { readonly id: string; readonly name: string; readonly type: string; readonly size: number }

/** What a form must know again when it is sent in, also after a restart; it travels with Slack's view. */
export type Opened = {
  readonly form: string
  readonly command: string
  readonly about: string
  /** Where it was asked for; null in the direct conversation. */
  readonly room: string | null
  readonly message: MessageRef | null
  readonly files: readonly Carried[]
}

const longest = 3000
const mostFiles = 10

/** Packs it into a view's private metadata; names of files are cut where it would be too long. */
export function packOpened(opened: Opened): string {
  const { form, command, about, room, message, files } = opened
  for (const most of [100, 40, 12]) {
    const names = files.slice(0, mostFiles).map(({ id, name, type, size }) => [id, name.slice(-most), type, size])
    const packed = JSON.stringify({ f: form, c: command, a: about, r: room, m: message, x: names })
    if (packed.length <= longest) return packed
  }
  return JSON.stringify({ f: form, c: command, a: about, r: room, m: message, x: [] })
}

/** Reads it back; null if it is not of the hub's making. */
export function readOpened(metadata: unknown): Opened | null {
  const read = parse(metadata)
  const { f, c, a, r, m, x } = read ?? {}
  if (typeof f !== 'string' || f === '' || typeof c !== 'string' || c === '' || typeof a !== 'string') return null
  return {
    form: f,
    command: c,
    about: a,
    room: typeof r === 'string' ? r : null,
    message: refOf(m),
    files: Array.isArray(x) ? x.flatMap(carriedOf) : [],
  }
}

/** A file that Slack keeps, as the hub fetches it later. */
export function incoming({ id, name, type, size }: Carried): IncomingFile {
  return { name, type, size, source: id }
}

/** The files that are listed in what Slack sent; those that it does not give out are left out. */
export function filesOf(list: unknown): readonly Carried[] {
  if (!Array.isArray(list)) return []
  return list.flatMap((file): Carried[] => {
    const { id, name, title, mimetype, size, mode } = (file ?? {}) as Record<string, unknown>
    if (typeof id !== 'string' || mode === 'tombstone' || mode === 'external' || mode === 'hidden_by_limit') return []
    const called = [name, title].find(one => typeof one === 'string' && one !== '')
    return [
      {
        id,
        name: typeof called === 'string' ? called : id,
        type: typeof mimetype === 'string' && mimetype !== '' ? mimetype : 'application/octet-stream',
        // Of files from elsewhere Slack tells no more until they are asked for; none is empty.
        size: typeof size === 'number' ? size : 1,
      },
    ]
  })
}

function parse(metadata: unknown): Record<string, unknown> | null {
  if (typeof metadata !== 'string' || metadata.length > longest) return null
  try {
    const read: unknown = JSON.parse(metadata)
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : null
  } catch {
    return null
  }
}

function refOf(value: unknown): MessageRef | null {
  const { room, id, thread } = (value ?? {}) as Record<string, unknown>
  if (typeof room !== 'string' || typeof id !== 'string') return null
  return typeof thread === 'string' ? { room, id, thread } : { room, id }
}

function carriedOf(value: unknown): Carried[] {
  if (!Array.isArray(value)) return []
  const [id, name, type, size] = value as unknown[]
  if (typeof id !== 'string' || typeof name !== 'string' || typeof type !== 'string') return []
  return [{ id, name, type, size: typeof size === 'number' ? size : 0 }]
}
