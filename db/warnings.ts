import { and, asc, desc, eq, gt, gte, inArray, isNotNull, isNull, lt, lte, notInArray, type SQL } from 'drizzle-orm'
import type { Post } from '../workflows/change.ts'
import { ConflictError } from '../workflows/errors.ts'
import type { PersonId, RegionCode } from '../workflows/ids.ts'
import type { WarningChange } from '../workflows/warning/deed.ts'
import { grown, standingOf } from '../workflows/warning/level.ts'
import type { Alarm, Warning, WarningReads } from '../workflows/warning.ts'
import { type Base, held } from './base.ts'
import type { Read, Tx } from './database.ts'
import { addDeed } from './deeds.ts'
import { type DataKeys, ofPerson } from './keys.ts'
import type { Posts } from './posts.ts'

/** An alarm as it is found: nobody has answered it yet. */
export type Finding = Omit<Alarm, 'state' | 'answeredBy' | 'answeredAt' | 'why'>

/** What is said when an alarm is new, or has grown to twice what was told. */
export type TellAlarm = (alarm: Alarm, how: 'new' | 'grown') => readonly Post[]

/** A local day of a region that was looked at, with all that was found in it and what is said of that. */
export type ComputedDay = {
  readonly region: RegionCode
  readonly day: string
  readonly findings: readonly Finding[]
  /** Those that this takes the place of: they count no more. */
  readonly instead?: readonly string[]
  /** Given only those that are new; `again`: a clock that was ahead had looked at the day before it was over. */
  readonly tell: (alarms: readonly Alarm[], again: boolean) => readonly Post[]
}

/** Early warning as it is kept. */
export interface WarningStore {
  /** What is known at that moment (epoch ms): alarms whose time is over by then count no more. */
  at(now: number): WarningReads
  /** Those of these days of a region that were looked at by now (epoch ms), and not by a clock that was ahead. */
  computed(region: RegionCode, days: readonly string[], now: number): Promise<ReadonlySet<string>>
  /** Keeps what was found in a day, once for ever: gives the new alarms, or null where somebody did it before. */
  compute(day: ComputedDay, now: number): Promise<readonly Alarm[] | null>
  /** Keeps a finding, or lets the one of its id grow by it; what is said of it is posted in the same moment. */
  keep(finding: Finding, tell: TellAlarm, now: number): Promise<Alarm | null>
  /** The alarms found in reports that count now, at most 500, the newest first. */
  ofReports(now: number): Promise<readonly Alarm[]>
  /** These count no more from then on (epoch ms). */
  end(ids: readonly string[], now: number): Promise<void>
  /** Forgets what ended before that moment (epoch ms). */
  prune(before: number): Promise<void>
}

/** The same, and what a transaction does to it. */
export type Warnings = WarningStore & {
  /** The alarm as it stands; on PostgreSQL held until the transaction ends. */
  stands(tx: Tx, id: string): Promise<Alarm | null>
  /** The alert that stands in a region, or null. */
  alertIn(tx: Tx, region: RegionCode): Promise<Warning['alert']>
  /** Writes what a person did. @throws ConflictError if it was done meanwhile */
  write(tx: Tx, change: WarningChange): Promise<void>
}

const mostFound = 100
const mostLooked = 500
const mostOfRegion = 400
// Two machines' clocks differ by less; what was done later than that was done by a clock that was ahead.
const aheadMs = 5 * 60_000
// How far back (ms) alarms are read that tell since when a level has stood.
const backMs = 30 * 24 * 60 * 60_000

type Row = Base['tables']['alarms']['$inferSelect']

