import { afterEach, expect, test } from 'vitest'
import { failure, finch, group, heron, openRig, type Rig } from './rig.ts'

let rig: Rig
let now = Date.UTC(2026, 10, 3)

afterEach(async () => {
  await rig.close()
  expect(rig.peer.broken).toEqual([])
})

const picture = { name: 'p.jpg', type: 'image/jpeg', bytes: Buffer.from('0123456789') }
const days = 24 * 60 * 60_000

async function sent(more: object = {}): Promise<string> {
  await rig.peer.someone(heron).write('look', null, undefined, [picture])
  await expect.poll(() => rig.heard).toHaveLength(1)
  const [first] = rig.heard
  if (first?.type !== 'text' || !first.files[0]) throw new Error('no file came')
  expect(first.files[0]).toMatchObject({ name: 'p.jpg', type: 'image/jpeg', size: 10, ...more })
  return first.files[0].source
}

async function read(source: string, bytes = 100): Promise<string> {
  const stream = await rig.platform.fetch?.(source, { bytes, signal: AbortSignal.timeout(5000) })
  const pieces: Uint8Array[] = []
  for await (const piece of stream ?? []) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

test('a file is read by its id, and deleted on the server once it is kept', async () => {
  rig = await openRig()
  const id = await sent()
  expect(await read(id)).toBe('0123456789')
  await rig.platform.release?.(id)
  expect(rig.peer.world.files.size).toBe(0)
  await rig.platform.release?.(id)
})

test('no more is read than is taken', async () => {
  rig = await openRig()
  const id = await sent()
  expect(await failure(read(id, 9))).toMatchObject({ permanent: true, message: expect.stringContaining('larger') })
})

test('a file that is gone is gone for good, one that could not be given may come later', async () => {
  rig = await openRig()
  const id = await sent()
  rig.peer.faults.next('/v1/attachments', { type: 'status', status: 500, body: {} })
  expect(await failure(read(id))).toMatchObject({ permanent: false })
  rig.peer.world.files.clear()
  expect(await failure(read(id))).toMatchObject({ permanent: true })
})

test.each(['../about', '..', '', 'a/b', '%2e%2e'])('nothing but a file is asked for by the name "%s"', async id => {
  rig = await openRig()
  const asked = rig.peer.api.requests.length
  expect(await failure(read(id))).toMatchObject({ permanent: true })
  await rig.platform.release?.(id)
  expect(rig.peer.api.requests.slice(asked).filter(one => one.includes('attachments'))).toEqual([])
})

test('a picture that is to be looked at once is deleted unread', async () => {
  rig = await openRig()
  const id = rig.peer.world.store(picture.bytes, picture.type)
  const attachments = [{ contentType: 'image/jpeg', filename: null, id, size: 10 }]
  await rig.peer.someone(finch).say({ attachments, viewOnce: true }, group)
  await expect.poll(() => rig.peer.world.files.size).toBe(0)
  await expect.poll(() => rig.heard).toMatchObject([{ type: 'text', files: [], once: true }])
})

test('what nobody kept goes after two days, what belongs to others stays', async () => {
  rig = await openRig({ clock: () => now }, { sweep: 20 })
  const others = rig.peer.world.store(picture.bytes, picture.type)
  const id = await sent()
  now += 1 * days
  await expect.poll(() => rig.memory.get('files')).toContain(id)
  now += 2 * days
  await expect.poll(() => [...rig.peer.world.files.keys()]).toEqual([others])
  await expect.poll(() => rig.memory.has('files')).toBe(false)
})
