import { WebSocket } from 'ws'

/** How often to ping, and after what silence the other end counts as gone (ms). */
export type Watching = {
  readonly handshake: number
  readonly ping: number
  /** How long neither a frame nor a ping of the server may come. */
  readonly silence: number
}

/** How a connection ended: `open`: it had been opened; `heardUntil`: the last moment it surely worked (epoch ms). */
export type Ended = { readonly open: boolean; readonly reason: string; readonly heardUntil: number }

/** What to connect to, and what is called as things come. */
export type Listening = {
  readonly url: string
  readonly signal: AbortSignal
  readonly clock: () => number
  readonly opened: () => void
  readonly frame: (body: string) => void
  /** A sign that the server still writes to this socket. */
  readonly alive: () => void
  readonly watching: Watching
}

const largestFrame = 16 * 1024 * 1024

/**
 * Listens on the socket of the API until it closes, fails, falls silent or is told to stop. Nothing but pings is sent:
 * a frame of over 512 bytes would end the connection.
 */
export function listen({ url, signal, clock, opened, frame, alive, watching }: Listening): Promise<Ended> {
  return new Promise(resolve => {
    if (signal.aborted) return resolve({ open: false, reason: 'stopped', heardUntil: clock() })
    const socket = new WebSocket(url, {
      handshakeTimeout: watching.handshake,
      maxPayload: largestFrame,
      perMessageDeflate: false,
    })
    let open = false
    let reason = 'closed'
    let silent = false
    let heard = clock()
    let signs = 0
    let watch: NodeJS.Timeout | undefined
    let pinging: NodeJS.Timeout | undefined

    // The server pings each 54 s and sets no limit itself: without this a half-open socket hangs for days.
    const sign = () => {
      heard = clock()
      clearTimeout(watch)
      signs += 1
      watch = setTimeout(() => setImmediate(gone, signs), watching.silence)
      alive()
    }
    // What came while this process was busy is read before it is judged.
    const gone = (before: number) => {
      if (signs !== before) return
      silent = true
      reason = 'silence'
      socket.terminate()
    }
    const stop = () => {
      reason = 'stopped'
      socket.close(1000)
      // Nobody waits for the other end to agree.
      setTimeout(() => socket.terminate(), 1000).unref()
    }
    signal.addEventListener('abort', stop, { once: true })

    socket
      .on('open', () => {
        open = true
        pinging = setInterval(() => socket.ping(), watching.ping)
        opened()
        sign()
      })
      .on('ping', sign)
      .on('message', (data, binary) => {
        sign()
        if (!binary) frame(data.toString())
      })
      .on('error', error => {
        reason = 'code' in error && typeof error.code === 'string' ? error.code : error.message
      })
      .on('close', code => {
        signal.removeEventListener('abort', stop)
        clearTimeout(watch)
        clearInterval(pinging)
        if (reason === 'closed') reason = `closed with ${code}`
        resolve({ open, reason, heardUntil: silent ? heard : clock() })
      })
  })
}