/** Early warning in the database; each reason lies sealed under the key of whoever gave it. */
export function warningStore({ database, tables, seal }: Base, keys: DataKeys, posts: Posts): Warnings {
  const { alarms, alerts, computings } = tables
  const { read } = database

  async function words(handle: Read, by: PersonId | null, sealed: Buffer | null): Promise<string | null> {
    const key = by && sealed ? await keys.find(handle, ofPerson(by)) : null
    return key && sealed ? seal.text(sealed, key) : null
  }

  async function alarmOf(handle: Read, row: Row, now: number): Promise<Alarm> {
    const { facts, kinds: group, why, told: _, ...rest } = row
    const state = row.answeredAt !== null ? 'dismissed' : row.endsAt <= now ? 'over' : 'open'
    return { ...rest, ...facts, group, state, why: await words(handle, row.answeredBy, why) }
  }

  const alarmsOf = (rows: readonly Row[], now: number) => Promise.all(rows.map(row => alarmOf(read, row, now)))

  function rowOf(finding: Finding): Row {
    const { id, method, region, group: kinds, day, level, count, foundAt, endsAt, ...facts } = finding
    const own = { id, method, region, kinds, day, level, count, foundAt, endsAt }
    return { ...own, facts, told: count, answeredBy: null, answeredAt: null, why: null }
  }

  async function insert(tx: Tx, finding: Finding, now: number): Promise<Alarm | null> {
    const rows = await tx.insert(alarms).values(rowOf(finding)).onConflictDoNothing().returning()
    return rows[0] ? alarmOf(tx, rows[0], now) : null
  }

  async function seen(handle: Read, where: SQL | undefined): Promise<ReadonlyMap<RegionCode, Warning['alert']>> {
    const rows = await handle
      .select()
      .from(alerts)
      .where(and(where, isNull(alerts.liftedAt)))
      .orderBy(asc(alerts.id))
    const all = rows.map(async ({ region, by, at, why }) => {
      return [region, { by, at, why: (await words(handle, by, why)) ?? '' }] as const
    })
    return new Map(await Promise.all(all))
  }

  async function calmed(region: RegionCode): Promise<number | null> {
    const own = and(eq(alerts.region, region), isNotNull(alerts.liftedAt))
    const [last] = await read.select().from(alerts).where(own).orderBy(desc(alerts.liftedAt)).limit(1)
    return last?.liftedAt ?? null
  }

  async function known(): Promise<readonly RegionCode[]> {
    const rows = await read.select({ code: tables.regions.code }).from(tables.regions)
    return rows.map(row => row.code).toSorted()
  }

  async function regionAt(region: RegionCode, alert: Warning['alert'], now: number): Promise<Warning> {
    const rows = await read
      .select()
      .from(alarms)
      .where(and(eq(alarms.region, region), gt(alarms.endsAt, now - backMs)))
      .orderBy(desc(alarms.endsAt))
      .limit(mostOfRegion)
    const state = { alert, calmedAt: await calmed(region) }
    return standingOf(region, await alarmsOf(rows, now), state, now)
  }

  const among = (regions: 'all' | readonly RegionCode[], column: typeof alarms.region | typeof alerts.region) =>
    regions === 'all' ? undefined : inArray(column, [...regions])

  return {
    at: now => ({
      async standing(regions) {
        const codes = regions === 'all' ? await known() : regions
        if (codes.length === 0) return []
        const standing = await seen(read, among(codes, alerts.region))
        return Promise.all(codes.map(code => regionAt(code, standing.get(code) ?? null, now)))
      },
      async find(id) {
        const [row] = await read.select().from(alarms).where(eq(alarms.id, id))
        return row ? alarmOf(read, row, now) : null
      },
      async found({ from, to }, regions) {
        if (regions !== 'all' && regions.length === 0) return []
        const where = and(gte(alarms.foundAt, from), lt(alarms.foundAt, to), among(regions, alarms.region))
        const rows = await read
          .select()
          .from(alarms)
          .where(where)
          .orderBy(desc(alarms.foundAt), alarms.id)
          .limit(mostFound)
        return alarmsOf(rows, now)
      },
    }),
    async computed(region, days, now) {
      if (days.length === 0) return new Set()
      const own = and(
        eq(computings.region, region),
        inArray(computings.day, [...days]),
        lte(computings.at, now + aheadMs),
      )
      const rows = await read.select({ day: computings.day }).from(computings).where(own)
      return new Set(rows.map(row => row.day))
    },
    compute({ region, day, findings, instead = [], tell }, now) {
      return database.transaction(async tx => {
        const row = { region, day, at: now }
        const [before] = await tx
          .select()
          .from(computings)
          .where(and(eq(computings.region, region), eq(computings.day, day)))
        const [first] = await tx
          .insert(computings)
          .values(row)
          .onConflictDoUpdate({
            target: [computings.region, computings.day],
            set: { at: now },
            setWhere: gt(computings.at, now + aheadMs),
          })
          .returning({ day: computings.day })
        if (!first) return null
        const ids = findings.map(one => one.id)
        const ahead = and(inArray(alarms.id, ids), gt(alarms.foundAt, now + aheadMs), isNull(alarms.answeredAt))
        if (before && ids.length > 0) await tx.delete(alarms).where(ahead).returning({ id: alarms.id })
        const made: Alarm[] = []
        for (const finding of findings) {
          const alarm = await insert(tx, finding, now)
          if (alarm) made.push(alarm)
        }
        const replaced = and(inArray(alarms.id, [...instead]), gt(alarms.endsAt, now))
        if (instead.length > 0)
          await tx.update(alarms).set({ endsAt: now }).where(replaced).returning({ id: alarms.id })
        const said = tell(made, before !== undefined)
        if (said.length > 0) await posts.add(tx, said, now)
        return made
      })
    },
    keep(finding, tell, now) {
      return database.transaction(async tx => {
        const fresh = await insert(tx, finding, now)
        if (fresh) {
          const said = tell(fresh, 'new')
          if (said.length > 0) await posts.add(tx, said, now)
          return fresh
        }
        const [row] = await held(tx.select().from(alarms).where(eq(alarms.id, finding.id)), alarms)
        const before = row && (await alarmOf(tx, row, now))
        const after = before && grown(before, finding)
        if (!row || !after) return null
        const tells = after.state === 'open' && (after.level !== before.level || after.count >= row.told * 2)
        const { count, level, endsAt } = after
        const { facts } = rowOf(after)
        await tx
          .update(alarms)
          .set({ count, level, endsAt, facts, ...(tells ? { told: count } : {}) })
          .where(eq(alarms.id, finding.id))
          .returning({ id: alarms.id })
        const said = tells ? tell(after, 'grown') : []
        if (said.length > 0) await posts.add(tx, said, now)
        return after
      })
    },
    async ofReports(now) {
      const where = and(
        notInArray(alarms.method, ['silence', 'indicators']),
        gt(alarms.endsAt, now),
        isNull(alarms.answeredAt),
      )
      const rows = await read
        .select()
        .from(alarms)
        .where(where)
        .orderBy(desc(alarms.foundAt), alarms.id)
        .limit(mostLooked)
      return alarmsOf(rows, now)
    },
    async end(ids, now) {
      const own = and(inArray(alarms.id, [...ids]), gt(alarms.endsAt, now))
      await database.transaction(tx => tx.update(alarms).set({ endsAt: now }).where(own).returning({ id: alarms.id }))
    },
    async prune(before) {
      const old = lt(alarms.endsAt, before)
      const [first] = await read.select({ id: alarms.id }).from(alarms).where(old).limit(1)
      if (first) await database.transaction(tx => tx.delete(alarms).where(old).returning({ id: alarms.id }))
    },
    async stands(tx, id) {
      const [row] = await held(tx.select().from(alarms).where(eq(alarms.id, id)), alarms)
      return row ? alarmOf(tx, row, 0) : null
    },
    async alertIn(tx, region) {
      return (await seen(tx, eq(alerts.region, region))).get(region) ?? null
    },
    async write(tx, { do: deed, by, at }) {
      const why = seal.seal(deed.why, await keys.person(tx, by))
      if (deed.type === 'dismiss') {
        const own = and(eq(alarms.id, deed.alarm), isNull(alarms.answeredAt))
        const set = { answeredBy: by, answeredAt: at, why }
        const rows = await tx.update(alarms).set(set).where(own).returning({ id: alarms.id })
        if (rows.length === 0) throw new ConflictError(`${deed.alarm} was answered meanwhile`)
        return addDeed(tx, tables, { at, by, what: 'warning', facts: { do: 'dismiss', alarm: deed.alarm } })
      }
      const { region } = deed
      if (deed.type === 'alert') {
        const row = { region, by, at, why }
        const rows = await tx.insert(alerts).values(row).onConflictDoNothing().returning({ id: alerts.id })
        if (rows.length === 0) throw new ConflictError(`an alert in ${region} was confirmed meanwhile`)
      } else {
        const own = and(eq(alerts.region, region), isNull(alerts.liftedAt))
        const set = { liftedBy: by, liftedAt: at, liftedFor: why }
        const rows = await tx.update(alerts).set(set).where(own).returning({ id: alerts.id })
        if (rows.length === 0) throw new ConflictError(`the alert in ${region} was taken back meanwhile`)
      }
      return addDeed(tx, tables, { at, by, what: 'warning', facts: { do: deed.type, region } })
    },
  }
}
