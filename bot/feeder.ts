import type { Giving } from '../db/giving.ts'
import type { OnItsWay, Waiting } from '../db/recipients.ts'
import type { Store } from '../db/store.ts'
import { isReader } from '../workflows/broadcast/audience/resolve.ts'
import { isAnytime } from '../workflows/broadcast/plan.ts'
import { paces } from '../workflows/broadcast/preview/pace.ts'
import { type Broadcast, type RecipientKey, readBroadcastPost, type Urgency } from '../workflows/broadcast.ts'
import { drawnLater } from '../workflows/change.ts'
import type { Account, Directory } from '../workflows/directory.ts'
import type { AccountId, BroadcastId, PersonId, PlatformName } from '../workflows/ids.ts'
import { quietPeople } from '../workflows/quiet.ts'
import { hasStopped } from '../workflows/wish.ts'

type Options = {
  readonly store: Pick<Store, 'recipients' | 'roster'>
  readonly platforms: readonly { readonly name: PlatformName }[]
  readonly clock: () => number
  readonly stopwatch?: () => number
  /** How many times faster than documented or assumed the tools take messages; 1 but in measurements. */
  readonly faster?: number
}

/** Keeps the outbox filled with the posts of broadcasts, as far as there is room. */
export type Feeder = {
  /** Gives those whose turn it is to the outbox, and takes out what must wait. How many were given. */
  readonly feed: (going: readonly Broadcast[]) => Promise<number>
  /** Whether that broadcast had posts in the outbox, or people who wait, at the last look. */
  readonly waits: (id: BroadcastId) => boolean
}

// So many posts wait on a platform at once: enough for its pace, few enough to be taken back soon. A first contact on
// Signal may wait for hours, so few of them wait for their turn.
const windows: Readonly<Record<PlatformName, number>> = { slack: 60, discord: 150, signal: 15, workspace: 100 }
const firstWindow = 3
// So long it may take until it is looked again, while as many go out as may.
const lookMs = 1500
const urgencies: readonly Urgency[] = ['life-safety', 'urgent', 'routine']
const page = 200
const pages = 25
const mostOnWay = 2_000
// Where all who are left rest, nobody looks again for so long.
const quietMs = 30_000

