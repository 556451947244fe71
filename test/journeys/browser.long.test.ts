import { afterAll, beforeAll, expect } from 'vitest'
import { type Browser, startBrowser } from '../browser.ts'
import { type Ground, ground } from '../house.ts'
import { chromium, needs } from '../need.ts'
import { type HubProcess, startProcess } from '../process.ts'
import { cardIn, expectSoon, say } from './window.ts'

const { describe, test } = needs(chromium())

describe('the main job in a real browser', () => {
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

  const as = (who: string, where: string, look = {}) => browser.open(`${hub.url}/as/${who}/${where}`, look)

  test('a mediator reports from a phone; one responder has it, the other reads who; it is resolved, told and summed up', async () => {
    const heron = await as('heron', 'direct', { width: 390 })
    const finch = await as('finch', 'room/az-response')
    const wren = await as('magpie', 'room/az-response')

    await say(heron, '/report')
    const form = heron.locator('dialog[open] form')
    await form.getByLabel('What happened?').fill('Three men with rifles slung, talking to voters in line')
    await form.getByLabel('Where?').fill('by the library, Maricopa County, AZ')
    await form.getByRole('button', { name: 'Send' }).click()
    await form.getByText('Please', { exact: false }).first().waitFor()
    expect(await form.getByLabel('What happened?').inputValue()).toContain('Three men')
    await form.getByText('Someone is hurt or directly threatened').click()
    await form.getByText('Yes', { exact: true }).click()
    await form.getByRole('button', { name: 'Send' }).click()
    await heron.getByText('Received as AZ-0001', { exact: false }).first().waitFor()

    const card = cardIn(finch, 'AZ-0001')
    await card.waitFor()
    expect(await card.textContent()).toMatch(/S4 HIGH.*Do not go there.*Maricopa County, Arizona/s)
    await card.getByRole('button', { name: 'Claim' }).click()
    await finch.getByText('AZ-0001 is yours until', { exact: false }).waitFor()
    await cardIn(wren, 'AZ-0001').getByText('Claimed by Finch until', { exact: false }).waitFor()
    await say(wren, '/claim AZ-0001')
    await wren
      .locator('.private')
      .getByText(/Finch has AZ-0001|Finch/)
      .first()
      .waitFor()
    await heron.getByText('Finch from the Arizona team is on AZ-0001').waitFor()

    // The power goes in the middle of it.
    await hub.kill()
    hub = await startProcess(at, { PORT: new URL(hub.url).port })
    await say(finch, '/update AZ-0001 The poll manager asked them to step back.')
    await expectSoon(async () => (await cardIn(finch, 'AZ-0001').textContent()) ?? '', /Claimed by Finch until/)

    await cardIn(finch, 'AZ-0001').getByRole('button', { name: 'Resolve' }).click()
    const ending = finch.locator('dialog[open] form')
    await ending.getByText('Calm was restored by people on site').click()
    await ending.getByRole('button', { name: 'Send' }).click()
    await expectSoon(async () => (await cardIn(finch, 'AZ-0001').textContent()) ?? '', /RESOLVED.*Calm was restored/s)
    await expectSoon(
      async () => String(await heron.getByText('AZ-0001 is closed', { exact: false }).count()),
      /1/,
      120_000,
    )

    const eagle = await as('eagle', 'room/leadership')
    await say(eagle, '/sitrep AZ 24h')
    const summary = eagle.locator('.private')
    await summary.getByText('Situation report', { exact: false }).waitFor()
    expect(await summary.textContent()).toMatch(/1 new report.*Resolved\D*1.*not a count of all events/s)
    expect(await finch.locator('#log').getByText('AZ-0001 ·', { exact: false }).count()).toBe(1)
    expect(problems.filter(problem => !/Failed to load resource|ERR_CONNECTION|ERR_EMPTY/.test(problem))).toEqual([])
  }, 300_000)
})
