import { afterAll, beforeAll, expect } from 'vitest'
import { type Browser, startBrowser } from '../browser.ts'
import { photo } from '../evidence.ts'
import { type Ground, ground } from '../house.ts'
import { chromium, needs } from '../need.ts'
import { type HubProcess, startProcess } from '../process.ts'
import { answerOn, cardIn, expectSoon, report, say } from './window.ts'

const { describe, test } = needs(chromium())

describe('evidence in a real browser', () => {
  let browser: Browser
  let at: Ground
  let hub: HubProcess
  const problems: string[] = []

  beforeAll(async () => {
    at = ground()
    hub = await startProcess(at)
    browser = await startBrowser(problems)
  })
  afterAll(async () => {
    await browser.close()
    await hub.stop()
    at.leave()
  })

  test('a responder sees a photo only after a warning, one who may not is refused, and the timeline tells both', async () => {
    const as = (who: string, where: string, look = {}) => browser.open(`${hub.url}/as/${who}/${where}`, look)
    const heron = await as('heron', 'direct', { width: 390 })
    await say(heron, '/report')
    const files = [await photo()]
    const what = 'Men with rifles slung, talking to voters in line'
    await report(heron, { what, where: 'Maricopa County, AZ', danger: 'soon', files })
    await heron.getByText('Received as AZ-0001', { exact: false }).first().waitFor()

    const finch = await as('finch', 'room/az-response', { width: 390 })
    const card = cardIn(finch, 'AZ-0001')
    await card.waitFor()
    expect(await card.textContent()).toContain('Evidence: 1 photo')
    expect(await finch.locator('#log img').count()).toBe(0)
    await card.getByRole('button', { name: 'Open' }).click()
    await answerOn(finch).getByRole('button', { name: 'Open' }).click()
    const link = answerOn(finch).locator('a.go')
    await link.waitFor()
    expect(await answerOn(finch).textContent()).toContain('may show injury or violence')

    const [page] = await Promise.all([finch.waitForEvent('popup'), link.click()])
    await page.getByText('This may show injury or violence').waitFor()
    const seen = () =>
      page.evaluate<string>(
        'Array.from(document.images, one => [one.complete, one.naturalWidth, one.src.split("/").at(-1)].join(" ")).join()',
      )
    await expectSoon(seen, /^true [1-9]\d* blurred$/)
    await page.getByRole('button', { name: 'Show it' }).click()
    await expectSoon(seen, /^true 640 small$/)
    expect(await page.getByText('Take the original').count()).toBe(0)
    const stolen = await browser.open(page.url().replace('/shown', ''))
    expect(await stolen.textContent('main')).toContain('another browser first')
    expect(await stolen.locator('img').count()).toBe(0)

    const thrasher = await as('thrasher', 'room/az-response')
    await cardIn(thrasher, 'AZ-0001').getByRole('button', { name: 'Open' }).click()
    await answerOn(thrasher).waitFor()
    expect(await answerOn(thrasher).textContent()).toContain('AZ-0001')
    expect(await thrasher.locator('a.go').count()).toBe(0)

    await cardIn(finch, 'AZ-0001').getByRole('button', { name: 'More' }).click()
    await expectSoon(
      () => finch.locator('#log').textContent(),
      /Finch looked at a photo, blurred\.[\s\S]*Finch opened a photo\./,
    )
    const log = hub.said() + hub.logged()
    expect(log).not.toMatch(/Finch|Sentinel|IMG_2041|rifles/)
    expect(log).not.toContain(page.url().split('/')[4])
    expect(problems.filter(problem => !/403/.test(problem))).toEqual([])
  })
})
