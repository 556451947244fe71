import { join } from 'node:path'
import { assemble } from '../../bot/assemble.ts'
import { loadTaxonomy } from '../../bot/config.ts'
import { createDelivery } from '../../bot/delivery.ts'
import { createLog } from '../../bot/log.ts'
import { startChores } from '../../bot/loop.ts'
import { createMailing } from '../../bot/mailing.ts'
import { createMedia } from '../../bot/media/media.ts'
import type { Store } from '../../db/store.ts'
import { unlockStore } from '../../db/unlock.ts'
import { blankPlan } from '../../workflows/broadcast/plan.ts'
import { paces } from '../../workflows/broadcast/preview/pace.ts'
import { enterBroadcast } from '../../workflows/broadcast/record.ts'
import type { BroadcastEvent } from '../../workflows/broadcast.ts'
import { hasRole } from '../../workflows/directory.ts'
import { makeBroadcastId } from '../../workflows/ids.ts'
import { parseNetwork } from '../../workflows/network.ts'
import { keep, reported } from '../contracts/incidents.ts'
import { recorder } from '../faults/recorder.ts'
import { tempFolder } from './folder.ts'
import { atMost, type Bench, compared, limited, median, type Result, within } from './measure.ts'

const names = ['broadcast-answers', 'broadcast-answers-alarm'] as const
const readers = 1_000
// All three tools together take fewer in a second.
const faster = 2
const perSecond = 200
const id = makeBroadcastId(1)
const pause = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))

/**
 * A broadcast on its way while 200 people a second answer it: how long as many messages take as without answers, and how
 * long the card of an S5 takes.
 */
export const broadcastAnswers: Bench = { names, run: () => limited(150, 'answers to a broadcast', measure()) }

async function* measure(): AsyncGenerator<Result> {
  using folder = tempFolder()
  const stage = await openStage(folder.path)
  try {
    const quiet = await stage.until(readers / 2)
    const answers = stage.answer()
    const busy = await stage.until(readers)
    const { failed, slowest, rate } = await answers.stop()
    const both = { value: busy.ms / 1000, baseline: quiet.ms / 1000 }
    const note = `as many messages without answers; ${rate} a second came, the slowest took ${slowest} ms`
    const sending = compared(names[0], 's', both, atMost(1.05), note)
    const kept = (await stage.store.broadcasts.tally(id)).answers['got-it'] ?? 0
    yield { ...sending, ok: sending.ok && failed === 0 && kept > 0 && rate >= 0.95 * perSecond }
    const alarms = { value: median(busy.alarms), baseline: median(quiet.alarms) }
    yield compared(names[1], 'ms', alarms, within(100, 'ms'), 'the card of an S5 while nobody answers')
  } finally {
    await stage.close()
  }
}

