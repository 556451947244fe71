import { and, asc, desc, eq, gt, gte, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import type {
  Reached,
  RecipientFilter,
  RecipientPage,
  RecipientStanding,
  Tally,
} from '../workflows/broadcast/standing.ts'
import type { Answered } from '../workflows/broadcast.ts'
import type { BroadcastId, PersonId } from '../workflows/ids.ts'
import type { Base } from './base.ts'
import { sealedKey } from './keys.ts'

/** How it stands with the recipients of broadcasts: read from their rows, posts and sightings in one go. */
export type ReachedReads = {
  /** A page of them; `asks`: an answer was asked for, so that there are silent ones. */
  recipients(id: BroadcastId, filter: RecipientFilter, asks: boolean): Promise<RecipientPage>
  /** All of them, counted; without an answer asked for nobody is silent. */
  tally(id: BroadcastId, asks: boolean): Promise<Tally>
  /** The broadcasts that person was given since then (epoch ms) and has not answered, the newest first. */
  unanswered(person: PersonId, since: number, limit: number): Promise<readonly BroadcastId[]>
}

/** Reads of recipients in the database. */
export function reachedReads({ database, tables, seal }: Base): ReachedReads {
  const { recipients, posts, accounts, sightings } = tables
  const { read } = database

  // A message in several pieces has arrived once its last piece has.
  const seen = (count: 'received' | 'read') =>
    sql`coalesce((select min(${sightings[count]}) from ${sightings} where ${sightings.key} = ${posts.key}), 0) > 0`
  const reached = sql<Reached>`case
    when ${recipients.state} <> 'given' then ${recipients.state}
    when ${posts.state} = 'sent' then case
      when ${seen('read')} then 'read' when ${seen('received')} then 'delivered' else 'sent' end
    when ${posts.state} in ('failed', 'unsure', 'kept') then ${posts.state}
    when ${posts.state} = 'parked' then 'kept'
    when ${posts.state} = 'left' then 'dropped'
    else 'sending' end`
  const platform = sql<RecipientStanding['platform']>`coalesce(${accounts.platform}, ${recipients.platform})`
  const region = sql<string>`coalesce(${recipients.region}, '')`

  const where = (id: BroadcastId, filter: RecipientFilter, asks: boolean): SQL | undefined => {
    const { answer, after } = filter
    const [last, key] = after === undefined ? [] : (JSON.parse(after) as [string, string])
    return and(
      eq(recipients.broadcast, id),
      filter.reached ? inArray(reached, [...filter.reached]) : undefined,
      answer === 'silent' ? (asks ? silent() : sql`1 = 0`) : undefined,
      answer === 'answered' ? isNotNull(recipients.answeredAt) : undefined,
      answer && answer !== 'silent' && answer !== 'answered' ? eq(recipients.answer, answer) : undefined,
      filter.region === undefined ? undefined : eq(region, filter.region ?? ''),
      filter.person === undefined ? undefined : eq(recipients.person, filter.person),
      last === undefined || key === undefined
        ? undefined
        : or(gt(region, last), and(eq(region, last), gt(recipients.key, key as typeof recipients.key._.data))),
    )
  }
  // Whoever wrote back in words of their own is not silent.
  const silent = () => and(isNull(recipients.answeredAt), isNotNull(recipients.person), inArray(reached, [...had]))

  function textOf(said: Buffer | null, key: Buffer | null): string | null {
    if (!said || !key) return null
    try {
      return seal.text(said, seal.dataKey(key))
    } catch {
      return null
    }
  }

  return {
    async recipients(id, filter, asks) {
      const found = await read
        .select({ row: recipients, reached, platform, sentAt: posts.sentAt, why: posts.error, key: keyOfPerson })
        .from(recipients)
        .leftJoin(posts, eq(posts.key, recipients.post))
        .leftJoin(accounts, eq(accounts.id, posts.account))
        .where(where(id, filter, asks))
        .orderBy(asc(region), asc(recipients.key))
        .limit(filter.limit + 1)
      const items = found.slice(0, filter.limit).map(one => standingOf(one, textOf(one.row.said, one.key)))
      const last = found.length > filter.limit ? items.at(-1) : undefined
      return { items, next: last ? JSON.stringify([last.region ?? '', last.key]) : null }
    },
    async tally(id, asks) {
      const each = read
        .select({
          reached: reached.as('reached'),
          platform: platform.as('platform'),
          room: sql<number>`case when ${recipients.room} is null then 0 else 1 end`.as('room'),
          answer: recipients.answer,
          wrote: sql<number>`case when ${recipients.answeredAt} is null then 0 else 1 end`.as('wrote'),
          sentAt: posts.sentAt,
        })
        .from(recipients)
        .leftJoin(posts, eq(posts.key, recipients.post))
        .leftJoin(accounts, eq(accounts.id, posts.account))
        .where(eq(recipients.broadcast, id))
        .as('each')
      const groups = await read
        .select({
          ...{ reached: sql<Reached>`${each.reached}`, platform: sql<RecipientStanding['platform']>`${each.platform}` },
          ...{ room: sql<number>`${each.room}`, answer: each.answer, wrote: sql<number>`${each.wrote}` },
          count: sql<number>`count(*)`.mapWith(Number),
          last: sql<number | null>`max(${each.sentAt})`.mapWith(value => (value === null ? null : Number(value))),
        })
        .from(each)
        .groupBy(sql`${each.reached}`, sql`${each.platform}`, sql`${each.room}`, each.answer, sql`${each.wrote}`)
      return tallyOf(groups, asks)
    },
    async unanswered(person, since, limit) {
      const found = await read
        .select({ broadcast: recipients.broadcast })
        .from(recipients)
        .where(and(eq(recipients.person, person), gte(recipients.givenAt, since), isNull(recipients.answeredAt)))
        .orderBy(desc(recipients.givenAt))
        .limit(limit)
      return found.map(row => row.broadcast)
    },
  }
}

// Those who have it, as far as anybody knows.
const had: ReadonlySet<Reached> = new Set(['sent', 'delivered', 'read'])
const keyOfPerson = sealedKey('person', 'recipients.person')

type Found = {
  readonly row: Omit<RecipientStanding, 'reached' | 'platform' | 'sentAt' | 'why' | 'said'> & { error: string | null }
  readonly reached: Reached
  readonly platform: RecipientStanding['platform']
  readonly sentAt: number | null
  readonly why: string | null
}

function standingOf({ row, reached, platform, sentAt, why }: Found, said: string | null): RecipientStanding {
  const { broadcast, key, person, room, region, language, first, turn, answer, answeredAt, nudges, handedAt } = row
  return {
    ...{ broadcast, key, person, room, region, language, platform, first, reached, sentAt },
    ...{ why: had.has(reached) ? null : (row.error ?? why), turn, answer, answeredAt, said, nudges, handedAt },
    incident: row.incident,
  }
}

type Group = {
  readonly reached: Reached
  readonly platform: RecipientStanding['platform']
  readonly room: number
  readonly answer: Answered | null
  readonly wrote: number
  readonly count: number
  readonly last: number | null
}

function tallyOf(groups: readonly Group[], asks: boolean): Tally {
  const [people, rooms]: Partial<Record<Reached, number>>[] = [{}, {}] as const
  const answers: Partial<Record<Answered, number>> = {}
  const platforms = new Map<string, Tally['platforms'][number]>()
  let wroteOnly = 0
  let silent = 0
  let lastSentAt: number | null = null
  for (const { reached, platform, room, answer, wrote, count, last } of groups) {
    const counts = (Number(room) === 1 ? rooms : people) ?? {}
    counts[reached] = (counts[reached] ?? 0) + count
    if (answer) answers[answer] = (answers[answer] ?? 0) + count
    else if (asks && Number(room) === 0) {
      if (Number(wrote) > 0) wroteOnly += count
      else if (had.has(reached)) silent += count
    }
    if (last !== null && last > (lastSentAt ?? 0)) lastSentAt = last
    if (!platform) continue
    const name = `${platform}:${reached}`
    platforms.set(name, { platform, reached, count: count + (platforms.get(name)?.count ?? 0) })
  }
  const where = { people: people ?? {}, rooms: rooms ?? {}, platforms: [...platforms.values()] }
  return { ...where, answers, wrote: wroteOnly, silent, lastSentAt }
}
