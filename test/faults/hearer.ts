import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { loadNetwork, sampleNetworkFile } from '../../bot/config.ts'
import { createIntake } from '../../bot/intake.ts'
import { createLog } from '../../bot/log.ts'
import type { Platform } from '../../bot/platform.ts'
import { unlockStore } from '../../db/unlock.ts'
import { plainView } from '../../workflows/view.ts'

// A process that hears, and dies in the middle of handling as a power cut would have it; or one that takes over.
const { values } = parseArgs({
  options: { url: { type: 'string' }, folder: { type: 'string' }, hears: { type: 'string' }, dies: { type: 'string' } },
})
const hears = Number(values.hears)
const dies = Number(values.dies)
const key = { value: undefined, file: join(values.folder as string, 'hub.key') }
const now = Date.now() + (hears > 0 ? 0 : 10 * 60_000)
const filesFolder = join(values.folder as string, 'files')
const { store } = await unlockStore({ url: values.url as string, filesFolder, key }, now)
await store.roster.seed(loadNetwork(sampleNetworkFile))
const room = store.roster.directory().rooms[0]?.id as never

/** Says something to whoever started this; it arrives even if the next moment is the last. */
function note(line: string): void {
  writeSync(1, `${line}\n`)
}

let handled = 0
const platform = {
  name: 'slack',
  async handle({ key }) {
    if (++handled === dies) process.kill(process.pid, 'SIGKILL')
    const post = { to: { room }, incident: null, thread: false, lane: 'talk', view: plainView([]) } as const
    if ((await store.outbox.add([{ ...post, key: `effect:${key}` }], now)) > 0) note(`effect ${key}`)
    if (++handled === dies) process.kill(process.pid, 'SIGKILL')
  },
} as Platform
const clock = () => now
const log = createLog('silent')
const intake = createIntake({ store, platforms: () => [platform], clock, log })

if (hears > 0) {
  const keys = Array.from({ length: hears }, (_, n) => `message ${n}`)
  const keep = async (key: string) => {
    await intake.keep('slack', { key, body: key })
    note(`kept ${key}`)
  }
  await Promise.all(keys.map(keep))
  await new Promise(() => setInterval(() => {}, 1000))
}
for (;;) {
  const due = await store.inbox.due(now, 60_000, 20)
  if (due.length === 0) break
  for (const left of due) intake.again(left)
  while (intake.room() < 500) await new Promise(done => setTimeout(done, 5))
}
await store.close()
