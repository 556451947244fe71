import { eq } from 'drizzle-orm'
import { StoreError } from '../workflows/errors.ts'
import type { Draw } from '../workflows/evidence.ts'
import { acquaintedStore } from './acquainted.ts'
import { agendaStore } from './agenda.ts'
import { amendStore } from './amends.ts'
import { answerStore } from './answers.ts'
import { attachments } from './attachments.ts'
import { auditStore } from './audit.ts'
import { backupStore } from './backups.ts'
import { type Base, tablesOf } from './base.ts'
import { blockRows } from './blocks.ts'
import { briefStore } from './briefs.ts'
import { broadcastReads, broadcastStore } from './broadcasts.ts'
import { bulletinStore } from './bulletins.ts'
import { cardStore } from './cards.ts'
import { codeStore } from './codes.ts'
import { commits } from './commit.ts'
import type { Database } from './database.ts'
import { deedStore } from './deeds.ts'
import { digestStore } from './digests.ts'
import { draftStore } from './drafts.ts'
import { drillStore } from './drills.ts'
import { erasureList, erasuresFile } from './erased.ts'
import { erasureStore } from './erasure.ts'
import { exportPages } from './exporting.ts'
import { exportStore } from './exports.ts'
import { storeFailure } from './failure.ts'
import { fetchStore } from './fetches.ts'
import { healthStore } from './health.ts'
import { heldStore } from './held.ts'
import { inboxStore } from './inbox.ts'
import { incidentReads } from './incidents.ts'
import { dataKeys } from './keys.ts'
import { leaseStore } from './leases.ts'
import { libraryStore } from './library.ts'
import { lookStore } from './looks.ts'
import { losses } from './loss.ts'
import { matchingReads } from './matching.ts'
import { memoryStore } from './memory.ts'
import { messengerStore } from './messengers.ts'
import { noticeStore } from './notices.ts'
import { numbers } from './numbers.ts'
import { originsOf } from './origins.ts'
import { outboxStore } from './outbox.ts'
import { parkedStore } from './parked.ts'
import { postRows } from './posts.ts'
import { practiceStore } from './practice.ts'
import { printRows } from './prints.ts'
import { progressStore } from './progress.ts'
import { proposalStore } from './proposals.ts'
import { wordings } from './protocols.ts'
import { reachedReads } from './reached.ts'
import { recallStore } from './recalls.ts'
import { recipientStore } from './recipients.ts'
import { recurringStore } from './recurring.ts'
import { retellings } from './retell.ts'
import { retentionStore } from './retention.ts'
import { rosterStore } from './roster.ts'
import { rumourStore } from './rumours.ts'
import type { Seal } from './seal.ts'
import { searchIndex } from './search.ts'
import { seriesReads } from './series.ts'
import { setbackStore } from './setbacks.ts'
import { shieldRows, shieldStore } from './shields.ts'
import { sightingStore } from './sightings.ts'
import { reportedAfter } from './similar.ts'
import { standings } from './standing.ts'
import type { Commit, Store, StoreTx } from './store.ts'
import { stuckStore } from './stuck.ts'
import { summaryStore } from './summaries.ts'
import { taskStore } from './tasks.ts'
import { ticketStore } from './tickets.ts'
import { timelines } from './timeline.ts'
import { timerStore } from './timers.ts'
import { triageStore } from './triage.ts'
import { utteranceStore } from './utterances.ts'
import { warningStore } from './warnings.ts'

/** What a store is opened on; attached files lie in `filesFolder`, which is made when the first one comes. */
export type StoreOptions = {
  readonly database: Database
  readonly seal: Seal
  readonly filesFolder: string
  /** Makes the copies of pictures for looking at; without it there are none. */
  readonly draw?: Draw | undefined
  /** What leases are measured by (epoch ms) where a test moves the time; default is the database's own clock. */
  readonly clock?: () => number
}

/**
 * Opens the store on an open database, which it closes in the end. It looks every second whether another process
 * changed the roster. @throws ConfigError if the database was sealed under another key
 */
