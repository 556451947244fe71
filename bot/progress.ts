import type { ProgressRow } from '../db/progress.ts'
import type { Store } from '../db/store.ts'
import { type Progress, shareOf } from '../workflows/broadcast/progress/share.ts'
import { missedView, progressMark, progressStep } from '../workflows/broadcast/progress/view.ts'
import { isOver } from '../workflows/broadcast/state.ts'
import type { Broadcast } from '../workflows/broadcast.ts'
import { type Destination, drawnLater, type Post } from '../workflows/change.ts'
import { type Directory, type Person, personNow, type Room, roomsFor } from '../workflows/directory.ts'
import { withinDrill } from '../workflows/drill/within.ts'
import type { BroadcastId, PlatformName, RegionCode } from '../workflows/ids.ts'
import { amendedOf } from './corrections.ts'
import type { Platform } from './platform.ts'
import { manyEdits, progressKey } from './telling.ts'

type Options = {
  readonly store: Store
  readonly platforms: readonly Pick<Platform, 'name' | 'capabilities'>[]
  readonly clock: () => number
  readonly wake: () => void
}

const second = 1000
const minute = 60 * second
// No more often than that while it goes out; afterwards answers and receipts still come in, which nobody waits for.
const everyMs = { going: 30 * second, over: 5 * minute }
const watchedMs = 12 * 60 * minute
const most = 50

/**
 * The live message of each broadcast: made when it begins, in the coordinators' rooms and for whoever wrote it, and
 * edited in place at most every half a minute, by whichever process comes first.
 */
export function createProgress(options: Options): { readonly run: () => Promise<boolean> } {
  const { store, wake } = options
  return {
    async run() {
      let drawn = false
      for (const id of await store.progress.watched(most)) drawn = (await tend(id, options)) || drawn
      if (drawn) wake()
      return false
    },
  }
}

async function tend(id: BroadcastId, options: Options): Promise<boolean> {
  const { store, clock } = options
  const now = clock()
  const row = await store.progress.find(id)
  if (row && isJust(row, everyMs.going, now)) return false
  const broadcast = await store.broadcasts.find(id)
  if (!broadcast) {
    await store.progress.close(id, now)
    return false
  }
  if (row) return redraw(row, broadcast, options)
  const posts = broadcast.startedAt === null ? [] : postsOf(broadcast, await store.progress.regions(id), options)
  await store.progress.begin(id, posts, now)
  return posts.length > 0
}

async function redraw(row: ProgressRow, broadcast: Broadcast, { store, platforms, clock }: Options): Promise<boolean> {
  const now = clock()
  const over = isOver(broadcast)
  // What happened to it is shown soon whatever its state.
  const isNews = Number.parseInt(row.shown, 10) !== broadcast.seq
  if (over && !isNews && isJust(row, everyMs.over, now)) return false
  const tally = await store.broadcasts.tally(broadcast.id)
  const progress = { broadcast, tally, amended: await amendedOf(broadcast, store) }
  const { done, all } = shareOf(progress)
  if (over && done === all) await tellMissed(row, progress, store, now)
  const last = over && done === all && now > (broadcast.endedAt ?? 0) + watchedMs
  const [shown, step] = [`${broadcast.seq} ${progressMark(progress)}`, progressStep(progress)]
  if (shown === row.shown && !isStale(row, broadcast, now)) {
    if (last) await store.progress.close(broadcast.id, now)
    return false
  }
  const directory = store.roster.directory()
  // Where a message can be changed a few times only, one is kept for how it ended.
  const few = step !== row.step
  const keys = row.posts.filter(key => {
    const edits = editsAt(key, platforms, directory)
    return edits >= manyEdits || (few && row.few < edits - (over ? 0 : 1))
  })
  return store.progress.draw(row, { shown, step, keys, few }, now)
}

/** It was drawn within so long (ms); a clock that was set back since then holds nothing up. */
function isJust({ drawnAt }: ProgressRow, ms: number, now: number): boolean {
  return Math.abs(now - drawnAt) < ms
}

/** Where nothing moves, the rate and the hour that it shows are not so any more: drawn anew, and ever less often. */
function isStale({ drawnAt }: ProgressRow, { state, startedAt }: Broadcast, now: number): boolean {
  const restMs = Math.max(everyMs.over, (drawnAt - (startedAt ?? drawnAt)) / 2)
  return state === 'sending' && now >= drawnAt + restMs
}

/** An edit makes no sound: who has not got what has ended is told aloud, once. */
async function tellMissed(row: ProgressRow, progress: Progress, store: Store, now: number): Promise<void> {
  const view = missedView(progress)
  if (!view) return
  const { rooms, people } = store.roster.directory()
  const accounts = [...people.values()].flatMap(person => person.accounts)
  const posts = row.posts.flatMap((key): Post[] => {
    const room = rooms.find(one => key.endsWith(`:${one.id}`))
    const account = accounts.find(one => key.endsWith(`:${one.id}`))
    const to = room ? { room: room.id } : account ? { account: account.id } : null
    return to ? [{ key: `missed:${key}`, to, incident: null, thread: false, lane: 'talk', view }] : []
  })
  if (posts.length > 0) await store.outbox.add(posts, now)
}

/** How often a message there can be changed. */
function editsAt(key: string, platforms: Options['platforms'], { rooms, people }: Directory): number {
  const places = [...rooms, ...[...people.values()].flatMap(person => person.accounts)]
  const place = places.find(one => key.endsWith(`:${one.id}`))
  return platforms.find(one => one.name === place?.platform)?.capabilities.edits.most ?? 0
}

function postsOf(broadcast: Broadcast, regions: readonly (RegionCode | null)[], options: Options): readonly Post[] {
  const { store, platforms } = options
  const { id, drill } = broadcast
  const directory = withinDrill(store.roster.directory(), drill)
  const rooms = lookedAfterIn(regions, directory).map((room): Destination => ({ room: room.id }))
  const writer = personNow(directory, broadcast.by)
  const account = writer && accountOf(writer, new Set(platforms.map(one => one.name)))
  const places = account ? [...rooms, { account }] : rooms
  return places.map(to => ({
    key: progressKey(id, to),
    ...{ to, incident: null, thread: false, lane: 'talk', view: drawnLater },
    // Whoever began it reads how it comes on whatever the hour.
    anytime: true,
  }))
}

/** The coordinators' rooms of its region, or the network's. */
function lookedAfterIn(regions: readonly (RegionCode | null)[], directory: Directory): readonly Room[] {
  const all = roomsFor(directory, 'coordination')
  const [only, other] = regions
  const own = only && other === undefined ? all.filter(room => room.region === only) : []
  const network = all.filter(room => room.region === null)
  return own.length > 0 ? own : network.length > 0 ? network : all
}

function accountOf({ accounts, wishes }: Person, running: ReadonlySet<PlatformName>) {
  const open = accounts.filter(own => running.has(own.platform))
  return (open.find(own => own.platform === wishes?.platform) ?? open[0])?.id ?? null
}
