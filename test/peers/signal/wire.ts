import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'

/** The sockets that listen. */
export type Wire = ReturnType<typeof createWire>

const largestFromClient = 512

/** Makes the server's side of `/v1/receive`: pings each `pingMs`, ends a connection whose client writes too much. */
export function createWire(pingMs: number, broken: (rule: string) => void) {
  const server = new WebSocketServer({ noServer: true, maxPayload: largestFromClient, perMessageDeflate: false })
  const open = new Set<WebSocket>()
  let frozen = false
  let opened = 0
  let pings = 0

  const pinging = setInterval(() => {
    if (!frozen) for (const socket of open) socket.ping()
  }, pingMs)

  return {
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      server.handleUpgrade(request, socket, head, client => {
        opened += 1
        open.add(client)
        client
          .on('close', () => open.delete(client))
          .on('error', () => broken(`a frame of over ${largestFromClient} bytes`))
          .on('message', () => broken('a client that writes frames: nothing has to be sent'))
          .on('ping', () => {
            pings += 1
          })
      })
    },
    /** Writes to all who listen; false: nobody does, and it is gone. */
    write(frame: string): boolean {
      if (!frozen) for (const client of open) client.send(frame)
      return open.size > 0 && !frozen
    },
    /** The connection looks open, but nothing comes any more. */
    freeze(): void {
      frozen = true
    },
    thaw(): void {
      frozen = false
    },
    /** Cuts all connections. */
    cut(): void {
      for (const client of open) client.terminate()
      open.clear()
    },
    /** How many listen now, how many ever did, and how often they pinged. */
    counts: () => ({ listening: open.size, opened, pings }),
    close(): void {
      clearInterval(pinging)
      for (const client of open) client.terminate()
      server.close()
    },
  }
}
