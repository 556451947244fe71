import { afterEach, beforeEach, expect, test } from 'vitest'
import { createDrawer, type Draughtsman } from '../../bot/picture/drawer.ts'
import type { Seen } from '../peers/peer.ts'
import { accounts, type Net, networkFile, openNet, rooms, type Tool, until } from './net.ts'
import { typable } from './reading.ts'

const tools: readonly Tool[] = ['slack', 'discord', 'signal']
const file = {
  ...networkFile,
  summaries: [{ name: 'hourly', every: '60m', to: 'AZ', region: 'AZ' }],
}

let net: Net
let drawer: Draughtsman

beforeEach(async () => {
  drawer = createDrawer()
  net = await openNet(undefined, { accounts, file, draw: drawer.draw })
  await typable(net)
})

afterEach(async () => {
  expect(net.broken()).toEqual([])
  expect(net.logged()).not.toContain('"level":50')
  drawer.stop()
  await net.close()
})

const inRoom = (tool: Tool) => net.peers[tool].room(rooms[tool])
const isSummary = (seen: Seen) => seen.text.includes('Situation report · Arizona')

/** The first message of the summary in a room, once all of it stands there. */
async function summary(tool: Tool): Promise<Seen> {
  return until(`the summary on ${tool}`, async () => {
    const all = await inRoom(tool)
    const found = all.find(isSummary)
    const pictured = all.some(seen => (seen.pictures ?? []).length > 0)
    return { found: found && pictured ? found : null, instead: all.map(seen => seen.text).join('\n---\n') }
  })
}

test('a summary stands once on every tool, with its drawn picture, and the rest of it beneath', async () => {
  const heron = net.someone('Heron', 'slack')
  await heron.type('/report', null)
  await until('the form', async () => ({ found: heron.form(), instead: 'none' }))
  await heron.submit({
    'What happened': 'Men with rifles',
    Where: 'Maricopa County, AZ',
    'Is anyone': 'Someone is hurt',
    'May I': 'Yes',
  })
  net.skip(61)
  await net.parts.schedule.runSummaries()
  for (const tool of tools) {
    const first = await summary(tool)
    const pictured = (await inRoom(tool)).filter(seen => seen.pictures)
    expect(pictured).toHaveLength(1)
    // Signal has no picture within words: it follows them.
    if (tool !== 'signal') expect(pictured[0]?.id).toBe(first.id)
    const [picture] = pictured[0]?.pictures ?? []
    expect(picture?.alt).toMatch(/Arizona: situation summary.*Maricopa/)
    expect(picture?.size).toBeGreaterThan(5000)
    await until(`the details on ${tool}`, async () => {
      const beneath = tool === 'signal' ? await inRoom(tool) : await net.peers[tool].thread(rooms[tool], first.id)
      const found = beneath.find(seen => seen.text.includes('Situation report, details'))
      return { found: found ?? null, instead: beneath.map(seen => seen.text).join('\n---\n') }
    })
    expect((await inRoom(tool)).filter(isSummary)).toHaveLength(1)
  }
})

test('somebody asks for the map alone, and gets it privately on their tool', async () => {
  for (const tool of ['slack', 'signal'] as const) {
    const magpie = net.someone('Magpie', tool)
    await magpie.type('/sitrep map AZ', null)
    const seen = await until(`the map on ${tool}`, async () => {
      const all = await magpie.direct()
      return { found: all.find(one => one.pictures) ?? null, instead: all.map(one => one.text).join('\n---\n') }
    })
    expect(seen.pictures?.[0]).toMatchObject({ name: 'map.png', alt: expect.stringContaining('Arizona') })
  }
})

test('somebody who asks for a map has its words soon where Slack does not take the picture', async () => {
  const magpie = net.someone('Magpie', 'slack')
  const { faults } = net.peers.slack
  let asked = 0
  for (const fault of ['upload', 'files.completeUploadExternal', 'files.getUploadURLExternal'] as const) {
    faults.on(fault, fault === 'upload' ? { type: 'hang' } : { type: 'refuse', code: 'missing_scope' })
    await magpie.type('/sitrep map AZ', null)
    asked += 1
    const told = async () => (await magpie.direct()).filter(seen => seen.text.includes('picture could not be added'))
    await until(`the words in place of the map (${fault})`, async () => {
      const found = await told()
      return {
        found: found.length === asked ? found : null,
        instead: (await magpie.direct()).map(one => one.text).join(),
      }
    })
    expect((await magpie.direct()).flatMap(seen => seen.pictures ?? [])).toEqual([])
  }
})