async function openStage(folder: string) {
  const key = { value: undefined, file: join(folder, 'hub.key') }
  const place = { url: `file:${join(folder, 'hub.db')}`, filesFolder: join(folder, 'files'), key }
  const { store, begunAt } = await unlockStore(place, Date.now())
  const network = parseNetwork(networkFile())
  await store.roster.seed(network)
  const chores: { loops?: ReturnType<typeof startChores> } = {}
  const wake = () => chores.loops?.wake()
  const log = createLog('silent')
  const tool = pacedTool()
  const media = createMedia()
  const common = { store, platforms: [tool.platform], taxonomy: loadTaxonomy(), clock: Date.now, holder: 'bench', log }
  const { hub } = assemble({ ...common, network, host: '127.0.0.1', since: begunAt, wake, media })
  const delivery = createDelivery(common)
  const mailing = createMailing({ ...common, wake, pause, faster })
  chores.loops = startChores(
    [
      ...delivery.counters.map(({ platform, run }) => ({ name: platform, run, everyMs: 1000, woken: true }) as const),
      { name: 'mailing', run: mailing.run, everyMs: 1000, woken: true, restMs: 200 },
    ],
    log,
  )
  await approve(store)
  wake()
  const room = store.roster.directory().rooms[0]?.id ?? ('' as never)
  const had = () => tool.shown.filter(one => one.key.startsWith('cast:'))
  let raised = 0

  async function alarm(): Promise<number> {
    const about = `AZ-${String(++raised).padStart(4, '0')}`
    const begun = performance.now()
    await keep(store, null, reported(about, { at: Date.now(), severity: 5, effects: { cards: [room] } }))
    wake()
    while (!tool.shown.some(one => one.facts?.incident === about)) await pause(5)
    return performance.now() - begun
  }

  return {
    store,
    /** Waits until so many have it; gives how long it took, and how long each alarm took meanwhile. */
    async until(count: number) {
      const begun = performance.now()
      const alarms: number[] = []
      for (let asked = begun; had().length < count; ) {
        await pause(50)
        if (performance.now() - asked < 1_000) continue
        asked = performance.now()
        alarms.push(await alarm())
      }
      return { ms: performance.now() - begun, alarms }
    },
    /** Lets those who have it answer, so many a second, until that is stopped. */
    answer() {
      const begun = performance.now()
      let [sent, failed, slowest, over] = [0, 0, 0, false]
      const open = new Set<Promise<void>>()
      const one = async (account: string) => {
        const at = performance.now()
        const press = {
          type: 'press',
          button: `answer:${id}:got-it`,
          message: null,
          room: null,
          at: Date.now(),
        } as const
        const said = await hub.receive({ ...press, platform: 'discord', account, key: `press:${sent}` })
        if (said.reply.type !== 'view') failed += 1
        slowest = Math.max(slowest, performance.now() - at)
      }
      const going = (async () => {
        while (!over) {
          const due = ((performance.now() - begun) / 1000) * perSecond
          for (const all = had(); sent < due && all.length > 0; sent += 1) {
            const account = all[(sent * 7) % all.length]?.place.replace('direct:', '') ?? ''
            const work: Promise<void> = one(account).finally(() => open.delete(work))
            open.add(work)
          }
          await pause(10)
        }
      })()
      return {
        async stop() {
          const seconds = (performance.now() - begun) / 1000
          over = true
          await going
          await Promise.all(open)
          return { failed, slowest: Math.round(slowest), rate: Math.round(sent / seconds) }
        },
      }
    },
    async close() {
      await chores.loops?.stop()
      media.stop()
      await store.close()
    },
  }
}

/** A tool that takes one message of the broadcast after the other at its pace. */
function pacedTool() {
  const made = recorder('discord')
  const everyMs = paces.discord.personMs / faster
  let next = 0
  made.before = async ({ type, key }) => {
    if (type !== 'post' || !key.startsWith('cast:')) return
    const now = performance.now()
    next = Math.max(next, now - everyMs * 4) + everyMs
    if (next > now) await pause(next - now)
  }
  return made
}

async function approve(store: Store): Promise<void> {
  const writer = [...store.roster.directory().people.values()].find(one => hasRole(one, 'coordinator', 'leader'))?.id
  if (!writer) throw new Error('nobody is there')
  const words = { en: 'All polls are open.' }
  const plan = blankPlan({ title: 'Bench', audience: { type: 'everyone' }, words, answer: { type: 'got-it' } })
  const counted = { people: readers, rooms: 0 }
  const events: readonly BroadcastEvent[] = [
    { type: 'drafted', writer, plan, recurring: null },
    { type: 'submitted', counted },
    {
      type: 'approved',
      approval: { by: writer, at: Date.now(), plan, ...counted, alone: { reason: 'nobody else is here' } },
    },
    { type: 'cleared' },
  ]
  const decisions = events.map(event => ({ event }))
  const broadcast = enterBroadcast(null, decisions, { id, by: writer, now: Date.now() })
  if (!broadcast) throw new Error('nothing was approved')
  const commit = { key: null, person: null, now: Date.now(), answer: null, incidents: [], broadcast }
  await store.transaction(tx => tx.commit(commit))
}

function networkFile() {
  return {
    network: { name: 'Bench', zone: 'America/Phoenix', languages: ['en'] },
    regions: [
      { code: 'AZ', name: 'Arizona', places: [{ anywhere: true }], rooms: [{ discord: '900000000000000001' }] },
    ],
    coordination: { rooms: [{ discord: '900000000000000002' }] },
    people: Array.from({ length: readers }, (_, at) => ({
      callsign: `Reader ${at}`,
      roles: [at === 0 ? 'leader' : 'mediator'],
      regions: at === 0 ? 'all' : ['AZ'],
      languages: ['en'],
      accounts: { discord: `600000${String(at).padStart(12, '0')}` },
    })),
  }
}
