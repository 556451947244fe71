import type { HttpBindings } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'
import { en } from '../../workflows/text/en.ts'

/** What the workspace's routes know of a request's connection. */
export type Env = { Bindings: HttpBindings }

const names = ['127.0.0.1', 'localhost', '[::1]']
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** True if that address is this machine alone, whatever its spelling. */
export function isLoopback(host: string | undefined): boolean {
  return host === 'localhost' || host === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(host ?? '')
}

/**
 * Lets through only this computer's browser on the workspace's own page: the peer and the Host must be loopback (which
 * undoes DNS rebinding), and whatever changes something must come from the page itself. Everybody else reads why not.
 */
export const guard: MiddlewareHandler<Env> = async (c, next) => {
  const { remoteAddress, localPort } = c.env.incoming.socket
  const host = c.req.header('host') ?? ''
  const own =
    isLoopback(remoteAddress) && names.some(name => host === `${name}:${localPort}` || isBare(host, name, localPort))
  const asks = c.req.method === 'GET' || c.req.method === 'HEAD'
  if (!own || !(asks || fromOwnPage(host, c.req.header('origin'), c.req.header('sec-fetch-site')))) {
    return c.text(en['workspace.foreign'], 403)
  }
  await next()
  c.header('Content-Security-Policy', policy)
  c.header('X-Content-Type-Options', 'nosniff')
  c.header('Referrer-Policy', 'same-origin')
  c.header('Cross-Origin-Opener-Policy', 'same-origin')
  c.header('Cross-Origin-Resource-Policy', 'same-origin')
  return
}

// A browser leaves the port out of the Host where it is HTTP's own.
function isBare(host: string, name: string, port: number | undefined): boolean {
  return port === 80 && host === name
}

function fromOwnPage(host: string, origin: string | undefined, site: string | undefined): boolean {
  return origin === `http://${host}` && (site === undefined || site === 'same-origin')
}
