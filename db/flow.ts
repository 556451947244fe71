import type { FileHandle } from 'node:fs/promises'

/** Bytes on their way to a file, a little behind whoever makes them, so that disk and processor work at once. */
export type Flow = {
  /** Takes bytes that nobody uses after; waits while what came before them is still being written. */
  write(bytes: readonly Buffer[]): Promise<void>
  /** Waits until all of it is durable. */
  end(): Promise<void>
}

/** Opens a flow into a file that is open for writing; whatever fails on the way rejects the next call. */
export function flowInto(file: FileHandle): Flow {
  let writing: Promise<void> = Promise.resolve()
  let syncing: Promise<void> = Promise.resolve()
  let unsynced = 0

  async function put(bytes: readonly Buffer[]): Promise<void> {
    const length = bytes.reduce((sum, piece) => sum + piece.length, 0)
    const { bytesWritten } = await file.writev(bytes)
    // A disk that is nearly full takes less than it was given, and says why only when asked for the rest.
    if (bytesWritten < length) await file.appendFile(Buffer.concat(bytes).subarray(bytesWritten))
    for (const piece of bytes) release(piece)
  }

  return {
    async write(bytes) {
      await writing
      writing = put(bytes)
      // Awaited by the next call; not seen before that, it must not end the program.
      writing.catch(() => {})
      unsynced += 1
      if (unsynced < syncEvery) return
      unsynced = 0
      await syncing
      // What is on its way to the disk already, the sync at the end need not wait for.
      syncing = file.datasync()
      syncing.catch(() => {})
    },
    async end() {
      await writing
      await syncing
      await file.sync()
    },
  }
}

const syncEvery = 64

// Cipher text that was written is let go at once: left to the garbage collector, it piles up by tens of megabytes.
function release(piece: Buffer): void {
  if (piece.length > 4_096 && piece.buffer.byteLength === piece.length && piece.buffer instanceof ArrayBuffer) {
    piece.buffer.transfer(0)
  }
}
