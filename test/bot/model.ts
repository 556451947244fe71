import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect } from 'vitest'
import { loadTaxonomy } from '../../bot/config.ts'
import { transact, type Unit } from '../../bot/transact.ts'
import type { Reply } from '../../commands/command.ts'
import type { Action } from '../../workflows/action.ts'
import { InputError, RuleError } from '../../workflows/errors.ts'
import type { IncidentId } from '../../workflows/ids.ts'
import type { Actor } from '../../workflows/permission.ts'
import type { House } from '../house.ts'
import { actionOf, beginning, chosen, type Ids, seenAs, steps, worldSeen } from '../workflows/model/play.ts'
import { seedGiven } from '../workflows/model/pure.ts'
import { type Command, type Name, reportedWorld, rule, tick, type Which, type World } from '../workflows/model/rules.ts'
import { noEvidence, phoenix } from '../workflows/specification.ts'

const played: Record<Name, string> = { heron: 'Heron', finch: 'Finch', wren: 'Wren', crane: 'Magpie', owl: 'Owl' }
const nothing: Reply = { type: 'nothing' }

/**
 * Plays random commands against a real store: one at a time, or two at the same moment, of which the outcome must be
 * that of one after the other; each is sent again with its key, which changes nothing. The clocks are those that the
 * store keeps. A failure is shrunk and names the seed.
 */
export async function playStored(house: House, numRuns: number, length: number): Promise<void> {
  const { store } = house
  const taxonomy = loadTaxonomy()
  const people = new Map([...store.roster.directory().people.values()].map(one => [one.callsign, one]))
  const actors = Object.fromEntries(
    Object.entries(played).map(([name, callsign]) => [name, actorNamed(callsign)]),
  ) as Record<Name, Actor>

  function actorNamed(callsign: string): Actor {
    const person = people.get(callsign)
    if (!person) throw new Error(`nobody is called ${callsign}`)
    const { id, roles, regions, vetted } = person
    return { id, callsign, roles, regions, vetted, account: null, platform: 'workspace', language: 'en', zone: 'UTC' }
  }

  const pause = async () => {}
  const send = (unit: Pick<Unit, 'key' | 'actor' | 'action'> & Partial<Unit>) =>
    transact(
      { now: house.clock(), words: { what: null, where: null }, say: () => nothing, ...unit },
      { store, taxonomy, pause },
    )

  async function report(who: Name, severity: 1 | 2 | 3 | 4 | 5): Promise<IncidentId> {
    let made: IncidentId | undefined
    // In two counties, or the hub would offer the one to whoever reported the other.
    const place = who === 'heron' ? phoenix : { ...phoenix, county: 'Pima County', fips: '04019' }
    const facts = { region: 'AZ', place, severity, kind: null, what: 'A crowd', where: 'Phoenix' } as const
    const told = { contact: 'no', account: null, room: null, evidence: noEvidence } as const
    const action: Action = { type: 'report', do: { ...facts, ...told }, files: [] }
    await send({
      ...{ key: `form:${randomUUID()}`, actor: actors[who], action },
      say: ({ incident }) => {
        made = incident?.id
        return nothing
      },
    })
    return made as IncidentId
  }

  async function obeyed(command: Command, ids: Ids, key: string): Promise<boolean> {
    try {
      await send({ key, actor: actors[command.who], action: actionOf(command, ids) })
      return true
    } catch (error) {
      if (error instanceof RuleError || error instanceof InputError) return false
      throw error
    }
  }

  const property = fc.asyncProperty(beginning, steps(length, 2), async (grave, play) => {
    const start = house.clock()
    const incident = { A: await report('heron', grave.A), B: await report('finch', grave.B) }
    const person = Object.fromEntries(Object.entries(actors).map(([name, { id }]) => [name, id])) as Ids['person']
    const ids: Ids = { person, incident, start }
    const seen = async (which: Which) => {
      const known = await store.incidents.find(incident[which])
      return known && seenAs(known.incident, ids)
    }
    let world = reportedWorld(grave)
    for (const { wait, rings, commands: asked } of play) {
      house.skip(wait)
      const now = (house.clock() - start) / 60_000
      if (rings) {
        while (await house.schedule.runClocks()) {}
        world = tick(world, now)
      }
      const commands = asked.map(one => chosen(one, world, now))
      const keys = commands.map(() => `press:${randomUUID()}`)
      const done = await Promise.all(commands.map((command, at) => obeyed(command, ids, keys[at] ?? '')))
      const stands = { A: await seen('A'), B: await seen('B') }
      const said = `${now} min: ${JSON.stringify(commands)}`
      world = agreeing(world, commands, now, { done, stands }, said)
      // Each that took effect comes again, as platforms send things again.
      for (const [at, command] of commands.entries()) if (done[at]) await obeyed(command, ids, keys[at] ?? '')
      expect({ A: await seen('A'), B: await seen('B') }, `again, ${said}`).toEqual(stands)
    }
  })
  await fc.assert(property, { numRuns, ...seedGiven() })
  const findings: unknown[] = []
  for await (const finding of store.audit.verify()) findings.push(finding)
  expect(findings).toEqual([])
}

type Outcome = { readonly done: readonly boolean[]; readonly stands: object }

/** The world after the commands one after the other, in the order that gives what was seen. */
function agreeing(world: World, commands: readonly Command[], now: number, outcome: Outcome, said: string): World {
  const orders =
    commands.length > 1
      ? [
          [0, 1],
          [1, 0],
        ]
      : [[0]]
  const ends = orders.map(order => {
    let after = world
    const done: boolean[] = []
    for (const at of order) {
      const next = rule(after, commands[at] as Command, now)
      done[at] = next !== null
      after = next ?? after
    }
    return { done, after }
  })
  const same = ({ done, after }: (typeof ends)[number]) =>
    JSON.stringify(done) === JSON.stringify(outcome.done) && sameAs(worldSeen(after), outcome.stands)
  const found = ends.find(same) ?? ends[0]
  expect(outcome, said).toEqual({ done: found?.done, stands: found && worldSeen(found.after) })
  return found?.after ?? world
}

function sameAs(one: object, other: object): boolean {
  try {
    expect(one).toEqual(other)
    return true
  } catch {
    return false
  }
}
