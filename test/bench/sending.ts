import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { loadTaxonomy } from '../../bot/config.ts'
import { createDelivery } from '../../bot/delivery.ts'
import { createLog } from '../../bot/log.ts'
import { startChores } from '../../bot/loop.ts'
import { createMailing } from '../../bot/mailing.ts'
import type { Store } from '../../db/store.ts'
import { unlockStore } from '../../db/unlock.ts'
import { blankPlan } from '../../workflows/broadcast/plan.ts'
import { paces } from '../../workflows/broadcast/preview/pace.ts'
import { enterBroadcast } from '../../workflows/broadcast/record.ts'
import type { BroadcastEvent } from '../../workflows/broadcast.ts'
import { hasRole } from '../../workflows/directory.ts'
import { makeBroadcastId, type PlatformName } from '../../workflows/ids.ts'
import { parseNetwork } from '../../workflows/network.ts'
import { keep, reported } from '../contracts/incidents.ts'
import { recorder } from '../faults/recorder.ts'
import { tempFolder } from './folder.ts'
import { type Bench, informed, limited, median, type Result } from './measure.ts'

const readers = 10_000
const faster = 10
const tools = ['slack', 'discord', 'signal'] as const
type Tool = (typeof tools)[number]
// Of ten people one is on Signal, which takes fewest.
const toolOf = (at: number): Tool => (at % 10 === 9 ? 'signal' : at % 2 === 0 ? 'slack' : 'discord')
const lookMs = 500
const alarmMs = 2_000
const heldUpMs = 500
const names = ['broadcast-sending', 'broadcast-alarm', 'broadcast-growth'] as const

/**
 * A broadcast to 10,000 people at so many times the paces of three tools: how long it takes, how long the card of an
 * S5 takes meanwhile, and how much more memory is in use at its end than after its first tenth.
 */
export const broadcastSending: Bench = {
  names,
  run: () => limited(240, 'a broadcast to 10,000', measure()),
}

async function* measure(): AsyncGenerator<Result> {
  using folder = tempFolder()
  const key = { value: undefined, file: join(folder.path, 'hub.key') }
  const url = `file:${join(folder.path, 'hub.db')}`
  const { store } = await unlockStore({ url, filesFolder: join(folder.path, 'files'), key }, Date.now())
  const chores: { loops?: ReturnType<typeof startChores> } = {}
  try {
    await store.roster.seed(parseNetwork(network()))
    await meetSigners(store)
    const gone = new Map<Tool, number>(tools.map(tool => [tool, 0]))
    const keys = new Set<string>()
    const recorders = new Map(tools.map(tool => [tool, pacedTool(tool, gone, keys)]))
    const platforms = [...recorders.values()].map(one => one.platform)
    const wake = () => chores.loops?.wake()
    const log = createLog('silent')
    const common = { store, platforms, taxonomy: loadTaxonomy(), clock: Date.now, holder: 'bench', log }
    const delivery = createDelivery(common)
    const pause = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))
    const mailing = createMailing({ ...common, wake, pause, faster })
    const room = store.roster.directory().rooms[0]?.id ?? ('' as never)
    chores.loops = startChores(
      [
        ...delivery.counters.map(({ platform, run }) => ({ name: platform, run, everyMs: 1000, woken: true }) as const),
        { name: 'mailing', run: mailing.run, everyMs: 1000, woken: true, restMs: 200 },
      ],
      log,
    )
    await approve(store)
    const begun = performance.now()
    wake()
    const alarms: number[] = []
    let [early, late, alarmed] = [0, 0, performance.now()]
    const all = () => [...gone.values()].reduce((sum, count) => sum + count, 0)
    while (all() < readers) {
      await pause(lookMs)
      if (early === 0 && all() > readers / 10) early = inUse()
      if (late === 0 && all() > (9 * readers) / 10) late = inUse()
      if (performance.now() - alarmed < alarmMs) continue
      alarmed = performance.now()
      alarms.push(await alarm(store, recorders.get('slack'), room, alarms.length, wake))
    }
    const value = (performance.now() - begun) / 1000
    const bound = Math.max(...tools.map(tool => boundOf(tool)))
    const ratio = Number((value / bound).toPrecision(4))
    const twice = keys.size < all()
    const each = tools.map(tool => `${tool} ${gone.get(tool)}`).join(', ')
    yield {
      ...{ name: names[0], value: Number(value.toPrecision(4)), unit: 's', baseline: Number(bound.toPrecision(4)) },
      ...{ ratio, goal: 'ratio <= 1.05, nobody twice', ok: ratio <= 1.05 && !twice },
      note: `${readers} people at ${faster} times the paces: ${each}`,
    }
    yield informed(
      names[1],
      'ms',
      median(alarms),
      `median of ${alarms.length}; longest ${Math.max(...alarms).toFixed()}`,
    )
    yield informed(names[2], 'MiB', (late - early) / 2 ** 20, 'more in use near the end than after the first tenth')
  } finally {
    await chores.loops?.stop()
    await store.close()
  }
}