/** Makes the feeder. */
export function createFeeder(options: Options): Feeder {
  const { store, platforms, clock, stopwatch = () => performance.now(), faster = 1 } = options
  // Until when (epoch ms) all who wait are in their quiet hours, by broadcast and platform.
  const resting = new Map<string, number>()
  let waiting: ReadonlySet<BroadcastId> = new Set()
  // Slack and Discord keep their pace themselves, as they must for all that goes there.
  const budgets = new Map<PlatformName, Budget>([['signal', createBudget(paces.signal.personMs / faster, stopwatch)]])

  async function feed(all: readonly Broadcast[]): Promise<number> {
    const going = all.filter(one => one.state === 'sending' && !one.corrections.at(-1)?.recall).toSorted(byUrgency)
    const still = new Set<BroadcastId>()
    waiting = still
    if (all.length === 0) return 0
    const now = clock()
    const directory = store.roster.directory()
    const quiet = new Set(quietPeople(directory, now).map(person => person.id))
    const way = await onItsWay(all, restingAccounts(directory, quiet))
    for (const one of way) still.add(idOf(one.key))
    let given = 0
    for (const { name } of platforms) given += await fill(name, { going, directory, quiet, now, still, way })
    return given
  }

  /** What is on its way, after those of paused ones, and of whoever rests by now, were taken out. */
  async function onItsWay(all: readonly Broadcast[], rest: ReadonlySet<AccountId>): Promise<readonly OnItsWay[]> {
    const way = await store.recipients.onItsWay(mostOnWay)
    const known = new Map(all.map(one => [one.id, one]))
    const back = way.filter(({ key, account, waits }) => {
      const broadcast = known.get(idOf(key))
      if (!waits || !broadcast) return false
      return broadcast.state === 'paused' || (!isAnytime(broadcast.plan) && account !== null && rest.has(account))
    })
    if (back.length === 0) return way
    await store.recipients.putBack(back.map(one => one.key))
    const gone = new Set(back)
    return way.filter(one => !gone.has(one))
  }

  async function fill(platform: PlatformName, state: State): Promise<number> {
    const here = state.way.filter(one => one.platform === platform)
    const budget = budgets.get(platform)
    const most = Math.max(windows[platform], Math.ceil((lookMs * faster) / Math.max(1, paces[platform].personMs)))
    const room = most - here.filter(one => !one.first).length
    const free = {
      usual: Math.min(room, budget?.left() ?? room),
      first: firstWindow - here.filter(one => one.first).length,
    }
    let given = 0
    for (const broadcast of state.going) {
      if (free.usual <= 0 && !(await makeRoom(broadcast, platform, here, free, state))) continue
      const list = await next(broadcast, platform, free, state)
      if (list.length === 0) continue
      const count = await store.recipients.give(broadcast.id, list, state.now)
      budget?.take(count)
      given += count
    }
    return given
  }

  /** What is less urgent and has not gone out goes back, where somebody waits for what is more so. */
  async function makeRoom(
    broadcast: Broadcast,
    platform: PlatformName,
    here: readonly OnItsWay[],
    free: { usual: number; first: number },
    { going }: State,
  ): Promise<boolean> {
    const own = urgencies.indexOf(broadcast.plan.urgency)
    const less = new Set(going.filter(one => urgencies.indexOf(one.plan.urgency) > own).map(one => one.id))
    const back = here.filter(one => one.waits && !one.first && less.has(idOf(one.key)))
    if (back.length === 0) return false
    const [someone] = await store.recipients.waiting(broadcast.id, platform, -1, 1)
    if (!someone) return false
    free.usual += await store.recipients.putBack(back.map(one => one.key))
    return free.usual > 0
  }

  async function next(
    broadcast: Broadcast,
    platform: PlatformName,
    free: { usual: number; first: number },
    state: State,
  ): Promise<readonly Giving[]> {
    const { id } = broadcast
    const place = `${id}:${platform}`
    if ((resting.get(place) ?? 0) > state.now) {
      state.still.add(id)
      return []
    }
    resting.delete(place)
    const list: Giving[] = []
    let after = -1
    let full = false
    for (let round = 0; round < pages; round += 1) {
      const some = await store.recipients.waiting(id, platform, after, page)
      if (some.length > 0) state.still.add(id)
      const leave: { readonly key: RecipientKey; readonly state: 'dropped' | 'stopped' }[] = []
      for (const one of some) {
        after = one.rank
        const way = wayTo(one, broadcast, platform, state)
        if (way === 'rests') continue
        if (way === 'gone' || way === 'stopped') {
          leave.push({ key: one.key, state: way === 'gone' ? 'dropped' : 'stopped' })
          continue
        }
        const kind = one.first ? 'first' : 'usual'
        // After the first of those whom nobody has written to come only such.
        if (free[kind] <= 0) {
          full = true
          break
        }
        free[kind] -= 1
        list.push(way)
        full = free.usual <= 0
        if (full) break
      }
      await sayLeft(id, leave)
      if (full) return list
      if (some.length < page) {
        if (list.length === 0 && after >= 0) resting.set(place, state.now + quietMs)
        return list
      }
    }
    return list
  }

  async function sayLeft(id: BroadcastId, leave: readonly { key: RecipientKey; state: 'dropped' | 'stopped' }[]) {
    for (const [state, some] of Map.groupBy(leave, one => one.state)) {
      const why = state === 'stopped' ? 'they wish no broadcasts' : 'they are not in the network any more'
      await store.recipients.leave(
        id,
        some.map(one => one.key),
        state,
        why,
      )
    }
  }

  /** How it goes to somebody who waits, as they are now. */
  function wayTo(
    one: Waiting,
    broadcast: Broadcast,
    platform: PlatformName,
    { directory, quiet }: State,
  ): Giving | 'rests' | 'stopped' | 'gone' {
    const { plan } = broadcast
    // They get the words that count now, of the latest correction.
    const wave = broadcast.corrections.length
    const common = { waiting: one, view: drawnLater, anytime: isAnytime(broadcast.plan), wave }
    if (one.room) {
      const room = directory.rooms.find(each => each.id === one.room)
      return room ? { ...common, platform: room.platform, to: { room: room.id }, lane: 'broadcast' } : 'gone'
    }
    const person = one.person && directory.people.get(one.person)
    if (!person || !isReader(person)) return 'gone'
    if (hasStopped(person, plan.urgency)) return 'stopped'
    if (!isAnytime(broadcast.plan) && quiet.has(person.id)) return 'rests'
    const account = accountOf(one, person.accounts, platform)
    if (!account) return 'gone'
    // Signal lets more people be written to first where it is an alarm.
    const lane = one.first && plan.urgency === 'life-safety' ? 'S4' : 'broadcast'
    return { ...common, platform: account.platform, to: { account: account.id }, lane }
  }

  function accountOf(one: Waiting, accounts: readonly Account[], platform: PlatformName): Account | undefined {
    const running = accounts.filter(own => platforms.some(each => each.name === own.platform))
    return running.find(own => own.id === one.account) ?? running.find(own => own.platform === platform) ?? running[0]
  }

  return { feed, waits: id => waiting.has(id) }
}

type State = {
  readonly going: readonly Broadcast[]
  readonly directory: Directory
  readonly quiet: ReadonlySet<PersonId>
  readonly now: number
  readonly still: Set<BroadcastId>
  readonly way: readonly OnItsWay[]
}

/** How many may be written to now, so that they are not more than one each so many ms, after a few at once. */
type Budget = { readonly left: () => number; readonly take: (count: number) => void }

function createBudget(everyMs: number, stopwatch: () => number): Budget {
  const most = Math.max(windows.signal, 2 * (1000 / everyMs))
  let [tokens, at] = [most, stopwatch()]
  function left(): number {
    const now = stopwatch()
    tokens = Math.min(most, tokens + (now - at) / everyMs)
    at = now
    return Math.floor(tokens)
  }
  return {
    left,
    take: count => {
      tokens -= count
    },
  }
}

function idOf(key: string): BroadcastId {
  return readBroadcastPost(key)?.id ?? ('' as BroadcastId)
}

function restingAccounts({ people }: Directory, quiet: ReadonlySet<PersonId>): ReadonlySet<AccountId> {
  return new Set([...quiet].flatMap(id => people.get(id)?.accounts.map(own => own.id) ?? []))
}

function byUrgency(one: Broadcast, other: Broadcast): number {
  const [first, second] = [one, other].map(each => urgencies.indexOf(each.plan.urgency))
  return (first ?? 0) - (second ?? 0) || (one.startedAt ?? 0) - (other.startedAt ?? 0)
}
