import type { Host } from '../platform.ts'
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

/**
 * Everything that leaves for Signal, one at a time: signal-cli has lost messages that were sent side by side. What is
 * urgent goes before what waits.
 */
export type Outgoing = {
  /** Sends a message to a group or a person. @throws SignalError */
  readonly send: (letter: Letter, urgent?: boolean) => Promise<Sent>
  /** Does something else that is sent, in its turn. @throws SignalError */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>
  /** Takes no more and waits for what is on its way. */
  readonly stop: () => Promise<void>
}

const minute = 60_000
const mostUnsaid = 3
const lookMs = 10_000

/** Makes the way out; `clock` gives epoch ms, `single` lets through what no other process of the hub does meanwhile. */
export function createOutgoing(
  client: Client,
  clock: () => number,
  watch: Watch,
  single: Host['single'] = work => work(),
): Outgoing {
  const line = createLine()
  let stopped = false
  let closedUntil = 0
  let limits = 0
  let downs = 0
  let shaky = false
  // How often sending to somebody failed without the API saying why.
  const unsaid = new Map<string, number>()

  function inTurn<T>(work: () => Promise<T>, urgent = false): Promise<T> {
    return line.stand(async () => {
      if (stopped) throw new SignalError({ type: 'down', sure: true, reason: 'the hub stops' })
      const wait = closedUntil - clock()
      // Asking on while Signal limits the hub makes the limit last.
      if (wait > 0) throw heldBack(wait)
      try {
        if (shaky) await lookFirst()
        const done = await single(work)
        limits = 0
        downs = 0
        return done
      } catch (error) {
        throw error instanceof SignalError ? weighed(error) : error
      }
    }, urgent)
  }

  /** After an answer was lost it is first asked whether anybody is there: what is lost in sending stays in doubt. */
  async function lookFirst(): Promise<void> {
    try {
      await client.accounts(AbortSignal.timeout(lookMs))
      shaky = false
    } catch (error) {
      throw new SignalError({ type: 'down', sure: true, reason: 'it was silent before' }, { cause: error })
    }
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
    if (refusal.type === 'down') shaky ||= !refusal.sure
    if (refusal.type === 'down' && refusal.sure) {
      return new SignalError(refusal, { cause, retryAfterMs: Math.min(5 * minute, 2000 * 2 ** downs++) })
    }
    if (refusal.type === 'account') watch.account()
    return error
  }

  async function send(letter: Letter, urgent = false): Promise<Sent> {
    const [to] = letter.recipients
    try {
      const sent = await inTurn(async () => {
        const given = await client.send(letter)
        judge(to, given)
        return given
      }, urgent)
      unsaid.delete(to)
      return sent
    } catch (error) {
      throw isGroup(to) || !(error instanceof SignalError) ? error : personal(to, error)
    }
  }

  function judge(to: string, { failures }: Sent): void {
    const [first] = failures
    if (!first) return
    if (!isGroup(to)) throw new SignalError(refusalFor(first.reason))
    // It stands there, but Signal has begun to limit the hub: the next waits.
    if (failures.some(one => refusalFor(one.reason).type === 'limited')) {
      weighed(new SignalError({ type: 'limited', token: null, waitMs: null }))
    }
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
      await line.ended()
    },
  }
}

type Waiting = { readonly begin: () => Promise<void>; readonly urgent: boolean }

/** A line in which one is served at a time, whoever is urgent before the others. */
function createLine() {
  const waiting: Waiting[] = []
  let serving: Promise<void> | null = null

  async function serve(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) await next.begin()
    serving = null
  }

  return {
    stand<T>(work: () => Promise<T>, urgent: boolean): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        const begin = () => work().then(resolve, reject)
        const behind = urgent ? waiting.findIndex(one => !one.urgent) : -1
        waiting.splice(behind < 0 ? waiting.length : behind, 0, { begin, urgent })
        serving ??= serve()
      })
    },
    ended: async () => {
      while (serving) await serving
    },
  }
}

function heldBack(waitMs: number): SignalError {
  return new SignalError({ type: 'limited', token: null, waitMs, held: true }, { retryAfterMs: waitMs })
}

/** True if that recipient is a group. */
function isGroup(recipient: string): boolean {
  return recipient.startsWith('group.')
}
