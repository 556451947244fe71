import { join } from 'node:path'
import type { Browser, Look } from '../browser.ts'
import { ground, openHouse } from '../house.ts'
import { morning, playSample } from './day.ts'

const shots: Readonly<Record<string, { who: string; words: string; look: Look; at?: string }>> = {
  'board-desk': { who: 'owl', words: 'all', look: { width: 1280 } },
  'board-phone': { who: 'finch', words: '', look: { width: 390 } },
  'board-dark': { who: 'eagle', words: 'AZ leadership', look: { width: 1280, dark: true } },
  'board-public': { who: 'eagle', words: 'all public', look: { width: 390 } },
}

/** Draws the board of the sample day in a real browser, as people of several roles see it; gives the files' names. */
export async function boardPictures(browser: Browser, folder: string, only = ''): Promise<readonly string[]> {
  const names = Object.keys(shots).filter(name => name.startsWith(only))
  if (names.length === 0) return []
  const at = ground()
  await playSample(at)
  const house = await openHouse(at, morning)
  await house.serve()
  for (const name of names) {
    const { who, words, look } = shots[name] as (typeof shots)[string]
    const { reply } = await house.type(who, `/board ${words}`.trim())
    const lines = reply.type === 'view' ? reply.view.lines : []
    const link = lines.flatMap(line => (line.type === 'link' ? [line.url] : []))[0]
    if (!link) throw new Error(`no link for ${who}: ${JSON.stringify(reply)}`)
    const page = await browser.open(link, look)
    await page.getByRole('button').click()
    await page.locator('#live:not(:empty)').waitFor()
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
    if (name === 'board-desk') await page.pdf({ path: join(folder, `${name}.pdf`), format: 'A4' })
  }
  await house.close()
  at.leave()
  return names
}
