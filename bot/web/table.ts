import { readFileSync } from 'node:fs'
import { type Context, Hono } from 'hono'
import { phrase } from '../../workflows/phrase.ts'
import type { Tables } from '../../workflows/report/link.ts'
import type { Reader } from '../../workflows/text/say.ts'
import type { NotShown } from '../../workflows/viewing.ts'
import { pages } from './exhibit.ts'
import { type Env, isOwn, strict } from './strict.ts'

/** What the pages of tables are made of; `address` is where they are reached, without a slash at its end. */
export type TableOptions = {
  readonly tables: Tables
  readonly address: () => string
  readonly logger: { error(context: { err: unknown }, message: string): void }
}

/**
 * The page behind a one-time link to the table of a protocol: one press saves it, and spends the link. Whoever only
 * asks for the page, as previews of chat tools do, gets nothing.
 */
export function tableRoutes({ tables, address, logger }: TableOptions): Hono<Env> {
  const sheet = readFileSync(new URL('./assets/evidence.css', import.meta.url), 'utf8')
  const draw = pages(sheet)
  const routes = new Hono<Env>()
  const base = '/report/:secret{[\\w-]{43}}'
  routes.use('/report/*', strict(sheet))
  routes.use('/report/*', async (c, next) => {
    if (!isOwn(c, address())) return c.text('403', 403)
    return next()
  })
  routes.get(base, c => guarded(c, () => ask(c)))
  routes.post(base, c => guarded(c, () => give(c)))
  return routes

  async function ask(c: Context<Env>): Promise<Response> {
    const found = await tables.find(secretOf(c))
    if (found.type === 'not-shown') return stopped(c, found)
    const { incident: id, run, reader } = found
    const params = { run, id }
    const title = phrase('after.table-title', params)
    const what = phrase('after.table-what', params)
    return c.html(await draw.keep(title, what, phrase('after.table-button'), `/report/${secretOf(c)}`, reader))
  }

  async function give(c: Context<Env>): Promise<Response> {
    const taken = await tables.take(secretOf(c))
    if (taken.type === 'not-shown') return stopped(c, taken)
    return c.body(taken.csv, 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${taken.incident}-${taken.run}.csv"`,
    })
  }

  async function guarded(c: Context<Env>, run: () => Promise<Response>): Promise<Response> {
    try {
      return await run()
    } catch (err) {
      logger.error({ err }, 'a table could not be shown')
      return c.html(await draw.stopped(phrase('page.broken'), anybody(c)), 500)
    }
  }

  async function stopped(c: Context<Env>, { why, phrase: said, reader }: NotShown): Promise<Response> {
    return c.html(await draw.stopped(said, reader ?? anybody(c)), why === 'gone' ? 404 : 403)
  }
}

const secretOf = (c: Context<Env>) => c.req.param('secret') ?? ''

function anybody(c: Context<Env>): Reader {
  const language = /^\s*es\b/i.test(c.req.header('accept-language') ?? '') ? 'es' : 'en'
  return { language, zone: 'UTC', now: 0, person: () => null }
}
