import { randomBytes } from 'node:crypto'
import { eq, like } from 'drizzle-orm'
import type { Newcomer, RosterChange } from '../workflows/change.ts'
import type { Account, Directory, Language, Person } from '../workflows/directory.ts'
import type { AccountId, PersonId, PlatformName, RoomId } from '../workflows/ids.ts'
import { knownNames } from '../workflows/mask/roster.ts'
import type { Network } from '../workflows/network.ts'
import type { Base } from './base.ts'
import type { Blocks } from './blocks.ts'
import { prepared, type Read, type Tx } from './database.ts'
import { erase } from './erasure.ts'
import { type DataKeys, ofPerson } from './keys.ts'
import { addNewcomer, raiseVersion } from './newcomers.ts'
import { accountLookup, seed } from './seed.ts'
import { slot } from './write.ts'

/** People, rooms, regions and duty; the whole of it is small and held in memory. */
export interface RosterStore {
  /** The roster as last read; at most a second behind what another process wrote, never behind this one. */
  directory(): Directory
  /** Whose account that is, or null for a stranger. */
  whose(platform: PlatformName, address: string): Promise<{ person: PersonId; account: AccountId } | null>
  /** The unsealed address of an account, for delivery only; null if it is gone. */
  address(account: AccountId): Promise<string | null>
  /** Takes the network file into an empty database; does nothing once seeded. True if it seeded. */
  seed(network: Network): Promise<boolean>
  /** Reads the roster anew if another process changed it. */
  refresh(): Promise<void>
}

/** The roster, and what a transaction does to it. */
export type Roster = RosterStore & {
  /** Writes a change; `load` shows it once it is committed. */
  change(tx: Tx, change: RosterChange, now: number): Promise<void>
  /** Writes somebody from outside who becomes known; `welcome` shows them once it is committed. */
  add(tx: Tx, newcomer: Newcomer): Promise<void>
  welcome(newcomer: Newcomer): Promise<void>
  /** Reads the whole roster anew. */
  load(): Promise<void>
  /** Where a room is; null if it is bound no more. */
  platformOf(room: RoomId): PlatformName | null
}

type Whose = { readonly person: PersonId; readonly account: AccountId }
type Snapshot = {
  readonly version: string
  readonly directory: Directory
  readonly accounts: ReadonlyMap<string, Whose>
  readonly rooms: ReadonlyMap<RoomId, PlatformName>
}

/** The roster in the database, held in memory; empty until it is loaded. */
export function rosterStore(base: Base, keys: DataKeys, blocks: Blocks): Roster {
  const { database, tables, seal } = base
  let held = empty
  let loading = Promise.resolve()
  const lookups = new Map<string, string>()

  function lookupOf(platform: PlatformName, address: string): string {
    const name = accountLookup(platform, address)
    const known = lookups.get(name)
    if (known) return known
    if (lookups.size >= mostLookups) lookups.clear()
    const made = seal.hmac(name)
    lookups.set(name, made)
    return made
  }

  async function load(): Promise<void> {
    const { settings, regions, rooms, people, accounts, duty } = tables
    const { read } = database
    // The version first: what changes while the rest is read is then read again.
    const at = await versionOf()
    const [network] = await read.select().from(settings).where(eq(settings.key, 'network'))
    const bound = await read.select().from(rooms)
    const owners = await read.select().from(accounts)
    const persons = await read.select().from(people)
    const stored = await read.select().from(tables.keys).where(like(tables.keys.scope, 'person:%'))
    keys.remember(new Map(stored.map(row => [row.scope.slice('person:'.length) as PersonId, row.sealed])))
    const blocked = await blocks.now(read)
    const byPerson = Map.groupBy(owners, account => account.person)
    held = {
      version: at,
      directory: {
        ...(network ? (JSON.parse(network.value) as Facts) : nameless),
        regions: await read.select().from(regions),
        rooms: bound,
        names: knownNames(realNames(persons), randomBytes(32)),
        people: new Map(
          persons.map(row => {
            const person = personOf(row, byPerson.get(row.id) ?? [])
            return [row.id, blocked.has(row.id) ? { ...person, blocked: true } : person]
          }),
        ),
        duty: await read.select().from(duty),
      },
      accounts: new Map(owners.map(row => [row.lookup, { person: row.person, account: row.id }])),
      rooms: new Map(bound.map(room => [room.id, room.platform])),
    }
  }

  function realNames(persons: readonly { id: PersonId; name: Buffer | null }[]): string[] {
    return persons.flatMap(({ id, name }) => {
      const key = name && keys.known(id)
      return name && key ? [seal.text(name, key)] : []
    })
  }

  // One at a time, so that an older reading never replaces a newer one.
  const loaded = () => {
    loading = loading.catch(() => {}).then(load)
    return loading
  }

  let looking: Promise<void> | undefined
  async function look(): Promise<void> {
    if ((await versionOf()) !== held.version) await loaded()
  }

  const version = prepared('roster_version', (handle: Read) =>
    handle
      .select({ value: tables.settings.value })
      .from(tables.settings)
      .where(eq(tables.settings.key, slot('key'))),
  )
  async function versionOf(): Promise<string> {
    const [row] = await version(database.read, { key: versionKey })
    return row?.value ?? ''
  }

  return {
    directory: () => held.directory,
    async whose(platform, address) {
      return held.accounts.get(lookupOf(platform, address)) ?? null
    },
    async address(account) {
      const { accounts } = tables
      const [row] = await database.read.select().from(accounts).where(eq(accounts.id, account))
      const key = row && (await keys.find(database.read, ofPerson(row.person)))
      return row && key ? seal.text(row.address, key) : null
    },
    async seed(network) {
      const seeded = await seed(base, keys, network)
      await loaded()
      return seeded
    },
    refresh() {
      // Whoever asks while a look is under way waits for that one.
      looking ??= look().finally(() => {
        looking = undefined
      })
      return looking
    },
    async change(tx, change, now) {
      if (change.type === 'block' || change.type === 'unblock') await blocks.write(tx, change)
      else await write(tx, base, keys, change, now)
      await raiseVersion(tx, base, versionKey)
    },
    async add(tx, newcomer) {
      await addNewcomer(tx, base, keys, newcomer)
      await raiseVersion(tx, base, versionKey)
    },
    async welcome(newcomer) {
      const version = await versionOf()
      // Whatever else has changed is read with them.
      if (Number(version) !== Number(held.version) + 1) return loaded()
      const { person, account, platform, address, callsign, language } = newcomer
      const own = [{ id: account, person, platform }]
      const one = { id: person, callsign, roles: [], regions: [], languages: [language], vetted: false, accounts: own }
      const { directory } = held
      held = {
        ...held,
        version,
        directory: { ...directory, people: new Map(directory.people).set(person, one) },
        accounts: new Map(held.accounts).set(lookupOf(platform, address), { person, account }),
      }
    },
    load: loaded,
    platformOf: room => held.rooms.get(room) ?? null,
  }
}