export async function openStore({ database, seal, filesFolder, draw, clock }: StoreOptions): Promise<Store> {
  const base: Base = { database, tables: tablesOf(database.engine), seal }
  await unlock(base)
  const keys = dataKeys(base)
  const list = erasureList(base, erasuresFile(filesFolder))
  const blocks = blockRows(base, keys)
  const shields = shieldRows(base, keys)
  const drills = drillStore(base)
  const recurring = recurringStore(base)
  const triage = triageStore(base, blocks)
  const codes = codeStore(base)
  const protocols = wordings(base)
  const standing = standings(base, protocols.know)
  const roster = rosterStore(base, {
    ...{ keys, blocks, shields, drills, recurring, codes, standings: standing },
    want: (tx, wanted, now) => cards.want(tx, wanted, now),
  })
  const cards = cardStore(base, roster.platformOf)
  const timers = timerStore(base)
  const tasks = taskStore(base, protocols.know)
  const posts = postRows(base)
  const notices = noticeStore(base, posts)
  const inbox = inboxStore(base)
  const fetches = fetchStore(base)
  const recalls = recallStore(base)
  const setbacks = setbackStore(base, posts)
  const parked = parkedStore(base, inbox.lookup, posts, setbacks)
  const stuck = stuckStore(base, posts, parked)
  const looks = lookStore(base)
  const proposals = proposalStore(base, posts)
  const warnings = warningStore(base, keys, posts)
  const outlook = { rumours: rumourStore(base), briefs: briefStore(base), agenda: agendaStore(base) }
  const broadcasts = broadcastStore(base, keys)
  const answers = answerStore(base, keys, posts)
  const library = libraryStore(base)
  const exports = exportStore(base, keys)
  const bulletins = bulletinStore(base)
  const messengers = messengerStore(base, keys)
  const timeline = timelines(base, keys)
  const origins = originsOf(base)
  const utterances = utteranceStore(base, keys, fetches)
  const digests = digestStore(base, posts, recalls)
  const retell = retellings(base, recalls, digests)
  const parts = {
    utterances,
    digests,
    keys,
    standings: standing,
    timeline,
    recalls,
    search: searchIndex(base, keys, looks),
    proposals,
    warnings,
    outlook,
    broadcasts,
    answers,
    exports,
    bulletins,
    library,
    messengers,
    losses: losses(base, { timeline, posts, recalls, origins, digests, utterances, retell }),
    cards,
    timers,
    tasks,
    posts,
    inbox,
    fetches,
    roster,
    shields,
    origins,
    triage,
    notices,
    prints: printRows(base),
    stuck,
  }
  const begun = commits(base, parts)
  await roster.load()
  // A look that fails is repeated a second later; whoever needs the database hears of it by themselves.
  // What an earlier process deleted may still stand in the log of the database.
  let dirty = true
  const watch = setInterval(() => {
    roster.refresh().catch(() => {})
    list.follow().catch(() => {})
  }, refreshMs).unref()

  return {
    async transaction(run) {
      let changed = false
      let newcomer: Commit['newcomer']
      const value = await database.transaction(tx => {
        const own = begun(tx)
        return run({
          ...own,
          commit(commit) {
            dirty ||= commit.roster?.type === 'erase' || commit.incidents.some(change => change.shred)
            changed ||= commit.roster !== undefined
            newcomer = commit.newcomer
            return own.commit(commit)
          },
        } satisfies StoreTx)
      })
      if (changed) await roster.load()
      else if (newcomer) await roster.welcome(newcomer)
      return value
    },
    incidents: incidentReads(base, keys, roster.present, protocols.know),
    roster,
    codes,
    protocols,
    deeds: deedStore(base),
    drills,
    recurring,
    drafts: draftStore(base, keys),
    inbox,
    outbox: outboxStore(base, posts),
    utterances,
    digests,
    recalls: {
      ...recalls,
      done(recall, gone) {
        dirty ||= gone
        return recalls.done(recall, gone)
      },
    },
    held: heldStore(base, keys),
    erasures: erasureStore(base, parts),
    retention: retentionStore(base),
    scrubDue: () => dirty,
    async scrub() {
      dirty = false
      dirty = !(await database.scrub())
      return !dirty
    },
    cards,
    stuck,
    timers,
    leases: leaseStore(base, clock),
    fetches,
    files: attachments(base, keys, filesFolder, draw ?? noDrawing),
    tickets: ticketStore(base),
    audit: auditStore(base, keys),
    backups: backupStore(base, list),
    search: parts.search,
    looks,
    proposals: { ...proposals, ...matchingReads(base) },
    warnings,
    series: seriesReads(base),
    summaries: summaryStore(base),
    ...outlook,
    broadcasts: {
      ...broadcasts,
      ...broadcastReads(broadcasts, reachedReads(base)),
      async clear(before, limit) {
        const cleared = await broadcasts.clear(before, limit)
        dirty ||= cleared > 0
        return cleared
      },
    },
    answers,
    recipients: recipientStore(base, posts),
    amends: amendStore(base, posts, recalls),
    progress: progressStore(base, posts, recalls),
    bulletins,
    exports: { ...exports, ...exportPages(base, keys, roster.present) },
    library,
    messengers,
    triage,
    tasks,
    shields: shieldStore(base, { rows: shields, cards, recalls }),
    notices,
    setbacks,
    sightings: sightingStore(base),
    parked,
    health: healthStore(base, posts),
    memory: memoryStore(base),
    acquainted: acquaintedStore(base, keys),
    practice: practiceStore(base),
    reportedAfter: reportedAfter(base),
    nextNumber: numbers(base),
    async ping() {
      const look = database.read.select({ key: base.tables.settings.key }).from(base.tables.settings).limit(1)
      await look.catch(error => {
        throw storeFailure(error)
      })
    },
    async close() {
      clearInterval(watch)
      await list.follow().catch(() => {})
      await database.close()
    },
  }
}

const refreshMs = 1_000
const noDrawing: Draw = async () => ({ type: 'none', why: 'unreadable' })

// The database's own key, made at the first start, must open at every later one.
async function unlock({ database, tables: { keys }, seal }: Base): Promise<void> {
  const own = async () => {
    const [row] = await database.read.select({ sealed: keys.sealed }).from(keys).where(eq(keys.scope, 'hub'))
    return row?.sealed
  }
  const standing = await own()
  if (standing) return seal.unlock(standing)
  const [other] = await database.read.select({ scope: keys.scope }).from(keys).limit(1)
  if (other) throw new StoreError('broken', 'none', noOwnKey)
  const { sealed } = seal.newDataKey()
  await database.transaction(tx =>
    tx.insert(keys).values({ scope: 'hub', sealed }).onConflictDoNothing().returning({ scope: keys.scope }),
  )
  // Another process may have been first, with another key.
  seal.unlock((await own()) ?? sealed)
}

const noOwnKey = 'The database has lost its own key, so nobody could be found in it any more. Restore a backup'
