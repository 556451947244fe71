import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import type { Store } from '../../../../db/store.ts'
import { unlockStore } from '../../../../db/unlock.ts'
import type { PersonId, RegionCode } from '../../../../workflows/ids.ts'
import { attached } from '../../../contracts/attached.ts'
import { incidentId, keep, network, post, reported } from '../../../contracts/incidents.ts'
import { converse } from '../dialogue.ts'

/** A machine of its own: a folder, in which a hub keeps its things under `data`, and a terminal. */
export type Machine = {
  readonly folder: string
  /** The names in a folder of it; none where there is no such folder. */
  readonly list: (folder: string) => readonly string[]
  /** Opens the hub's store there, as a hub does that runs; the sample network is taken in. */
  readonly open: () => Promise<Store>
  /** Starts a command of the hub that nobody sits before. */
  readonly start: (words: readonly string[]) => ChildProcess
  /** The same, as somebody who sits before it. */
  readonly hub: (words: readonly string[], env?: Readonly<Record<string, string>>) => ReturnType<typeof converse>
}

const program = fileURLToPath(new URL('../../../../bot/cli.ts', import.meta.url))

const left: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const leave of left.toReversed()) await leave()
})

/** A machine with nothing on it, gone when the tests of the file are over; its database may be on a server. */
export function machine(server?: string): Machine {
  const folder = mkdtempSync(join(tmpdir(), 'hub-machine-'))
  left.push(async () => rmSync(folder, { recursive: true, force: true }))
  const data = join(folder, 'data')
  const own = { PRACTICE_DATABASE_URL: server ?? 'file:data/hub.db' }
  return {
    folder,
    list(name) {
      try {
        return readdirSync(join(folder, name)).toSorted()
      } catch {
        return []
      }
    },
    async open() {
      const key = { value: undefined, file: join(data, 'hub.key') }
      const filesFolder = join(data, server ? 'files' : 'hub.db.files')
      const { store } = await unlockStore(
        { url: server ?? `file:${join(data, 'hub.db')}`, key, filesFolder },
        Date.now(),
      )
      left.push(() => store.close())
      await store.roster.seed(network)
      return store
    },
    start: words =>
      spawn(process.execPath, [program, ...words], {
        cwd: folder,
        env: { ...own, PATH: process.env.PATH ?? '' },
        stdio: 'ignore',
      }),
    hub: (words, env = {}) => converse(words, folder, { ...own, ...env }),
  }
}

/** The person of the sample network with that call sign. */
export function person(store: Store, callsign: string): PersonId {
  const found = [...store.roster.directory().people.values()].find(one => one.callsign === callsign)
  if (!found) throw new Error(`nobody is called ${callsign}`)
  return found.id
}

/** Makes a recovery phrase at a terminal, as somebody does who writes it down; its halves, if it has two. */
export async function writeDown(at: Machine, words: readonly string[] = []): Promise<readonly string[]> {
  const sitting = at.hub(['backup', 'phrase', ...words])
  const phrases: string[] = []
  for (let half = 0; half < (words.includes('--split') ? 2 : 1); half += 1) {
    if (half > 0) await sitting.answer('Type "ready":', 'ready')
    const shown = await sitting.asked(/type word \d+: $/)
    const paper = new Map([...shown.matchAll(/(\d+)\. (\S+)/g)].map(([, at, word]) => [Number(at), word ?? '']))
    for (let round = 0; round < 2; round += 1) {
      const place = /type word (\d+): $/.exec(await sitting.asked(/type word \d+: $/))?.[1]
      await sitting.answer(/type word \d+: $/, paper.get(Number(place)) ?? '')
    }
    phrases.push(Array.from({ length: 24 }, (_, at) => paper.get(at + 1)).join(' '))
  }
  const { code, shown } = await sitting.end()
  if (code !== 0) throw new Error(shown)
  return phrases
}

/** Reports, a file, and a message that waits; gives the file's id. */
export async function lived(store: Store): Promise<string> {
  const [heron, finch] = [person(store, 'Heron'), person(store, 'Finch')]
  const { id: room } = store.roster.directory().rooms.find(one => one.address === 'az') ?? { id: '' as never }
  const effects = { posts: [post('waiting', room, { incident: incidentId('AZ-0001') })], cards: [room] }
  await keep(store, null, reported('AZ-0001', { by: heron, what: 'Two groups shout', effects }))
  await keep(store, null, reported('AZ-0002', { by: finch, what: 'A car burns' }))
  await keep(store, null, reported('AZ-0003', { by: finch, what: 'Windows broken' }))
  const file = {
    ...attached(finch, Buffer.from('what the picture shows'.repeat(5_000))),
    incident: incidentId('AZ-0002'),
  }
  const { id } = await store.files.keep(file, Date.now())
  await store.nextNumber('AZ' as RegionCode)
  return id
}

/** Where its newest backup lies. */
export const newest = (at: Machine) =>
  `data/backups/${at
    .list('data/backups')
    .filter(name => name.endsWith('.age'))
    .at(-1)}`

/** The bytes of an attached file, as text. */
export async function bytesOf(store: Store, id: string): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of store.files.read(id)) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}
