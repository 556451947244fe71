import { readFileSync } from 'node:fs'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Phrase } from '../../workflows/phrase.ts'
import { type Reader, say } from '../../workflows/text/say.ts'
import type { NotShown } from '../../workflows/viewing.ts'
import { pages } from './exhibit.ts'
import { type Env, isOwn, strict } from './strict.ts'

/** What all pages behind one-time links need; `address` is where they are reached, without a slash at its end. */
export type LinkedOptions = {
  readonly address: () => string
  readonly logger: { error(context: { err: unknown }, message: string): void }
}

/** The pages behind one-time links below a path; `base` is the route of one link. */
export type Linked = {
  readonly routes: Hono<Env>
  readonly base: string
  readonly sheet: string
  readonly draw: ReturnType<typeof pages>
  readonly secretOf: (c: Context<Env>) => string
  readonly pathOf: (c: Context<Env>) => string
  /** Answers as it is told to; what goes wrong is logged, and said. */
  readonly guarded: (c: Context<Env>, run: () => Promise<Response>) => Promise<Response>
  /** Says why nothing is shown. */
  readonly stopped: (c: Context<Env>, why: NotShown) => Promise<Response>
}

type Broken = { readonly said: Phrase; readonly log: string }

/**
 * Makes them below such a path (`/report`): reached from the hub's own address alone, strict in all that a browser can
 * be told. `broken` is said, and logged, where something goes wrong.
 */
export function linked(path: string, broken: Broken, { address, logger }: LinkedOptions): Linked {
  const sheet = readFileSync(new URL('./assets/evidence.css', import.meta.url), 'utf8')
  const draw = pages(sheet)
  const routes = new Hono<Env>()
  routes.use(`${path}/*`, strict(sheet))
  routes.use(`${path}/*`, async (c, next) => {
    if (!isOwn(c, address())) return c.text(say(broken.said, anybody(c)), 403)
    return next()
  })
  routes.use(`${path}/*`, bodyLimit({ maxSize: 20_000 }))
  const secretOf = (c: Context<Env>) => c.req.param('secret') ?? ''
  return {
    ...{ routes, base: `${path}/:secret{[\\w-]{43}}`, sheet, draw, secretOf },
    pathOf: c => `${path}/${secretOf(c)}`,
    async guarded(c, run) {
      try {
        return await run()
      } catch (err) {
        logger.error({ err }, broken.log)
        return c.html(await draw.stopped(broken.said, anybody(c)), 500)
      }
    },
    async stopped(c, { why, phrase: said, reader }) {
      return c.html(await draw.stopped(said, reader ?? anybody(c)), why === 'gone' ? 404 : 403)
    },
  }
}

/** How a page reads to somebody whom nobody knows. */
export function anybody(c: Context<Env>): Reader {
  const language = /^\s*es\b/i.test(c.req.header('accept-language') ?? '') ? 'es' : 'en'
  return { language, zone: 'UTC', now: 0, person: () => null }
}
