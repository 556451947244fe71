import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { IncidentChange, Post, RosterChange } from '../workflows/change.ts'
import { ConflictError } from '../workflows/errors.ts'
import type { IncidentId } from '../workflows/ids.ts'
import { isConcealed } from '../workflows/incident.ts'
import type { LibraryChange } from '../workflows/library/deed.ts'
import type { AnswerRows } from './answers.ts'
import type { Base } from './base.ts'
import { cardsOnBinding } from './binding.ts'
import type { Broadcasts } from './broadcasts.ts'
import type { Bulletins } from './bulletins.ts'
import type { Cards } from './cards.ts'
import { chainStart } from './chain.ts'
import type { Tx } from './database.ts'
import type { Digests } from './digests.ts'
import type { Exports } from './exports.ts'
import type { Fetches } from './fetches.ts'
import type { Inbox } from './inbox.ts'
import type { Key } from './key.ts'
import { type DataKeys, ofIncident, ofPerson } from './keys.ts'
import { isAboutMessage, type Library } from './library.ts'
import type { Losses } from './loss.ts'
import type { Messengers } from './messengers.ts'
import type { Notices } from './notices.ts'
import type { Origins } from './origins.ts'
import { type Outlook, writeOutlook } from './outlook.ts'
import type { Posts } from './posts.ts'
import type { Proposals } from './proposals.ts'
import type { Roster } from './roster.ts'
import type { Search } from './search.ts'
import type { Shields } from './shields.ts'
import type { Standing, Standings } from './standing.ts'
import type { Commit, StoreTx } from './store.ts'
import type { StuckRows } from './stuck.ts'
import type { Tasks } from './tasks.ts'
import type { Links, Timeline } from './timeline.ts'
import type { Timers } from './timers.ts'
import type { Triage } from './triage.ts'
import type { Utterances } from './utterances.ts'
import type { Warnings } from './warnings.ts'
import { slot, written } from './write.ts'

/** What a commit writes through. */
export type Parts = {
  readonly keys: DataKeys
  readonly standings: Standings
  readonly timeline: Timeline
  readonly cards: Cards
  readonly timers: Timers
  readonly tasks: Tasks
  readonly posts: Posts
  readonly inbox: Inbox
  readonly fetches: Fetches
  readonly roster: Roster
  readonly losses: Losses
  readonly search: Search
  readonly proposals: Pick<Proposals, 'stands' | 'answer'>
  readonly outlook: Outlook
  readonly exports: Pick<Exports, 'write'>
  readonly bulletins: Pick<Bulletins, 'write'>
  readonly warnings: Pick<Warnings, 'stands' | 'alertIn' | 'write'>
  readonly broadcasts: Pick<Broadcasts, 'stands' | 'write'>
  readonly answers: Pick<AnswerRows, 'give' | 'called'>
  readonly library: Pick<Library, 'write' | 'used'>
  readonly messengers: Pick<Messengers, 'write'>
  readonly origins: Origins
  readonly triage: Triage
  readonly shields: Pick<Shields, 'naming'>
  readonly notices: Notices
  readonly utterances: Utterances
  readonly digests: Digests
  /** Keeps what finds the same words again. */
  readonly prints: (tx: Tx, incidents: readonly IncidentChange[]) => Promise<void>
  readonly stuck: StuckRows
}

