import { readFileSync } from 'node:fs'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { getCookie, setCookie } from 'hono/cookie'
import { html, raw } from 'hono/html'
import type { LiveTable, LiveTables } from '../../workflows/broadcast/answer/live.ts'
import { phrase } from '../../workflows/phrase.ts'
import { type Reader, say } from '../../workflows/text/say.ts'
import type { Line, View } from '../../workflows/view.ts'
import type { NotShown } from '../../workflows/viewing.ts'
import { type Html, pages } from './exhibit.ts'
import { type Env, isOwn, isVisit, strict } from './strict.ts'

/** What the live tables are made of; `address` is where they are reached, without a slash at its end. */
export type LiveOptions = {
  readonly live: LiveTables
  readonly address: () => string
  readonly logger: { error(context: { err: unknown }, message: string): void }
}

/**
 * The page behind a link to who has a broadcast and who answered what: it asks anew by itself, without a script, for as
 * long as the link holds. Whoever only asks for the page, as previews of chat tools do, gets nothing.
 */
export function liveRoutes({ live, address, logger }: LiveOptions): Hono<Env> {
  const sheet = readFileSync(new URL('./assets/evidence.css', import.meta.url), 'utf8')
  const draw = pages(sheet)
  const routes = new Hono<Env>()
  const base = '/live/:secret{[\\w-]{43}}'
  routes.use('/live/*', strict(sheet))
  routes.use('/live/*', async (c, next) => {
    if (!isOwn(c, address())) return c.text('403', 403)
    return next()
  })
  routes.use('/live/*', bodyLimit({ maxSize: 20_000 }))
  routes.get(base, c => guarded(c, () => look(c)))
  routes.post(base, c =>
    guarded(c, async () => {
      await bind(c)
      return c.redirect(pathOf(c), 303)
    }),
  )
  return routes

  async function look(c: Context<Env>): Promise<Response> {
    const found = await live.find(secretOf(c), getCookie(c, cookie) ?? null, narrowedIn(c))
    if (found.type === 'not-shown') return stopped(c, found)
    if (found.view) return c.html(await whole(found.view, found, c))
    const browser = isVisit(c) ? await bind(c) : null
    const now = browser ? await live.find(secretOf(c), browser, narrowedIn(c)) : found
    if (now.type === 'not-shown') return stopped(c, now)
    if (now.view) return c.html(await whole(now.view, now, c))
    const title = phrase('answer.page-title', { id: now.broadcast })
    const what = phrase('answer.live-what')
    return c.html(await draw.keep(title, what, phrase('page.go-on'), pathOf(c), now.reader))
  }

  async function whole(view: View, { broadcast, reader }: LiveTable, c: Context<Env>): Promise<Html> {
    const title = say(phrase('answer.page-title', { id: broadcast }), reader)
    const own = narrowedIn(c)
    const ways = view.buttons.flatMap(({ id, label }) => {
      const [name, , narrowed = ''] = id.split(':')
      return name === 'table' && narrowed !== own
        ? [{ to: `${pathOf(c)}?show=${narrowed}`, label: say(label, reader) }]
        : []
    })
    return html`<!doctype html>
<html lang="${reader.language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark"><meta http-equiv="refresh" content="${everySeconds}">
<title>${title}</title><link rel="icon" href="data:,"><style>${raw(sheet)}</style></head>
<body><main><h1>${title}</h1>
<p class="facts">${say(phrase('answer.live-as-of', { time: { time: reader.now } }), reader)}</p>
${blocks(view.lines).map(block => blockHtml(block, reader))}
<nav>${ways.map(({ to, label }) => html`<p><a class="button" href="${to}">${label}</a></p>`)}</nav>
</main></body></html>`
  }

  async function bind(c: Context<Env>): Promise<string | null> {
    const browser = await live.bind(secretOf(c))
    const secure = address().startsWith('https:')
    const maxAge = 24 * 3600
    if (browser) setCookie(c, cookie, browser, { path: pathOf(c), httpOnly: true, sameSite: 'Lax', secure, maxAge })
    return browser
  }

  async function guarded(c: Context<Env>, run: () => Promise<Response>): Promise<Response> {
    try {
      return await run()
    } catch (err) {
      logger.error({ err }, 'the live table of a broadcast could not be shown')
      return c.html(await draw.stopped(phrase('answer.live-broken'), anybody(c)), 500)
    }
  }

  async function stopped(c: Context<Env>, { why, phrase: said, reader }: NotShown): Promise<Response> {
    return c.html(await draw.stopped(said, reader ?? anybody(c)), why === 'gone' ? 404 : 403)
  }
}

const cookie = 'viewer'
const everySeconds = 15
const secretOf = (c: Context<Env>) => c.req.param('secret') ?? ''
const pathOf = (c: Context<Env>) => `/live/${secretOf(c)}`
const narrowedIn = (c: Context<Env>) => /^[\w.-]{1,40}$/.exec(c.req.query('show') ?? '')?.[0] ?? ''

/** Lines one by one, but for items that follow each other: they are one list. */
function blocks(lines: readonly Line[]): readonly (readonly Line[])[] {
  return lines.reduce<Line[][]>((all, line) => {
    const last = all.at(-1)
    if (line.type === 'item' && last?.[0]?.type === 'item') last.push(line)
    else all.push([line])
    return all
  }, [])
}

function blockHtml(lines: readonly Line[], reader: Reader): Html | '' {
  const [line] = lines
  const items = lines.flatMap(one => (one.type === 'item' ? [html`<li>${say(one.text, reader)}</li>`] : []))
  if (items.length > 0) return html`<ul>${items}</ul>`
  if (!line || !('text' in line)) return ''
  const text = say(line.text, reader)
  return line.type === 'strong' ? html`<h2>${text}</h2>` : html`<p>${text}</p>`
}

function anybody(c: Context<Env>): Reader {
  const language = /^\s*es\b/i.test(c.req.header('accept-language') ?? '') ? 'es' : 'en'
  return { language, zone: 'UTC', now: 0, person: () => null }
}
