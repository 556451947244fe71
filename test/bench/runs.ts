import { setTimeout as pause } from 'node:timers/promises'
import { loadTaxonomy } from '../../bot/config.ts'
import { identify } from '../../bot/identify.ts'
import { transact, type Unit } from '../../bot/transact.ts'
import type { IncidentAction } from '../../workflows/action.ts'
import type { IncidentId } from '../../workflows/ids.ts'
import type { Actor } from '../../workflows/permission.ts'
import type { Protocol, Step } from '../../workflows/protocol.ts'
import type { Taxonomy } from '../../workflows/taxonomy.ts'
import type { BenchHub } from './hub.ts'

/** The shipped rules with that one protocol; `silence` (minutes): how long each severity waits for an answer. */
export function rulesWith(protocol: Protocol, silence?: number): Taxonomy {
  const rules = loadTaxonomy()
  const clocks = Object.fromEntries(
    Object.entries(rules.clocks).map(([severity, own]) => [
      severity,
      silence === undefined ? own : { ...own, acknowledge: silence },
    ]),
  ) as Taxonomy['clocks']
  const find = (_: string, rev: string) => (rev === protocol.rev ? protocol : null)
  return { ...rules, clocks, protocols: { current: [protocol], find } }
}

/** A step of the coordinator that is due so many minutes after the event. */
export function eventStep(id: number, minutes: number): Step {
  return {
    ...({
      id: String(id),
      phase: null,
      detail: null,
      role: 'RC',
      when: null,
      gate: null,
      asks: [],
      notify: [],
    } as const),
    ...{ text: { en: `Do what step ${id} asks for`, es: `Haga lo que pide el paso ${id}` } },
    ...({ due: { from: 'event', minutes }, repeat: null, evidence: false, blocking: false } as const),
    ...{ skill: null, headcount: null, checkin: null },
  } as Step
}

/** A protocol about an event, with these steps. */
export function benchProtocol(steps: readonly Step[]): Protocol {
  return {
    ...({ id: 'P9', version: 1, rev: 'bbbbbbbbbbbb', kinds: [], triggers: [], roles: ['RC'], told: [] } as const),
    ...{ title: { en: 'Bench', es: 'Medida' }, summary: { en: 'Bench', es: 'Medida' }, event: true },
    ...{ steps, closing: [], gates: [], reviewHours: null, sample: true },
  } as Protocol
}

/** Whoever has that account in the practice workspace. */
export async function actorNamed(account: string, { store }: BenchHub): Promise<Actor> {
  const asked = {
    type: 'command',
    name: 'mine',
    words: '',
    platform: 'workspace',
    account,
    key: 'bench',
    at: 0,
  } as const
  const { actor } = await identify({ ...asked, room: null, message: null }, store)
  if (!actor) throw new Error(`nobody is ${account}`)
  return actor
}

/** Does that to an incident in a transaction of its own, as a press would. */
export async function act(
  about: IncidentId,
  does: IncidentAction,
  actor: Actor,
  { store, taxonomy, now }: { readonly store: BenchHub['store']; readonly taxonomy: Taxonomy; readonly now: number },
): Promise<void> {
  const action: Unit['action'] = { type: 'incident', about, do: does }
  const unit = { key: null, actor, now, action, words: { what: null, where: null } }
  await transact({ ...unit, say: () => ({ type: 'nothing' }) }, { store, taxonomy, pause: ms => pause(ms) })
}
