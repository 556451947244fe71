import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { traces } from '../bot/traces.ts'
import { type Browser, startBrowser } from '../browser.ts'
import { photo, voice } from '../evidence.ts'
import { type Ground, ground } from '../house.ts'
import { chromium, needs } from '../need.ts'
import { type HubProcess, startProcess } from '../process.ts'
import { answerOn, cardIn, chosen, expectSoon, report, say } from './window.ts'

const { describe, test } = needs(chromium())

/** What must stand nowhere in the open, from the first minute on. */
const never = ['602-555-0142', '6025550142', 'Ana Ruiz', 'sentinelaccount', 'entinelname.jpg', 'entinelphone']
/** What people read in their rooms, until it is taken back. */
const words = ['sentinelflags', 'sentinelcorner']

describe('a report that can be trusted and does no harm, in a real browser', () => {
  let browser: Browser
  let at: Ground
  let hub: HubProcess
  const problems: string[] = []

  beforeAll(async () => {
    at = ground()
    hub = await startProcess(at, { LOG_LEVEL: 'debug' })
    browser = await startBrowser(problems)
  })
  afterAll(async () => {
    await browser.close()
    await hub.stop()
    at.leave()
  })

  const as = (who: string, where: string, look = {}) => browser.open(`${hub.url}/as/${who}/${where}`, look)

  /** Nothing that must not be read stands in a room, in the database and its files, or in the log. */
  async function harmless(rooms: readonly Page[], more: readonly (string | Buffer)[] = []): Promise<void> {
    for (const room of rooms) {
      // Not what only the asker sees: that lives in their page alone.
      const text = (await room.locator('#log [data-message]').allInnerTexts()).join('\n').toLowerCase()
      for (const one of never) expect(text).not.toContain(one.toLowerCase())
    }
    expect(traces(at.folder, [...never, ...more])).toEqual([])
    const log = hub.said() + hub.logged()
    expect([...never, ...words].filter(one => log.includes(one))).toEqual([])
  }

  test('reported, placed, merged, looked at, its reporter named with a reason, taken back and erased', async () => {
    const [picture, note] = [await photo('sentinelname.jpg'), voice()]
    const bytes = (await chosen([picture, note])).map(file => file.buffer.subarray(300, 340))
    const room = await as('finch', 'room/az-response')
    const foreign = await as('osprey', 'room/ga-response')

    // Reported from a phone, with a place that is not clear.
    const heron = await as('heron', 'direct', { width: 390 })
    await say(heron, '/report')
    await report(heron, {
      what: 'Three men with rifles and sentinelflags shout at voters. Ask Ana Ruiz, 602-555-0142, x.com/sentinelaccount/status/1790',
      where: 'the library in Maricopa, by the sentinelcorner',
      danger: 'soon',
      files: [picture, note],
    })
    await heron.getByText('Received as AZ-0001', { exact: false }).first().waitFor()
    await cardIn(room, 'AZ-0001').waitFor()
    expect(await cardIn(room, 'AZ-0001').textContent()).toMatch(/Place not known yet/)
    await harmless([room, foreign], bytes)

    // Asked back, and answered with one press.
    await heron.locator('button', { hasText: 'Maricopa County, Arizona' }).last().click()
    await expectSoon(
      () => cardIn(room, 'AZ-0001').textContent(),
      /Maricopa County, Arizona.*Evidence: 1 photo, 1 voice note, 1 link/s,
    )
    expect(await cardIn(room, 'AZ-0001').textContent()).toMatch(/\[name\].*\[phone number\].*\[link on X\]/s)
    await harmless([room, foreign], bytes)

    // Another mediator saw the same, is offered to join it, and does.
    const wren = await as('cactus-wren', 'direct', { width: 390 })
    await say(wren, '/report')
    await report(wren, {
      what: 'Men with rifles shouting at voters outside the library',
      where: 'Maricopa County, AZ',
      danger: 'soon',
    })
    await wren.locator('button[value^="same:AZ-0002"]').first().click()
    await expectSoon(() => cardIn(room, 'AZ-0001').textContent(), /AZ-0002/)
    await harmless([room, foreign], bytes)

    // Looked at by one who may, with a warning first; refused to one who may not.
    await cardIn(room, 'AZ-0001').getByRole('button', { name: 'Open' }).click()
    await answerOn(room).getByRole('button', { name: 'Open' }).first().click()
    const link = room.locator('a.go').last()
    const [page] = await Promise.all([room.waitForEvent('popup'), link.click()])
    await page.getByText('This may show injury or violence').waitFor()
    await page.getByRole('button', { name: 'Show it' }).click()
    await page.locator('img[src$="/small"]').waitFor()
    await say(foreign, '/incident AZ-0001 evidence')
    await expectSoon(() => answerOn(foreign).textContent(), /no incident AZ-0001|I know no incident/)
    await harmless([room, foreign], bytes)

    // Whoever reported it is named to a coordinator who says why.
    const magpie = await as('magpie', 'room/coordination')
    await say(magpie, '/incident AZ-0001 reveal Their safety: somebody follows them.')
    await expectSoon(() => answerOn(magpie).textContent(), /Ana Ruiz/)
    await harmless([room, foreign], bytes)
    await cardIn(room, 'AZ-0001').getByRole('button', { name: 'More' }).click()
    await expectSoon(() => room.locator('#log').textContent(), /Finch opened a photo\./)

    // Taken back, then erased.
    await say(heron, '/withdraw AZ-0001')
    await expectSoon(
      () => heron.locator('#log').textContent(),
      /Your words, files and name are being taken off AZ-0001/,
    )
    // What is left speaks for the event.
    await expectSoon(() => cardIn(room, 'AZ-0001').textContent(), /Men with rifles shouting.*by Cactus Wren/s)
    await say(heron, '/whoami erase')
    await heron.locator('button[value^="erase:confirm"]').click()
    const yes = heron.locator('#confirm[open] [value=yes]')
    if (await yes.isVisible({ timeout: 3000 }).catch(() => false)) await yes.click()
    await expectSoon(() => heron.locator('#log').textContent(), /are gone/)
    await expectSoon(async () => traces(at.folder, [...never, ...words, ...bytes]).join(), /^$/, 90_000)
    await room.reload()
    await cardIn(room, 'AZ-0001').waitFor()
    expect(await room.locator('#log').textContent()).not.toMatch(/sentinel|Heron/i)
    await harmless([room, foreign], bytes)
    expect(problems.filter(problem => !/Failed to load resource/.test(problem))).toEqual([])
  }, 300_000)
})
