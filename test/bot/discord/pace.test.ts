import { describe, expect, test } from 'vitest'
import { bucketOf, createSpread } from '../../../bot/discord/pace.ts'
import { createBuckets } from '../../peers/discord/bucket.ts'

const channel = '7000000000000000001'
const route = `/channels/${channel}/messages`
const bucket = bucketOf('POST', route)

/** Asks as the hub does, as soon as it may, and gives when each was let through (ms) and how often it was too much. */
function ask(times: number) {
  let now = 1000
  const spread = createSpread(1, () => now)
  const buckets = createBuckets(1)
  const went: number[] = []
  let refused = 0
  for (let at = 0; at < times; at++) {
    for (let ms = spread.wait(bucket); ms > 0; ms = spread.wait(bucket)) now += ms
    const { headers, waitMs } = buckets(route, 'POST', channel, now)
    if (waitMs !== null) refused += 1
    went.push(now - 1000)
    spread.told(bucket, new Headers(headers))
  }
  return { went, refused, spread, buckets, now: () => now }
}

describe('what is not urgent on Discord', () => {
  test('uses all of what a channel allows, without asking for more', () => {
    const { went, refused } = ask(51)
    expect(refused).toBe(0)
    expect(went.at(-1)).toBeLessThanOrEqual(50_000 * 1.01)
  })

  test('is spread so that an alarm finds a turn within one and a half seconds at any moment', () => {
    for (let times = 1; times < 30; times++) {
      const { buckets, now } = ask(times)
      const { waitMs } = buckets(route, 'POST', channel, now() + 1)
      expect(waitMs ?? 0).toBeLessThan(1500)
    }
  })

  test('leaves a share of the fifty a second to what is urgent, over however many channels', () => {
    let now = 0
    const spread = createSpread(1, () => now)
    let went = 0
    for (; now < 10_000; now++) while (spread.wait(`POST /channels/${went}/messages`) === 0) went += 1
    expect(went / 10).toBeGreaterThan(30)
    expect(went / 10).toBeLessThan(40)
  })

  test('is not asked at all for a while when Discord has refused too much', () => {
    const { spread } = ask(1)
    spread.spare(60_000)
    expect(spread.wait(bucketOf('GET', '/channels/1'))).toBeGreaterThan(59_000)
  })
})

test('messages of one channel are counted together, whichever they are', () => {
  const [one, other] = ['8000000000000000001', '8000000000000000002']
  expect(bucketOf('PATCH', `${route}/${one}`)).toBe(bucketOf('patch', `${route}/${other}?wait=true`))
  expect(bucketOf('PATCH', `${route}/${one}`)).not.toBe(bucketOf('DELETE', `${route}/${one}`))
  expect(bucketOf('POST', '/channels/7000000000000000002/messages')).not.toBe(bucket)
})
