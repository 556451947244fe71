import { setImmediate as breathe } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Look } from '../db/looks.ts'
import type { Store } from '../db/store.ts'
import { StoreError } from '../workflows/errors.ts'
import type { Incident } from '../workflows/incident.ts'
import type { Protocol, Trigger } from '../workflows/protocol.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import { itselfFor, judge } from '../workflows/trigger/again.ts'
import { climbsAt } from '../workflows/trigger/climb.ts'
import { type Looked, matches, mayTrigger, unclaimedFrom, wasStarted } from '../workflows/trigger/match.ts'
import { askingPosts } from '../workflows/trigger/posts.ts'
import type { Proposal, Wanted } from '../workflows/trigger/proposal.ts'
import { triggerOf } from '../workflows/trigger/same.ts'
import type { Shown } from '../workflows/trigger/view.ts'
import { findPattern, type Pattern } from './pattern.ts'
import type { Rules } from './rules.ts'
import { hearRumour } from './rumours.ts'
import { moveOn } from './silence.ts'

/** What looking for triggers takes. */
export type TriggerOptions = {
  readonly store: Store
  readonly taxonomy: Taxonomy
  readonly clock: () => number
  readonly wake: () => void
  readonly pause: (ms: number) => Promise<void>
  /** What warns at once; absent: nothing does. */
  readonly rules?: Pick<Rules, 'judge'>
  readonly log: Pick<Logger, 'warn'>
}

/** Proposes protocols, after what happened was committed. */
export type Triggers = {
  /** Looks at some of what changed, and moves on what nobody answers; true if there may be more. */
  readonly run: () => Promise<boolean>
}

const atOnce = 50
const longestMs = 200
const minute = 60_000
// How many that nobody has checked are counted, at most.
const mostUnchecked = 100
// For how long it is kept what became of a proposal.
const keptMs = 90 * 24 * 60 * minute

/** Makes it. What a crash left is found again: it stands in the database until it was looked at. */
export function createTriggers(options: TriggerOptions): Triggers {
  const { store, clock, log } = options

  async function run(): Promise<boolean> {
    const looks = await store.looks.due(clock(), atOnce)
    const seen = new Set<string>()
    const begun = performance.now()
    let looked = 0
    for (const look of looks) {
      // Clocks wait meanwhile.
      if (performance.now() - begun > longestMs) break
      await attempt(look.incident, work(look), () => store.looks.looked(look, clock() + minute))
      looked++
    }
    const silent = await store.proposals.due(clock(), atOnce)
    for (const one of silent) {
      await attempt(
        one.about,
        () => moveOn(one, options),
        () => putOff(one),
      )
    }
    if (silent.length > 0) await store.proposals.prune(clock() - keptMs)
    return looks.length === atOnce || looked < looks.length || silent.length === atOnce

    function work(look: Look) {
      return () => lookAt(look, seen, options)
    }
  }

  /** What cannot be judged now must not stop what comes after it: it is put off by a minute. */
  async function attempt(incident: string, work: () => Promise<void>, putOff: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (error instanceof StoreError) throw error
      log.warn({ err: error, incident }, 'what it may propose could not be looked at')
      await putOff()
    }
  }

  function putOff(proposal: Proposal): Promise<boolean> {
    return store.proposals.climb(proposal, { dueAt: clock() + minute }, [], clock())
  }

  return { run }
}

/** Looks at one that changed, for all triggers; `seen` are those that were part of a pattern found a moment ago. */
async function lookAt(look: Look, seen: Set<string>, options: TriggerOptions): Promise<void> {
  const { store, taxonomy, clock } = options
  const now = clock()
  const known = await store.incidents.find(look.incident)
  let next: number | null = null
  if (known && mayTrigger(known.incident)) {
    for (const protocol of taxonomy.protocols.current) {
      if (wasStarted(protocol, known.incident)) {
        await settle(protocol, known, options)
        continue
      }
      for (const trigger of protocol.triggers) {
        if (!matches(trigger, known, taxonomy)) continue
        // On SQLite reading holds up everything else: people who wait for an answer come first.
        await breathe()
        const from = unclaimedFrom(trigger, known.incident)
        if (from !== null && from > now) next = Math.min(next ?? from, from)
        else if (from !== null || trigger.unclaimed === null) await consider(protocol, trigger, known, seen, options)
      }
    }
  }
  const again = known && mayTrigger(known.incident) ? ((await options.rules?.judge(known, seen)) ?? null) : null
  if (known && mayTrigger(known.incident)) await hear(known, options)
  await store.looks.looked(look, next === null || again === null ? (next ?? again) : Math.min(next, again))
}

