import { join } from 'node:path'
import type { Browser, Look } from '../browser.ts'
import { ground, type House, openHouse } from '../house.ts'
import { morning, playSample } from './day.ts'

type Shot = { readonly who: string; readonly words: string; readonly look: Look; readonly height: number }

const shots: Readonly<Record<string, Shot>> = {
  'board-desk': { who: 'owl', words: 'all', look: { width: 1280 }, height: 2000 },
  'board-phone': { who: 'finch', words: '', look: { width: 390 }, height: 2000 },
  'board-dark': { who: 'eagle', words: 'AZ leadership', look: { width: 1280, dark: true }, height: 1500 },
  'board-public': { who: 'eagle', words: 'all public', look: { width: 390 }, height: 2000 },
  'board-print': { who: 'owl', words: 'AZ', look: { width: 760, dark: true }, height: 1100 },
}

/** Draws the board of the sample day in a real browser, as people of several roles see it, and on paper. */
export async function boardPictures(browser: Browser, folder: string): Promise<void> {
  const at = ground()
  await playSample(at)
  const house = await openHouse(at, morning)
  await boardShots(house, browser, folder)
  await house.close()
  at.leave()
}

/** The same of a house that stands already, on the morning after the sample day. */
export async function boardShots(house: House, browser: Browser, folder: string): Promise<void> {
  await house.serve()
  for (const [name, { who, words, look, height }] of Object.entries(shots)) {
    const { reply } = await house.type(who, `/board ${words}`.trim())
    const lines = reply.type === 'view' ? reply.view.lines : []
    const link = lines.flatMap(line => (line.type === 'link' ? [line.url] : []))[0]
    if (!link) throw new Error(`no link for ${who}: ${JSON.stringify(reply)}`)
    const page = await browser.open(link, { ...look, height, touch: false })
    await page.getByRole('button').click()
    await page.locator('#live:not(:empty)').waitFor()
    if (name === 'board-print') await page.emulateMedia({ media: 'print' })
    await page.screenshot({ path: join(folder, `${name}.png`) })
    process.stdout.write(`${name}.png\n`)
  }
}
