import type { Memory } from '../platform.ts'

/** How far each conversation was heard; kept, so that what came later is read after an absence by any process. */
export type Cursor = {
  /** Something was heard there, written at that Slack timestamp. */
  readonly seen: (channel: string, ts: string) => void
  /** The hub itself wrote there: from then on it listens, whether anybody has written yet or not. */
  readonly met: (channel: string, ts: string) => void
  /** The last that was surely heard, or null where nothing ever was. */
  readonly last: (channel: string) => Promise<string | null>
  /** Nothing that is heard there counts until it is released: what came before it is still being read. */
  readonly hold: (channel: string) => void
  readonly release: (channel: string) => void
  /** The direct conversations that there were lately. */
  readonly directs: () => Promise<readonly string[]>
  /** Keeps what is known. */
  readonly save: () => Promise<void>
}

const mostDirects = 500
const directsKey = 'directs'

/** Makes it; what is read twice counts once, so it may lag behind. */
export function createCursor(memory: Memory): Cursor {
  const heard = new Map<string, string>()
  const first = new Map<string, string>()
  const saved = new Map<string, string>()
  const held = new Set<string>()

  async function directs(): Promise<readonly string[]> {
    const list: unknown = JSON.parse((await memory.get(directsKey)) ?? '[]')
    return Array.isArray(list) ? list.filter(one => typeof one === 'string') : []
  }

  const kept = (channel: string) => memory.get(`seen:${channel}`)

  async function keep(channel: string, ts: string): Promise<void> {
    if (saved.get(channel) === ts) return
    // Another process may have heard more.
    await memory.set(`seen:${channel}`, laterOf((await kept(channel)) ?? undefined, ts))
    saved.set(channel, ts)
  }

  return {
    seen: (channel, ts) => void heard.set(channel, laterOf(heard.get(channel), ts)),
    met: (channel, ts) => {
      if (!heard.has(channel) && !first.has(channel)) first.set(channel, ts)
    },
    last: kept,
    hold: channel => void held.add(channel),
    release: channel => void held.delete(channel),
    directs,
    async save() {
      const fresh = [...heard.keys(), ...first.keys()].filter(one => one.startsWith('D') && !saved.has(one))
      if (fresh.length > 0) {
        const list = [...new Set([...fresh, ...(await directs())])].slice(0, mostDirects)
        await memory.set(directsKey, JSON.stringify(list))
      }
      for (const [channel, ts] of first) {
        if ((await kept(channel)) === null) await keep(channel, ts)
        saved.set(channel, saved.get(channel) ?? ts)
        first.delete(channel)
      }
      for (const [channel, ts] of heard) if (!held.has(channel)) await keep(channel, ts)
    },
  }
}

/** The later of two Slack timestamps. */
export function laterOf(one: string | undefined, other: string): string {
  return one !== undefined && Number(one) >= Number(other) ? one : other
}
