import type { Logger } from 'pino'
import type { Store } from '../db/store.ts'
import type { Action } from '../workflows/action.ts'
import type { DrillChange } from '../workflows/change.ts'
import { personAsking } from '../workflows/directory.ts'
import { isGrave, isNamedInRooms } from '../workflows/drill/end.ts'
import { announced } from '../workflows/drill/posts.ts'
import { dueAt, type Happening } from '../workflows/drill/scenario.ts'
import { activeDrills, type Drill, type DrillId } from '../workflows/drill.ts'
import { InputError, RuleError, StoreError } from '../workflows/errors.ts'
import type { IncidentId, ProtocolId } from '../workflows/ids.ts'
import type { Incident } from '../workflows/incident.ts'
import type { Actor } from '../workflows/permission.ts'
import { phrase } from '../workflows/phrase.ts'
import { placeWords } from '../workflows/placing.ts'
import type { Places } from '../workflows/routing.ts'
import { noEvidence } from '../workflows/tally.ts'
import { guessKind, type Taxonomy } from '../workflows/taxonomy.ts'
import { say } from '../workflows/text/say.ts'
import { plainView } from '../workflows/view.ts'
import { actorOf, personReader } from './identify.ts'
import { transact } from './transact.ts'

/** What exercises are played with. */
export type DrillOptions = {
  readonly store: Store
  readonly taxonomy: Taxonomy
  readonly places: Places
  readonly clock: () => number
  readonly pause: (ms: number) => Promise<void>
  readonly wake: () => void
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>
}

/** Plays exercises. */
export type DrillPlayer = {
  /**
   * Lets happen what is due in each exercise, late rather than never and each thing once, whatever dies; ends those
   * whose time is over, and brings what was made up for those that ended to rest. True if it did something.
   */
  readonly run: () => Promise<boolean>
}

const minute = 60_000
const unfinished = ['draft', 'submitted', 'approved', 'held', 'sending', 'paused'] as const
const mostBroadcasts = 500

