import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How the server gives a file: well, or as servers do on a bad day. */
export type Mood = 'well' | 'slow' | 'drops' | 'gone' | 'expired' | 'busy' | 'short' | 'endless' | 'huge' | 'elsewhere'

/** A server of files like those of chat platforms, on loopback. */
export type FileServer = {
  readonly host: string
  /** The address of these bytes; how they are given can be changed later. */
  readonly put: (name: string, bytes: Buffer, mood?: Mood) => string
  readonly become: (name: string, mood: Mood) => void
  /** How often a file was asked for. */
  readonly asked: (name: string) => number
  readonly close: () => Promise<void>
}

/** Starts a file server. */
export async function startFileServer(): Promise<FileServer> {
  const files = new Map<string, { bytes: Buffer; mood: Mood; asked: number }>()
  const server = createServer((request, response) => {
    const file = files.get(decodeURIComponent((request.url ?? '').slice(1)))
    if (!file) return void response.writeHead(404).end()
    file.asked += 1
    give(file.bytes, file.mood, response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    put(name, bytes, mood = 'well') {
      files.set(name, { bytes, mood, asked: 0 })
      return `http://${host}/${encodeURIComponent(name)}`
    },
    become(name, mood) {
      const file = files.get(name)
      if (file) file.mood = mood
    },
    asked: name => files.get(name)?.asked ?? 0,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function give(bytes: Buffer, mood: Mood, response: ServerResponse): void {
  const half = bytes.subarray(0, Math.max(1, bytes.length >> 1))
  const length = { 'content-length': bytes.length }
  switch (mood) {
    case 'well':
      return void response.writeHead(200, length).end(bytes)
    case 'slow':
      // Half of it, and then nothing for ever.
      return void response.writeHead(200, length).write(half)
    case 'drops':
      response.writeHead(200, length)
      return void response.write(half, () => response.destroy())
    case 'gone':
      return void response.writeHead(404).end('not here')
    case 'expired':
      return void response.writeHead(403).end('This content is no longer available.')
    case 'busy':
      return void response.writeHead(429, { 'retry-after': '120' }).end()
    case 'short':
      response.writeHead(200, { 'transfer-encoding': 'chunked' })
      return void response.write(half, () => response.destroy())
    case 'endless': {
      response.writeHead(200)
      response.write(bytes)
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, 1))) {}
      }
      response.on('drain', more)
      return void more()
    }
    case 'huge':
      return void response.writeHead(200, { 'content-length': 10_000_000_000 }).write(half)
    case 'elsewhere':
      return void response.writeHead(302, { location: 'http://127.0.0.1:1/metadata' }).end()
  }
}
