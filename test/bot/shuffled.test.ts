import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Interaction } from '../../bot/platform.ts'
import type { IncidentId } from '../../workflows/ids.ts'
import { type Ground, ground } from '../house.ts'
import { type Across, newWorld, openAcross, type World } from './across.ts'

const id = 'AZ-0001' as IncidentId
let at: Ground
let world: World
let hub: Across
let told = 0

beforeAll(async () => {
  at = ground()
  world = newWorld()
  hub = await openAcross(at, world)
  await hub.report()
})

afterAll(async () => {
  await hub.close()
  at.leave()
})

/** What somebody did to one message: written, changed so many times, perhaps taken away. */
const story = fc.record({
  tool: fc.constantFrom('slack' as const, 'discord' as const),
  edits: fc.nat(3),
  gone: fc.boolean(),
})

/** Several stories as they reach the hub: in any order, some of it twice, some of it at the same moment. */
const arriving = fc.tuple(
  fc.array(story, { minLength: 1, maxLength: 4 }),
  fc.array(fc.nat(1000), { minLength: 40, maxLength: 40 }),
  fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
  fc.integer({ min: 1, max: 5 }),
)

test('whatever order messages, changes and deletions come in, and how often, nothing is lost or doubled', async () => {
  await fc.assert(
    fc.asyncProperty(arriving, async ([stories, order, twice, atOnce]) => {
      const before = hub.thread('signal').length
      const plays = stories.map(({ tool, edits, gone }) => {
        const name = `story ${++told}`
        const said = hub.message('Finch', tool, `${name} as written`)
        const changes = Array.from({ length: edits }, (_, n) => hub.edit(said, `${name} changed ${n + 1}`, 10 + n))
        const all: Interaction[] = [said, ...changes, ...(gone ? [hub.drop(said, 5)] : [])]
        return { name, gone, last: edits === 0 ? `${name} as written` : `${name} changed ${edits}`, all }
      })
      const events = plays.flatMap(({ all }) => all)
      const doubled = [...events, ...events.filter((_, index) => twice[index % twice.length])]
      const shuffled = doubled
        .map((event, index) => ({ event, rank: order[index % order.length] ?? 0, index }))
        .toSorted((one, other) => one.rank - other.rank || one.index - other.index)
      for (let next = 0; next < shuffled.length; next += atOnce)
        await Promise.all(shuffled.slice(next, next + atOnce).map(({ event }) => hub.send(event)))
      // What lost a race is tried again after a moment.
      await hub.pass(1)
      const lines = hub.thread('signal').slice(before)
      const entries = await hub.store.incidents.timeline(id, 400)
      for (const { name, gone, last } of plays) {
        const seqs = entries.flatMap(({ event, seq, words }) =>
          event.type === 'said' && (words === null || words.text?.startsWith(`${name} `)) ? [seq] : [],
        )
        const now = await hub.store.utterances.wordings(id, seqs)
        const reading = [...now.values()].flatMap(({ text }) => (text?.startsWith(`${name} `) ? [text] : []))
        expect(reading).toEqual(gone ? [] : [last])
        const shown = lines.filter(line => line.includes(`${name} `))
        expect(shown.map(line => line.replace(/ \(edited\)$/, ''))).toEqual(
          gone ? [] : [`Finch (${toolOf(stories, plays, name)}): ${last}`],
        )
      }
    }),
    { numRuns: 40, endOnFailure: true },
  )
})

function toolOf(
  stories: readonly { readonly tool: 'slack' | 'discord' }[],
  plays: readonly { readonly name: string }[],
  name: string,
): string {
  return stories[plays.findIndex(play => play.name === name)]?.tool === 'slack' ? 'Slack' : 'Discord'
}
