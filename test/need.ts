import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as vitest from 'vitest'

/** Something a bare clone may lack: where it is, or undefined, and what to say when it is missing. */
export type Need = { path: string | undefined; why: string }

/** The `test` and `describe` of a need: vitest's own when it is met, else ones that skip and say why in the name. */
export type Guarded = {
  test: (name: string, body: () => void | Promise<void>, timeoutMs?: number) => void
  describe: (name: string, body: () => void) => void
}

/** Gives `test` and `describe` that run when the need is met, else skip by name: `NAME [skipped: WHY]`. */
export function needs(need: Need): Guarded {
  if (need.path !== undefined) {
    return {
      test: (name, body, ms) => vitest.test(name, body, ms),
      describe: (name, body) => vitest.describe(name, body),
    }
  }
  const named = (name: string) => `${name} [skipped: ${need.why}]`
  return {
    test: (name, body) => vitest.test.skip(named(name), body),
    describe: (name, body) => vitest.describe.skip(named(name), body),
  }
}

/** Splits a full test name into the plain name and the reason that `needs` put into it, if it did. */
export function unmark(fullName: string): { name: string; reason: string | undefined } {
  const mark = / \[skipped: ([^\]]+)\]/
  return { name: fullName.replace(mark, ''), reason: mark.exec(fullName)?.[1] }
}

/** A Chromium for playwright-core: CHROME_PATH if it is set, else where systems install it. */
export function chromium(): Need {
  const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
  const path = [process.env.CHROME_PATH ?? '', ...places, mac].find(place => existsSync(place))
  return { path, why: 'needs Chromium: install it or set CHROME_PATH' }
}

/** The folder with the platforms' official schemas, which stands beside the project and is not part of it. */
export function specs(): Need {
  const folder = fileURLToPath(new URL('../../shared/specs/', import.meta.url))
  return { path: existsSync(folder) ? folder : undefined, why: 'needs the official schemas in ../shared/specs' }
}
