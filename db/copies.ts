import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Copy, Draw, EvidenceItem, Look } from '../workflows/evidence.ts'
import { derived, type Key } from './key.ts'
import type { Seal } from './seal.ts'

/** Copies of pictures for looking at, apart from the originals; each lies under a key derived from the file's. */
export type Copies = {
  /** The copy, made now if there is none that opens. */
  get(
    item: Pick<EvidenceItem, 'id' | 'type' | 'size'>,
    look: Look,
    key: Key,
    original: () => AsyncIterable<Buffer>,
  ): Promise<Copy>
  /** Deletes all copies of a file. */
  remove(id: string): Promise<void>
}

/** The copies under that folder; two that are made at once are the same, and the last one stands. */
export function copies(folder: string, seal: Seal, draw: Draw): Copies {
  const own = join(folder, 'copies')
  const place = (id: string, look: Look) => join(own, `${id}.${look}`)

  async function kept(id: string, look: Look, key: Key): Promise<Copy | null> {
    try {
      const plain = seal.open(await readFile(place(id, look)), keyFor(key, look))
      const end = plain.indexOf(0)
      return { type: 'copy', mime: plain.subarray(0, end).toString(), bytes: plain.subarray(end + 1) }
    } catch {
      // Not made yet, or spoilt on disk: it can be made again from the original.
      return null
    }
  }

  async function keep(id: string, look: Look, key: Key, { mime, bytes }: Extract<Copy, { type: 'copy' }>) {
    await mkdir(own, { recursive: true, mode: 0o700 })
    const draft = join(own, `${randomBytes(8).toString('hex')}.draft`)
    const sealed = seal.seal(Buffer.concat([Buffer.from(`${mime}\0`), bytes]), keyFor(key, look))
    await writeFile(draft, sealed, { mode: 0o600 })
    await rename(draft, place(id, look))
  }

  return {
    async get(item, look, key, original) {
      const found = await kept(item.id, look, key)
      if (found) return found
      const made = await draw(item, original(), look)
      if (made.type === 'copy') await keep(item.id, look, key, made)
      return made
    },
    async remove(id) {
      await Promise.all(looks.map(look => rm(place(id, look), { force: true })))
    },
  }
}

const looks: readonly Look[] = ['blurred', 'small']

// A small copy put in the place of the blurred one does not open.
function keyFor(key: Key, look: Look): Key {
  return derived(key, `copy-${look}`)
}
