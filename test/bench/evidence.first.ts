// A process of its own, whose memory nothing else fills: prints how fast a film is kept and how fast the disk takes as
// many plain bytes (MB/s), and how much the process grew meanwhile (MiB).
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { keepFile } from '../../bot/keep.ts'
import { createMedia } from '../../bot/media/media.ts'
import { unlockStore } from '../../db/unlock.ts'
import type { PersonId } from '../../workflows/ids.ts'
import { phoneFilm } from '../bot/media/picture.ts'
import { tempFolder } from './folder.ts'
import { inTurn } from './measure.ts'

const size = 100 * 1_000_000
const rounds = 9
const piece = 65_536

using folder = tempFolder()
const media = createMedia()
const url = `file:${join(folder.path, 'hub.db')}`
const place = {
  url,
  filesFolder: join(folder.path, 'files'),
  key: { value: undefined, file: join(folder.path, 'key') },
}
const { store } = await unlockStore(place, Date.now())
// What streams in is the sender's memory, not the hub's: made once, and given in pieces as a connection gives them.
const film = phoneFilm(size)

async function* arriving(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
}

async function kept(bytes = film): Promise<number> {
  const open = () => arriving(bytes)
  const file = { name: 'a.mov', type: 'video/quicktime', processed: false, platform: 'signal', open } as const
  const sender = { person: 'somebody' as PersonId, incident: null, among: [] }
  const begun = performance.now()
  const { id } = await keepFile(file, sender, Date.now(), { store, media })
  const rate = size / 1000 / (performance.now() - begun)
  await store.files.shred([id], Date.now())
  return rate
}

async function written(): Promise<number> {
  const path = join(folder.path, 'plain')
  const begun = performance.now()
  const file = await open(path, 'w')
  for (let at = 0; at < film.length; at += 1_048_576) await file.write(film.subarray(at, at + 1_048_576))
  await file.sync()
  await file.close()
  return size / 1000 / (performance.now() - begun)
}

// What the first file of all costs (the database, the process that reads media) is no part of a film's.
await kept(phoneFilm(1_000))
// What making the film left behind would hide what keeping it takes.
for (let time = 0; time < 3; time++) {
  globalThis.gc?.()
  await pause(200)
}
const before = process.memoryUsage().rss
let most = before
const watch = setInterval(() => {
  most = Math.max(most, process.memoryUsage().rss)
}, 2)
await kept()
clearInterval(watch)
const { value, baseline } = await inTurn(rounds, () => kept(), written)
process.stdout.write(JSON.stringify({ value, baseline, mebibytes: (most - before) / 2 ** 20 }))
media.stop()
await store.close()
