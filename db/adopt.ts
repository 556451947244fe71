import { and, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { IncidentId, PersonId } from '../workflows/ids.ts'
import { type Incident, kinOf } from '../workflows/incident.ts'
import type { Base } from './base.ts'
import type { Read, Tx } from './database.ts'
import type { Key } from './key.ts'
import { type DataKeys, ofIncident, ofPerson } from './keys.ts'
import { adoptMessengers } from './messengers.ts'
import type { Standings } from './standing.ts'

type Parts = { readonly base: Base; readonly keys: DataKeys; readonly standings: Standings }

/** Who is whom from now on; `worked`: the former was on the roster, and may stand in any incident. */
export type Adoption = { readonly from: PersonId; readonly to: PersonId; readonly worked: boolean }

/**
 * Makes all that is one person's another's, because they are the same: accounts, reports with their words and files,
 * duty, drafts. Timelines stand as they were written and name the former, who is from then on known as the present one.
 * Whose key it was stays until the present one is erased. It may be done again.
 */
export async function adopt(tx: Tx, parts: Parts, { from, to, worked }: Adoption, now: number): Promise<void> {
  const { tables, seal } = parts.base
  const { formers, people, accounts, duty, drafts, reveals, tickets, triageLeases, blocks, shields, codes } = tables
  const old = await parts.keys.find(tx, ofPerson(from))
  const key = await parts.keys.require(tx, ofPerson(to))
  await tx.update(formers).set({ present: to }).where(eq(formers.present, from)).returning({ person: formers.person })
  await tx
    .insert(formers)
    .values({ person: from, present: to, at: now })
    .onConflictDoNothing()
    .returning({ person: formers.person })
  for (const { id, address } of old ? await tx.select().from(accounts).where(eq(accounts.person, from)) : []) {
    const sealed = seal.seal(seal.text(address, old ?? undefined), key)
    await tx
      .update(accounts)
      .set({ person: to, address: sealed })
      .where(eq(accounts.id, id))
      .returning({ id: accounts.id })
  }
  for (const { form, sealed } of old ? await tx.select().from(drafts).where(eq(drafts.person, from)) : []) {
    const set = { person: to, sealed: seal.seal(seal.text(sealed, old ?? undefined), key) }
    await tx.update(drafts).set(set).where(eq(drafts.form, form)).returning({ form: drafts.form })
  }
  const [onDuty] = await tx.delete(duty).where(eq(duty.person, from)).returning({ until: duty.until })
  if (onDuty) {
    const later = sql`case when ${duty.until} > ${onDuty.until} then ${duty.until} else ${onDuty.until} end`
    await tx
      .insert(duty)
      .values({ person: to, until: onDuty.until })
      .onConflictDoUpdate({ target: duty.person, set: { until: later } })
      .returning({ until: duty.until })
  }
  await tx.update(reveals).set({ person: to }).where(eq(reveals.person, from)).returning({ seq: reveals.seq })
  await tx.update(reveals).set({ by: to }).where(eq(reveals.by, from)).returning({ seq: reveals.seq })
  await tx.delete(tickets).where(eq(tickets.person, from)).returning({ until: tickets.until })
  await tx.delete(triageLeases).where(eq(triageLeases.person, from)).returning({ until: triageLeases.until })
  await tx.delete(blocks).where(eq(blocks.person, from)).returning({ id: blocks.id })
  // Whoever is hidden stays so; why was sealed under the key of who they were.
  await tx
    .update(shields)
    .set({ person: to, reason: null })
    .where(and(eq(shields.person, from), isNull(shields.liftedAt)))
    .returning({ id: shields.id })
  await tx
    .delete(codes)
    .where(and(eq(codes.person, from), eq(codes.type, 'link')))
    .returning({ number: codes.number })
  await adoptWishes(tx, parts.base, from, to)
  await adoptAnswers(tx, parts, from, to)
  await adoptMessengers(tx, parts, from, to)
  await tx.delete(people).where(eq(people.id, from)).returning({ id: people.id })
  await adoptReports(tx, parts, { from, to, worked })
}

/** Whoever has said stop under either name is left in peace; else what the present one wishes counts. */
async function adoptWishes(tx: Tx, { tables: { people } }: Base, from: PersonId, to: PersonId): Promise<void> {
  const both = await tx
    .select({ id: people.id, wishes: people.wishes })
    .from(people)
    .where(inArray(people.id, [from, to]))
  const of = (id: PersonId) => both.find(row => row.id === id)?.wishes ?? {}
  const wishes = { ...of(from), ...of(to) }
  if (Object.keys(of(from)).length === 0) return
  await tx.update(people).set({ wishes }).where(eq(people.id, to)).returning({ id: people.id })
}

/** What was sent to the one, and what they said to it, is the other's. */
async function adoptAnswers(tx: Tx, { base, keys }: Parts, from: PersonId, to: PersonId): Promise<void> {
  const { tables, seal } = base
  const { recipients } = tables
  const theirs = eq(recipients.person, from)
  const [was, is] = [await keys.find(tx, ofPerson(from)), await keys.require(tx, ofPerson(to))]
  const rows = await tx
    .select({ broadcast: recipients.broadcast, key: recipients.key, said: recipients.said })
    .from(recipients)
    .where(and(theirs, isNotNull(recipients.said)))
  for (const { broadcast, key, said } of rows) {
    const set = { said: said && was ? seal.seal(seal.text(said, was), is) : null }
    const one = and(eq(recipients.broadcast, broadcast), eq(recipients.key, key))
    await tx.update(recipients).set(set).where(one).returning({ key: recipients.key })
  }
  await tx.update(recipients).set({ person: to }).where(theirs).returning({ key: recipients.key })
}

/** Erases with somebody all whom they were taken for before: their keys, and what may still lie about. Gives them. */
export async function eraseFormers(
  tx: Tx,
  { tables }: Base,
  person: PersonId,
  now: number,
): Promise<readonly PersonId[]> {
  const { formers, erasures, codes, keys } = tables
  const gone = await tx.delete(formers).where(eq(formers.present, person)).returning({ person: formers.person })
  for (const { person: former } of gone) {
    await tx
      .delete(keys)
      .where(eq(keys.scope, ofPerson(former)))
      .returning({ scope: keys.scope })
    const row = { person: former, cursor: '', at: now }
    await tx.insert(erasures).values(row).onConflictDoNothing().returning({ person: erasures.person })
  }
  const links = and(eq(codes.person, person), eq(codes.type, 'link'))
  await tx.delete(codes).where(links).returning({ number: codes.number })
  return gone.map(row => row.person)
}

/**
 * Those who are another by now and under whom incidents stand still, because these were written in that moment.
 */
export async function leftUnder(
  read: Read,
  { tables: { incidents } }: Base,
  formers: readonly PersonId[],
): Promise<readonly PersonId[]> {
  if (formers.length === 0) return []
  const rows = await read
    .selectDistinct({ person: incidents.reporter })
    .from(incidents)
    .where(inArray(incidents.reporter, [...formers]))
  return rows.flatMap(row => row.person ?? [])
}

/** Every incident whose state names the former: their own, those they have, and what these are merged with. */
async function adoptReports(tx: Tx, parts: Parts, { from, to, worked }: Adoption): Promise<void> {
  const { base, standings, keys } = parts
  const { files, fetches, origins, posts, tasks } = base.tables
  const ids = await naming(tx, base, from, worked)
  for (const id of ids) {
    const standing = await standings.read(tx, id)
    if (!standing) continue
    const { incident, hash, version } = standing
    // Ids of people are random, so nothing else in a state reads like one.
    const after = JSON.parse(JSON.stringify(incident).replaceAll(`"${from}"`, `"${to}"`)) as Incident
    await standings.update(tx, after, hash, version)
    const key = await keys.find(tx, ofIncident(id))
    if (key) await adoptWords(tx, parts, id, key, from, to)
  }
  if (ids.length > 0) {
    const ofFile = and(inArray(files.incident, ids), eq(files.person, from))
    await tx.update(files).set({ person: to }).where(ofFile).returning({ id: files.id })
    const ofFetch = and(inArray(fetches.incident, ids), eq(fetches.person, from))
    await tx.update(fetches).set({ person: to }).where(ofFetch).returning({ id: fetches.id })
    // Both may have given the same link.
    const given = await tx
      .delete(origins)
      .where(and(inArray(origins.incident, ids), eq(origins.person, from)))
      .returning()
    const rows = given.map(one => ({ ...one, person: to }))
    if (rows.length > 0)
      await tx.insert(origins).values(rows).onConflictDoNothing().returning({ incident: origins.incident })
  }
  await tx.update(posts).set({ author: to }).where(eq(posts.author, from)).returning({ id: posts.id })
  const owed = await tx.delete(tasks).where(eq(tasks.person, from)).returning()
  const theirs = owed.map(row => ({ ...row, person: to }))
  if (theirs.length > 0) await tx.insert(tasks).values(theirs).onConflictDoNothing().returning({ run: tasks.run })
}

async function naming(
  tx: Tx,
  { tables: { incidents } }: Base,
  person: PersonId,
  worked: boolean,
): Promise<readonly IncidentId[]> {
  const own = await tx
    .select({ state: incidents.state })
    .from(incidents)
    .where(or(eq(incidents.reporter, person), eq(incidents.claimer, person)))
  const kin = [...new Set(own.flatMap(({ state }) => [state.id, ...kinOf(state)]))]
  if (!worked) return kin.sort()
  // Whoever was on the roster stands also among those who joined or were named.
  const named = await tx
    .select({ id: incidents.id })
    .from(incidents)
    .where(sql`${incidents.state} like ${`%"${person}"%`}`)
  return [...new Set([...kin, ...named.map(row => row.id)])].sort()
}

async function adoptWords(
  tx: Tx,
  { base: { tables, seal }, keys }: Parts,
  id: IncidentId,
  incident: Key,
  from: PersonId,
  to: PersonId,
): Promise<void> {
  const { words } = tables
  const own = and(eq(words.incident, id), eq(words.person, from))
  const rows = await tx.select().from(words).where(own)
  const [was, is] = [await keys.find(tx, ofPerson(from)), await keys.require(tx, ofPerson(to))]
  if (!was) return
  for (const { seq, sealed } of rows) {
    const text = seal.text(sealed, keys.words(incident, was))
    await tx
      .update(words)
      .set({ person: to, sealed: seal.seal(text, keys.words(incident, is)) })
      .where(and(own, eq(words.seq, seq)))
      .returning({ seq: words.seq })
  }
}
