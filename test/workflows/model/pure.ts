import fc from 'fast-check'
import { expect } from 'vitest'
import { changesOf } from '../../../bot/changes.ts'
import type { Action } from '../../../workflows/action.ts'
import { InputError, RuleError } from '../../../workflows/errors.ts'
import { type IncidentId, makeIncidentId } from '../../../workflows/ids.ts'
import type { Incident } from '../../../workflows/incident.ts'
import type { Actor } from '../../../workflows/permission.ts'
import type { Clock } from '../../../workflows/timer.ts'
import { crane, finch, heron, owl, reporting, roster, taxonomy, wren } from '../specification.ts'
import { actionOf, beginning, chosen, type Ids, seenAs, steps, worldSeen } from './play.ts'
import { type Name, reportedWorld, rule, tick, type Which } from './rules.ts'

const people: Record<Name, Actor> = { heron, finch, wren, crane, owl }
const ids: Ids = {
  person: { heron: heron.id, finch: finch.id, wren: wren.id, crane: crane.id, owl: owl.id },
  incident: { A: makeIncidentId('AZ', 1), B: makeIncidentId('AZ', 2) },
  start: Date.UTC(2026, 10, 3, 14),
}
const clocks: readonly Clock[] = ['claim-warning', 'claim', 'handover', 'update', 'undo', 'close', 'answer', 'told']

/**
 * Plays random commands by several people against the rules and the model of them, and compares after each. Gives how
 * often each command was obeyed and refused. A failure is shrunk and names the seed; `FC_SEED` plays another one.
 */
export async function playPure(
  numRuns: number,
  length: number,
): Promise<Map<string, { done: number; refused: number }>> {
  const seen = new Map<string, { done: number; refused: number }>()
  const property = fc.asyncProperty(beginning, steps(length, 1), async (grave, play) => {
    const stood = new Map<IncidentId, Incident>()
    for (const [which, who] of [['A', heron] as const, ['B', finch] as const]) {
      await act(
        stood,
        { type: 'report', do: reporting({ severity: grave[which] }), files: [] },
        who,
        0,
        ids.incident[which],
      )
    }
    let world = reportedWorld(grave)
    let now = 0
    for (const { wait, rings, commands } of play) {
      now += wait
      if (rings) {
        world = tick(world, now)
        for (const about of Object.values(ids.incident))
          for (const clock of clocks)
            await act(stood, { type: 'incident', about, do: { type: 'clock', clock } }, null, now)
      }
      for (const asked of commands) {
        const command = chosen(asked, world, now)
        const after = rule(world, command, now)
        const done = await act(stood, actionOf(command, ids), people[command.who], now)
        const tally = seen.get(command.type) ?? { done: 0, refused: 0 }
        tally[done ? 'done' : 'refused'] += 1
        seen.set(command.type, tally)
        const said = `${now} min: ${JSON.stringify(command)}`
        expect(done, said).toBe(after !== null)
        world = after ?? world
        expect({ A: at(stood, 'A'), B: at(stood, 'B') }, said).toEqual(worldSeen(world))
      }
    }
  })
  await fc.assert(property, { numRuns, ...seedGiven() })
  return seen
}

/** The seed and path that somebody gives to see a failure again. */
export function seedGiven(): { seed?: number; path?: string } {
  const { FC_SEED, FC_PATH } = process.env
  return { ...(FC_SEED ? { seed: Number(FC_SEED) } : {}), ...(FC_PATH ? { path: FC_PATH } : {}) }
}

function at(stood: ReadonlyMap<IncidentId, Incident>, which: Which): object {
  return seenAs(stood.get(ids.incident[which]) as Incident, ids)
}

/** One action by the hub's own way of deciding, on incidents that stand in a map; false if a rule says no. */
async function act(
  stood: Map<IncidentId, Incident>,
  action: Action,
  actor: Actor | null,
  minute: number,
  report: IncidentId | null = null,
): Promise<boolean> {
  const tx = {
    incident: async (id: IncidentId) => stood.get(id) ?? null,
    originals: async () => new Map(),
    filesBy: async () => [],
  }
  const unit = {
    action,
    actor,
    now: ids.start + minute * 60_000,
    words: { what: null, where: null },
    key: null,
    say: () => ({ type: 'nothing' }),
  }
  const tools = { store: { roster: { directory: () => roster() } }, taxonomy }
  try {
    const changes = await changesOf(tx as never, unit as never, report, tools as never)
    for (const { after } of changes) stood.set(after.id, after)
    return true
  } catch (error) {
    if (error instanceof RuleError || error instanceof InputError) return false
    throw error
  }
}
