import fc from 'fast-check'
import { expect } from 'vitest'
import type { IncidentId } from '../../workflows/ids.ts'
import { ground } from '../house.ts'
import { type Across, type Name, newWorld, openAcross, type Tool, type Written } from './across.ts'
import { traces } from './traces.ts'

const id = 'AZ-0001' as IncidentId
const tools = ['slack', 'discord', 'signal'] as const

/** A message, how often it is changed, and whether it is taken away in the end. */
type Thought = { readonly who: Name; readonly tool: Tool; readonly edits: number; readonly gone: boolean }
/** What happens next: the first undelivered thing (by that number), once more what was, a delivery, a restart. */
type Step = { readonly pick: number; readonly does: 'go' | 'again' | 'settle' | 'restart' | 'wait' }

const thought: fc.Arbitrary<Thought> = fc.record({
  who: fc.constantFrom<Name>('Finch', 'Robin'),
  tool: fc.constantFrom(...tools),
  edits: fc.nat({ max: 3 }),
  gone: fc.boolean(),
})
const step: fc.Arbitrary<Step> = fc.record({
  pick: fc.nat({ max: 1_000 }),
  does: fc.constantFrom('go', 'go', 'go', 'again', 'settle', 'restart', 'wait'),
})

/**
 * People write, change and delete in any order, twice and late, on tools that hear each other at once or as a digest,
 * while the hub dies now and then: in the end every room says what was last written and nothing that was taken back.
 * `url` gives a fresh database for each run; without it each has a file.
 */
export async function everyAfterthought(numRuns: number, url?: () => Promise<string>): Promise<void> {
  const lived = fc.record({
    thoughts: fc.array(thought, { minLength: 1, maxLength: 5 }),
    steps: fc.array(step, { minLength: 60, maxLength: 60, size: 'max' }),
    digest: fc.boolean(),
  })
  const property = fc.asyncProperty(lived, async ({ thoughts, steps, digest }) => {
    const at = ground(await url?.())
    const world = newWorld()
    const talk = digest ? ({ signal: 'digest', discord: 'digest' } as const) : {}
    let hub = await openAcross(at, world, { talk })
    try {
      await hub.report()
      const written = thoughts.map((one, index) => tell(one, index, hub))
      const waiting = written.flatMap(one => one.events)
      const done: typeof waiting = []
      for (const { pick, does } of steps) {
        if (does === 'settle') await hub.settle()
        if (does === 'wait') {
          // Whatever waits to be told together is told.
          hub.skip(15)
          await hub.pass(1)
        }
        if (does === 'restart') {
          await hub.close()
          hub = await openAcross(at, world, { talk, start: hub.clock() + 31_000 })
        }
        const from = does === 'again' ? done : waiting
        const event = from[pick % Math.max(from.length, 1)]
        if (!event || (does !== 'go' && does !== 'again')) continue
        await hub.send(event)
        if (does === 'go') done.push(...waiting.splice(waiting.indexOf(event), 1))
      }
      for (const event of waiting) await hub.send(event)
      await hub.pass(35)
      await check(thoughts, written, hub, at.folder)
    } finally {
      for (const close of at.standing) await close()
      await hub.close()
      at.leave()
    }
  })
  await fc.assert(property, { numRuns, seed: 20261103, endOnFailure: true })
}

type Told = { readonly message: Written; readonly events: ReturnType<typeof eventsOf> }

function tell({ who, tool, edits, gone }: Thought, index: number, hub: Across): Told {
  const message = hub.message(who, tool, wording(index, 0))
  return { message, events: eventsOf(message, index, edits, gone, hub) }
}

function eventsOf(message: Written, index: number, edits: number, gone: boolean, hub: Across) {
  const changes = Array.from({ length: edits }, (_, at) => hub.edit(message, wording(index, at + 1), at + 1))
  return [message, ...changes, ...(gone ? [hub.drop(message, edits + 1)] : [])]
}

// No wording is part of another.
const wording = (index: number, version: number) => `Sentinela-${index}x${version}z`

async function check(thoughts: readonly Thought[], told: readonly Told[], hub: Across, folder: string): Promise<void> {
  const entries = await hub.store.incidents.timeline(id, 1_000)
  const kept = entries.flatMap(entry => (entry.seq > 1 ? (entry.words?.text ?? []) : []))
  const stands = thoughts.flatMap(({ gone, edits }, index) => (gone ? [] : [wording(index, edits)]))
  expect([...kept].sort()).toEqual([...stands].sort())
  for (const [index, { tool, edits, gone, who }] of thoughts.entries()) {
    for (const other of tools) {
      const lines = hub.thread(other).join('\n')
      for (let version = 0; version <= edits; version++) {
        const said = lines.split(wording(index, version)).length - 1
        const last = version === edits && !gone && other !== tool
        expect([other, wording(index, version), said]).toEqual([other, wording(index, version), last ? 1 : 0])
      }
      if (!gone && other !== tool) expect(lines).toMatch(new RegExp(`${who} \\(\\w+\\): ${wording(index, edits)}`))
    }
  }
  const everywhere = hub.everywhere()
  const lost = thoughts.flatMap((one, index) =>
    Array.from({ length: one.gone ? one.edits + 1 : one.edits }, (_, version) => wording(index, version)),
  )
  for (const words of lost) expect(everywhere).not.toContain(words)
  expect(hub.logged()).not.toContain('Sentinela')
  expect(told.length).toBe(thoughts.length)
  const wrong = []
  for await (const problem of hub.store.audit.verify()) wrong.push(problem)
  expect(wrong).toEqual([])
  expect(await hub.store.recalls.counts()).toEqual({ waiting: 0, failed: 0 })
  await hub.store.scrub()
  expect(traces(folder, lost)).toEqual([])
}
