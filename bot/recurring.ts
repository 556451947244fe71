import { hash } from 'node:crypto'
import type { Logger } from 'pino'
import type { Store } from '../db/store.ts'
import { countAudience, resolvePlan } from '../workflows/broadcast/audience/resolve.ts'
import type { Approval } from '../workflows/broadcast.ts'
import type { Post } from '../workflows/change.ts'
import { type Directory, roomsFor } from '../workflows/directory.ts'
import { RuleError, StoreError } from '../workflows/errors.ts'
import type { PlatformName } from '../workflows/ids.ts'
import { type Phrase, phrase } from '../workflows/phrase.ts'
import { partsOf, planOf, standingApprovals, zonesOf } from '../workflows/recurring/plan.ts'
import { askedFor, sceneOf } from '../workflows/recurring/scene.ts'
import { type RecurringScene, recurringAsk, recurringButton } from '../workflows/recurring/view.ts'
import { lastWindow, type RecurringWindow } from '../workflows/recurring/when.ts'
import type { RecurringPlan, RecurringStanding } from '../workflows/recurring.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import { plainView, type View } from '../workflows/view.ts'
import { tellSilent } from './silent.ts'
import { transact } from './transact.ts'

/** What recurring broadcasts are made with; `platforms` are the tools that the hub is connected to. */
export type RecurringOptions = {
  readonly store: Store
  readonly platforms: readonly { readonly name: PlatformName }[]
  readonly taxonomy: Taxonomy
  readonly clock: () => number
  readonly pause: (ms: number) => Promise<void>
  readonly log: Pick<Logger, 'info' | 'error'>
}

/** Makes the broadcasts of check-ins and reminders. */
export type Recurring = {
  /**
   * Has new plans approved, makes the broadcasts that are due (each window once for ever, late rather than never while
   * it is worth it), says which could not be made, and lists who has not answered. Gives how many things were new. One
   * process at a time runs it.
   */
  readonly run: () => Promise<number>
}

const dayMs = 24 * 60 * 60_000