/** What people say is gathered last, and never holds back what may call for help. */
async function hear(known: Looked, options: TriggerOptions): Promise<void> {
  try {
    await hearRumour(known, options)
  } catch (error) {
    if (error instanceof StoreError) throw error
    options.log.warn({ err: error, incident: known.incident.id }, 'it could not be told which rumor it repeats')
  }
}

/** Somebody began it without being asked: nobody needs to answer any more, of a pattern for none that is part of it. */
async function settle(protocol: Protocol, { incident }: Looked, { store, clock }: TriggerOptions): Promise<void> {
  const made = await store.proposals.about(protocol.id, [incident.id, ...incident.merged])
  const isSettled = (one: Proposal) => one.about === incident.id || triggerOf(protocol, one.trigger)?.count != null
  const over = made.filter(one => one.state === 'open' && isSettled(one))
  await store.proposals.settle(
    over.map(one => one.id),
    clock(),
  )
}

async function consider(
  protocol: Protocol,
  trigger: Trigger,
  known: Looked,
  seen: Set<string>,
  options: TriggerOptions,
): Promise<void> {
  const { store, taxonomy, clock, wake } = options
  const nameOf = (id: string) => `${protocol.id} ${trigger.id} ${id}`
  if (trigger.count && seen.has(nameOf(known.incident.id))) return
  const pattern = await findPattern(protocol, trigger, known, { store, taxonomy })
  if (!pattern) return
  for (const { id } of pattern.incidents) seen.add(nameOf(id))
  const wanted = wantedOf(protocol, trigger, pattern, taxonomy, clock())
  const atLeast = trigger.count?.atLeast ?? 1
  const { also } = wanted
  // Asked first without holding anybody up: mostly it was proposed before.
  const before = await store.proposals.about(protocol.id, [...wanted.incidents, ...also])
  if (judge(wanted, before, { atLeast, also }).type === 'nothing') return
  const tellable = await tellableOf(wanted, before, pattern, { store })
  const made = await store.proposals.propose(
    { ...wanted, since: wanted.at - itselfFor },
    all => judge(wanted, all, { atLeast, also }),
    (proposal, why) => {
      if (proposal.itself) return []
      const directory = store.roster.directory()
      return askingPosts(
        { proposal, protocol, trigger, why, ...tellable(proposal) },
        { directory, taxonomy, now: clock() },
      )
    },
  )
  if (made?.proposal.itself) await moveOn(made.proposal, options)
  if (made?.tell) wake()
}

type Asked = Wanted & { readonly also: Proposal['incidents'] }

function wantedOf(
  protocol: Protocol,
  trigger: Trigger,
  { incidents }: Pattern,
  taxonomy: Taxonomy,
  now: number,
): Asked {
  const [about] = incidents.toSorted(graver)
  if (!about) throw new Error('a pattern holds something')
  // What is only guessed is asked about: it may be wrong, and what starts by itself frightens people.
  const itself = trigger.start === 'itself' && !(about.kindGuessed && trigger.kinds.length > 0)
  return {
    ...{ protocol: protocol.id, trigger: trigger.id, region: about.region, about: about.id, severity: about.severity },
    ...{ incidents: incidents.map(one => one.id), also: incidents.flatMap(one => one.merged), itself, at: now },
    dueAt: itself ? now : climbsAt(0, about.severity, now, taxonomy),
  }
}

// The most severe, and of these the last to come: its team is at the start of its work.
function graver(one: Incident, other: Incident): number {
  return other.severity - one.severity || other.reportedAt - one.reportedAt || (one.id < other.id ? 1 : -1)
}

/** What a proposal would be told with, read beforehand: nothing but the database is waited for while it is made. */
async function tellableOf(
  { protocol, trigger, region }: Wanted,
  before: readonly Proposal[],
  { incidents, stretch }: Pattern,
  { store }: Pick<TriggerOptions, 'store'>,
): Promise<(proposal: Proposal) => Pick<Shown, 'incidents' | 'unchecked'>> {
  const open = (await store.proposals.open([region])).filter(
    one => one.protocol === protocol && one.trigger === trigger,
  )
  const ids = [...before.filter(one => one.state === 'open'), ...open].flatMap(one => one.incidents)
  const others = await store.proposals.states([...new Set(ids)])
  const states = new Map([...others, ...incidents].map(one => [one.id, one]))
  const count = stretch ? await store.proposals.unchecked(stretch, mostUnchecked) : 0
  const unchecked = { count, many: count === mostUnchecked }
  return proposal => ({ incidents: proposal.incidents.flatMap(id => states.get(id) ?? []), unchecked })
}
