import type { Context, Hono } from 'hono'
import type { AnswerSheets } from '../../workflows/broadcast/answer/sheet.ts'
import { type Phrase, phrase } from '../../workflows/phrase.ts'
import { type LinkedOptions, linked } from './linked.ts'
import type { Env } from './strict.ts'

/** What the pages of answers are made of. */
export type AnswerOptions = LinkedOptions & { readonly sheets: AnswerSheets }

/**
 * The page behind a one-time link to the answers of a broadcast: a reason and one press save the table, and spend the
 * link. Whoever only asks for the page, as previews of chat tools do, gets nothing.
 */
export function answerRoutes({ sheets, ...options }: AnswerOptions): Hono<Env> {
  const broken = { said: phrase('answer.live-broken'), log: 'the answers to a broadcast could not be shown' }
  const { routes, base, draw, secretOf, pathOf, guarded, stopped } = linked('/answers', broken, options)
  routes.get(base, c => guarded(c, () => ask(c)))
  routes.post(base, c => guarded(c, () => give(c)))
  return routes

  async function ask(c: Context<Env>, missing: Phrase | null = null): Promise<Response> {
    const found = await sheets.find(secretOf(c))
    if (found.type === 'not-shown') return stopped(c, found)
    const { broadcast: id, reader } = found
    const said = { title: phrase('answer.page-title', { id }), what: phrase('answer.page-what', { id }), missing }
    const label = phrase('answer.button-export')
    return c.html(await draw.reasoned(said, label, pathOf(c), reader), missing ? 422 : 200)
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
}
