// What bot/main.ts imports of others, and nothing of its own: the baseline of a start.
import '@hono/node-server'
import 'better-sqlite3'
import 'drizzle-orm'
import 'drizzle-orm/better-sqlite3'
import 'drizzle-orm/migrator'
import 'drizzle-orm/pg-core'
import 'drizzle-orm/sqlite-core'
import 'hono'
import 'hono/body-limit'
import 'hono/cookie'
import 'hono/html'
import 'hono/streaming'
import 'node-cron'
import 'pino'
import 'yaml'
import 'zod'

process.stdout.write('Libraries are ready\n')
setInterval(() => {}, 60_000)
