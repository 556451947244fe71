import type { Memory } from '../platform.ts'

/** Which messages go on where another ended, so that they are taken away with it. */
export type Parts = {
  add(first: string, rest: readonly string[]): Promise<void>
  /** Gives the further messages of one, and forgets them. */
  take(first: string): Promise<readonly string[]>
}

const mostKept = 500

/** Makes the list of messages that were too long for one; the last five hundred are known, after a restart too. */
export function createParts(memory: () => Memory | null): Parts {
  let loaded: Promise<Map<string, readonly string[]>> | null = null

  async function all(): Promise<Map<string, readonly string[]>> {
    loaded ??= (async () => {
      const kept = await memory()?.get('parts')
      return new Map(Object.entries(kept ? (JSON.parse(kept) as Record<string, readonly string[]>) : {}))
    })()
    return loaded.catch(error => {
      loaded = null
      throw error
    })
  }

  const write = (list: Map<string, readonly string[]>) =>
    memory()?.set('parts', JSON.stringify(Object.fromEntries(list)))

  return {
    async add(first, rest) {
      const list = await all()
      list.set(first, rest)
      const oldest = list.size > mostKept ? list.keys().next().value : undefined
      if (oldest !== undefined) list.delete(oldest)
      await write(list)
    },
    async take(first) {
      const list = await all()
      const rest = list.get(first)
      if (!rest) return []
      list.delete(first)
      await write(list)
      return rest
    },
  }
}
