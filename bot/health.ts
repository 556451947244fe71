import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { getHeapStatistics } from 'node:v8'
import type { Logger } from 'pino'
import type { Store } from '../db/store.ts'
import {
  type Backlog,
  type BackupHealth,
  type DatabaseFacts,
  type DiskFacts,
  type Health,
  noBacklog,
  type WatcherFacts,
} from '../workflows/health.ts'
import type { PlatformName } from '../workflows/ids.ts'
import type { ToolState } from '../workflows/ports.ts'
import type { LoopState, Pulse, ToolPulse } from '../workflows/pulse.ts'
import { quietPeople } from '../workflows/quiet.ts'
import type { Platform } from './platform.ts'
import type { LastSeen } from './traffic.ts'

/** The machine that the hub runs on, and what is set there. */
export type Machine = {
  readonly version: string
  /** Folders whose disks must have room; null where there is none. */
  readonly folders: { readonly database: string | null; readonly files: string }
  /** How old (ms) a backup may become; null where others look after them. */
  readonly backupMs: number | null
}

/** What looking at the hub's health needs; `clock` gives epoch ms. */
export type HealthOptions = {
  readonly store: Store
  readonly platforms: readonly Platform[]
  readonly connections: () => readonly ToolState[]
  readonly lastSeen: (name: PlatformName) => LastSeen
  /** The summaries that were due and that some room has not got. */
  readonly overdue: () => Promise<Backlog>
  readonly loops: () => readonly LoopState[]
  readonly watcher: () => WatcherFacts | null
  /** How long ago (ms) this process last committed something. */
  readonly committedMs: () => number
  readonly machine: Machine
  /** Names this process among others. */
  readonly holder: string
  readonly clock: () => number
  /** Resolves after that many ms. */
  readonly giveUp: (ms: number) => Promise<void>
  readonly log: Pick<Logger, 'warn'>
}

/** The hub's look at itself. */
export type HealthLook = {
  /** How it stands now, or stood two seconds ago; takes two seconds at most, and never rejects. */
  readonly look: () => Promise<Health>
  /** What this process says of itself; `aheadMs`: by how much its clock is ahead of the database's. */
  readonly own: (aheadMs: number) => Pulse
}

const freshMs = 2000
// Tools want an answer within three.
const soonMs = 1900

/** Makes the look; it reads what the database, the disk and the process know, and writes nothing. */
export function createHealth(options: HealthOptions): HealthLook {
  const { store, platforms, machine, holder, clock, log } = options
  let last: { readonly at: number; readonly health: Promise<Health> } | null = null

  /** Without it one part that cannot be read, or not soon, would hide all others. */
  async function perhaps<T>(what: string, read: Promise<T>): Promise<T | null> {
    return Promise.race([read, options.giveUp(soonMs).then(() => null)]).catch(error => {
      log.warn({ err: error, what }, 'a part of the health of the hub could not be read')
      return null
    })
  }

  async function database(now: number): Promise<DatabaseFacts> {
    const begun = performance.now()
    await store.ping()
    const answerMs = Math.round(performance.now() - begun)
    const quiet = quietPeople(store.roster.directory(), now).flatMap(person => person.accounts.map(own => own.id))
    const served = { platforms: platforms.map(platform => platform.name), quiet }
    const [queues, bytes] = await Promise.all([store.health.queues(served, now), store.health.size()])
    return { queues, bytes, answerMs }
  }

  function tools(): readonly ToolPulse[] {
    return options.connections().map(state => ({ ...state, ...options.lastSeen(state.platform) }))
  }

  function own(aheadMs: number): Pulse {
    const heap = getHeapStatistics()
    const memory = process.memoryUsage.rss()
    // Zero where nothing but the machine itself is the limit.
    const most = process.constrainedMemory() ?? 0
    const shares = [heap.used_heap_size / heap.heap_size_limit, most > 0 ? memory / most : 0]
    return { aheadMs, memory, memoryShare: Math.max(...shares), loops: options.loops(), tools: tools() }
  }

  async function backup(): Promise<BackupHealth | null> {
    if (machine.backupMs === null) return null
    const facts = await store.backups.facts()
    return { madeAt: facts?.at ?? null, mostMs: machine.backupMs, problem: facts?.problem?.type ?? null }
  }

  async function read(): Promise<Health> {
    const now = clock()
    const [facts, summaries, disks, pulses, backed] = await Promise.all([
      perhaps('database', database(now)),
      perhaps('summaries', options.overdue()),
      disksOf(machine.folders),
      perhaps('processes', store.health.pulses()),
      perhaps('backup', backup()),
    ])
    const others = (pulses ?? []).filter(one => one.id !== holder)
    const mine = (pulses ?? []).find(one => one.id === holder)
    const self = {
      id: holder,
      host: hostname(),
      version: machine.version,
      startedMs: mine?.startedMs ?? process.uptime() * 1000,
      ageMs: 0,
      facts: own(mine?.facts.aheadMs ?? 0),
    }
    return {
      now,
      version: machine.version,
      committedMs: options.committedMs(),
      database: facts,
      summaries: summaries ?? noBacklog,
      disks,
      tools: self.facts.tools.map(tool => ({ ...tool, ...latest(tool.platform, [self, ...others]) })),
      processes: [self, ...others],
      backup: backed,
      watcher: options.watcher(),
    }
  }

  function look(): Promise<Health> {
    const now = performance.now()
    if (last === null || now - last.at > freshMs) last = { at: now, health: read() }
    return last.health
  }

  return { own, look }
}

/** Of several processes any may be the one that hears or sends. */
function latest(name: PlatformName, processes: Health['processes']): LastSeen {
  const own = processes.flatMap(one => one.facts.tools.filter(tool => tool.platform === name))
  const newest = (times: readonly (number | null)[]) => {
    const known = times.filter(at => at !== null)
    return known.length > 0 ? Math.max(...known) : null
  }
  return { heardAt: newest(own.map(tool => tool.heardAt)), sentAt: newest(own.map(tool => tool.sentAt)) }
}

async function disksOf({ database, files }: Machine['folders']): Promise<readonly DiskFacts[]> {
  const asked = [...(database ? [['database', database] as const] : []), ['files', files] as const]
  const found = await Promise.all(
    asked.map(async ([folder, path]) => {
      const disk = await statfs(nearest(path)).catch(() => null)
      return disk ? [{ folder, freeBytes: disk.bavail * disk.bsize }] : []
    }),
  )
  return found.flat()
}

function nearest(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder))
}
