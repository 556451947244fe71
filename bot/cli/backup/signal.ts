import { existsSync } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { imprint } from '../../../db/imprint.ts'
import type { Item } from './archive.ts'

/** Signal's account as it goes into a backup, or why it cannot. */
export type SignalPart =
  | { readonly type: 'held'; readonly items: readonly Item[] }
  | { readonly type: 'left'; readonly why: string }

/**
 * What signal-cli keeps of its account in that folder (not what it can fetch again), while it runs; its databases are
 * copied into `work` first. Whatever stands in the way makes it `left`.
 */
export async function signalPart(folder: string | undefined, work: string): Promise<SignalPart> {
  if (folder === undefined) return { type: 'left', why: 'the network file does not say where signal-cli keeps it' }
  try {
    // The folder of signal-cli-rest-api may be the home of several things; the account lies in `data`.
    const root = existsSync(join(folder, 'data')) ? join(folder, 'data') : folder
    const items: Item[] = []
    for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || /-(?:wal|shm|journal)$/.test(entry.name)) continue
      const path = join(entry.parentPath, entry.name)
      const name = `signal/data/${path.slice(root.length + 1)}`
      if (!(await isSqlite(path))) items.push({ name, file: path })
      else {
        const copy = join(work, `signal-${items.length}.db`)
        imprint(path, copy)
        items.push({ name, file: copy })
      }
    }
    const known = items.some(item => item.name.endsWith('accounts.json'))
    return known ? { type: 'held', items } : { type: 'left', why: `there is no account of signal-cli in ${folder}` }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return { type: 'left', why: `${folder} could not be read (${code ?? message})` }
  }
}

async function isSqlite(path: string): Promise<boolean> {
  const handle = await open(path, 'r')
  try {
    const head = Buffer.alloc(16)
    await handle.read(head, 0, 16, 0)
    return head.toString('latin1') === 'SQLite format 3\0'
  } finally {
    await handle.close()
  }
}
