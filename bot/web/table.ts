import type { Context, Hono } from 'hono'
import { phrase } from '../../workflows/phrase.ts'
import type { Tables } from '../../workflows/report/link.ts'
import { type LinkedOptions, linked } from './linked.ts'
import type { Env } from './strict.ts'

/** What the pages of tables are made of. */
export type TableOptions = LinkedOptions & { readonly tables: Tables }

/**
 * The page behind a one-time link to the table of a protocol: one press saves it, and spends the link. Whoever only
 * asks for the page, as previews of chat tools do, gets nothing.
 */
export function tableRoutes({ tables, ...options }: TableOptions): Hono<Env> {
  const broken = { said: phrase('page.broken'), log: 'a table could not be shown' }
  const { routes, base, draw, secretOf, pathOf, guarded, stopped } = linked('/report', broken, options)
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
    return c.html(await draw.keep(title, what, phrase('after.table-button'), pathOf(c), reader))
  }

  async function give(c: Context<Env>): Promise<Response> {
    const taken = await tables.take(secretOf(c))
    if (taken.type === 'not-shown') return stopped(c, taken)
    return c.body(taken.csv, 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${taken.incident}-${taken.run}.csv"`,
    })
  }
}
