import { afterEach, expect, test } from 'vitest'
import { createGap, type Unheard } from '../../../bot/signal/gap.ts'
import { type Ground, ground } from '../../house.ts'
import { openRig, type Rig } from './rig.ts'
import { groups, openTown, town } from './town.ts'

const open: { rig?: Rig; town?: Awaited<ReturnType<typeof openTown>>; at?: Ground } = {}

afterEach(async () => {
  await open.rig?.close()
  await open.town?.close()
  open.at?.leave()
  for (const name of ['rig', 'town', 'at'] as const) delete open[name]
})

test('every room is told once what time was lost, and who must do something is told alone', async () => {
  const at = ground()
  const place = await openTown(at)
  Object.assign(open, { at, town: place })
  const { peer } = place
  const hub = () => place.hub()
  const heron = peer.someone(town.heron)
  await heron.type('/report A fight at the gate, 85004 !4', null)
  await expect.poll(async () => (await heron.direct()).at(-1)?.buttons).toContain('Send')
  await heron.press('Send', (await heron.direct()).at(-1)?.id ?? '', null)
  const card = async () => (await peer.room(groups.arizona)).find(one => one.text.includes('AZ-0001'))
  await expect.poll(async () => (await card())?.text).toContain('claim')
  await peer.someone(town.wren).write('claim', groups.arizona, (await card())?.id)
  await expect.poll(async () => (await hub().store.incidents.find('AZ-0001' as never))?.incident.status).toBe('claimed')

  await peer.api.down()
  await expect.poll(() => hub().platform.connection?.().state).toBe('down')
  await new Promise(resolve => setTimeout(resolve, 80))
  await peer.api.up()
  const gaps = async (room: string) => (await peer.room(room)).filter(one => /I was away .*send again/.test(one.text))
  for (const room of Object.values(groups)) await expect.poll(async () => (await gaps(room)).length).toBe(1)
  await expect
    .poll(async () => (await peer.direct(town.wren)).filter(one => /I was away/.test(one.text)).length)
    .toBe(1)
  // Nothing is expected of whoever reported, and who sees their phone is not known.
  expect((await heron.direct()).filter(one => /I was away/.test(one.text))).toEqual([])
  await place.restart()
  await peer.someone(town.finch).write('/whoami', null)
  await expect.poll(async () => (await peer.direct(town.finch)).some(one => /Finch/.test(one.text))).toBe(true)
  expect(peer.broken).toEqual([])
})

test('a socket that comes back asks the rooms to send again what they sent meanwhile', async () => {
  open.rig = await openRig({}, { gap: 0 })
  const { rig } = open
  await rig.peer.api.down()
  await expect.poll(() => rig.platform.connection?.().state).toBe('down')
  await rig.peer.api.up()
  await expect.poll(() => rig.gaps.length).toBe(1)
  const [gap] = rig.gaps
  expect(gap?.until).toBeGreaterThan(gap?.from ?? 0)
})

test('a gap that cannot be told yet is not forgotten, whatever else happens meanwhile', async () => {
  const memory = new Map([['heard-until', '1000']])
  const told: Unheard[] = []
  let now = 100_000
  let works = false
  const make = () =>
    createGap({
      memory: {
        get: async key => memory.get(key) ?? null,
        set: async (key, value) => void memory.set(key, value ?? ''),
      },
      clock: () => now,
      least: 15_000,
      beat: 5000,
      tell: async gap => {
        if (!works) throw new Error('the disk is full')
        told.push(gap)
      },
    })
  const first = make()
  await expect(first.opened()).rejects.toThrow('full')
  now = 120_000
  first.alive()
  await first.closed(now)
  expect(memory.get('heard-until')).toBe('1000')
  works = true
  const next = make()
  await next.opened()
  expect(told).toEqual([{ from: 1000, until: 120_000 }])
  // From now on signs of life count, and a second process that opens finds nothing to tell.
  now = 130_000
  next.alive()
  await make().opened()
  expect(told).toHaveLength(1)
})
