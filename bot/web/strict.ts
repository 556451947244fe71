import { hash } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import type { Context, MiddlewareHandler } from 'hono'

/** What a route knows of its connection. */
export type Env = { Bindings: HttpBindings }

const fixed: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store, private',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), display-capture=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'X-Robots-Tag': 'noindex, nofollow, noarchive',
}

/**
 * Headers for pages that no other site may frame, read, cache or be told of; they take their style from that one sheet,
 * and run no script but that one, if any, which may ask nobody but the hub.
 */
export function strict(style: string, script?: string): MiddlewareHandler<Env> {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${hash('sha256', style, 'base64')}'`,
    ...(script === undefined ? [] : [`script-src 'sha256-${hash('sha256', script, 'base64')}'`, "connect-src 'self'"]),
    "img-src 'self' data:",
    "media-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
  return async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(fixed)) c.header(name, value)
    // What is not a page of ours may not be one of anybody's.
    const page = c.res.headers.get('Content-Type')?.startsWith('text/html')
    c.header('Content-Security-Policy', page ? policy : "default-src 'none'; frame-ancestors 'none'; sandbox")
  }
}

/** True if it was asked for under the hub's own name, or by this machine, and not by a page of another site. */
export function isOwn(c: Context<Env>, address: string): boolean {
  const host = c.req.header('host') ?? ''
  const { localPort } = c.env.incoming.socket
  const known = [new URL(address).host, ...['127.0.0.1', 'localhost', '[::1]'].map(name => `${name}:${localPort}`)]
  if (!known.includes(host)) return false
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return true
  const [origin, site] = [c.req.header('origin'), c.req.header('sec-fetch-site')]
  // A page that tells nobody where it came from sends the origin "null" with its own forms.
  if (site !== undefined) return site === 'same-origin'
  return origin !== undefined && URL.canParse(origin) && known.includes(new URL(origin).host)
}

/** True if somebody went there themselves: no preview of a chat tool, no scanner, no page loaded in advance. */
export function isVisit(c: Context<Env>): boolean {
  if (c.req.method === 'HEAD') return false
  if (c.req.header('sec-purpose') !== undefined || c.req.header('purpose') !== undefined) return false
  return c.req.header('sec-fetch-mode') === 'navigate' && c.req.header('sec-fetch-dest') === 'document'
}
