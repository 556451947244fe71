import { afterEach, beforeEach } from 'vitest'
import { type Ground, ground, type House, openHouse } from './house.ts'

/**
 * Opens a house on fresh ground before each test of this file or group, and hands both to `enter`. Whatever still stands
 * on that ground after the test is closed, and the ground cleared.
 */
export function eachHouse(
  enter: (house: House, at: Ground) => void | Promise<void>,
  open: (at: Ground) => Promise<House> = at => openHouse(at),
): void {
  let at: Ground

  beforeEach(async () => {
    at = ground()
    await enter(await open(at), at)
  })

  afterEach(async () => {
    for (const close of at.standing) await close().catch(() => {})
    at.leave()
  })
}
