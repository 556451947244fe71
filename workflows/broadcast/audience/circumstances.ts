import type { Drill } from '../../drill.ts'
import type { AccountId, PlatformName } from '../../ids.ts'
import type { Incident } from '../../incident.ts'
import type { ToolState } from '../../ports.ts'
import type { Circumstances } from './resolve.ts'

/** What of the hub as it runs decides who gets a broadcast, and where. */
export type Standing = {
  readonly now: number
  readonly incident: Incident | null
  readonly drill: Pick<Drill, 'people' | 'rooms'> | null
  readonly connections: readonly ToolState[]
  readonly acquainted: ReadonlySet<AccountId>
}

/**
 * The circumstances in which an audience is resolved. Where no tool is connected people practise, and everything can be
 * written to; a tool that is down counts, for what is meant for it waits.
 */
export function circumstancesOf(standing: Standing): Omit<Circumstances, 'urgency' | 'languages'> {
  const { now, incident, drill, connections, acquainted } = standing
  const platforms = new Set<PlatformName>(connections.filter(tool => tool.state !== 'off').map(tool => tool.platform))
  return {
    ...{ now, incident, drill },
    known: account => acquainted.has(account),
    ...(platforms.size > 0 ? { platforms } : {}),
  }
}