/** Makes the maker; what it has done stands in the database, so that it may die at any moment. */
export function createRecurring(options: RecurringOptions): Recurring {
  const { store, clock, log } = options
  const names = options.platforms.map(platform => platform.name)
  // Asked every minute: what is known to be settled is not looked up again by this process.
  const settled = new Set<string>()
  const scenes = new Map<
    string,
    { readonly key: string; readonly directory: Directory; readonly scene: RecurringScene }
  >()

  async function run(): Promise<number> {
    const { broadcasts: plans = [] } = store.roster.directory()
    if (plans.length === 0) return 0
    const standings = await store.recurring.standings()
    let made = 0
    for (const plan of plans) {
      try {
        made += await care(plan, standings.get(plan.name) ?? null)
      } catch (error) {
        // One that cannot go on must not stop the others.
        if (error instanceof StoreError) throw error
        log.error({ err: error, recurring: plan.name }, 'a recurring broadcast could not go on')
      }
    }
    return made
  }

  async function care(plan: RecurringPlan, known: RecurringStanding | null): Promise<number> {
    const now = clock()
    const scene = await sceneNow(plan, known, now)
    const { meaning } = scene
    const windows = windowsOf(plan, now)
    if ('problem' in meaning) return tellWrong(plan, meaning.problem, windows, known, now)
    const since = known?.digest === meaning.digest ? known.since : now
    if (known?.digest !== meaning.digest) await store.recurring.seen(plan.name, meaning.digest, now)
    const rests = known?.pausedAt != null
    let made = scene.cleared || rests ? 0 : await ask(scene, known)
    for (const window of rests ? [] : windows) {
      if (settled.has(window.key) || window.dueAt < since) continue
      made += await settle(window, scene, now)
    }
    return made + (await tellSilent(plan, { store, names, now, told: settled }))
  }

  function windowsOf(plan: RecurringPlan, now: number): readonly RecurringWindow[] {
    const directory = store.roster.directory()
    return zonesOf(directory).flatMap(zone => lastWindow(plan, directory.events ?? [], zone, now) ?? [])
  }

  /** Made anew only if something of it may have changed: it looks through everybody. */
  async function sceneNow(plan: RecurringPlan, known: RecurringStanding | null, now: number): Promise<RecurringScene> {
    const directory = store.roster.directory()
    const message = plan.message === null ? null : ((await store.library.find(plan.message))?.approved ?? null)
    const key = JSON.stringify([plan, known, message?.version, Math.floor(now / (60 * 60_000))])
    const held = scenes.get(plan.name)
    if (held?.key === key && held.directory === directory) return held.scene
    const met = await store.acquainted.acquainted()
    const scene = sceneOf(plan, known, message, directory, {
      ...{ now, incident: null, drill: null, platforms: new Set(names) },
      known: account => met.has(account),
    })
    scenes.set(plan.name, { key, directory, scene })
    return scene
  }

  async function settle(window: RecurringWindow, scene: RecurringScene, now: number): Promise<number> {
    const { plan, cleared, meaning } = scene
    if ('problem' in meaning) return 0
    const directory = store.roster.directory()
    const parts = partsOf(plan, window, meaning.audience, directory, names)
    const done = await store.recurring.made(parts.map(part => part.key))
    if (now >= window.until) {
      settled.add(window.key)
      if (done.size > 0 || now >= window.until + dayMs * 7) return 0
      const why = cleared ? 'recurring.missed-away' : 'recurring.missed-approval'
      return anybody(scene, window, now) ? tell('missed', window, phrase(why, namesOf(window, plan)), now) : 0
    }
    if (scene.counted.people + scene.counted.rooms === 0)
      return tell('nobody', window, phrase('recurring.nobody', namesOf(window, plan)), now)
    if (!cleared) {
      const said = phrase('recurring.waits', { ...namesOf(window, plan), until: { date: window.until } })
      return tell('waits', window, said, now, [recurringButton('see', scene)])
    }
    let made = 0
    for (const part of parts) {
      if (done.has(part.key)) continue
      const whole = planOf(plan, meaning, { window, part, now })
      const counted = countAudience(resolvePlan(whole, directory, scene.about))
      if (counted.people + counted.rooms === 0) continue
      const approvals = scene.approvals.map((one): Approval => ({ ...one, plan: whole, ...counted }))
      await draft(part.key, { type: 'draft', plan: whole, recurring: part.key, approvals })
      log.info({ recurring: part.key, ...counted }, 'a recurring broadcast was made')
      made += 1
    }
    settled.add(window.key)
    return made
  }

  /** Another process that was slow to let go may make it in the same moment: one of the two counts. */
  async function draft(
    key: string,
    deed: { type: 'draft'; plan: Approval['plan']; recurring: string; approvals: readonly Approval[] },
  ): Promise<void> {
    await transact(
      {
        ...{ key: `recurring:${key}`, actor: null, now: clock() },
        action: { type: 'broadcast', about: null, do: deed },
        words: { what: null, where: null },
        say: () => ({ type: 'nothing' }),
      },
      options,
    ).catch((error: unknown) => {
      if (!(error instanceof RuleError)) throw error
      log.error({ recurring: key, why: error.phrase.key }, 'a recurring broadcast was refused')
    })
  }

  /** True if somebody of that zone was meant at all. */
  function anybody({ plan, meaning, about }: RecurringScene, window: RecurringWindow, now: number): boolean {
    if ('problem' in meaning) return false
    const directory = store.roster.directory()
    return partsOf(plan, window, meaning.audience, directory, names).some(part => {
      const counted = countAudience(resolvePlan(planOf(plan, meaning, { window, part, now }), directory, about))
      return counted.people + counted.rooms > 0
    })
  }

  /** Whoever may approve it is asked, on every account; and the coordinators' rooms, unless it is one region's. */
  async function ask(scene: RecurringScene, known: RecurringStanding | null): Promise<number> {
    const { plan, meaning, needs } = scene
    if ('problem' in meaning || scene.counted.people + scene.counted.rooms === 0) return 0
    const directory = store.roster.directory()
    const earlier = known?.digest === meaning.digest ? known.approvals : []
    const standing = known && { ...known, approvals: earlier }
    const fit = standingApprovals(standing, meaning.digest, scene.counted)
    const why = fit.length < earlier.length ? 'grown' : scene.approvals.length < earlier.length ? 'lost' : 'new'
    // What was approved for fewer, or by others, is another question than it was the first time.
    const round = [meaning.digest, ...(why === 'new' ? [] : [why, Math.max(...earlier.map(one => one.at))])].join('.')
    const name = `ask:${plan.name}:${round}:${scene.approvals.length}`
    if (settled.has(name)) return 0
    const view = recurringAsk(scene, directory, why)
    const rooms = needs.count === 2 ? roomsFor(directory, 'coordination') : []
    const posts = [
      ...askedFor(scene, directory).flatMap(person =>
        person.accounts.map(account => postTo({ account: account.id }, `ask:${plan.name}:${round}`, view)),
      ),
      ...rooms.map(room => postTo({ room: room.id }, `ask:${plan.name}:${round}`, view)),
    ]
    const added = await store.outbox.add(posts, clock())
    settled.add(name)
    return added
  }

  async function tellWrong(
    plan: RecurringPlan,
    problem: Phrase,
    windows: readonly RecurringWindow[],
    known: RecurringStanding | null,
    now: number,
  ): Promise<number> {
    let told = await tellAhead(plan, problem, now)
    for (const window of windows) {
      if (now >= window.until || (known && window.dueAt < known.since)) continue
      told += await tell('wrong', window, phrase('recurring.wrong', { ...namesOf(window, plan), problem }), now)
    }
    return told
  }

  /** What cannot go out is told when it is found, so that there is time to mend it. */
  async function tellAhead({ name }: RecurringPlan, problem: Phrase, now: number): Promise<number> {
    const key = `cannot:${name}:${hash('sha256', JSON.stringify(problem), 'base64url').slice(0, 12)}`
    if (settled.has(key)) return 0
    const view = plainView([phrase('recurring.cannot', { name: { words: name }, problem })])
    const posts = roomsFor(store.roster.directory(), 'coordination').map(room => postTo({ room: room.id }, key, view))
    const added = await store.outbox.add(posts, now)
    settled.add(key)
    return added
  }

  /** Says it to the coordinators, of one day once, whichever zone comes first. */
  async function tell(
    what: string,
    window: RecurringWindow,
    said: Phrase,
    now: number,
    buttons: View['buttons'] = [],
  ): Promise<number> {
    const day = window.key.slice(0, -window.zone.length - 1)
    const name = `${what}:${day}`
    if (settled.has(name)) return 0
    const rooms = roomsFor(store.roster.directory(), 'coordination')
    const posts = rooms.map(room => postTo({ room: room.id }, name, plainView([said], buttons)))
    const added = await store.outbox.add(posts, now)
    settled.add(name)
    return added
  }

  return { run }
}

function postTo(to: Post['to'], name: string, view: View): Post {
  const key = `recurring:${name}:${'room' in to ? to.room : to.account}`
  return { key, to, incident: null, thread: false, lane: 'claim', view }
}

function namesOf({ dueAt }: RecurringWindow, { name }: RecurringPlan) {
  return { name: { words: name }, time: { date: dueAt } }
}
