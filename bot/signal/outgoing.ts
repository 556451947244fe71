import type { Client, Letter } from './client.ts'
import { refusalFor, SignalError } from './refusal.ts'
import type { Sent } from './sent.ts'

/** What sending tells besides whether it went well. */
export type Watch = {
  /** Signal limits how much is sent; with a token a captcha lifts that. */
  readonly limited: (token: string | null) => void
  /** It went to a group, but not to all in it: why, once for each who was left out. */
  readonly partly: (group: string, reasons: readonly string[]) => void
  /** The API does not know the hub's number. */
  readonly account: () => void
}

/** Everything that leaves for Signal, one at a time: signal-cli has lost messages that were sent side by side. */
export type Outgoing = {
  /** Sends a message to a group or a person. @throws SignalError */
  readonly send: (letter: Letter) => Promise<Sent>
  /** Does something else that is sent, in its turn. @throws SignalError */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>
  /** Takes no more and waits for what is on its way. */
  readonly stop: () => Promise<void>
}

const minute = 60_000
const mostUnsaid = 3

/** Makes the way out; `clock` gives epoch ms. */
export function createOutgoing(client: Client, clock: () => number, watch: Watch): Outgoing {
  let tail: Promise<unknown> = Promise.resolve()
  let stopped = false
  let closedUntil = 0
  let limits = 0
  let downs = 0
  // How often sending to somebody failed without the API saying why.
  const unsaid = new Map<string, number>()

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = tail.then(async () => {
      if (stopped) throw new SignalError({ type: 'down', sure: true, reason: 'the hub stops' })
      const wait = closedUntil - clock()
      // Asking on while Signal limits the hub makes the limit last.
      if (wait > 0) throw new SignalError({ type: 'limited', token: null, waitMs: wait }, { retryAfterMs: wait })
      try {
        const done = await work()
        limits = 0
        downs = 0
        return done
      } catch (error) {
        throw error instanceof SignalError ? weighed(error) : error
      }
    })
    tail = turn.catch(() => {})
    return turn
  }

  /** The same failure again and again makes the pauses grow. */
  function weighed(error: SignalError): SignalError {
    const { refusal, cause } = error
    if (refusal.type === 'limited') {
      // What a captcha can lift is asked for again soon after; it may have been solved.
      const longest = refusal.token === null ? 30 * minute : 5 * minute
      const waitMs = Math.min(longest, refusal.waitMs ?? minute * 2 ** limits++)
      closedUntil = clock() + waitMs
      watch.limited(refusal.token)
      return new SignalError({ ...refusal, waitMs }, { cause, retryAfterMs: waitMs })
    }
    if (refusal.type === 'down' && refusal.sure) {
      return new SignalError(refusal, { cause, retryAfterMs: Math.min(5 * minute, 2000 * 2 ** downs++) })
    }
    if (refusal.type === 'account') watch.account()
    return error
  }

  async function send(letter: Letter): Promise<Sent> {
    const [to] = letter.recipients
    try {
      const sent = await inTurn(() => client.send(letter))
      unsaid.delete(to)
      judge(to, sent)
      return sent
    } catch (error) {
      throw isGroup(to) || !(error instanceof SignalError) ? error : personal(to, error)
    }
  }

  function judge(to: string, { failures }: Sent): void {
    const [first] = failures
    if (!first) return
    if (!isGroup(to)) throw new SignalError(refusalFor(first.reason))
    watch.partly(
      to,
      failures.map(one => one.reason),
    )
  }

  /** An unregistered person and a poor line give the same answer: after some tries they count as out of reach. */
  function personal(to: string, error: SignalError): SignalError {
    if (error.refusal.type !== 'failed') return error
    const times = (unsaid.get(to) ?? 0) + 1
    if (times >= mostUnsaid) {
      unsaid.delete(to)
      return new SignalError({ type: 'unregistered' }, { cause: error })
    }
    unsaid.set(to, times)
    return new SignalError(error.refusal, { retryAfterMs: times * 15_000, cause: error })
  }

  return {
    send,
    inTurn,
    stop: async () => {
      stopped = true
      await tail
    },
  }
}

/** True if that recipient is a group. */
function isGroup(recipient: string): boolean {
  return recipient.startsWith('group.')
}
