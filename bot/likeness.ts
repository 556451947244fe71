import type { Logger } from 'pino'
import type { Reply } from '../commands/command.ts'
import type { Store } from '../db/store.ts'
import { alikeOf, findAlike } from '../workflows/alike.ts'
import type { Entry } from '../workflows/event.ts'
import type { IncidentId } from '../workflows/ids.ts'
import { type Alike, type Incident, isOpen } from '../workflows/incident.ts'
import { mostAlike } from '../workflows/likeness.ts'
import { hearsOfIt } from '../workflows/receipt.ts'
import { offeredBy, offerView } from '../workflows/same.ts'
import { sureEnough, window } from '../workflows/similar.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import { transact } from './transact.ts'

/** What looking for the same event takes. */
export type LikenessOptions = {
  readonly store: Store
  readonly taxonomy: Taxonomy
  readonly clock: () => number
  readonly wake: () => void
  readonly pause: (ms: number) => Promise<void>
  /** Resolves when an answer that could do without has waited too long (ms); by default after that time. */
  readonly giveUp?: (ms: number) => Promise<void>
  /** Measures in ms how long looking takes; by default on the machine's own clock. */
  readonly stopwatch?: () => number
  readonly log: Pick<Logger, 'warn'>
}

/** Notices which reports may be of the same event, after they were committed. */
export type Likenesses = {
  /**
   * The answer to a report, with the question whether it is the same as another, if that is found soon; only the answer
   * where the question comes as a message of its own.
   */
  readonly ask: (reply: Reply, entries: readonly Entry[], incident: Incident) => Promise<Reply>
  /** Looks at reports that nobody has looked at yet, such as those that a crash or a burst left. Gives how many. */
  readonly sweep: () => Promise<number>
}

// Longer than that nobody waits for an answer to a report.
const longestWait = 300
// In a burst everybody is answered first, and looking takes a twentieth of the time; the sweep asks later.
const mostAtOnce = 3
const share = 0.05
const spareMs = 100
const mostSwept = 25
// A report that took long to commit may come after a younger one.
const settled = 10_000
const mostRemembered = 10_000

/** Makes it; what is found is kept with the incident, which raises its card and asks the reporter once. */
export function createLikeness(options: LikenessOptions): Likenesses {
  const { store, taxonomy, clock, log, giveUp = options.pause, stopwatch = () => performance.now() } = options
  const looked = new Set<IncidentId>()
  const spent = shareOfTime(stopwatch)
  let running = 0
  let last: { at: number; id: string } | null = null

  async function notice(id: IncidentId): Promise<readonly Alike[]> {
    looked.add(id)
    if (looked.size > mostRemembered) looked.delete(looked.values().next().value as IncidentId)
    const known = await store.incidents.find(id)
    if (!known || !isOpen(known.incident) || (known.incident.like ?? []).length >= mostAlike) return []
    const found = await findAlike(known, { incidents: store.incidents, taxonomy })
    if (found.length === 0) return []
    const { reporter } = known.incident
    const person = reporter ? (store.roster.directory().people.get(reporter) ?? null) : null
    const all = found.map(one => alikeOf(one.near, one.score >= sureEnough ? person : null))
    // One question at a time: the likeliest of those they may hear of.
    const first = all.find(one => one.offered)?.id
    const to = all.map(one => ({ ...one, offered: one.id === first }))
    let entries: readonly Entry[] = []
    const unit = { key: null, actor: null, now: clock(), words: known.words }
    const action = { type: 'incident', about: id, do: { type: 'liken', to } } as const
    await transact(
      {
        ...unit,
        action,
        say: done => {
          entries = done.entries
          return { type: 'nothing' }
        },
      },
      options,
    )
    options.wake()
    return offeredBy(entries)
  }

  async function noticed(id: IncidentId): Promise<readonly Alike[]> {
    running++
    const begun = stopwatch()
    try {
      return await notice(id)
    } catch (error) {
      looked.delete(id)
      log.warn({ err: error, incident: id }, 'what is like it could not be looked for')
      return []
    } finally {
      running--
      spent.add(stopwatch() - begun)
    }
  }

  return {
    async ask(reply, entries, incident) {
      const { id } = incident
      const fresh = entries.some(({ event }) => event.type === 'reported' || event.type === 'placed')
      if (!fresh || running >= mostAtOnce || spent.tooMuch()) return reply
      if (reply.type !== 'view' || hearsOfIt(incident)) {
        // Nobody's answer waits for what comes as a message of its own.
        setImmediate(() => void noticed(id))
        return reply
      }
      const offered = await Promise.race([noticed(id), giveUp(longestWait).then(() => [])])
      const offer = offerView(id, offered, taxonomy)
      if (!offer) return reply
      const { lines, buttons } = reply.view
      return {
        ...reply,
        view: { ...reply.view, lines: [...lines, ...offer.lines], buttons: [...offer.buttons, ...buttons] },
      }
    },
    async sweep() {
      last ??= { at: clock() - window, id: '' }
      const next = await store.reportedAfter(last, clock() - settled, mostSwept)
      let count = 0
      for (const one of next) {
        if (spent.tooMuch()) break
        if (!looked.has(one.id)) await noticed(one.id)
        last = one
        count++
      }
      return count
    },
  }
}

/** Counts how long something took of late (ms): too much is more than its share of the time, with some to spare. */
function shareOfTime(stopwatch: () => number) {
  let owed = 0
  let at = stopwatch()
  function settle(): number {
    const now = stopwatch()
    owed = Math.max(owed - (now - at) * share, 0)
    at = now
    return owed
  }
  return {
    add(ms: number) {
      owed = settle() + ms
    },
    tooMuch: () => settle() > spareMs,
  }
}
