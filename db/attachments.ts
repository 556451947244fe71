import { randomBytes } from 'node:crypto'
import type { Base } from './base.ts'
import { createFileStore } from './files.ts'
import type { DataKeys } from './keys.ts'
import type { FileStore } from './store.ts'

/** Attached files, kept in that folder, each under a data key of its own: deleting that key shreds it. */
export function attachments({ database, tables: { files }, seal }: Base, keys: DataKeys, folder: string): FileStore {
  const bytes = createFileStore(folder)
  return {
    async keep({ name, type, person, open }, now) {
      const id = randomBytes(12).toString('base64url')
      const key = await database.transaction(tx => keys.make(tx, `file:${id}`))
      const { sha256, size, path } = await bytes.put(pieces(open()), key, mostBytes)
      const row = { id, person, sha256, size, type, name: seal.seal(name, key), path, keptAt: now }
      try {
        await database.transaction(tx => tx.insert(files).values(row).returning({ id: files.id }))
      } catch (error) {
        await bytes.remove(path)
        throw error
      }
      return { id, size, sha256 }
    },
  }
}

// Twice what the largest platform hands over.
const mostBytes = 200_000_000

async function* pieces(stream: NodeJS.ReadableStream): AsyncGenerator<Uint8Array> {
  for await (const piece of stream) yield typeof piece === 'string' ? Buffer.from(piece) : piece
}
