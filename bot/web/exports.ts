import { Readable } from 'node:stream'
import type { Context, Hono } from 'hono'
import type { ExportFiles } from '../../workflows/export/link.ts'
import { phrase } from '../../workflows/phrase.ts'
import { type LinkedOptions, linked } from './linked.ts'
import type { Env } from './strict.ts'

/** What the pages of exports are made of. */
export type ExportOptions = LinkedOptions & { readonly files: ExportFiles }

/**
 * The page behind a one-time link to the file of an export: one press gets it, and spends the link. Whoever only asks
 * for the page, as previews of chat tools do, gets nothing.
 */
export function exportRoutes({ files, ...options }: ExportOptions): Hono<Env> {
  const broken = { said: phrase('export.page-broken'), log: 'the file of an export could not be made' }
  const { routes, base, draw, secretOf, pathOf, guarded, stopped } = linked('/export', broken, options)
  routes.get(base, c => guarded(c, () => ask(c)))
  routes.post(base, c => guarded(c, () => give(c)))
  return routes

  async function ask(c: Context<Env>): Promise<Response> {
    const found = await files.find(secretOf(c))
    if (found.type === 'not-shown') return stopped(c, found)
    const title = phrase('export.page-title', { id: found.export })
    const what = phrase('export.page-what', { what: found.what })
    return c.html(await draw.keep(title, what, phrase('export.page-button'), pathOf(c), found.reader))
  }

  async function give(c: Context<Env>): Promise<Response> {
    const taken = await files.take(secretOf(c))
    if (taken.type === 'not-shown') return stopped(c, taken)
    // A file that breaks off is one that its reader sees to be broken: locked ones prove their end, open ones count.
    const source = Readable.from(taken.bytes).on('error', err => options.logger.error({ err }, broken.log))
    return c.body(Readable.toWeb(source) as ReadableStream, 200, {
      'Content-Type': taken.media,
      'Content-Disposition': `attachment; filename="${taken.file}"`,
    })
  }
}
