import type { StoreError } from '../workflows/errors.ts'
import { mayPass } from './settle.ts'

/** How waiting for the database is done; `say` hears, in a line for whoever runs the hub, what is waited for. */
export type Waiting = { readonly pause: (ms: number) => Promise<void>; readonly say: (line: string) => void }

const pauses = [500, 1_000, 2_000]
const longestMs = 3_000
// It is said at once, and again so seldom that a log of a long night stays short.
const sayEvery = 100

/**
 * Opens what needs the database, and waits for a server that is away, starts up or is about to lead: after a power cut
 * machines come back in any order, and nobody may be there to start the hub again. @throws whatever else is wrong
 */
export async function openPatiently<T>(open: () => Promise<T>, { pause, say }: Waiting): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await open()
    } catch (error) {
      if (!mayPass(error)) throw error
      if (tries % sayEvery === 0) {
        say(
          `${(error as StoreError).message}. The hub waits for it; if this goes on, check DATABASE_URL and the server.`,
        )
      }
      await pause(pauses[tries] ?? longestMs)
    }
  }
}
