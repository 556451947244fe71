import { relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The path of a SQLite database; null for a server. */
export function databaseFile(url: string): string | null {
  if (!url.startsWith('file:')) return null
  return url.startsWith('file://') ? fileURLToPath(url) : resolve(url.slice('file:'.length))
}

/** Where a database is, in words without the user and password of a server. */
export function databasePlace(url: string): string {
  const file = databaseFile(url)
  if (file === null) {
    const { host, pathname } = new URL(url)
    return `the PostgreSQL database ${pathname.slice(1)} at ${host}`
  }
  const near = relative('.', file)
  return near.startsWith('..') ? file : near
}
