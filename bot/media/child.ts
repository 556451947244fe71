import type { Copy, Look, Taken } from '../../workflows/evidence.ts'
import { draw } from './draw.ts'
import { magicOf } from './magic.ts'
import { takenOf } from './taken.ts'

/** What the hub asks of the child process; bytes come from strangers. */
export type Task =
  | { readonly do: 'magic'; readonly bytes: Uint8Array }
  | { readonly do: 'taken'; readonly type: string; readonly bytes: Uint8Array }
  | { readonly do: 'draw'; readonly look: Look; readonly bytes: Uint8Array }

/** What it answers; null where the bytes made it fail. */
export type Outcome = { readonly magic: string | null } | { readonly taken: Taken } | { readonly copy: Copy }

// This file is a program of its own, which `media.ts` starts.
const mostMemory = 700 * 1_048_576

process.on('message', async (task: Task) => {
  process.send?.(await outcomeOf(task).catch(() => null))
})
process.on('disconnect', () => process.exit())

// Decoders work beside this thread, so that it can watch what they take.
setInterval(() => {
  if (process.memoryUsage.rss() > mostMemory) process.kill(process.pid, 'SIGKILL')
}, 25).unref()

async function outcomeOf(task: Task): Promise<Outcome> {
  const bytes = Buffer.from(task.bytes)
  switch (task.do) {
    case 'magic':
      return { magic: await magicOf(bytes) }
    case 'taken':
      return { taken: await takenOf(task.type, bytes) }
    case 'draw':
      return { copy: await draw(bytes, task.look) }
  }
}
