import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { StoreError } from '../../workflows/errors.ts'
import { type Ground, ground, type House, openHouse, readAnswer } from '../house.ts'

const seen = { what: 'Two groups shouting', where: 'Maricopa County, AZ', danger: 'soon', contact: 'yes' }
const words = 'they have left now'

let at: Ground
let house: House
let id: string

beforeEach(async () => {
  at = ground()
  house = await openHouse(at)
  id = /AZ-\d{4}/.exec(readAnswer(await house.fill('heron', '/report', seen)))?.[0] as string
})

afterEach(async () => {
  await house.close().catch(() => {})
  at.leave()
})

const broken = new StoreError('broken', 'none', 'the disk fails')

/** Lets that many units of work fail from now on. */
function failing(times: number, error: Error = broken): { readonly stop: () => void } {
  const { store } = house
  const work = store.transaction
  let left = times
  store.transaction = async run => {
    if (left-- > 0) throw error
    return work(run)
  }
  return {
    stop: () => {
      left = 0
    },
  }
}

async function added(): Promise<readonly string[]> {
  const timeline = await house.store.incidents.timeline(id as never, 50)
  return timeline.filter(entry => entry.event.type === 'added').map(entry => entry.words?.text ?? '')
}

describe('what somebody wrote, where it could be stored but not handled', () => {
  test('is said to be stored, and added once, when it can be', async () => {
    failing(2)
    expect(readAnswer(await house.write('heron', words, null))).toContain('you need not send it again')
    expect(await added()).toEqual([])
    await house.pass(5)
    expect(await added()).toEqual([words])
  })

  test('is added with its photo', async () => {
    failing(1)
    const jpeg = Buffer.from('ffd8ffe000104a464946000101', 'hex')
    const photo = { name: 'a.jpg', type: 'image/jpeg', size: jpeg.length, open: () => Readable.from([jpeg]) }
    const by = { platform: 'workspace', account: 'heron', room: null, message: null, at: house.clock() } as const
    await house.hub.receive({ ...by, key: 'photo', type: 'message', words, files: [photo] })
    await house.pass(2)
    expect((await house.store.incidents.find(id as never))?.incident.evidence.photo).toBe(1)
  })

  test('is never given up while it is the database that fails', async () => {
    const { stop } = failing(1000)
    await house.write('heron', words, null)
    await house.pass(14)
    stop()
    expect(await added()).toEqual([])
    await house.pass(11)
    expect(await added()).toEqual([words])
    expect((await house.direct('heron')).join('\n')).not.toContain('did NOT count')
  })

  test('is given up after some tries, and whoever wrote it is told once', async () => {
    failing(1000, new TypeError('a bug'))
    await house.write('heron', words, null)
    await house.pass(14)
    const told = (await house.direct('heron')).filter(text => text.includes('did NOT count'))
    expect(told).toEqual([expect.stringContaining(words)])
    expect(await house.store.inbox.due(house.clock() + 1e9, 1, 10)).toEqual([])
  })
})

describe('a clock that cannot fire', () => {
  test('does not stop those that are due after it, and is tried again', async () => {
    const other = /AZ-\d{4}/.exec(readAnswer(await house.fill('heron', '/report', seen)))?.[0]
    const { fire } = house.hub
    let broken = true
    Object.assign(house.hub, {
      fire: async (timer: Parameters<typeof fire>[0]) => {
        if (broken && timer.incident === id) throw new TypeError('a bug')
        return fire(timer)
      },
    })
    await house.pass(61)
    const told = async () => (await house.direct('heron')).filter(text => text.includes('Nobody has taken'))
    expect(await told()).toEqual([expect.stringContaining(other as string)])
    broken = false
    await house.pass(2)
    expect(await told()).toHaveLength(2)
  })
})