/** A tool that takes one message after the other at its pace; what is urgent does not wait for what is not. */
function pacedTool(tool: Tool, gone: Map<Tool, number>, keys: Set<string>) {
  const made = recorder(tool, tool === 'signal' ? { lookup: false, threads: false } : {})
  const everyMs = paces[tool].personMs / faster
  let next = 0
  made.before = async ({ type, key }) => {
    if (type !== 'post' || !key.startsWith('cast:')) return
    const now = performance.now()
    // Limits are counted over a second or more: what a busy machine held up for a moment may follow.
    next = Math.max(next, now - heldUpMs) + everyMs
    if (next > now) await new Promise(resolve => setTimeout(resolve, next - now))
  }
  made.after = async ({ type, key }) => {
    if (type !== 'post' || !key.startsWith('cast:')) return
    gone.set(tool, (gone.get(tool) ?? 0) + 1)
    keys.add(key)
    // What people read there is not the hub's to hold.
    made.shown.splice(
      made.shown.findIndex(one => one.key === key),
      1,
    )
  }
  return made
}

function boundOf(tool: Tool): number {
  const count = Array.from({ length: readers }, (_, at) => toolOf(at)).filter(one => one === tool).length
  return (count * paces[tool].personMs) / faster / 1000
}

/** From the commit of an S5 until its card stands. */
async function alarm(
  store: Store,
  slack: ReturnType<typeof recorder> | undefined,
  room: Parameters<Store['cards']['message']>[1],
  at: number,
  wake: () => void,
): Promise<number> {
  const id = `AZ-${String(at + 1).padStart(4, '0')}`
  const begun = performance.now()
  await keep(store, null, reported(id, { at: Date.now(), severity: 5, effects: { cards: [room] } }))
  wake()
  while (!slack?.shown.some(one => one.facts?.incident === id)) await new Promise(resolve => setTimeout(resolve, 5))
  return performance.now() - begun
}

function inUse(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}

async function approve(store: Store): Promise<void> {
  const writer = [...store.roster.directory().people.values()].find(one => hasRole(one, 'coordinator', 'leader'))?.id
  if (!writer) throw new Error('nobody is there')
  const plan = blankPlan({ title: 'Bench', audience: { type: 'everyone' }, words: { en: 'All polls are open.' } })
  const counted = { people: readers, rooms: 0 }
  const approval = { by: writer, at: Date.now(), plan, ...counted, alone: { reason: 'nobody else is here' } }
  const events: readonly BroadcastEvent[] = [
    { type: 'drafted', writer, plan, recurring: null },
    { type: 'submitted', counted },
    { type: 'approved', approval },
    { type: 'cleared' },
  ]
  const decisions = events.map(event => ({ event }))
  const change = enterBroadcast(null, decisions, { id: makeBroadcastId(1), by: writer, now: Date.now() })
  if (!change) throw new Error('nothing was approved')
  const commit = { key: null, person: null, now: Date.now(), answer: null, incidents: [], broadcast: change }
  await store.transaction(tx => tx.commit(commit))
}

/** Whoever is on Signal has written to the hub before. */
async function meetSigners(store: Store): Promise<void> {
  for (let at = 0; at < readers; at++) {
    if (toolOf(at) !== 'signal') continue
    const { signal = '' } = accountOf(at)
    await store.memory.set('signal', `met:${signal}`, '1', Date.now(), signal)
  }
}

function accountOf(at: number): Partial<Record<PlatformName, string>> {
  const number = String(at).padStart(12, '0')
  const addresses = { slack: `U0${number}`, discord: `600000${number}`, signal: `00000000-0000-4000-8000-${number}` }
  const tool = toolOf(at)
  return { [tool]: addresses[tool] }
}

function network() {
  return {
    network: { name: 'Bench', zone: 'America/Phoenix', languages: ['en'] },
    regions: [{ code: 'AZ', name: 'Arizona', places: [{ anywhere: true }], rooms: [{ slack: 'C0BENCH001' }] }],
    coordination: { rooms: [{ slack: 'C0BENCHCOORD' }] },
    people: Array.from({ length: readers }, (_, at) => ({
      callsign: `Reader ${at}`,
      roles: [at === 0 ? 'leader' : 'mediator'],
      regions: at === 0 ? 'all' : ['AZ'],
      languages: ['en'],
      accounts: accountOf(at),
    })),
  }
}
