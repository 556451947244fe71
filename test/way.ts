import { connect, createServer, type Socket } from 'node:net'

/** A way to a server that a test can spoil: as a cable that is cut, or a network in which nothing arrives any more. */
export type Way = {
  /** The address of the server, by this way. */
  readonly url: string
  /** Ends all connections, and takes no new ones until `heal`. */
  readonly cut: () => void
  /** Lets nothing through any more, in either direction, and says nothing of it, until `heal`. */
  readonly hang: () => void
  /** Lets everything through again; what hung goes on. */
  readonly heal: () => void
  readonly close: () => Promise<void>
}

/** Opens a way to the server at that address. */
export async function openWay(url: string): Promise<Way> {
  const { hostname, port } = new URL(url)
  const open = new Set<Socket>()
  let state: 'open' | 'cut' | 'hung' = 'open'
  const server = createServer(client => {
    if (state === 'cut') return void client.destroy()
    const onward = connect(Number(port), hostname)
    const ends = [client, onward] as const
    for (const [at, socket] of ends.entries()) {
      open.add(socket)
      if (state === 'hung') socket.pause()
      socket.on('error', () => {})
      socket.on('data', bytes => ends[1 - at]?.write(bytes))
      socket.on('close', () => {
        open.delete(socket)
        // What hangs is not told of the other's end; what was written before an end arrives.
        if (state === 'open') ends[1 - at]?.destroySoon()
        else if (state === 'cut') ends[1 - at]?.destroy()
      })
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const by = new URL(url)
  by.port = String(typeof address === 'object' ? address?.port : '')
  const end = () => {
    for (const socket of open) socket.destroy()
  }
  return {
    url: by.href,
    cut() {
      state = 'cut'
      end()
    },
    hang() {
      state = 'hung'
      for (const socket of open) socket.pause()
    },
    heal() {
      state = 'open'
      for (const socket of open) socket.resume()
    },
    async close() {
      end()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
