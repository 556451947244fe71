import { type Draw, mostBytes, nothingTaken, type Taken } from '../../workflows/evidence.ts'
import { createConfined, type Patience } from '../confined.ts'
import type { Outcome, Task } from './child.ts'

/** What the hub knows of files by their bytes; strangers' bytes are only ever parsed in a child process. */
export type Media = {
  /** The MIME type that the first bytes tell, or null. */
  readonly magic: (head: Buffer) => Promise<string | null>
  /** What the metadata of a file says, given the part that its tap held; nothing if it cannot be read. */
  readonly taken: (type: string, part: Buffer) => Promise<Taken>
  readonly draw: Draw
  /** Ends the child process; asked again, it starts another. */
  readonly stop: () => void
}

/**
 * Makes the reader of media. Its child starts with the first file; it sees no environment and no file but its own code,
 * may write and start nothing, does one task at a time, and is ended when one takes too long or too much memory.
 */
export function createMedia(patience: Patience = { taskMs: 15_000, idleMs: 30_000 }): Media {
  const child = createConfined<Task, Outcome | null>({ folder: 'media', mostTasks }, patience)

  async function ask(task: Task): Promise<Outcome | null> {
    const outcome = await child.ask(task)
    return outcome === 'lost' ? null : outcome
  }

  return {
    async magic(head) {
      const outcome = await ask({ do: 'magic', bytes: head })
      return outcome && 'magic' in outcome ? outcome.magic : null
    },
    async taken(type, part) {
      const outcome = await ask({ do: 'taken', type, bytes: part })
      return outcome && 'taken' in outcome ? outcome.taken : nothingTaken
    },
    async draw(item, original, look) {
      if (item.size > mostBytes.photo) return { type: 'none', why: 'too-large' }
      const pieces: Uint8Array[] = []
      for await (const piece of original) pieces.push(piece)
      const outcome = await ask({ do: 'draw', look, bytes: Buffer.concat(pieces) })
      if (!outcome || !('copy' in outcome)) return { type: 'none', why: 'unreadable' }
      const { copy } = outcome
      return copy.type === 'copy' ? { ...copy, bytes: Buffer.from(copy.bytes) } : copy
    },
    stop: child.stop,
  }
}

// Decoders keep what they took until the process ends.
const mostTasks = 20
