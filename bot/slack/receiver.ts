import { HTTPReceiver, type Receiver, type ReceiverEvent, SocketModeReceiver } from '@slack/bolt'
import type { Logger } from 'pino'
import { keepSocket, type SocketNews } from './socket.ts'
import { quietLogger } from './web.ts'

/** Where Slack is heard: over a socket of the hub's own, or at an address that Slack calls. */
export type Ears = {
  /** What Bolt takes as its receiver; starting and stopping is `hear`'s alone. */
  readonly receiver: Receiver
  /** Listens until the signal ends it; `tell` learns whether Slack is heard. */
  readonly hear: (signal: AbortSignal, tell: SocketNews) => Promise<void>
}

/** How Slack is heard; a socket where there is an app token. */
export type EarsOptions = {
  readonly appToken: string | null
  readonly signingSecret: string | null
  readonly port: number
  readonly apiUrl: string | null
  /** Keeps an event; only when it resolves is Slack told that it arrived. */
  readonly keep: (body: ReceiverEvent['body']) => Promise<void>
  readonly log: Logger
}

const lines = 2
const openTimeoutMs = 10_000

/** Makes the ears. With two sockets one is there while Slack refreshes the other, as it does every few hours. */
export function createEars(options: EarsOptions): Ears {
  return options.appToken === null ? httpEars(options) : socketEars(options.appToken, options)
}

function socketEars(appToken: string, { apiUrl, keep, log }: EarsOptions): Ears {
  const sockets = Array.from({ length: lines }, () => {
    const receiver = new SocketModeReceiver({
      appToken,
      autoReconnectEnabled: false,
      logger: quietLogger(log),
      // Its own options: with those of the client that writes (no retries) it would end the process.
      installerOptions: {
        clientOptions: {
          ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
          retryConfig: { retries: 1 },
          timeout: openTimeoutMs,
        },
      },
    })
    // Each failure is told to the line; without a listener the emitter would throw it.
    receiver.client.on('error', () => {})
    return receiver
  })
  return {
    receiver: receiverOf(sockets, keep),
    async hear(signal, tell) {
      const up = new Set<SocketModeReceiver>()
      await Promise.all(
        sockets.map(socket =>
          keepSocket(socket, signal, (isUp, error) => {
            if (isUp) up.add(socket)
            else up.delete(socket)
            tell(up.size > 0, error)
          }),
        ),
      )
    },
  }
}

function httpEars({ signingSecret, port, keep, log }: EarsOptions): Ears {
  const http = new HTTPReceiver({ signingSecret: signingSecret ?? '', port, logger: quietLogger(log) })
  return {
    receiver: receiverOf([http], keep),
    async hear(signal, tell) {
      const server = await http.start(port)
      tell(true, null)
      if (!signal.aborted) {
        await new Promise<void>(done => signal.addEventListener('abort', () => done(), { once: true }))
      }
      const closed = http.stop()
      // It would wait for idle connections that nobody closes.
      server.closeIdleConnections()
      await closed
    },
  }
}

/** Bolt acknowledges events before anything of the hub sees them; so they pass here first, and are kept. */
function receiverOf(inner: readonly Receiver[], keep: EarsOptions['keep']): Receiver {
  return {
    init(app) {
      const heard = {
        processEvent: async (event: ReceiverEvent) => {
          if (event.body?.type !== 'event_callback') return app.processEvent(event)
          await keep(event.body)
          await event.ack()
        },
      } as typeof app
      for (const receiver of inner) receiver.init(heard)
    },
    start: async () => {},
    stop: async () => {},
  }
}
