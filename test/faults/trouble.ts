import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Tool } from '../journeys/net.ts'
import type { Shake } from '../peers/shake.ts'
import { count, type Diary } from './diary.ts'
import { createDice } from './dice.ts'
import type { Trouble } from './plan.ts'
import type { Process } from './process.ts'
import type { Stage } from './stage.ts'

/** Where things go wrong: the hub's processes, the tools, and the ground that it all stands on. */
export type Scene = {
  readonly processes: readonly Process[]
  readonly stage: Stage
  readonly diary: Diary
  readonly seed: number
  /** Restarts the database server, which is away for so long; null on SQLite. */
  readonly restart: ((awayMs: number) => Promise<void>) | null
  /** The folder on a small disk of its own, which can be filled; null where that cannot be had. */
  readonly disk: string | null
}

/** Makes things go wrong. */
export type Troubles = {
  /** Lets it go wrong; resolves when it is over. Never rejects. */
  readonly bring: (trouble: Trouble) => Promise<void>
  /** What goes wrong at this moment, by name. */
  readonly now: () => readonly string[]
  /** Hubs that could not be started again, and why. */
  readonly failed: readonly string[]
}

const deadly: ReadonlySet<Trouble['type']> = new Set(['kill', 'freeze', 'database-restart', 'disk-full'])

/** Makes what brings troubles over a scene. */
export function createTroubles({ processes, stage, diary, seed, restart, disk }: Scene): Troubles {
  const going = new Set<string>()
  const failed: string[] = []
  const dice = createDice(seed ^ 0xd1ce)
  const starting = new Map<number, Promise<void>>()

  async function bring(trouble: Trouble): Promise<void> {
    const name = 'tool' in trouble ? `${trouble.type} (${trouble.tool})` : trouble.type
    going.add(name)
    if (deadly.has(trouble.type)) diary.deaths.push(Date.now())
    try {
      if (await happen(trouble)) count(diary.troubles, name)
    } catch (error) {
      failed.push(`${name}: ${(error as Error).message}`)
    } finally {
      // What it broke is noticed a little later.
      await pause(3000)
      going.delete(name)
    }
  }

  async function happen(trouble: Trouble): Promise<boolean> {
    switch (trouble.type) {
      case 'kill':
        return kill(trouble.process, trouble.awayMs)
      case 'freeze':
        return freeze(trouble.process, trouble.forMs)
      case 'step':
        processes[trouble.process]?.step(trouble.byMs)
        return true
      case 'busy':
      case 'broken':
      case 'hang':
      case 'lose':
        stumble(trouble.tool, trouble.type, trouble.times)
        return true
      case 'cut':
        cut(trouble.tool)
        return true
      case 'half-open':
        return halfOpen(trouble.tool)
      case 'session-lost':
        stage.peers.discord.gateway.invalidate()
        return true
      case 'shuffle':
        return during(trouble.forMs, yes => shake(trouble.tool, yes ? shuffle : null))
      case 'limited':
        return during(trouble.forMs, yes =>
          yes ? stage.peers.signal.faults.limit() : stage.peers.signal.faults.lift(),
        )
      case 'down':
        return during(trouble.forMs, yes => stage.down(trouble.tool, yes))
      case 'database-restart':
        await restart?.(trouble.awayMs)
        return restart !== null
      case 'disk-full':
        return disk !== null && during(trouble.forMs, yes => fill(disk, yes))
    }
  }

  async function during(ms: number, change: (yes: boolean) => void | Promise<void>): Promise<boolean> {
    await change(true)
    await pause(ms)
    await change(false)
    return true
  }

  async function kill(n: number, awayMs: number): Promise<boolean> {
    const one = processes[n]
    if (!one || !(await one.kill())) return false
    const again = (async () => {
      await starting.get(n)
      await pause(awayMs)
      await one.start()
    })()
    starting.set(n, again)
    await again
    return true
  }

  async function freeze(n: number, ms: number): Promise<boolean> {
    const one = processes[n]
    if (!one?.isUp()) return false
    return during(ms, yes => one.freeze(yes))
  }

  function stumble(tool: Tool, how: 'busy' | 'broken' | 'hang' | 'lose', times: number): void {
    const { slack, discord, signal } = stage.peers
    switch (tool) {
      case 'slack': {
        const method = dice.pick(['chat.postMessage', 'chat.postMessage', 'chat.update', 'conversations.history'])
        const fault = { busy: { type: 'busy', seconds: 5 }, broken: { type: 'broken', status: 503 } } as const
        return void slack.faults.on(method, how === 'busy' || how === 'broken' ? fault[how] : { type: how }, times)
      }
      case 'discord': {
        const match = dice.pick([/^POST .*messages$/, /^PATCH .*messages/, /^POST .*threads$/, /^GET .*messages/])
        const as = { busy: 429, broken: 502, hang: 'hang', lose: 'cut' } as const
        return void discord.fault({ match, how: as[how], times })
      }
      case 'signal': {
        const status = { type: 'status', status: 500, body: { error: 'Internal error' } } as const
        const limit = {
          type: 'status',
          status: 429,
          body: { error: 'Rate limit exceeded: 413', challenge_tokens: [] },
        } as const
        const fault = { busy: limit, broken: status, hang: { type: 'hang' }, lose: { type: 'lose' } } as const
        // Each limit makes the hub's pause twice as long, as it should be.
        for (let n = 0; n < (how === 'busy' ? 1 : times); n++) signal.faults.next('/v2/send', fault[how])
      }
    }
  }

  function cut(tool: Tool): void {
    if (tool === 'discord') stage.peers.discord.gateway.cut()
    else if (tool === 'slack') stage.peers.slack.cut()
    else stage.peers.signal.api.wire.cut()
  }

  async function halfOpen(tool: Tool): Promise<boolean> {
    if (tool === 'discord') stage.peers.discord.gateway.freeze()
    else if (tool === 'slack') stage.peers.slack.freeze()
    else {
      const { wire } = stage.peers.signal.api
      return during(90_000, yes => (yes ? wire.freeze() : wire.thaw()))
    }
    return true
  }

  function shake(tool: Tool, how: Shake | null): void {
    if (tool === 'discord') stage.peers.discord.gateway.shake(how)
    else if (tool === 'slack') stage.peers.slack.shake(how)
    else stage.peers.signal.api.shake(how)
  }

  const shuffle: Shake = () => ({ laterMs: dice.chance(0.4) ? dice.whole(0, 9000) : 0, twice: dice.chance(0.4) })

  return { bring, now: () => [...going], failed }
}

/** Fills the disk to its last byte, or makes room again. */
function fill(folder: string, yes: boolean): void {
  const ballast = join(folder, 'ballast')
  if (!yes) return void rmSync(ballast, { force: true })
  try {
    for (let piece = 0; ; piece++) writeFileSync(ballast, Buffer.alloc(piece < 1000 ? 1 << 20 : 1 << 12), { flag: 'a' })
  } catch {}
}

/** A folder on a disk of its own of that many MiB, if this process may make one; what lies there goes with `leave`. */
export function smallDisk(folder: string, mebibytes: number): { readonly leave: () => void } | null {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'trust-hub-faults', folder], { stdio: 'ignore' })
    return { leave: () => void execFileSync('umount', ['-l', folder], { stdio: 'ignore' }) }
  } catch {
    return null
  }
}
