import { randomBytes, randomInt } from 'node:crypto'
import type { Store } from '../db/store.ts'
import type { AccountChange, Arrival } from '../workflows/account.ts'
import { freeCallsigns } from '../workflows/birds.ts'
import { called } from '../workflows/callsign.ts'
import type { Post } from '../workflows/change.ts'
import type { Directory, Language } from '../workflows/directory.ts'
import { grantParams, toCoordination, toolName } from '../workflows/entry.ts'
import { ConflictError } from '../workflows/errors.ts'
import { effective } from '../workflows/grant.ts'
import type { AccountId, PersonId } from '../workflows/ids.ts'
import { phrase } from '../workflows/phrase.ts'
import type { Origin } from './platform.ts'

/**
 * Takes note of the platform's groups that whoever asks is in now, before it is asked what they may: a group that gives
 * roles makes somebody new known, and a role goes with the group. Costs nothing where nothing has changed.
 * @throws StoreError
 */
export async function keepGroups(origin: Origin, store: Store, now: number): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await noteGroups(origin, store, now)
    } catch (error) {
      // Somebody else noted the same, or has the call sign.
      if (!(error instanceof ConflictError) || attempt === tries) throw error
      await store.roster.refresh()
    }
  }
}

const tries = 4

async function noteGroups(origin: Origin, store: Store, now: number): Promise<void> {
  const directory = store.roster.directory()
  const giving = (directory.groups ?? []).filter(group => group.platform === origin.platform)
  if (!origin.groups || giving.length === 0) return
  const given = giving.filter(group => origin.groups?.includes(group.address))
  const groups = [...new Set(given.map(group => group.address))].sort()
  const found = await store.roster.whose(origin.platform, origin.account)
  if (found) {
    if (!directory.people.has(found.person) || groups.join() === (found.groups ?? []).join()) return
    const { person, account } = found
    return commit(store, { type: 'groups', person, account, groups, arrival: null }, [], now)
  }
  if (groups.length === 0) return
  const arrival = arrivalOf(origin, directory)
  const { person, account, callsign } = arrival
  const grant = effective({ roles: [], regions: [] }, given)
  const params = { callsign, tool: toolName(origin.platform), ...grantParams(grant, directory) }
  const told = toCoordination(directory, `arrived:${person}`, phrase('account.grouped-told', params))
  return commit(store, { type: 'groups', person, account, groups, arrival }, told, now)
}

/** Somebody new, under a call sign that is free now. */
export function arrivalOf(origin: Origin, directory: Directory): Arrival {
  const { platform, account: address } = origin
  return {
    person: randomBytes(12).toString('base64url') as PersonId,
    account: randomBytes(12).toString('base64url') as AccountId,
    platform,
    address,
    callsign: suggestCallsign(directory),
    language: languageOf(origin, directory) ?? directory.languages[0] ?? 'en',
  }
}

/** A call sign that nobody has now. */
export function suggestCallsign(directory: Directory): string {
  const free = freeCallsigns(called(directory))
  return free[randomInt(free.length)] ?? `Bird-${randomInt(1_000, 1_000_000)}`
}

/** The language somebody uses the platform in, if the network speaks it. */
export function languageOf({ language }: Pick<Origin, 'language'>, { languages }: Directory): Language | null {
  return language && languages.includes(language) ? language : null
}

function commit(store: Store, roster: AccountChange, posts: readonly Post[], now: number): Promise<void> {
  return store.transaction(tx =>
    tx.commit({ key: null, person: null, now, answer: null, incidents: [], roster, posts }),
  )
}
