import { eq } from 'drizzle-orm'
import { attachments } from './attachments.ts'
import { auditStore } from './audit.ts'
import { type Base, tablesOf } from './base.ts'
import { cardStore } from './cards.ts'
import { commits } from './commit.ts'
import type { Database } from './database.ts'
import { draftStore } from './drafts.ts'
import { storeFailure } from './failure.ts'
import { inboxStore } from './inbox.ts'
import { incidentReads } from './incidents.ts'
import { dataKeys } from './keys.ts'
import { leaseStore } from './leases.ts'
import { numbers } from './numbers.ts'
import { outboxStore } from './outbox.ts'
import { postRows } from './posts.ts'
import { practiceStore } from './practice.ts'
import { rosterStore } from './roster.ts'
import type { Seal } from './seal.ts'
import { standings } from './standing.ts'
import type { Store, StoreTx } from './store.ts'
import { timelines } from './timeline.ts'
import { timerStore } from './timers.ts'

/** What a store is opened on; attached files lie in `filesFolder`, which is made when the first one comes. */
export type StoreOptions = {
  readonly database: Database
  readonly seal: Seal
  readonly filesFolder: string
  /** What leases are measured by (epoch ms) where a test moves the time; default is the database's own clock. */
  readonly clock?: () => number
}

/**
 * Opens the store on an open database, which it closes in the end. It looks every second whether another process
 * changed the roster. @throws ConfigError if the database was sealed under another key
 */
export async function openStore({ database, seal, filesFolder, clock }: StoreOptions): Promise<Store> {
  const base: Base = { database, tables: tablesOf(database.engine), seal }
  await checkKey(base)
  const keys = dataKeys(base)
  const roster = rosterStore(base, keys)
  const cards = cardStore(base, roster.platformOf)
  const timers = timerStore(base)
  const posts = postRows(base)
  const inbox = inboxStore(base)
  const parts = {
    keys,
    standings: standings(base),
    timeline: timelines(base, keys),
    cards,
    timers,
    posts,
    inbox,
    roster,
  }
  const begun = commits(base, parts)
  await roster.load()
  // A look that fails is repeated a second later; whoever needs the database hears of it by themselves.
  const watch = setInterval(() => roster.refresh().catch(() => {}), refreshMs).unref()

  return {
    async transaction(run) {
      let changed = false
      const value = await database.transaction(tx => {
        const own = begun(tx)
        return run({
          ...own,
          commit(commit) {
            changed ||= commit.roster !== undefined
            return own.commit(commit)
          },
        } satisfies StoreTx)
      })
      if (changed) await roster.load()
      return value
    },
    incidents: incidentReads(base, keys),
    roster,
    drafts: draftStore(base, keys),
    inbox,
    outbox: outboxStore(base, posts),
    cards,
    timers,
    leases: leaseStore(base, clock),
    files: attachments(base, keys, filesFolder),
    audit: auditStore(base, keys),
    practice: practiceStore(base),
    nextNumber: numbers(base),
    async ping() {
      const look = database.read.select({ key: base.tables.settings.key }).from(base.tables.settings).limit(1)
      await look.catch(error => {
        throw storeFailure(error)
      })
    },
    async close() {
      clearInterval(watch)
      await database.close()
    },
  }
}

const refreshMs = 1_000

// A value sealed at the first start must open at every later one.
async function checkKey({ database, tables: { settings }, seal }: Base): Promise<void> {
  const find = () => database.read.select().from(settings).where(eq(settings.key, 'seal'))
  const [standing] = await find()
  if (standing) return seal.verify(Buffer.from(standing.value, 'base64'))
  const value = seal.check().toString('base64')
  await database.transaction(tx =>
    tx.insert(settings).values({ key: 'seal', value }).onConflictDoNothing().returning({ key: settings.key }),
  )
  // Another process may have been first, with another key.
  const [kept] = await find()
  seal.verify(Buffer.from(kept?.value ?? '', 'base64'))
}