/** Gives the hub's view of a transaction; it remembers at which version it read each incident. */
export function commits({ tables }: Base, parts: Parts): (tx: Tx) => StoreTx {
  const { keys, standings, timeline, cards, timers, posts, inbox, fetches, roster, losses, search, origins } = parts
  const { utterances, digests } = parts
  const { tasks, triage, shields, notices, prints, stuck, proposals, broadcasts, answers } = parts
  const sentIn = written('draft_sent', tx =>
    tx.delete(tables.drafts).where(and(eq(tables.drafts.person, slot('person')), eq(tables.drafts.name, slot('name')))),
  )

  async function changed(
    tx: Tx,
    change: IncidentChange,
    standing: Standing | undefined,
    now: number,
  ): Promise<[Key, Links]> {
    const { before, after, entries } = change
    const { id } = after
    if (!before) {
      const fresh = keys.fresh()
      const links = await timeline.link(tx, id, entries, chainStart, fresh.key)
      await Promise.all([keys.add(tx, ofIncident(id), fresh), standings.insert(tx, after, links.hash)])
      return [fresh.key, links]
    }
    const stands = standing ?? (await standings.read(tx, id))
    if (stands?.incident.seq !== before.seq) throw new ConflictError(`${id} was changed meanwhile`)
    const key = stands.key ?? (await renewed(tx, id))
    const links = await timeline.link(tx, id, entries, stands.hash, key)
    await standings.update(tx, after, links.hash, stands.version)
    await losses.lose(tx, change, key, now)
    if (losesWords(change)) await search.forget(tx, id)
    return [key, links]
  }

  // What the lost key sealed can never be read again; left standing, it would look as if somebody had changed it.
  async function renewed(tx: Tx, id: IncidentId): Promise<Key> {
    const { words } = tables
    await tx.delete(words).where(eq(words.incident, id)).returning({ seq: words.seq })
    return keys.require(tx, ofIncident(id))
  }

  // The answer may quote words, so it goes when they go.
  async function scopeOf(tx: Tx, found: ReadonlyMap<IncidentId, Key>, { person, roster: change }: Commit) {
    // The key of whoever is erased is gone in this moment; the answer says nothing that could not stand in the open.
    if (change?.type === 'erase') return null
    const [first] = found
    if (first) return { scope: ofIncident(first[0]), key: first[1] }
    return person ? { scope: ofPerson(person), key: await keys.person(tx, person) } : null
  }

  return tx => {
    const read = new Map<IncidentId, Standing>()
    return {
      answered: key => inbox.answered(tx, key),
      async incident(id) {
        const standing = await standings.read(tx, id)
        if (standing) read.set(id, standing)
        return standing?.incident ?? null
      },
      holdings: id => losses.holdings(tx, id),
      filesBy: (id, person) => losses.filesBy(tx, id, person),
      said: message => utterances.said(tx, message),
      naming: person => shields.naming(tx, person),
      proposal: id => proposals.stands(tx, id),
      alarm: id => parts.warnings.stands(tx, id),
      alertIn: region => parts.warnings.alertIn(tx, region),
      broadcast: id => broadcasts.stands(tx, id),
      answer: (given, who) => answers.give(tx, given, who),
      called: (given, incident) => answers.called(tx, given, incident),
      fire: timer => timers.fire(tx, timer),
      reported: (region, since, limit) => triage.reported(tx, region, since, limit),
      hold: (id, person, now, ms) => triage.hold(tx, id, person, now, ms),
      originals: sources => origins.of(tx, sources),
      async commit(commit) {
        const { key, person, now, answer, incidents } = commit
        const found = new Map<IncidentId, Key>()
        const links: Links[] = []
        if (commit.newcomer) await roster.add(tx, commit.newcomer)
        for (const change of incidents) {
          const [incidentKey, link] = await changed(tx, change, read.get(change.after.id), now)
          read.delete(change.after.id)
          found.set(change.after.id, incidentKey)
          links.push(link)
        }
        const under = key === null ? null : await scopeOf(tx, found, commit)
        const opening = await others(tx, commit, found)
        const single = thick(commit) ? await notices.keep(tx, postsOf(commit)) : postsOf(commit)
        const said = gathers(single) ? await digests.keep(tx, single, now) : single
        // None of these waits for another: PostgreSQL gets them at once and answers them in order.
        await Promise.all([
          key !== null &&
            inbox.effect(tx, { key, person: commit.roster?.type === 'erase' ? null : person, now, answer, under }),
          timeline.write(tx, links),
          timers.set(tx, clocksOf(incidents)),
          tasks.write(tx, incidents),
          cards.want(tx, cardsOf(incidents), now),
          posts.write(tx, said, opening, now),
          prints(tx, incidents),
          commit.act && person && triage.record(tx, commit.act, person, [...found.keys()], now),
          attach(tx, commit),
          ...spoken(tx, commit),
          ...fetching(tx, commit, found),
          origins.write(tx, incidents),
          named(tx, incidents, now),
          commit.roster && rostered(tx, commit.roster, now),
          revealed(tx, incidents),
          commit.stuck && stuck.decide(tx, commit.stuck, now),
          commit.broadcast && broadcasts.write(tx, commit.broadcast),
          commit.broadcast && parts.library.used(tx, commit.broadcast),
          commit.library && shelved(tx, commit.library),
          commit.warning && parts.warnings.write(tx, commit.warning),
          commit.export && parts.exports.write(tx, commit.export),
          commit.bulletin && parts.bulletins.write(tx, commit.bulletin),
          commit.outlook && writeOutlook(tx, commit.outlook, parts.outlook),
          commit.answered && proposals.answer(tx, commit.answered, now),
          commit.draft && commit.person && sentIn(tx, { person: commit.person, name: commit.draft }),
        ])
      },
    }
  }

  function shelved(tx: Tx, change: LibraryChange): Promise<void> {
    const { do: deed } = change
    return isAboutMessage(deed) ? parts.library.write(tx, change, deed) : parts.messengers.write(tx, change, deed)
  }

  // A room that is bound now shows what goes on in its region.
  async function rostered(tx: Tx, change: RosterChange, now: number): Promise<void> {
    await roster.change(tx, change, now)
    const wanted = await cardsOnBinding(tx, tables, change)
    if (wanted.length > 0) await cards.want(tx, wanted, now)
    if (change.type !== 'shield' && change.type !== 'unshield') return
    const naming = await shields.naming(tx, change.person)
    if (naming.length > 0) await cards.redraw(tx, naming, now)
  }

  // The cards that name one that has just ended as alike name it no longer.
  async function named(tx: Tx, incidents: readonly IncidentChange[], now: number): Promise<void> {
    const naming = await origins.namedBy(tx, incidents)
    if (naming.length > 0) await cards.redraw(tx, naming, now)
  }

  async function others(tx: Tx, commit: Commit, found: ReadonlyMap<IncidentId, Key>) {
    const foreign = postsOf(commit).flatMap(({ incident }) => (incident && !found.has(incident) ? [incident] : []))
    return foreign.length === 0 ? found : new Map([...found, ...(await posts.keysOf(tx, foreign))])
  }

  async function revealed(tx: Tx, changes: readonly IncidentChange[]): Promise<void> {
    const opened = changes.flatMap(({ after, entries }) =>
      entries.flatMap(({ event, seq, by, at }) =>
        event.type === 'revealed' && by ? [{ incident: after.id, seq, person: event.whose, by, at }] : [],
      ),
    )
    if (opened.length > 0) await tx.insert(tables.reveals).values(opened).returning({ seq: tables.reveals.seq })
  }

  function spoken(tx: Tx, { spoken: message, changed: other, incidents: [first], person }: Commit): Promise<void>[] {
    const entries = first?.entries ?? []
    return [
      ...(message && first ? [utterances.keep(tx, message, first.after.id, entries)] : []),
      ...(other ? [utterances.follow(tx, other, person, entries)] : []),
    ]
  }

  /** Nothing to wait for where nothing is to be fetched. */
  function fetching(tx: Tx, commit: Commit, found: ReadonlyMap<IncidentId, Key>): readonly Promise<void>[] {
    const { incidents, now } = commit
    const [first] = found
    const work: Promise<void>[] = []
    if (commit.fetches && first)
      work.push(fetches.add(tx, { incident: first[0], seq: entryOf(incidents[0]) }, first[1], commit.fetches, now))
    if (commit.fetched) work.push(fetches.settle(tx, commit.fetched))
    if (incidents.some(change => change.shred)) work.push(fetches.drop(tx, incidents))
    return work
  }

  async function attach(tx: Tx, { files: ids = [], incidents: [first] }: Commit): Promise<void> {
    if (ids.length === 0 || !first) return
    const { files } = tables
    const own = inArray(files.id, [...ids])
    await tx
      .update(files)
      .set({ incident: first.after.id })
      .where(and(own, isNull(files.incident), isNull(files.shreddedAt)))
      .returning({ id: files.id })
    const standing = await tx.$count(files, and(own, isNull(files.shreddedAt)))
    if (standing < new Set(ids).size) throw new ConflictError('a file that came along was let go meanwhile')
  }
}

// Files come with a report or with what somebody adds.
const entryOf = (change: IncidentChange | undefined) =>
  change?.entries.find(({ event }) => event.type === 'added' || event.type === 'reported')?.seq ?? null

const gathers = (posts: readonly Post[]) => posts.some(post => post.digest !== undefined)

const thick = (commit: Commit) => postsOf(commit).some(post => post.gatherAt !== undefined)

// They go from the index in this very transaction; what may still be found is taken up anew.
const losesWords = ({ before, after, shred, recall }: IncidentChange) =>
  shred || recall || (isConcealed(after) && before && !isConcealed(before))

const postsOf = (commit: Commit) => [
  ...commit.incidents.flatMap(change => change.effects.posts),
  ...(commit.posts ?? []),
]

const clocksOf = (incidents: readonly IncidentChange[]) =>
  incidents.flatMap(({ after, effects }) => effects.timers.map(change => ({ incident: after.id, change })))

const cardsOf = (incidents: readonly IncidentChange[]) =>
  incidents.flatMap(({ after, effects }) =>
    effects.cards.map(room => ({ incident: after.id, room, severity: after.severity })),
  )
