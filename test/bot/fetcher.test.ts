import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { download } from '../../bot/download.ts'
import type { IncomingFile, Platform } from '../../bot/platform.ts'
import type { IncidentId } from '../../workflows/ids.ts'
import { buttonsOf, type Ground, ground, type House, noon, openHouse, readAnswer } from '../house.ts'
import { type FileServer, startFileServer } from '../peers/files.ts'
import { phonePicture } from './media/picture.ts'

let place: Ground
let house: House
let server: FileServer

let released: string[] = []

/** The workspace as a platform that gives files as addresses, which expire, and holds on to them. */
function withSources(workspace: Platform): Platform {
  return {
    ...workspace,
    fetch: (source, { bytes, signal }) =>
      download({ platform: 'workspace', url: source, hosts: [server.host], bytes, signal, idleMs: 100 }),
    release: async source => {
      released.push(source)
      throw new Error('it is gone already')
    },
  }
}

beforeEach(async () => {
  server = await startFileServer()
  released = []
  place = ground()
  house = await openHouse(place, noon, { between: withSources })
})
afterEach(async () => {
  await house.close()
  await server.close()
  place.leave()
})

const at = (source: string, name = 'line.jpg', type = 'image/jpeg'): IncomingFile => ({
  name,
  type,
  size: 1_000,
  processed: true,
  source,
})

/** Heron reports with these files; nothing is fetched yet. */
async function reported(...files: IncomingFile[]): Promise<IncidentId> {
  const values = { what: 'Men block the door', where: 'Phoenix, AZ', danger: 'no', contact: 'yes' }
  const answer = await house.ask('heron', '/report', values, null, files)
  expect(readAnswer(answer)).toContain('Received')
  const id = /[A-Z]{2}-\d{4}/.exec(readAnswer(answer))?.[0]
  return id as IncidentId
}

const evidence = async (id: IncidentId) => (await house.store.incidents.find(id))?.incident.evidence
const events = async (id: IncidentId) => (await house.store.incidents.timeline(id, 20)).map(entry => entry.event.type)

describe('a file that comes as an address', () => {
  test('is said to be coming with the report, then fetched and kept, and nobody waits for it', async () => {
    const picture = await phonePicture()
    const id = await reported(at(server.put('line.jpg', picture)))
    expect(server.asked('line.jpg')).toBe(0)
    await house.delivery.run()
    expect(released).toEqual([])
    expect((await house.room('az-response')).join('\n')).toContain('1 photo being fetched')
    expect((await house.direct('heron')).join('\n')).toContain('Still being fetched: 1 photo.')
    await house.settle()
    const [item] = await house.store.files.list(id)
    expect(item).toMatchObject({
      type: 'image/jpeg',
      size: picture.length,
      record: { processed: true, name: 'line.jpg' },
    })
    expect(await evidence(id)).toMatchObject({ photo: 1 })
    expect(await events(id)).toContain('collected')
    expect((await house.room('az-response')).join('\n')).toMatch(/Evidence: 1 photo$/m)
    expect(await Array.fromAsync(house.store.files.verify(house.clock()))).toEqual([])
    expect(await house.store.fetches.waiting()).toBe(0)
    // The platform need not hold on to it, and it does not matter that it could not let go.
    expect(released).toHaveLength(1)
    expect(released[0]).toContain('line.jpg')
  })

  test('is tried again after growing pauses while the platform stumbles', async () => {
    const id = await reported(at(server.put('line.jpg', await phonePicture(), 'drops')))
    await house.settle()
    expect(server.asked('line.jpg')).toBe(1)
    for (const mood of ['slow', 'busy'] as const) {
      server.become('line.jpg', mood)
      await house.pass(1)
    }
    expect(server.asked('line.jpg')).toBe(3)
    server.become('line.jpg', 'well')
    await house.pass(1)
    expect(server.asked('line.jpg')).toBe(3)
    await house.pass(2)
    expect(await evidence(id)).toMatchObject({ photo: 1 })
  })

  test.each(['gone', 'expired', 'elsewhere', 'huge'] as const)(
    'is given up at once where it is %s; the thread and whoever sent it are told',
    async mood => {
      const id = await reported(at(server.put('line.jpg', randomBytes(1_000), mood)))
      await house.settle()
      expect(await events(id)).toContain('not-collected')
      const card = await house.card('az-response', id)
      expect((await house.thread(card)).join('\n')).toContain('could not be fetched (a photo)')
      expect((await house.room('az-response')).join('\n')).not.toContain('being fetched')
      expect((await house.direct('heron')).join('\n')).toContain('a photo that you sent could not be kept')
      expect(await house.store.fetches.waiting()).toBe(0)
    },
  )

  test('is given up after some hours, and not before', async () => {
    const id = await reported(at(server.put('line.jpg', randomBytes(1_000), 'drops')))
    await house.settle()
    await house.pass(120)
    expect(await events(id)).not.toContain('not-collected')
    await house.pass(180)
    expect(await events(id)).toContain('not-collected')
    expect(server.asked('line.jpg')).toBe(12)
  })

  test('without an end is cut off at the most that is kept of its kind', async () => {
    const id = await reported(
      at(server.put('line.jpg', Buffer.from('%PDF-1.7 '), 'endless'), 'line.pdf', 'application/pdf'),
    )
    await house.settle()
    expect(await events(id)).toContain('not-collected')
    expect(await house.store.files.counts()).toMatchObject({ files: 0 })
  })

  test('that turns out to be a program is not kept, and only whoever sent it is told', async () => {
    const id = await reported(at(server.put('line.jpg', Buffer.from('#!/bin/sh\nrm -rf /'))))
    await house.settle()
    expect(await house.store.files.list(id)).toEqual([])
    expect((await house.direct('heron')).join('\n')).toContain('of a kind that is not kept')
  })

  test('is not written about to a reporter who must not be written to', async () => {
    const values = { what: 'Men block the door', where: 'Phoenix, AZ', danger: 'no', contact: 'no' }
    await house.ask('heron', '/report', values, null, [at(server.put('line.jpg', randomBytes(9), 'gone'))])
    await house.settle()
    expect((await house.direct('heron')).join('\n')).not.toContain('could not be kept')
  })

  test('goes with the report that is taken back', async () => {
    const id = await reported(at(server.put('line.jpg', await phonePicture(), 'drops')))
    await house.settle()
    const asked = await house.type('heron', `/withdraw ${id}`)
    const button = Object.values(buttonsOf(asked))[0]
    if (button) await house.press('heron', button)
    expect((await house.store.incidents.find(id))?.incident.status).toBe('withdrawn')
    expect(await house.store.fetches.waiting()).toBe(0)
    server.become('line.jpg', 'well')
    await house.pass(5)
    expect(server.asked('line.jpg')).toBe(1)
    expect(await house.store.files.list(id)).toEqual([])
  })

  test('is fetched by the next process after a crash', async () => {
    const id = await reported(at(server.put('line.jpg', await phonePicture())))
    await house.close()
    house = await openHouse(place, house.clock(), { between: withSources })
    await house.settle()
    expect(await evidence(id)).toMatchObject({ photo: 1 })
  })
})