/** Writes one change that a person made for themselves. */
async function write(tx: Tx, base: Base, keys: DataKeys, change: RosterChange, now: number): Promise<void> {
  const { person } = change
  const { duty, people } = base.tables
  switch (change.type) {
    case 'duty': {
      const { until } = change
      if (until === null) return void (await tx.delete(duty).where(eq(duty.person, person)).returning())
      const set = { until }
      await tx.insert(duty).values({ person, until }).onConflictDoUpdate({ target: duty.person, set }).returning()
      return
    }
    case 'callsign': {
      const { callsign } = change
      await tx.update(people).set({ callsign }).where(eq(people.id, person)).returning({ id: people.id })
      return
    }
    case 'language': {
      const [row] = await tx.select({ languages: people.languages }).from(people).where(eq(people.id, person))
      const others = (row?.languages ?? []).filter(language => language !== change.language)
      const languages = [change.language as Language, ...others]
      await tx.update(people).set({ languages }).where(eq(people.id, person)).returning({ id: people.id })
      return
    }
    case 'quiet': {
      const { quiet } = change
      await tx.update(people).set({ quiet }).where(eq(people.id, person)).returning({ id: people.id })
      return
    }
    case 'contact': {
      const contact = change.contact === null ? null : base.seal.seal(change.contact, await keys.person(tx, person))
      await tx.update(people).set({ contact }).where(eq(people.id, person)).returning({ id: people.id })
      return
    }
    case 'erase':
      return erase(base, keys, tx, person, now)
  }
}

type Facts = Pick<Directory, 'name' | 'zone' | 'languages' | 'strangers' | 'red' | 'summaries' | 'clocks'>

const versionKey = 'roster'
const mostLookups = 20_000
const nameless: Facts = {
  name: '',
  zone: 'UTC',
  languages: ['en'],
  strangers: 'refuse',
  red: [],
  summaries: [],
  clocks: {},
}
const empty: Snapshot = {
  version: '',
  directory: { ...nameless, regions: [], rooms: [], people: new Map(), duty: [] },
  accounts: new Map(),
  rooms: new Map(),
}

function personOf(row: Omit<Person, 'accounts'>, owned: readonly Account[]): Person {
  const { id, callsign, roles, regions, languages, vetted, quiet = null } = row
  const accounts = owned.map(account => ({ id: account.id, person: id, platform: account.platform }))
  return { id, callsign, roles, regions, languages, vetted, accounts, quiet }
}
