import { readFileSync } from 'node:fs'
import type { Context, Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Boards } from '../../workflows/board/session.ts'
import { phrase } from '../../workflows/phrase.ts'
import type { Land } from '../../workflows/picture/land.ts'
import { say } from '../../workflows/text/say.ts'
import type { NotShown } from '../../workflows/viewing.ts'
import { newsOf } from './board/news.ts'
import { boardPage, endedPage, liveParts } from './board/page.ts'
import { anybody, type LinkedOptions, linked } from './linked.ts'
import { type Env, isOwn, strict } from './strict.ts'

/** What the pages of boards are made of; `landOf` has the borders of states or areas, null where none are known. */
export type BoardPageOptions = LinkedOptions & {
  readonly boards: Boards
  readonly landOf: (codes: readonly string[]) => Promise<Land | null>
  /** Ms between two looks at a board that is open. */
  readonly everyMs?: number
}

/** Where a board stands once it was opened: nothing in this path tells whose it is. */
export const boardPath = '/situation'

const cookie = 'board'
const asset = (name: string) => readFileSync(new URL(`./assets/${name}`, import.meta.url), 'utf8')

/**
 * The board: behind a link that a press opens once, a page for one browser, kept up to date by server-sent events for
 * as long as its session holds. Whoever only asks for the link, as previews of chat tools do, spends nothing.
 */
export function boardRoutes({ boards, landOf, everyMs = 5000, ...options }: BoardPageOptions): Hono<Env> {
  const broken = { said: phrase('board.broken'), log: 'the board could not be shown' }
  const { routes, base, draw, secretOf, pathOf, guarded, stopped } = linked('/board', broken, options)
  const [sheet, script] = [asset('board.css'), asset('board.js')]
  const news = newsOf({ look: boards.look, everyMs, logger: options.logger })

  routes.use('/board/*', safely)
  routes.get(base, c => guarded(c, () => gate(c)))
  routes.post(base, c => guarded(c, () => open(c)))

  routes.use(boardPath, strict(sheet, script))
  routes.use(`${boardPath}/*`, strict(sheet, script))
  for (const path of [boardPath, `${boardPath}/*`]) {
    routes.use(path, async (c, next) => {
      return isOwn(c, options.address()) ? next() : c.text(say(broken.said, anybody(c)), 403)
    })
    routes.use(path, safely)
  }
  routes.get(boardPath, c => guarded(c, () => look(c, 'page')))
  routes.get(`${boardPath}/now`, c => guarded(c, () => look(c, 'now')))
  routes.get(`${boardPath}/live`, c => guarded(c, () => news.listen(c, sessionOf(c))))
  routes.post(`${boardPath}/end`, c => guarded(c, () => end(c)))
  return routes

  /** What comes by an unsafe way is sent back before anything of it is read. */
  async function safely(c: Context<Env>, next: () => Promise<void>): Promise<Response | undefined> {
    const forwarded = c.req.header('x-forwarded-proto')?.split(',')[0]?.trim()
    const closed = boards.closed() ?? (forwarded === 'http' ? phrase('board.https') : null)
    if (closed) return stopped(c, { type: 'not-shown', why: 'refused', phrase: closed, reader: null })
    await next()
    return undefined
  }

  async function gate(c: Context<Env>): Promise<Response> {
    const found = await boards.find(secretOf(c))
    if (found.type === 'not-shown') return stopped(c, found)
    const title = phrase('board.gate-title', { network: found.network })
    const what = phrase('board.gate-what')
    return c.html(await draw.keep(title, what, phrase('board.gate-button'), pathOf(c), found.reader))
  }

  async function open(c: Context<Env>): Promise<Response> {
    const opened = await boards.open(secretOf(c))
    if (opened.type === 'not-shown') return stopped(c, opened)
    setCookie(c, cookie, opened.session, { ...kept(), maxAge: 3600 })
    return c.redirect(boardPath, 303)
  }

  async function look(c: Context<Env>, what: 'page' | 'now'): Promise<Response> {
    const session = sessionOf(c)
    const seen = session === null ? unknown : await boards.look(session)
    if (seen.type === 'not-shown') return ended(c, seen)
    if (what === 'now') return c.html(await liveParts(seen, await landFor(seen.board.drawing.map?.codes)))
    return c.html(await boardPage(seen, await landFor(seen.board.drawing.map?.codes), { sheet, script }))
  }

  async function end(c: Context<Env>): Promise<Response> {
    const session = sessionOf(c)
    if (session !== null) await boards.end(session)
    return ended(c, unknown)
  }

  async function ended(c: Context<Env>, { phrase: said, reader }: NotShown): Promise<Response> {
    deleteCookie(c, cookie, kept())
    c.header('Clear-Site-Data', '"cache"')
    return c.html(await endedPage(said, reader ?? anybody(c), { sheet }), 403)
  }

  // A map that cannot be drawn must not keep the list back.
  async function landFor(codes: readonly string[] | undefined): Promise<Land | null> {
    if (codes === undefined) return null
    return landOf(codes).catch(err => {
      options.logger.error({ err }, 'the borders of a map could not be read')
      return null
    })
  }

  function kept() {
    const secure = options.address().startsWith('https:')
    return { path: boardPath, httpOnly: true, sameSite: 'Strict', secure } as const
  }
}

const unknown: NotShown = { type: 'not-shown', why: 'gone', phrase: phrase('board.ended'), reader: null }

function sessionOf(c: Context<Env>): string | null {
  return getCookie(c, cookie) ?? null
}
