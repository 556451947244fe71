import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Platform } from '../../bot/platform.ts'
import { PlatformError } from '../../workflows/errors.ts'
import { type Ground, ground, type House, openHouse, readAnswer } from '../house.ts'

const seen = { what: 'Two groups shouting', where: 'Maricopa County, AZ', danger: 'soon', contact: 'yes' }

let at: Ground
let house: House
let shut: boolean

beforeEach(async () => {
  at = ground()
  shut = false
  house = await openHouse(at, undefined, { between: closedTo('heron', () => shut) })
})

afterEach(async () => {
  await house.close().catch(() => {})
  at.leave()
})

/** A tool on which one person takes no direct messages while it is shut. */
function closedTo(who: string, isShut: () => boolean): (inner: Platform) => Platform {
  return inner => ({
    ...inner,
    async post(to, message) {
      if (isShut() && to.type === 'direct' && to.account === who)
        throw new PlatformError('workspace', 'no direct messages', { permanent: true, because: 'unreachable' })
      return inner.post(to, message)
    },
  })
}

describe('somebody who could not be written to', () => {
  test('reads it under the next answer that only they see, and once', async () => {
    shut = true
    await house.fill('heron', '/report', seen)
    await house.type('finch', '/claim AZ-0001')
    await house.pass(1)
    expect(await house.direct('heron')).toEqual([])
    const answer = readAnswer(await house.type('heron', '/mine', 'az-response'))
    expect(answer).toMatch(/I could not reach you before. At .* I wanted to tell you:\nReceived as AZ-0001/)
    expect(answer).toContain('Finch from the Arizona team is on AZ-0001')
    await house.pass(1)
    expect(readAnswer(await house.type('heron', '/mine', 'az-response'))).not.toContain('I could not reach you')
    expect(await house.store.stuck.awaited()).toEqual([])
  })

  test('gets it as it was, once they write to the hub themselves', async () => {
    shut = true
    await house.fill('heron', '/report', seen)
    await house.pass(1)
    shut = false
    await house.type('heron', '/mine')
    expect((await house.direct('heron')).filter(text => text.includes('Received as AZ-0001'))).toHaveLength(1)
    await house.pass(5)
    expect((await house.direct('heron')).filter(text => text.includes('Received as AZ-0001'))).toHaveLength(1)
  })

  test('hears nothing of what they may not know by then', async () => {
    shut = true
    await house.fill('heron', '/report', seen)
    await house.type('finch', '/claim AZ-0001')
    await house.pass(1)
    await house.type('heron', '/withdraw AZ-0001')
    const answer = readAnswer(await house.type('heron', '/hub', 'az-response'))
    expect(answer).not.toContain(seen.what)
  })
})
