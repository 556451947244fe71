import type { Context, Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Shown } from '../../workflows/custody.ts'
import type { Copy } from '../../workflows/evidence.ts'
import { phrase } from '../../workflows/phrase.ts'
import { say } from '../../workflows/text/say.ts'
import type { NotShown, Viewed, Viewing, Whole } from '../../workflows/viewing.ts'
import type { Html } from './exhibit.ts'
import { anybody, type LinkedOptions, linked } from './linked.ts'
import { readRange, upTo } from './range.ts'
import { type Env, isVisit } from './strict.ts'

/** What the pages of evidence are made of. */
export type EvidenceOptions = LinkedOptions & { readonly viewing: Viewing }

const cookie = 'viewer'

/**
 * The pages behind one-time links to evidence: the warning with a blurred copy first, then the clear one, and for
 * coordinators the original. Whoever only asks for a page, as previews of chat tools do, opens nothing.
 */
export function evidenceRoutes({ viewing, ...options }: EvidenceOptions): Hono<Env> {
  const broken = { said: phrase('page.broken'), log: 'evidence could not be shown' }
  const { routes, base, draw, secretOf, pathOf, guarded, stopped } = linked('/evidence', broken, options)
  routes.get(base, c => guarded(c, () => start(c)))
  routes.post(base, c =>
    guarded(c, async () => {
      await bind(c)
      return c.redirect(pathOf(c), 303)
    }),
  )
  routes.get(`${base}/blurred`, c => guarded(c, () => picture(c, 'blurred')))
  routes.get(`${base}/small`, c => guarded(c, () => picture(c, 'small')))
  routes.post(`${base}/show`, c => guarded(c, () => show(c)))
  routes.get(`${base}/shown`, c => guarded(c, () => shown(c)))
  routes.get(`${base}/media`, c => guarded(c, () => media(c)))
  routes.get(`${base}/document`, c => guarded(c, () => file(c, 'look')))
  routes.post(`${base}/save`, c => guarded(c, () => save(c)))
  routes.get(`${base}/saved`, c => guarded(c, () => saved(c)))
  routes.get(`${base}/original`, c => guarded(c, () => file(c, 'keep')))
  routes.get(`${base}/record.json`, c => guarded(c, () => record(c)))
  routes.all('/evidence/*', c =>
    stopped(c, { type: 'not-shown', why: 'gone', phrase: phrase('page.gone'), reader: null }),
  )
  return routes

  async function bind(c: Context<Env>): Promise<string | null> {
    const secret = await viewing.bind(secretOf(c))
    const secure = options.address().startsWith('https:')
    if (secret) setCookie(c, cookie, secret, { path: pathOf(c), httpOnly: true, sameSite: 'Lax', secure, maxAge: 1200 })
    return secret
  }

  /** The warning; a photo stands there blurred. Nothing but the warning for whoever did not come themselves. */
  async function start(c: Context<Env>): Promise<Response> {
    const found = await viewing.find(secretOf(c), browserOf(c))
    if (found.type === 'not-shown') return stopped(c, found)
    if (found.fresh && !isVisit(c)) return html(c, draw.gate(found, pathOf(c)))
    const browser = found.fresh ? await bind(c) : browserOf(c)
    if (found.item?.kind !== 'photo') return html(c, draw.warning(found, null, pathOf(c)))
    const opened = await viewing.open(secretOf(c), browser, 'blurred')
    if (opened.type === 'not-shown') return stopped(c, opened)
    const copy = await viewing.copy(secretOf(c), browser, 'blurred')
    return copy.type === 'not-shown' ? stopped(c, copy) : html(c, draw.warning(opened, copy, pathOf(c)))
  }

  async function picture(c: Context<Env>, look: 'blurred' | 'small'): Promise<Response> {
    const copy = await viewing.copy(secretOf(c), browserOf(c), look)
    if (copy.type === 'not-shown') return stopped(c, copy)
    if (copy.type === 'none') return c.text(say(phrase(`page.no-copy-${copy.why}`), anybody(c)), 404)
    return c.body(new Uint8Array(copy.bytes), 200, { 'Content-Type': copy.mime })
  }

  async function show(c: Context<Env>): Promise<Response> {
    const found = await viewing.find(secretOf(c), browserOf(c))
    if (found.type === 'not-shown') return stopped(c, found)
    const copy: Shown = found.item?.kind === 'photo' ? 'small' : 'original'
    const opened = await viewing.open(secretOf(c), browserOf(c), copy)
    if (opened.type === 'not-shown') return stopped(c, opened)
    return c.redirect(`${pathOf(c)}/${found.item?.kind === 'document' ? 'document' : 'shown'}`, 303)
  }

  async function shown(c: Context<Env>): Promise<Response> {
    const found = await viewing.find(secretOf(c), browserOf(c))
    if (found.type === 'not-shown') return stopped(c, found)
    if (found.item?.kind === 'photo') {
      const copy: Copy | NotShown = await viewing.copy(secretOf(c), browserOf(c), 'small')
      return copy.type === 'not-shown' ? stopped(c, copy) : html(c, draw.shown(found, copy, pathOf(c)))
    }
    const whole = await viewing.whole(secretOf(c), browserOf(c), 'look')
    return whole.type === 'not-shown' ? stopped(c, whole) : html(c, draw.shown(found, null, pathOf(c)))
  }

  /** The player asks for it piece by piece. */
  async function media(c: Context<Env>): Promise<Response> {
    const whole = await viewing.whole(secretOf(c), browserOf(c), 'look')
    if (whole.type === 'not-shown') return stopped(c, whole)
    const { type, size, kind } = whole.item
    if (kind !== 'video' && kind !== 'voice') return stopped(c, notHere(found(whole)))
    const span = readRange(c.req.header('range'), size)
    if (span === 'none') return c.body(null, 416, { 'Content-Range': `bytes */${size}` })
    const { first, last } = span ?? { first: 0, last: size - 1 }
    const part = span ? { 'Content-Range': `bytes ${first}-${last}/${size}` } : {}
    const headers = { 'Content-Type': type, 'Accept-Ranges': 'bytes', 'Content-Length': String(last - first + 1) }
    return c.body(streamOf(whole, first, last - first + 1), span ? 206 : 200, { ...headers, ...part })
  }

  async function file(c: Context<Env>, use: 'look' | 'keep'): Promise<Response> {
    const whole = await viewing.whole(secretOf(c), browserOf(c), use)
    if (whole.type === 'not-shown') return stopped(c, whole)
    const { item } = whole
    if (use === 'look' && item.kind !== 'document') return stopped(c, notHere(found(whole)))
    return c.body(streamOf(whole, 0, item.size), 200, {
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(item.size),
      'Content-Disposition': `attachment; filename="${fileName(whole)}"`,
    })
  }

  async function save(c: Context<Env>): Promise<Response> {
    const { reason } = await c.req.parseBody()
    const done = await viewing.save(secretOf(c), browserOf(c), typeof reason === 'string' ? reason : '')
    if (done.type === 'viewed') return c.redirect(`${pathOf(c)}/saved`, 303)
    const found = await viewing.find(secretOf(c), browserOf(c))
    if (done.why !== 'reason' || found.type === 'not-shown') return stopped(c, done)
    return html(c, draw.reason(found, done.phrase, pathOf(c)), 422)
  }

  async function saved(c: Context<Env>): Promise<Response> {
    const ready = await viewing.record(secretOf(c), browserOf(c))
    if (ready.type === 'not-shown') return stopped(c, ready)
    const found = await viewing.find(secretOf(c), browserOf(c))
    return found.type === 'not-shown' ? stopped(c, found) : html(c, draw.saved(found, pathOf(c)))
  }

  async function record(c: Context<Env>): Promise<Response> {
    const manifest = await viewing.record(secretOf(c), browserOf(c))
    if (manifest.type === 'not-shown') return stopped(c, manifest)
    return c.body(`${JSON.stringify(manifest.data, null, 2)}\n`, 200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="${manifest.incident}-evidence-record.json"`,
    })
  }

  async function html(c: Context<Env>, page: Html, status: 200 | 422 = 200): Promise<Response> {
    return c.html(await page, status)
  }
}

function notHere(said: Pick<Viewed, 'incident'>): NotShown {
  return { type: 'not-shown', why: 'refused', phrase: phrase('look.gone', { id: said.incident }), reader: null }
}

const found = ({ incident }: Whole): Pick<Viewed, 'incident'> => ({ incident })
const browserOf = (c: Context<Env>) => getCookie(c, cookie) ?? null

function streamOf(whole: Whole, first: number, length: number): ReadableStream<Uint8Array> {
  return ReadableStream.from(upTo(whole.read(first), length))
}

// The name that it came under may name somebody.
function fileName({ item, incident }: Whole): string {
  const ending = /^[a-z]+\/(?:x-|vnd\.[\w.-]*\.)?([a-z0-9]{2,5})$/.exec(item.type)?.[1] ?? 'bin'
  return `${incident}-${item.kind}-${item.sha256.slice(0, 8)}.${endings[item.type] ?? ending}`
}

const endings: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'video/quicktime': 'mov',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/x-m4a': 'm4a',
  'text/plain': 'txt',
}
