import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium as engine } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import type { Person } from '../../../workflows/directory.ts'
import { type Browser, startBrowser } from '../../browser.ts'
import { type Ground, ground, type House, openHouse, readAnswer } from '../../house.ts'
import { chromium, needs } from '../../need.ts'

const { describe, test } = needs(chromium())
const seen = { where: 'Maricopa County, AZ', danger: 'soon', contact: 'yes' }

describe('the board in a real browser', () => {
  let browser: Browser
  let at: Ground
  let house: House
  const problems: string[] = []

  beforeAll(async () => {
    at = ground()
    house = await openHouse(at)
    await house.serve()
    browser = await startBrowser(problems)
  })
  afterAll(async () => {
    await browser.close()
    await house.close()
    at.leave()
  })

  async function linkFor(who: string): Promise<string> {
    const { reply } = await house.type(who, '/board')
    const lines = reply.type === 'view' ? reply.view.lines : []
    return lines.flatMap(line => (line.type === 'link' ? [line.url] : []))[0] ?? ''
  }

  async function reported(what: string): Promise<string> {
    return /AZ-\d+/.exec(readAnswer(await house.fill('heron', '/report', { ...seen, what })))?.[0] ?? ''
  }

  test('opens by a press, shows what is new by itself, keeps what is open and where one stands, and ends', async () => {
    await reported('Men with rifles near the library')
    const page = await browser.open(await linkFor('finch'))
    expect(await page.locator('section').count()).toBe(0)
    await page.getByRole('button', { name: 'Open the board' }).click()
    await page
      .getByText('● Live')
      .or(page.locator('#live', { hasText: 'Live' }))
      .first()
      .waitFor()
    expect(page.url()).toMatch(/\/situation$/)
    await page.locator('#map summary').click()
    await page.locator('#map summary').focus()
    const id = await reported('A crowd with bats at the gate')
    house.skip(1)
    await page.locator('#list', { hasText: id }).waitFor()
    expect(await page.locator('#map details').getAttribute('open')).not.toBeNull()
    expect(await page.evaluate('document.activeElement.tagName')).toBe('SUMMARY')
    await page.locator('#list li', { hasText: id }).getByText('nobody has it yet').waitFor()
    await house.type('finch', `/claim ${id}`)
    house.skip(1)
    await page.locator('#list li', { hasText: id }).getByText('Finch has it').waitFor()
    house.skip(60)
    await page.getByRole('alert').waitFor()
    expect(await page.locator('body').innerText()).toBe(
      'This board is closed. To open it again, ask for a new link in your chat: /board',
    )
    expect(problems.filter(problem => !/403/.test(problem))).toEqual([])
  })

  test('empties itself when the role is taken away while it is open', async () => {
    const page = await browser.open(await linkFor('finch'))
    await page.getByRole('button').click()
    await page.locator('#live', { hasText: 'Live' }).waitFor()
    const people = house.store.roster.directory().people as unknown as Map<string, Person>
    const finch = [...people.values()].find(person => person.callsign === 'Finch') as Person
    people.set(finch.id, { ...finch, roles: ['mediator'] })
    await page.getByRole('alert').waitFor()
    expect(await page.locator('section').count()).toBe(0)
    people.set(finch.id, finch)
  })

  test('is walked through with the keyboard, and read aloud by its names', async () => {
    const page = await browser.open(await linkFor('finch'), { width: 390 })
    await page.getByRole('button').press('Enter')
    await page.locator('#live', { hasText: 'Live' }).waitFor()
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Go to the list')
    const stops: string[] = []
    for (let at = 0; at < 8; at++) {
      await page.keyboard.press('Tab')
      stops.push(
        await page.evaluate<string>(
          'document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent',
        ),
      )
    }
    expect(stops[0]).toBe('Close now')
    expect(stops.find(one => one.startsWith('Maricopa County, AZ: 2 reports, worst S'))).toBeDefined()
    expect(stops).toContain('The map as a list')
    for (const name of ['In short', 'Map', 'Open incidents', 'Early warning', 'Reports a day, 14 days', 'Regions']) {
      expect(await page.getByRole('region', { name, exact: true }).count()).toBe(1)
    }
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    await page.getByRole('button', { name: 'Close now' }).click()
    await page.getByRole('alert').waitFor()
    await page.goBack()
    expect(await page.locator('section').count()).toBe(0)
  })

  test('prints without its controls, in light colours, even from a dark screen', async () => {
    const page = await browser.open(await linkFor('owl'), { dark: true })
    await page.getByRole('button').click()
    await page.locator('#live', { hasText: 'Live' }).waitFor()
    const ground = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
    expect(await ground()).toBe('rgb(16, 19, 24)')
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    expect(await ground()).toBe('rgb(255, 255, 255)')
    for (const hidden of ['#close', '.still', 'summary'])
      expect(await page.locator(hidden).first().isVisible()).toBe(false)
    expect(await page.locator('#trend details table').isVisible()).toBe(true)
    expect(await page.locator('footer .print').innerText()).toMatch(/^TLP:AMBER · 24 hours up to/)
  })

  test('leaves nothing in the profile of the browser', async () => {
    const { path } = chromium()
    const profile = await mkdtemp(join(tmpdir(), 'hub-left-'))
    const flags = { executablePath: path ?? '', args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] }
    const context = await engine.launchPersistentContext(profile, flags)
    const page = await context.newPage()
    await page.goto(await linkFor('finch'))
    await page.getByRole('button').click()
    await page.locator('#live', { hasText: 'Live' }).waitFor()
    expect(await page.locator('#list').innerText()).toContain('Maricopa')
    await context.close()
    const left = filesIn(profile).filter(file => /Maricopa|AZ-000\d/.test(readFileSync(file, 'latin1')))
    await rm(profile, { recursive: true, force: true })
    expect(left).toEqual([])
  })
})

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap(entry =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  )
}
