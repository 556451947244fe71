import type { Store } from '../db/store.ts'
import type { RecipientStanding } from '../workflows/broadcast/standing.ts'
import type { Post } from '../workflows/change.ts'
import { roomsFor } from '../workflows/directory.ts'
import type { BroadcastId, PlatformName } from '../workflows/ids.ts'
import { zonesOf } from '../workflows/recurring/plan.ts'
import { isProved, silentView } from '../workflows/recurring/silent.ts'
import { lastWindow, type RecurringWindow } from '../workflows/recurring/when.ts'
import type { RecurringPlan } from '../workflows/recurring.ts'

type Looking = {
  readonly store: Pick<Store, 'roster' | 'recurring' | 'broadcasts' | 'outbox'>
  /** The tools that the hub is connected to. */
  readonly names: readonly PlatformName[]
  readonly now: number
  /** What this process has told already. */
  readonly told: Set<string>
}

/**
 * Tells the coordinators who has not answered a check-in, and of a trial which accounts are not proven, so long after
 * it went out as the plan says; once for each day. Gives how many rooms were told.
 */
export async function tellSilent(plan: RecurringPlan, { store, names, now, told }: Looking): Promise<number> {
  if (plan.listAfter === null) return 0
  const waits = plan.listAfter * hourMs
  const directory = store.roster.directory()
  const windows = zonesOf(directory).flatMap(zone => lastWindow(plan, directory.events ?? [], zone, now - waits) ?? [])
  const [first] = windows.toSorted((one, other) => one.dueAt - other.dueAt)
  // Until the last zone has had its time, the day is not over.
  if (!first || windows.some(one => one.date !== first.date)) return 0
  const name = `silent:${plan.name}@${first.date}`
  const tooOld = Math.max(...windows.map(one => one.dueAt)) + waits + mostLate
  if (told.has(name) || now >= tooOld) return 0
  const made = await store.recurring.made(windows.flatMap(one => keysOf(plan, one, names)))
  if (made.size === 0) return 0
  const found: RecipientStanding[] = []
  let all = 0
  for (const [key, id] of made) {
    const platform = plan.trial ? ((key.split(':').at(-1) as PlatformName | undefined) ?? null) : null
    for await (const one of peopleOf(id, store)) {
      if (one.reached === 'stopped') continue
      all += 1
      if (!isProved(one, platform)) found.push(platform ? { ...one, platform } : one)
    }
  }
  if (all === 0) return 0
  const view = silentView(
    plan,
    { dueAt: first.dueAt, found, all, ids: [...new Set(made.values())].toSorted() },
    directory,
  )
  const posts = roomsFor(directory, 'coordination').map(
    (room): Post => ({
      ...{ key: `recurring:${name}:${room.id}`, to: { room: room.id }, incident: null, thread: false },
      ...{ lane: 'claim', view },
    }),
  )
  const added = await store.outbox.add(posts, now)
  told.add(name)
  return added
}

const hourMs = 60 * 60_000
// What the hub was away for longer than that, nobody waits for.
const mostLate = 3 * 24 * hourMs
const page = 500

function keysOf({ trial }: RecurringPlan, { key }: RecurringWindow, names: readonly PlatformName[]): readonly string[] {
  return trial ? names.map(name => `${key}:${name}`) : [key]
}

async function* peopleOf(id: BroadcastId, { broadcasts }: Looking['store']): AsyncGenerator<RecipientStanding> {
  for (let after: string | null | undefined; after !== null; ) {
    const { items, next } = await broadcasts.recipients(id, { limit: page, ...(after ? { after } : {}) })
    yield* items.filter(one => one.person !== null)
    after = next
  }
}
