import type { Account, Directory, Person } from '../workflows/directory.ts'
import { effective, type Group } from '../workflows/grant.ts'
import type { AccountId, PersonId, PlatformName, RoomId } from '../workflows/ids.ts'

/** Whose account it is, and in which of the platform's groups that carry roles it was last; absent: in none. */
export type Whose = { readonly person: PersonId; readonly account: AccountId; readonly groups?: readonly string[] }

/** The whole roster as it was read at a version. */
export type Snapshot = {
  readonly version: string
  readonly directory: Directory
  readonly accounts: ReadonlyMap<string, Whose>
  readonly rooms: ReadonlyMap<RoomId, PlatformName>
}

/** What of the network is kept in one piece. */
export type Facts = Pick<
  Directory,
  | 'name'
  | 'zone'
  | 'languages'
  | 'strangers'
  | 'red'
  | 'summaries'
  | 'broadcasts'
  | 'events'
  | 'polling'
  | 'hotline'
  | 'clocks'
  | 'groups'
>

/** A network that was not taken in yet. */
export const nameless: Facts = {
  name: '',
  zone: 'UTC',
  languages: ['en'],
  strangers: 'refuse',
  red: [],
  summaries: [],
  clocks: {},
}
/** The network as it was kept; plans that were kept before there were editions have the usual one. */
export function factsIn(kept: string): Facts {
  const facts = JSON.parse(kept) as Facts
  const whole = facts.summaries.map(plan => ({ ...plan, edition: plan.edition ?? usualFor(plan.to) }))
  return { ...facts, summaries: whole }
}

function usualFor(to: Facts['summaries'][number]['to']): Facts['summaries'][number]['edition'] {
  return to === 'leadership' ? 'leadership' : 'response'
}

/** The roster before it is read. */
export const empty: Snapshot = {
  version: '',
  directory: { ...nameless, regions: [], rooms: [], people: new Map(), duty: [] },
  accounts: new Map(),
  rooms: new Map(),
}

/** Somebody with what they hold by themselves, and what the groups of their accounts give them. */
export function personOf(
  row: Omit<Person, 'accounts' | 'skills'> & { readonly skills?: Person['skills'] | null },
  owned: readonly (Account & { readonly groups: readonly string[] | null })[],
  groups: readonly Group[],
): Person {
  const { id, callsign, roles, regions, languages, vetted, quiet = null, wishes, skills, partner } = row
  const accounts = owned.map(account => ({ id: account.id, person: id, platform: account.platform }))
  const further = { ...(wishes && { wishes }), ...(skills && { skills }), ...(partner && { partner }) }
  const own = { id, callsign, roles, regions, languages, vetted, accounts, quiet, ...further }
  const given = groups.filter(group =>
    owned.some(({ platform, groups: now }) => platform === group.platform && now?.includes(group.address)),
  )
  return given.length === 0
    ? own
    : { ...own, ...effective({ roles, regions }, given), vetted: true, own: { roles, regions } }
}
