import { randomBytes } from 'node:crypto'
import { eq, like } from 'drizzle-orm'
import type { Newcomer, RosterChange } from '../workflows/change.ts'
import type { Directory } from '../workflows/directory.ts'
import type { AccountId, PersonId, PlatformName, RoomId } from '../workflows/ids.ts'
import { knownNames } from '../workflows/mask/roster.ts'
import type { NetworkUpdate } from '../workflows/network/update.ts'
import type { Network } from '../workflows/network.ts'
import { adopt, leftUnder } from './adopt.ts'
import type { Base } from './base.ts'
import type { Blocks } from './blocks.ts'
import type { Cards } from './cards.ts'
import type { Codes } from './codes.ts'
import { prepared, type Read, type Tx } from './database.ts'
import type { Drills } from './drills.ts'
import { type DataKeys, ofPerson } from './keys.ts'
import { writeMembership } from './membership.ts'
import { addNewcomer, raiseVersion } from './newcomers.ts'
import { writePerson } from './people.ts'
import type { Recurrings } from './recurring.ts'
import { accountLookup, seed } from './seed.ts'
import { hiding, type Shields } from './shields.ts'
import { empty, factsIn, nameless, personOf, type Whose } from './snapshot.ts'
import type { Standings } from './standing.ts'
import { updateNetwork } from './update.ts'
import { slot } from './write.ts'

/** People, rooms, regions and duty; the whole of it is small and held in memory. */
export interface RosterStore {
  /** The roster as last read; at most a second behind what another process wrote, never behind this one. */
  directory(): Directory
  /** Whose account that is, and in which of the platform's groups it was last; null for a stranger. */
  whose(platform: PlatformName, address: string): Promise<Whose | null>
  /** The unsealed address of an account, for delivery only; null if it is gone. */
  address(account: AccountId): Promise<string | null>
  /** Takes the network file into an empty database; does nothing once seeded. True if it seeded. */
  seed(network: Network): Promise<boolean>
  /** Takes in what a network file says otherwise. @throws ConfigError where an account is somebody else's */
  update(update: NetworkUpdate, now: number): Promise<void>
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
  /** Who that is now, whom they turned out to be. */
  present(person: PersonId): PersonId
}

type RosterParts = {
  readonly keys: DataKeys
  readonly blocks: Blocks
  readonly shields: Pick<Shields, 'now' | 'write'>
  readonly drills: Pick<Drills, 'current' | 'write'>
  readonly recurring: Pick<Recurrings, 'write'>
  readonly codes: Codes
  readonly standings: Standings
  /** Wants cards drawn. */
  readonly want: Cards['want']
}

/** The roster in the database, held in memory; empty until it is loaded. */
export function rosterStore(
  base: Base,
  { keys, blocks, shields, drills, recurring, codes, standings, want }: RosterParts,
): Roster {
  const { database, tables, seal } = base
  const membership = { base, keys, codes, standings }
  let held = empty
  let loading = Promise.resolve()
  let mending = 0
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
    const shielded = await shields.now(read)
    const exercises = await drills.current(read)
    const byPerson = Map.groupBy(owners, account => account.person)
    const facts = network ? factsIn(network.value) : nameless
    const former = new Map((await read.select().from(tables.formers)).map(row => [row.person, row.present]))
    if (former.size > (held.directory.former?.size ?? 0)) mending = mendRounds
    const everybody = persons.map(row => {
      const person = personOf(row, byPerson.get(row.id) ?? [], facts.groups ?? [])
      return blocked.has(row.id) ? { ...person, blocked: true } : person
    })
    held = {
      version: at,
      directory: {
        ...facts,
        ...(former.size > 0 ? { former } : {}),
        regions: await read.select().from(regions),
        rooms: bound,
        names: knownNames(realNames(persons), randomBytes(32)),
        ...hiding(everybody, shielded),
        duty: await read.select().from(duty),
        ...(exercises.length > 0 ? { drills: exercises } : {}),
      },
      accounts: new Map(
        owners.map(row => [
          row.lookup,
          { person: row.person, account: row.id, ...(row.groups && { groups: row.groups }) },
        ]),
      ),
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
    if (mending > 0) await mend()
  }

  // A report that was being written while its reporter turned out to be somebody else follows them, in every process.
  async function mend(): Promise<void> {
    mending -= 1
    const { former } = held.directory
    const left = await leftUnder(database.read, base, [...(former?.keys() ?? [])])
    for (const from of left) {
      const to = former?.get(from)
      if (to) await database.transaction(tx => adopt(tx, membership, { from, to, worked: false }, Date.now()))
    }
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
    async update(update, now) {
      await database.transaction(async tx => {
        await raiseVersion(tx, base, versionKey)
        const cards = await updateNetwork(tx, base, keys, update, now)
        if (cards.length > 0) await want(tx, cards, now)
      })
      await loaded()
    },
    refresh() {
      // Whoever asks while a look is under way waits for that one.
      looking ??= look().finally(() => {
        looking = undefined
      })
      return looking
    },
    async change(tx, change, now) {
      // First, so that changes of who is in the network and of its rooms are made one after the other.
      await raiseVersion(tx, base, versionKey)
      switch (change.type) {
        case 'block':
        case 'unblock':
          return blocks.write(tx, change)
        case 'shield':
        case 'unshield':
          return shields.write(tx, change)
        case 'drill':
          return drills.write(tx, change.do)
        case 'recurring':
          return recurring.write(tx, change)
        case 'join':
        case 'unite':
        case 'unlink':
        case 'enter':
        case 'groups':
        case 'revoke':
        case 'bind':
        case 'unbind':
          return writeMembership(tx, membership, change, now)
        default:
          return writePerson(tx, base, keys, change, now)
      }
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
    present: person => held.directory.former?.get(person) ?? person,
  }
}

const versionKey = 'roster'
const mostLookups = 20_000
// As many looks, a second apart.
const mendRounds = 15
