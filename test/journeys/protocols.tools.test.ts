import { afterEach, expect, test } from 'vitest'
import { loadTaxonomy } from '../../bot/config.ts'
import type { IncidentId } from '../../workflows/ids.ts'
import { isDoneOnce, nextSteps, type Reading, readRun } from '../../workflows/run/reading.ts'
import type { Seen } from '../peers/peer.ts'
import { type Net, openNet, rooms, type Tool, until } from './net.ts'

const id = 'AZ-0001' as IncidentId
const taxonomy = loadTaxonomy()
const tools: readonly Tool[] = ['slack', 'discord', 'signal']
let net: Net

afterEach(() => net.close())

test('P1 is worked through to its report by people on Slack, Discord and Signal at once', async () => {
  net = await openNet()
  const heron = net.someone('Heron', 'slack')
  const wren = net.someone('Wren', 'discord')
  const finch = net.someone('Finch', 'slack')
  const [magpie, abroad] = [net.someone('Magpie', 'slack'), net.someone('Magpie', 'signal')]
  await finch.type('/duty on 8h', null)
  await heron.type('/report', null)
  await until('the form', async () => ({ found: heron.form(), instead: 'none' }))
  await heron.submit({
    What: 'Three men with rifles slung, talking to voters in line',
    Where: 'Maricopa County, AZ, library',
    'Is anyone': 'Someone is hurt or directly threatened',
    'May I': 'Yes',
  })
  for (const tool of tools) await net.card(tool, id, 'S4 HIGH')

  // Started on one tool, the checklist stands on the same card in each.
  await magpie.type(`/protocol start P1 ${id}`, rooms.slack)
  await said('Magpie', 'slack', 'P1 Armed people at a polling place has started')
  for (const tool of tools) await net.card(tool, id, 'P1.1')

  // A gate is asked in a conversation; the step behind it is done on another tool, the next one by a form.
  await abroad.write('P1.G1', null)
  await until('the question of the gate', async () => ({ found: abroad.form(), instead: 'none' }))
  await abroad.submit({ 'Is anyone': 'No' })
  await until('the gate to be passed', async () => fact(reading => reading.run.gates.G1?.passed === true))
  await wren.type('/step P1.1 done', rooms.discord)
  await until('the first step', async () => fact(reading => stateOf(reading, '1') === 'done'))
  await finch.type('/step P1.2 done', rooms.slack)
  await until('the form of the second step', async () => ({ found: finch.form(), instead: 'none' }))
  await finch.submit({ 'How many': '3', 'Do they': 'No' })
  await until('the second step', async () => fact(reading => stateOf(reading, '2') === 'done'))
  await abroad.write('P1.3 skip nobody answers there', null)
  await until('the third step', async () => fact(reading => stateOf(reading, '3') === 'skipped'))
  for (const tool of tools) await net.card(tool, id, 'P1.4')

  // Nobody does anything for a while: whoever took a step hears of it, and the lead after them.
  await wren.type('/step P1.6 mine', rooms.discord)
  await until('the sixth step to be taken', async () =>
    fact(({ steps }) => steps.some(({ step, state }) => step.id === '6' && state.owners.length === 1)),
  )
  net.skip(20)
  await said('Wren', 'discord', 'P1.6')
  await until('it to be overdue', async () =>
    fact(({ steps }) => steps.some(one => one.step.id === '6' && one.state.rung === 2)),
  )
  net.skip(15)
  await until('somebody to be called', async () => fact(({ steps }) => steps.some(one => one.state.rung >= 3)))

  // The rest is skipped with its reason, but for the after-action note.
  for (let step = await next(); step !== null; step = await next()) {
    const { step: what, state } = step
    if (what.id === 'C4') {
      await wren.type('/step P1.C4 done', rooms.discord)
      await until('the after-action form', async () => ({ found: wren.form(), instead: 'none' }))
      await wren.submit({
        'What was planned': 'Two at the line',
        'What happened': 'They left by themselves',
        'Why was': 'The official talked to them',
        'What will': 'Call the official first #official-first',
      })
    } else await magpie.type(`/step P1.${what.id} skip the line is quiet again`, rooms.slack)
    await until(`step ${what.id} to be over`, async () =>
      fact(({ run, steps }) => {
        const now = steps.find(one => one.step.id === what.id)
        return run.status !== 'running' || now?.state.times !== state.times || now?.state.state !== 'open'
      }),
    )
  }

  // Its report reads the same on each tool.
  const readers = [
    ['Magpie', 'slack', rooms.slack],
    ['Wren', 'discord', rooms.discord],
    ['Magpie', 'signal', null],
  ] as const
  for (const [who, tool, room] of readers) {
    await net.someone(who, tool).type(`/protocol report P1 ${id}`, room)
    const report = await said(who, tool, 'Report: P1 Armed people at a polling place')
    expect(report.text).toContain('Lessons: #official-first')
    expect(report.text).toContain('P1.3 Call the poll manager')
    expect(report.text).toContain('nobody answers there')
  }
  expect(net.broken()).toEqual([])
  expect(net.logged()).not.toContain('"level":50')
}, 60_000)

async function reading(): Promise<Reading> {
  const { incident } = (await net.store.incidents.find(id)) ?? {}
  const run = incident?.runs?.findLast(one => one.protocol === 'P1')
  const found = run && incident && readRun(run, incident, taxonomy)
  if (!found) throw new Error('no run of P1')
  return found
}

async function fact(holds: (reading: Reading) => boolean): Promise<{ found: true | null; instead: string }> {
  const now = await reading()
  const states = now.steps.map(one => `${one.step.id} ${one.state.state} ${one.state.rung}`).join(', ')
  return { found: holds(now) || null, instead: `${now.run.status}: ${states}` }
}

const stateOf = ({ steps }: Reading, step: string) => steps.find(one => one.step.id === step)?.state.state

async function next() {
  const now = await reading()
  if (now.run.status !== 'running') return null
  return nextSteps(now).find(one => !isDoneOnce(one) && !(one.behind && 'step' in one.behind)) ?? null
}

/** What somebody reads in their direct conversation, once it is there. */
function said(name: Parameters<Net['someone']>[0], tool: Tool, words: string): Promise<Seen> {
  return until(`"${words}" to ${name} on ${tool}`, async () => {
    const all = await net.someone(name, tool).direct()
    const instead = all.map(seen => seen.text).join('\n---\n')
    return { found: all.findLast(seen => seen.text.includes(words)), instead }
  })
}
