import type { Language } from '../../workflows/directory.ts'
import type { Web } from './web.ts'

/** What Slack knows of people: the groups that they are in, and the language that they use it in. */
export type People = {
  /** Waits for what is not known yet only as long as somebody would not notice; undefined: not known. */
  readonly of: (account: string) => Promise<Known>
  /** Groups have changed: they are asked for again. */
  readonly regroup: () => void
}

/** What goes into an origin. */
export type Known = { readonly groups?: readonly string[]; readonly language?: Language }

const groupsLastMs = 5 * 60_000
const groupsEveryMs = 60_000
const languageLastMs = 12 * 3_600_000
const retryMs = 60_000
const mostWaitMs = 300
const mostPeople = 5000

/** Keeps what Slack says of people for minutes (groups) and hours (languages). */
export function createPeople(web: Web, clock: () => number, pause: (ms: number) => Promise<void>): People {
  const languages = new Map<string, { readonly found: Language | undefined; readonly until: number }>()
  const asked = new Map<string, Promise<void>>()
  let groups: { readonly of: ReadonlyMap<string, readonly string[]>; readonly at: number } | null = null
  let asking: Promise<void> | null = null
  let nextTry = 0

  async function askGroups(): Promise<void> {
    const began = clock()
    try {
      const { usergroups } = await web.call('usergroups.list', { include_users: true })
      groups = { of: membership(usergroups), at: began }
      nextTry = began + groupsEveryMs
    } catch {
      // Who is in which group is then not known, which takes rights away but gives none.
      nextTry = began + retryMs
    } finally {
      asking = null
    }
  }

  async function askLanguage(account: string): Promise<void> {
    try {
      // In a rush nobody waits for it: whoever is on the roster is read in their own language anyway.
      const { user } = await web.spare('users.info', { user: account, include_locale: true })
      const { locale } = (user ?? {}) as { locale?: unknown }
      remember(account, languageOf(locale), languageLastMs)
    } catch {
      remember(account, undefined, retryMs)
    } finally {
      asked.delete(account)
    }
  }

  function remember(account: string, found: Language | undefined, ms: number): void {
    const oldest = languages.size >= mostPeople ? languages.keys().next().value : undefined
    if (oldest !== undefined) languages.delete(oldest)
    languages.set(account, { found, until: clock() + ms })
  }

  return {
    async of(account) {
      const now = clock()
      const waits: Promise<void>[] = []
      if (now >= nextTry) asking ??= askGroups()
      if (asking && (!groups || now - groups.at > groupsLastMs)) waits.push(asking)
      const known = languages.get(account)
      if (!known || known.until < now) {
        const ask = asked.get(account) ?? askLanguage(account)
        asked.set(account, ask)
        if (!known) waits.push(ask)
      }
      if (waits.length > 0) await Promise.race([Promise.all(waits), pause(mostWaitMs)])
      const language = languages.get(account)?.found
      const fresh = groups && clock() - groups.at <= groupsLastMs ? groups.of : null
      return {
        ...(fresh ? { groups: fresh.get(account) ?? [] } : {}),
        ...(language ? { language } : {}),
      }
    },
    regroup() {
      groups = null
      nextTry = 0
    },
  }
}

function membership(list: unknown): ReadonlyMap<string, readonly string[]> {
  const of = new Map<string, string[]>()
  for (const group of Array.isArray(list) ? list : []) {
    const { id, users, date_delete: gone } = (group ?? {}) as Record<string, unknown>
    if (typeof id !== 'string' || !Array.isArray(users) || (typeof gone === 'number' && gone > 0)) continue
    for (const user of users) of.set(String(user), [...(of.get(String(user)) ?? []), id])
  }
  return of
}

function languageOf(locale: unknown): Language | undefined {
  const spoken = typeof locale === 'string' ? locale.slice(0, 2).toLowerCase() : ''
  return spoken === 'en' || spoken === 'es' ? spoken : undefined
}
