import { describe, expect, test } from 'vitest'
import { loadTaxonomy } from '../../../bot/config.ts'
import type { Ask, Protocol } from '../../../workflows/protocol.ts'
import { play } from '../run/play.ts'
import { at, crane, owl } from '../specification.ts'

const { current } = loadTaxonomy().protocols
// Enough to answer each question in each way.
const seeds = Array.from({ length: 24 }, (_, seed) => seed + 1)

describe.each(current.map(protocol => [protocol.id, protocol] as const))('%s', (id, protocol) => {
  test('comes to its end whatever is answered, and whether its gates are passed or not', () => {
    const met = new Set<string>()
    for (const seed of seeds) for (const step of throughout(protocol, seed)) met.add(step)
    // Every step was met by somebody.
    expect(protocol.steps.map(step => step.id).filter(step => !met.has(step))).toEqual([])
    expect(id).toBe(protocol.id)
  })
})

/** Works a protocol through with answers by chance; the steps that appeared. */
function throughout(protocol: Protocol, seed: number): Set<string> {
  const chance = chanceOf(seed)
  const game = play({ wording: protocol, facts: { severity: chance([2, 3, 4, 5]) } })
  const met = new Set<string>()
  const run = protocol.id
  game.deed(owl, { type: 'start', protocol: run, eventAt: protocol.event ? at(600) : null })
  for (let turn = 0; turn < 200 && game.run(run).status === 'running'; turn += 1) {
    const { gates } = game.run(run)
    const open = game.steps(run).filter(({ step, state }) => {
      met.add(step.id)
      return state.state === 'open' && !(step.gate && gates[step.gate]?.passed === false)
    })
    // What repeats is done twice at least, and else what was done least often comes first.
    const next = open.toSorted((one, other) => one.state.times - other.state.times)[0]
    if (!next) break
    const { step, state, behind } = next
    if (behind && 'gate' in behind) {
      const gate = protocol.gates.find(one => one.id === behind.gate)
      const pass = chance([true, true, true, false])
      const answers = (gate?.questions ?? []).map(({ id, needs }) => {
        const right = needs === 'record' ? chance(['yes', 'no'] as const) : needs
        return [id, pass ? right : right === 'yes' ? 'no' : 'yes'] as const
      })
      game.deed(owl, { type: 'gate', run, gate: behind.gate, answers: Object.fromEntries(answers), note: '' })
    } else if (behind) {
      game.deed(owl, { type: 'do', run, step: behind.step, times: 0, answers: {}, texts: {}, note: '' })
    } else {
      const answers = step.asks.filter(ask => ask.type !== 'text').map(ask => [ask.id, answer(ask, chance)] as const)
      const texts = step.asks.filter(ask => ask.type === 'text').map(ask => [ask.id, 'Seen by two'] as const)
      const told = { answers: Object.fromEntries(answers), texts: Object.fromEntries(texts) }
      const by = state.doneBy.includes(owl.id) ? crane : owl
      game.deed(by, { type: 'do', run, step: step.id, times: state.times, ...told, note: '' })
    }
  }
  expect(game.run(run).status, `${run} with chance ${seed}`).toBe('done')
  return met
}

function answer({ type, choices }: Ask, chance: <T>(list: readonly T[]) => T): string {
  return type === 'number' ? chance(['0', '5', '12']) : chance(choices.map(choice => choice.code))
}

function chanceOf(seed: number): <T>(list: readonly T[]) => T {
  let state = seed * 7919
  return list => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return list[Math.floor((state / 2_147_483_648) * list.length)] as (typeof list)[number]
  }
}