/** Makes the player; one process at a time runs it. */
export function createDrills(options: DrillOptions): DrillPlayer {
  const { store, clock, log, wake } = options
  // Nothing is read from the database while there is no exercise.
  let settledAll: unknown = null
  const putOff = new Map<DrillId, number>()

  async function run(): Promise<boolean> {
    const { drills = [] } = store.roster.directory()
    if (drills.length === 0 || drills === settledAll) return false
    let busy = false
    for (const drill of activeDrills(store.roster.directory())) busy = (await attempt(drill, advance)) || busy
    const unsettled = await store.drills.unsettled()
    for (const drill of unsettled) busy = (await attempt(drill, bringToRest)) || busy
    const after = store.roster.directory()
    if (unsettled.length === 0 && activeDrills(after).length === 0) settledAll = after.drills
    if (busy) wake()
    return busy
  }

  /** An exercise that cannot go on must not stop what is real: it is put off by a minute. */
  async function attempt(drill: Drill, work: (drill: Drill) => Promise<boolean>): Promise<boolean> {
    if ((putOff.get(drill.id) ?? 0) > clock()) return false
    try {
      return await work(drill)
    } catch (error) {
      if (error instanceof StoreError) throw error
      putOff.set(drill.id, clock() + minute)
      log.error({ err: error, drill: drill.id }, 'an exercise could not go on')
      return false
    }
  }

  async function advance(drill: Drill): Promise<boolean> {
    const now = clock()
    const leader = leaderOf(drill)
    const progress = await store.drills.progress(drill.id)
    if (!leader || !progress) return end(drill, 'over')
    const real = await gravestBeside(drill, leader)
    if (real) return end(drill, 'real', real)
    const script: readonly Happening[] = JSON.parse(progress.script)
    let at = progress.played
    for (const happens of script.slice(at)) {
      if (dueAt(happens, drill) > now) break
      await happen(drill, happens, at, leader)
      at += 1
      await store.drills.played(drill.id, at)
      // Something real may have come in meanwhile.
      if (!isGoing(drill)) return true
    }
    if (now >= drill.endsAt) return end(drill, 'over')
    return at > progress.played
  }

  /** What was refused is left out, so that the rest of the day goes on. */
  async function happen(drill: Drill, happens: Happening, index: number, leader: Actor): Promise<void> {
    try {
      await play(drill, happens, index, leader)
    } catch (error) {
      if (!(error instanceof RuleError || error instanceof InputError)) throw error
      const why = error instanceof RuleError ? error.phrase.key : 'input'
      log.warn({ drill: drill.id, index, what: happens.type, why }, 'something of an exercise was refused')
    }
  }

  async function play(drill: Drill, happens: Happening, index: number, leader: Actor): Promise<void> {
    const key = `drill:${drill.id}:${index}`
    switch (happens.type) {
      case 'tell':
        await store.outbox.add(announced(drill, `told:${index}`, happens.words), clock())
        return
      case 'report': {
        await does(key, leader, reportOf(drill, happens))
        if (happens.start) await starts(drill, index, leader, happens.start)
        return
      }
      case 'more': {
        const about = await called(drill, happens.of)
        if (!about) return
        const add = { type: 'add', text: happens.words, room: null, evidence: noEvidence } as const
        return does(key, leader, { type: 'incident', about, do: add })
      }
      case 'start':
        return starts(drill, await indexOf(drill, happens.of), leader, happens.protocol)
    }
  }

  async function starts(drill: Drill, index: number, leader: Actor, protocol: ProtocolId): Promise<void> {
    const about = await at(drill, index)
    if (!about) return
    const start = { type: 'run', do: { type: 'start', protocol, eventAt: null } } as const
    await does(`drill:${drill.id}:${index}:${protocol}`, leader, { type: 'incident', about, do: start })
  }

  function reportOf(drill: Drill, report: Extract<Happening, { type: 'report' }>): Action {
    const { taxonomy, places } = options
    const directory = store.roster.directory()
    const leader = directory.people.get(drill.by)
    const { place } = placeWords(report.where, drill.region, { directory, places })
    const reader = leader ? personReader(leader, directory, clock()) : null
    const what = reader
      ? say(phrase('drill.made-up', { who: { words: report.who }, what: { words: report.what } }), reader)
      : report.what
    return {
      type: 'report',
      files: [],
      do: {
        region: drill.region,
        place: place.state === 'asked' ? { ...place, state: 'room' } : place,
        severity: report.severity,
        kind: report.kind ?? guessKind(report.what, taxonomy),
        ...(report.kind ? { kindSaid: true } : {}),
        what,
        where: report.where,
        contact: 'yes',
        account: null,
        room: null,
        evidence: noEvidence,
        // One that would be told to a few alone is played with everybody who is in it.
        drill: drill.id,
      },
    }
  }

  /** The key makes it happen once, whatever dies in the middle. */
  async function does(key: string, actor: Actor | null, action: Action): Promise<void> {
    const about = action.type === 'incident' ? await store.incidents.find(action.about) : null
    const words = about?.words ?? { what: null, where: null }
    await transact(
      {
        key,
        actor,
        now: clock(),
        action,
        words,
        say: ({ incident }) =>
          incident
            ? { type: 'view', private: true, view: plainView([phrase('drill.id', { id: incident.id })]) }
            : { type: 'nothing' },
      },
      options,
    )
  }

  async function called(drill: Drill, name: string): Promise<IncidentId | null> {
    return at(drill, await indexOf(drill, name))
  }

  async function indexOf(drill: Drill, name: string): Promise<number> {
    const progress = await store.drills.progress(drill.id)
    const script: readonly Happening[] = progress ? JSON.parse(progress.script) : []
    return script.findIndex(one => one.type === 'report' && one.name === name)
  }

  /** What was made up at that place of the script. */
  async function at(drill: Drill, index: number): Promise<IncidentId | null> {
    const said = JSON.stringify((await store.inbox.answer(`drill:${drill.id}:${index}`)) ?? null)
    return (/DRILL-\d{4,9}/.exec(said)?.[0] as IncidentId | undefined) ?? null
  }

  /** A real S4 or S5 of its region that came in the very moment in which it began, perhaps in another process. */
  async function gravestBeside({ region }: Drill, { id }: Actor): Promise<Incident | null> {
    const grave = { regions: [region], viewer: id, open: true, severity: [5, 4], limit: 3 } as const
    const { items } = await store.incidents.list(grave)
    return items.find(isGrave) ?? null
  }

  async function end(drill: Drill, why: 'over' | 'real', real: Incident | null = null): Promise<boolean> {
    const because = real && isNamedInRooms(real) ? real.id : null
    const change: DrillChange = { type: 'drill', do: { type: 'end', drills: [drill.id], why, because, at: clock() } }
    await does(`drill:${drill.id}:end`, null, change)
    return true
  }

  async function bringToRest(drill: Drill): Promise<boolean> {
    for (const about of await store.drills.incidents(drill.id)) {
      try {
        await does(`drill:${drill.id}:rest:${about}`, null, { type: 'incident', about, do: { type: 'end-drill' } })
      } catch (error) {
        // One that cannot come to rest stays as it is: no clock of it rings, and nobody can act on it.
        if (!(error instanceof RuleError || error instanceof InputError)) throw error
        log.warn({ drill: drill.id, incident: about }, 'something made up could not come to rest')
      }
    }
    const broadcasts = await store.broadcasts.latest({ states: unfinished, limit: mostBroadcasts })
    for (const { id: about } of broadcasts.filter(one => one.drill === drill.id))
      await does(`drill:${drill.id}:rest:${about}`, null, { type: 'broadcast', about, do: { type: 'expire' } })
    await store.drills.settled(drill.id, clock())
    log.info({ drill: drill.id, why: drill.why }, 'an exercise came to rest')
    return true
  }

  function isGoing(drill: Drill): boolean {
    return activeDrills(store.roster.directory()).some(one => one.id === drill.id)
  }

  function leaderOf(drill: Drill): Actor | null {
    const directory = store.roster.directory()
    const person = personAsking(directory, drill.by)
    const [account] = person?.accounts ?? []
    if (!person || !account) return null
    return actorOf(person, { account: account.id, platform: account.platform }, directory)
  }

  return { run }
}
