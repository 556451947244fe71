import { readFileSync } from 'node:fs'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { AnswerSheets } from '../../workflows/broadcast/answer/sheet.ts'
import { type Phrase, phrase } from '../../workflows/phrase.ts'
import type { Reader } from '../../workflows/text/say.ts'
import type { NotShown } from '../../workflows/viewing.ts'
import { pages } from './exhibit.ts'
import { type Env, isOwn, strict } from './strict.ts'

/** What the pages of answers are made of; `address` is where they are reached, without a slash at its end. */
export type AnswerOptions = {
  readonly sheets: AnswerSheets
  readonly address: () => string
  readonly logger: { error(context: { err: unknown }, message: string): void }
}

/**
 * The page behind a one-time link to the answers of a broadcast: a reason and one press save the table, and spend the
 * link. Whoever only asks for the page, as previews of chat tools do, gets nothing.
 */
export function answerRoutes({ sheets, address, logger }: AnswerOptions): Hono<Env> {
  const sheet = readFileSync(new URL('./assets/evidence.css', import.meta.url), 'utf8')
  const draw = pages(sheet)
  const routes = new Hono<Env>()
  const base = '/answers/:secret{[\\w-]{43}}'
  routes.use('/answers/*', strict(sheet))
  routes.use('/answers/*', async (c, next) => {
    if (!isOwn(c, address())) return c.text('403', 403)
    return next()
  })
  routes.use('/answers/*', bodyLimit({ maxSize: 20_000 }))
  routes.get(base, c => guarded(c, () => ask(c)))
  routes.post(base, c => guarded(c, () => give(c)))
  return routes

  async function ask(c: Context<Env>, missing: Phrase | null = null): Promise<Response> {
    const found = await sheets.find(secretOf(c))
    if (found.type === 'not-shown') return stopped(c, found)
    const { broadcast: id, reader } = found
    const said = { title: phrase('answer.page-title', { id }), what: phrase('answer.page-what', { id }), missing }
    const label = phrase('answer.button-export')
    return c.html(await draw.reasoned(said, label, `/answers/${secretOf(c)}`, reader), missing ? 422 : 200)
  }

  async function give(c: Context<Env>): Promise<Response> {
    const { reason } = await c.req.parseBody()
    const taken = await sheets.take(secretOf(c), typeof reason === 'string' ? reason : '')
    if (taken.type === 'not-shown') return taken.why === 'reason' ? ask(c, taken.phrase) : stopped(c, taken)
    return c.body(taken.csv, 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${taken.broadcast}.csv"`,
    })
  }

  async function guarded(c: Context<Env>, run: () => Promise<Response>): Promise<Response> {
    try {
      return await run()
    } catch (err) {
      logger.error({ err }, 'the answers to a broadcast could not be shown')
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
