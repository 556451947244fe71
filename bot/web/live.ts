import type { Context, Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { html, raw } from 'hono/html'
import type { LiveTable, LiveTables } from '../../workflows/broadcast/answer/live.ts'
import { phrase } from '../../workflows/phrase.ts'
import { type Reader, say } from '../../workflows/text/say.ts'
import type { Line, View } from '../../workflows/view.ts'
import { blocksOf } from './blocks.ts'
import type { Html } from './exhibit.ts'
import { type LinkedOptions, linked } from './linked.ts'
import { type Env, isVisit } from './strict.ts'

/** What the live tables are made of. */
export type LiveOptions = LinkedOptions & { readonly live: LiveTables }

/**
 * The page behind a link to who has a broadcast and who answered what: it asks anew by itself, without a script, for as
 * long as the link holds. Whoever only asks for the page, as previews of chat tools do, gets nothing.
 */
export function liveRoutes({ live, ...options }: LiveOptions): Hono<Env> {
  const broken = { said: phrase('answer.live-broken'), log: 'the live table of a broadcast could not be shown' }
  const { routes, base, sheet, draw, secretOf, pathOf, guarded, stopped } = linked('/live', broken, options)
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
${blocksOf(view.lines).map(block => blockHtml(block, reader))}
<nav>${ways.map(({ to, label }) => html`<p><a class="button" href="${to}">${label}</a></p>`)}</nav>
</main></body></html>`
  }

  async function bind(c: Context<Env>): Promise<string | null> {
    const browser = await live.bind(secretOf(c))
    const secure = options.address().startsWith('https:')
    const maxAge = 24 * 3600
    if (browser) setCookie(c, cookie, browser, { path: pathOf(c), httpOnly: true, sameSite: 'Lax', secure, maxAge })
    return browser
  }
}

const cookie = 'viewer'
const everySeconds = 15
const narrowedIn = (c: Context<Env>) => /^[\w.-]{1,40}$/.exec(c.req.query('show') ?? '')?.[0] ?? ''

function blockHtml(lines: readonly Line[], reader: Reader): Html | '' {
  const [line] = lines
  const items = lines.flatMap(one => (one.type === 'item' ? [html`<li>${say(one.text, reader)}</li>`] : []))
  if (items.length > 0) return html`<ul>${items}</ul>`
  if (!line || !('text' in line)) return ''
  const text = say(line.text, reader)
  return line.type === 'strong' ? html`<h2>${text}</h2>` : html`<p>${text}</p>`
}
