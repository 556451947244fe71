import type { Readable } from 'node:stream'
import type { Logger } from 'pino'
import { z } from 'zod'
import { PlatformError, reasonOf } from '../../workflows/errors.ts'
import type { Fetch, Memory } from '../platform.ts'
import type { Client } from './client.ts'

/** The files that came with messages: the server keeps them for ever, and anybody who reaches it can read them all. */
export type Shelf = {
  readonly fetch: Fetch
  /** Deletes a file on the server. */
  readonly release: (id: string) => Promise<void>
  /** Notes files that came, so that they go one day even if nobody fetches them. */
  readonly came: (ids: readonly string[]) => Promise<void>
  /** Deletes what came long ago and was never released, some at a time; never rejects. */
  readonly sweep: () => Promise<void>
}

type Noted = { readonly id: string; readonly at: number }

const key = 'files'
const noted = z.array(z.object({ id: z.string(), at: z.number() }))
// Fetching is tried for some hours.
const keptMs = 48 * 60 * 60_000
const mostNoted = 5000
const batch = 50
const idleMs = 30_000

/** Makes the shelf over the server's store; only what this hub heard of is ever deleted there. */
export function createShelf(client: Client, memory: Memory, clock: () => number, log: Pick<Logger, 'warn'>): Shelf {
  let tail: Promise<unknown> = Promise.resolve()

  async function read(): Promise<readonly Noted[]> {
    const stored = await memory.get(key)
    return stored === null ? [] : noted.parse(JSON.parse(stored))
  }

  /** One change after the other: each reads what the last one wrote. */
  function change(work: (all: readonly Noted[]) => Promise<readonly Noted[]> | readonly Noted[]): Promise<void> {
    const turn = tail.then(async () => {
      const all = await read()
      const left = await work(all)
      if (left !== all) await memory.set(key, left.length > 0 ? JSON.stringify(left.slice(-mostNoted)) : null)
    })
    tail = turn.catch(() => {})
    return turn
  }

  async function forget(id: string): Promise<void> {
    if (!isId(id)) return
    await client.forget(id).catch(error => {
      // What is gone is gone.
      if (!(error instanceof PlatformError) || !error.permanent) throw error
    })
  }

  return {
    async fetch(id, { bytes, signal }) {
      if (!isId(id)) throw new PlatformError('signal', 'a file was not given: its name is none', { permanent: true })
      const { size, body } = await client.file(id, signal)
      if (size !== null && size > bytes) {
        body.destroy()
        throw tooLarge()
      }
      return pieces(body, bytes, size)
    },
    async release(id) {
      await forget(id)
      await change(all => (all.some(one => one.id === id) ? all.filter(one => one.id !== id) : all))
    },
    came: ids => (ids.length === 0 ? Promise.resolve() : change(all => joined(all, ids, clock()))),
    async sweep() {
      await change(async all => {
        const old = all.filter(one => clock() - one.at > keptMs).slice(0, batch)
        if (old.length === 0) return all
        for (const { id } of old) await forget(id)
        return all.filter(one => !old.includes(one))
      }).catch(error => log.warn({ reason: reasonOf(error) }, 'old files on the Signal server were not deleted'))
    },
  }
}

function joined(all: readonly Noted[], ids: readonly string[], at: number): readonly Noted[] {
  const fresh = ids.filter(id => !all.some(one => one.id === id))
  return fresh.length === 0 ? all : [...all, ...fresh.map(id => ({ id, at }))]
}

// It goes into a path: nothing that could lead elsewhere.
function isId(id: string): boolean {
  return /^[\w][\w.-]{0,255}$/.test(id)
}

function tooLarge(): PlatformError {
  return new PlatformError('signal', 'a file was not given: it is larger than what is kept', { permanent: true })
}

async function* pieces(body: Readable, most: number, size: number | null): AsyncGenerator<Uint8Array> {
  let read = 0
  const broke = (cause?: unknown) => new PlatformError('signal', 'a file broke off', { permanent: false, cause })
  let timer = setTimeout(() => body.destroy(new Error('idle')), idleMs)
  try {
    for await (const piece of body) {
      clearTimeout(timer)
      read += (piece as Uint8Array).length
      if (read > most) throw tooLarge()
      yield piece as Uint8Array
      timer = setTimeout(() => body.destroy(new Error('idle')), idleMs)
    }
  } catch (error) {
    throw error instanceof PlatformError ? error : broke(error)
  } finally {
    clearTimeout(timer)
    body.destroy()
  }
  if (size !== null && read !== size) throw broke()
}
