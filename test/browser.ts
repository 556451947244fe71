import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, type BrowserContextOptions, chromium as engine, type Page } from 'playwright-core'
import { chromium } from './need.ts'

/** How a window looks: a phone is 390 points wide, a desk 1280. */
export type Look = { width?: number; height?: number; dark?: boolean; touch?: boolean }

/** A real browser with a profile of its own. */
export type Browser = {
  /** Opens a window on that address. */
  open(url: string, look?: Look): Promise<Page>
  /** Closes every window; the browser stays. */
  clear(): Promise<void>
  /** Closes every window and throws the profile away. */
  close(): Promise<void>
}

// A busy machine with slow cores is no fault of a page.
const patience = 90_000
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
]

/** Starts the installed Chromium, which `needs(chromium())` guards; errors of a page land in `problems`. */
export async function startBrowser(problems: string[] = []): Promise<Browser> {
  const { path } = chromium()
  if (path === undefined) throw new Error('a test that needs Chromium was not guarded by needs(chromium())')
  const profile = await mkdtemp(join(tmpdir(), 'hub-browser-'))
  const first = await engine.launchPersistentContext(profile, { executablePath: path, args: flags })
  const contexts: BrowserContext[] = []
  return {
    async open(url, look = {}) {
      const browser = first.browser()
      if (!browser) throw new Error('the browser is closed')
      const context = await browser.newContext(optionsOf(look))
      context.setDefaultTimeout(patience)
      contexts.push(context)
      const page = await context.newPage()
      page.on('pageerror', error => problems.push(error.message))
      page.on('console', message => {
        if (message.type() === 'error') problems.push(message.text())
      })
      await page.goto(url)
      return page
    },
    clear,
    async close() {
      await clear()
      await first.close()
      await rm(profile, { recursive: true, force: true })
    },
  }

  async function clear() {
    for (const context of contexts.splice(0)) await context.close()
  }
}

function optionsOf({ width = 1280, height = width < 500 ? 844 : 860, dark = false, touch = width < 500 }: Look) {
  return {
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    hasTouch: touch,
    deviceScaleFactor: 1,
    reducedMotion: 'reduce',
  } satisfies BrowserContextOptions
}
