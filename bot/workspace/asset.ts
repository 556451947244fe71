import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Hono } from 'hono'
import type { Env } from './guard.ts'

const types = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' }
const styles = ['page.css', 'rooms.css', 'message.css', 'composer.css', 'form.css']
const scripts = ['page.js', 'composer.js', 'dialog.js', 'live.js', 'status.js']
const own = [...styles, ...scripts, 'icon.svg']

/** Serves the styles and scripts of the page, read once; a browser keeps them and asks only whether they changed. */
export function assetRoutes(): Hono<Env> {
  const require = createRequire(import.meta.url)
  const files = new Map<string, string | URL>(own.map(name => [name, new URL(`assets/${name}`, import.meta.url)]))
  files.set('htmx.js', require.resolve('htmx.org/dist/htmx.min.js'))
  const routes = new Hono<Env>()
  for (const [name, path] of files) {
    const bytes = readFileSync(path, 'utf8')
    const tag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 20)}"`
    const type = types[name.split('.').at(-1) as keyof typeof types]
    routes.get(`/${name}`, c => {
      c.header('ETag', tag)
      c.header('Cache-Control', 'no-cache')
      if (c.req.header('if-none-match') === tag) return c.body(null, 304)
      return c.body(bytes, 200, { 'Content-Type': `${type}; charset=utf-8` })
    })
  }
  return routes
}
