import { setTimeout as wait } from 'node:timers/promises'
import type { SocketModeReceiver } from '@slack/bolt'

/** What is told of a line: that it stands, or that it does not and why. */
export type SocketNews = (up: boolean, error: unknown) => void

const helloMs = 30_000
const closeMs = 1000
const firstPauseMs = 500
const mostPauseMs = 60_000
const steadyMs = 10_000

/**
 * Keeps one socket to Slack open until the signal ends it. The client's own reconnecting is off: a refused reconnect
 * there is an unhandled rejection, which ends the process, and after every routine refresh it stays away for seconds.
 */
export async function keepSocket({ client }: SocketModeReceiver, signal: AbortSignal, tell: SocketNews): Promise<void> {
  for (let failures = 0; !signal.aborted; ) {
    const closed = new Promise<void>(done => client.once('disconnected', () => done()))
    const began = performance.now()
    try {
      await connect(client)
      tell(true, null)
      const ended = new Promise<void>(done => signal.addEventListener('abort', () => done(), { once: true }))
      if (!signal.aborted) await Promise.race([closed, ended])
      if (!signal.aborted) tell(false, null)
      failures = performance.now() - began > steadyMs ? 0 : failures + 1
    } catch (error) {
      failures++
      tell(false, error)
    }
    if (signal.aborted) break
    // A socket that stood is opened again at once.
    const ms = failures === 0 ? 0 : Math.min(mostPauseMs, firstPauseMs * 2 ** (failures - 1))
    await wait(ms, null, { signal }).catch(() => {})
  }
  await hangUp(client)
}

type Client = SocketModeReceiver['client']

async function connect(client: Client): Promise<void> {
  const late = new AbortController()
  const tooLate = wait(helloMs, null, { signal: late.signal, ref: false }).then(
    () => {
      throw new Error('Slack opened the socket and said nothing')
    },
    () => {},
  )
  try {
    await Promise.race([client.start(), tooLate])
  } catch (error) {
    await hangUp(client)
    throw error
  } finally {
    late.abort()
  }
}

// The client waits for the other end to close as well: asked a second time it does not.
async function hangUp(client: Client): Promise<void> {
  for (let times = 0; times < 2; times++) {
    const done = await Promise.race([
      client.disconnect().then(
        () => true,
        () => true,
      ),
      wait(closeMs, false, { ref: false }),
    ])
    if (done) return
  }
}
