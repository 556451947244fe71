import { afterEach, beforeEach, expect, test } from 'vitest'
import type { IncidentId } from '../../../workflows/ids.ts'
import { photo } from '../../evidence.ts'
import { type Ground, ground } from '../../house.ts'
import type { Attached } from '../../peers/peer.ts'
import { groups, openTown, town } from './town.ts'

type Town = Awaited<ReturnType<typeof openTown>>
let at: Ground
let place: Town

beforeEach(() => {
  at = ground()
})
afterEach(async () => {
  await place.close()
  at.leave()
  expect(place.peer.broken).toEqual([])
})

const arizona = () => place.peer.room(groups.arizona)
const said = async () => (await arizona()).map(one => one.text).join('\n---\n')
const told = async (who: keyof typeof town) => (await place.peer.direct(town[who])).map(one => one.text).join('\n---\n')
const card = async () => {
  const found = (await arizona()).find(one => one.author === 'hub' && one.text.includes('AZ-0001'))
  if (!found) throw new Error('there is no card')
  return found
}
async function timeline(): Promise<string> {
  const entries = await place.hub().store.incidents.timeline('AZ-0001' as IncidentId, 100)
  return JSON.stringify(entries.map(entry => entry.words))
}
const report = {
  What: 'Three men with rifles outside the library',
  Where: 'Phoenix, Arizona',
  'Is anyone': 'Someone is hurt',
  May: 'Yes',
}

async function picture(): Promise<Attached> {
  const { name, type, ...file } = await photo()
  const pieces: Buffer[] = []
  if ('open' in file) for await (const piece of file.open()) pieces.push(piece as Buffer)
  return { name, type, bytes: Buffer.concat(pieces) }
}

test.each([
  { mode: 'json-rpc', answers: 'list' },
  { mode: 'json-rpc', answers: 'object', echo: true },
  { mode: 'normal', answers: 'object' },
] as const)('a report with a picture, from the first word to the end: $mode, $answers', async manner => {
  place = await openTown(at, manner)
  const { peer } = place
  const heron = peer.someone(town.heron)
  await heron.type('/report', null)
  await heron.submit(report, [await picture()])
  await expect.poll(() => told('heron')).toContain('Received as AZ-0001')
  await expect.poll(said).toContain('1 claim')
  await expect.poll(() => peer.world.files.size).toBe(0)
  await expect.poll(async () => (await card()).text).toContain('1 photo')

  const finch = peer.someone(town.finch)
  await finch.press('claim', (await card()).id, groups.arizona)
  await expect.poll(async () => (await card()).text).toContain('Claimed by Finch')
  await finch.quote('They have moved to the parking lot', (await card()).id, groups.arizona)
  await expect.poll(() => timeline()).toContain('parking lot')
  await finch.press('resolve', (await card()).id, groups.arizona)
  await expect.poll(() => finch.form()?.fields[0]?.label).toContain('What came of it')
  await finch.submit({ 'What came': 'Calm was restored', Anything: '' })
  await expect.poll(async () => (await card()).text).toContain('Calm was restored')
})

test('a report begun in a group goes on in private, and mending the command begins no second one', async () => {
  place = await openTown(at)
  const { peer } = place
  const heron = peer.someone(town.heron)
  await heron.type('/reprt', groups.arizona)
  const id = await heron.write('/report', groups.arizona)
  await expect.poll(() => heron.form()?.fields[0]?.label).toBe('What happened?')
  await heron.rewrite(id, '/report now', groups.arizona)
  await heron.submit(report)
  await expect.poll(said).toContain('AZ-0001')
  expect((await arizona()).filter(one => one.author === 'hub').map(one => one.text)).toEqual([
    expect.stringContaining('AZ-0001'),
  ])
  expect((await told('heron')).split('What happened?\n')).toHaveLength(2)
})

test('a report that was begun goes on after the hub was stopped and started again', async () => {
  place = await openTown(at)
  const { peer } = place
  const heron = peer.someone(town.heron)
  await heron.type('/report', null)
  await expect.poll(() => heron.form()?.fields[0]?.label).toBe('What happened?')
  await heron.write(report.What, null)
  await expect.poll(() => heron.form()?.fields[0]?.label).toBe('Where?')
  await place.restart()
  await heron.submit(report)
  await expect.poll(() => told('heron')).toContain('Received as AZ-0001')
})

test('whoever the roster knows by number is known when the number is hidden later', async () => {
  place = await openTown(at)
  const { peer } = place
  await peer.someone(town.heron).write('/report three men with rifles, Phoenix !4', null)
  await peer.someone(town.heron).submit(report)
  await expect.poll(said).toContain('1 claim')
  await peer.someone(town.finch).write('/whoami', null)
  await expect.poll(() => told('finch')).toContain('Finch')
  Object.assign(peer.world.person(town.finch), { number: null })
  await peer.someone(town.finch).react('✋', (await card()).id, groups.arizona)
  await expect.poll(async () => (await card()).text).toContain('Claimed by Finch')
})

test('a stranger is told that the hub cannot take it, and how to join', async () => {
  place = await openTown(at)
  const stranger = place.peer.someone('e1c0de00-0000-4000-8000-00000000000f')
  await stranger.write('Something happens here', null)
  await expect.poll(async () => (await stranger.direct()).at(-1)?.text).toContain('not on this network’s roster')
  // Signal does not say in which language somebody uses it; their words do.
  await stranger.write('Hola, hay gente con armas aquí', null)
  await expect.poll(async () => (await stranger.direct()).at(-1)?.text).toContain('Usted no está en la lista')
})

test('a code joins a phone to a person, and one written in a group is worth nothing there', async () => {
  place = await openTown(at)
  const { peer } = place
  const heron = peer.someone(town.heron)
  await heron.type('/whoami link', null)
  const codes = async () =>
    (await told('heron')).match(/\b[34679CDFHJKMNPQRTWXY]{4}-[34679CDFHJKMNPQRTWXY]{4}\b/g) ?? []
  await expect.poll(async () => (await codes()).length).toBeGreaterThan(0)
  const first = (await codes())[0] ?? ''
  await heron.write(first, groups.arizona)
  await expect.poll(() => told('heron')).toContain('Others here saw that code')
  expect(await said()).not.toContain('Others here saw')
})

test('a card whose answer was lost is not posted again blindly', async () => {
  place = await openTown(at)
  const heron = place.peer.someone(town.heron)
  await heron.type('/report', null)
  await expect.poll(() => heron.form()?.fields[0]?.label).toBe('What happened?')
  place.peer.faults.nextTo(groups.arizona, { type: 'lose' })
  await heron.submit(report)
  await expect.poll(() => told('heron')).toContain('Received as AZ-0001')
  // What comes later in the same line of posts has gone out by now.
  await expect.poll(() => told('magpie')).toContain('Can you take this now?')
  expect(await arizona()).toHaveLength(1)
})
