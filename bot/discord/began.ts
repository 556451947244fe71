import type { Memory } from '../platform.ts'

/** The direct conversations that the hub itself began: somebody may answer there before they ever wrote to it. */
export type Began = {
  /** The hub wrote there. Never rejects. */
  readonly note: (channel: string, message: string) => Promise<void>
  /** The message of the hub after which each is read. */
  readonly all: () => Promise<ReadonlyMap<string, string>>
}

const key = 'began'
const most = 500

/** Makes the memory of them; only whoever sends notes them, which is one process at a time. */
export function createBegan(memory: () => Memory | null): Began {
  const known = new Set<string>()

  async function all(): Promise<ReadonlyMap<string, string>> {
    const kept = await memory()?.get(key)
    return new Map(kept ? (JSON.parse(kept) as [string, string][]) : [])
  }

  return {
    all,
    async note(channel, message) {
      if (known.has(channel)) return
      known.add(channel)
      try {
        const before = await all()
        if (before.has(channel)) return
        await memory()?.set(key, JSON.stringify([...before, [channel, message]].slice(-most)))
      } catch {
        known.delete(channel)
      }
    },
  }
}
