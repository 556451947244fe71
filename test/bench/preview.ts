import { join } from 'node:path'
import { unlockStore } from '../../db/unlock.ts'
import { blankPlan } from '../../workflows/broadcast/plan.ts'
import { enterBroadcast } from '../../workflows/broadcast/record.ts'
import { lookFor } from '../../workflows/broadcast/screen/look.ts'
import type { Broadcast } from '../../workflows/broadcast.ts'
import { makeBroadcastId } from '../../workflows/ids.ts'
import { parseNetwork } from '../../workflows/network.ts'
import type { Actor } from '../../workflows/permission.ts'
import { plannedPeople } from './audience.ts'
import { tempFolder } from './folder.ts'
import { type Bench, limited, median, type Result } from './measure.ts'

const readers = 10_000
const rounds = 15
const most = 1000

/** How long it takes to show what a broadcast to 10,000 people will do, from the database to the finished view. */
export const broadcastPreview: Bench = {
  names: ['broadcast-preview'],
  run: () => limited(180, 'the preview of a broadcast', measure()),
}

async function* measure(): AsyncGenerator<Result> {
  using folder = tempFolder()
  const key = { value: undefined, file: join(folder.path, 'hub.key') }
  const url = `file:${join(folder.path, 'hub.db')}`
  const { store } = await unlockStore({ url, filesFolder: join(folder.path, 'files'), key }, Date.now())
  try {
    await store.roster.seed(parseNetwork(plannedPeople(readers)))
    const directory = store.roster.directory()
    const [writer] = directory.people.values()
    if (!writer) throw new Error('nobody is there')
    const through = { account: null, platform: 'slack', language: 'en', zone: directory.zone } as const
    const actor: Actor = { ...writer, ...through }
    const { broadcasts, incidents, library } = store
    const read = { broadcasts, incidents, library, directory, connections: [] }
    const times: number[] = []
    for (let round = 0; round < rounds; round++) {
      const begun = performance.now()
      const looking = { read: { ...read, acquainted: store.acquainted.acquainted }, actor, now: Date.now() }
      const look = await lookFor(null, looking)
      const view = look.view(draft(actor))
      times.push(performance.now() - begun)
      if (!JSON.stringify(view).includes(`"count":${readers}`)) throw new Error('not everybody was counted')
    }
    // The first one also learns whom Signal knows.
    const [first = 0] = times
    const value = Number(median(times.slice(1)).toPrecision(4))
    const note = `to ${readers.toLocaleString('en-US')} people; the first ${Math.round(first)} ms`
    const ok = Math.max(value, first) <= most
    yield { name: 'broadcast-preview', value, unit: 'ms', baseline: null, ratio: null, goal: `<= ${most}`, ok, note }
  } finally {
    await store.close()
  }
}

function draft({ id: by }: Actor): Broadcast {
  const words = {
    en: 'Hello {name}. All polls in {region} are open until 19:00. Questions: {hotline}.',
    es: 'Hola, {name}. Los centros de votación de {region} abren hasta las 19:00. Preguntas: {hotline}.',
  }
  const defaults = { hotline: '866-687-8683', region: 'your region' }
  const plan = blankPlan({ audience: { type: 'everyone' }, words, defaults, answer: { type: 'got-it' } })
  const event = { type: 'drafted', writer: by, plan, recurring: null } as const
  const made = enterBroadcast(null, [{ event }], { id: makeBroadcastId(7), by, now: Date.now() })
  if (!made) throw new Error('nothing was drafted')
  return made.after
}
