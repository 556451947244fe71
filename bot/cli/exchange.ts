import { writeFileSync } from 'node:fs'
import { type Command, InvalidArgumentError } from 'commander'
import { stringify } from 'yaml'
import type { Store } from '../../db/store.ts'
import { ConfigError } from '../../workflows/errors.ts'
import type { BackupPlan } from '../../workflows/network/backup.ts'
import { areas, type Difference, differences } from '../../workflows/network/differ.ts'
import { usualRetention } from '../../workflows/network/retention.ts'
import { updateOf } from '../../workflows/network/update.ts'
import { type NamedFiles, writtenNetwork } from '../../workflows/network/written.ts'
import type { Network, NetworkRoom } from '../../workflows/network.ts'
import { valueAt } from '../../workflows/problems.ts'
import { loadNetwork } from '../config.ts'
import { readYaml } from '../yaml.ts'
import { count, type Print, print, run, withStore } from './terminal.ts'

/** `hub network diff`, `apply` and `export`. */
export function addExchange(network: Command): void {
  network
    .command('diff')
    .description('Print how the network file differs from the network as the database rules it')
    .option('-f, --file <file>', 'this network file, not the one of NETWORK_FILE')
    .action(({ file }: { file?: string }) =>
      run(() =>
        withStore(async ({ store, config }) => {
          const wanted = file === undefined ? config.network : loadNetwork(file)
          return showDifferences(await found(store, wanted), print)
        }),
      ),
    )
  network
    .command('apply')
    .description('Take what the network file says otherwise into the database')
    .option('-f, --file <file>', 'this network file, not the one of NETWORK_FILE')
    .option('-o, --only <what>', `only these, with commas: ${areas.join(', ')}; or a region or call sign`, readOnly)
    .option('--remove', 'also let go of what the file does not name')
    .option('-y, --yes', 'do it; without this, say what would change')
    .action(({ file, ...how }: { file?: string; only?: readonly string[]; remove?: boolean; yes?: boolean }) =>
      run(() =>
        withStore(({ store, config }) => {
          const wanted = file === undefined ? config.network : loadNetwork(file)
          return applyNetwork(store, wanted, { ...how, now: Date.now(), print })
        }),
      ),
    )
  network
    .command('export')
    .description('Write the network as it stands as a network file, with names and accounts in the open')
    .argument('[file]', 'where to; without it, to standard output')
    .action((file?: string) =>
      run(() =>
        withStore(async ({ store, config }) => {
          const { data } = readYaml(config.networkFile)
          const files = (['places', 'boundaries', 'calendar'] as const).flatMap(name => {
            const file = valueAt(data, [name, 'file'])
            return typeof file === 'string' ? [[name, file] as const] : []
          })
          const own = { files: Object.fromEntries(files), backup: config.network.backup }
          const text = await exportNetwork(store, own)
          if (file === undefined) process.stdout.write(text)
          else writeFileSync(file, text, { mode: 0o600, flag: 'wx' })
          if (file !== undefined) print(`Written: ${file} (only you can read it; it names people and their accounts)`)
          return true
        }),
      ),
    )
}

/** The network as the database rules it, in the form of a network file; with what only the file says, as it says it. */
export async function exportNetwork(
  store: Store,
  { files = {}, backup }: { files?: NamedFiles; backup?: BackupPlan | undefined } = {},
): Promise<string> {
  const head = '# The network as the database ruled it. It holds names and accounts: keep it as safe as the key.\n'
  const network = { ...(await presentNetwork(store)), ...(backup ? { backup } : {}) }
  return head + stringify(writtenNetwork(network, files), { lineWidth: 0 })
}

/** Prints differences; true if there are none. */
export function showDifferences(all: readonly Difference[], out: Print): boolean {
  if (all.length === 0) out('The file and the database say the same.')
  for (const one of all) out(differenceWords(one))
  return all.length === 0
}

/** How an update is made: what of it, whether things may go, and whether it is meant. */
export type Applying = {
  readonly only?: readonly string[]
  readonly remove?: boolean
  readonly yes?: boolean
  readonly now: number
  readonly print: Print
}

/**
 * Takes what the file says otherwise into the database, once it is said that it is meant; else prints what would
 * change. True if there is nothing left to say. @throws ConfigError where it cannot be
 */
export async function applyNetwork(store: Store, file: Network, how: Applying): Promise<boolean> {
  const { only, remove = false, yes = false, now, print: out } = how
  const present = await presentNetwork(store)
  const all = differences(file, present).filter(one => !only || only.some(wanted => isMeant(wanted, one)))
  const chosen = all.filter(one => remove || one.type !== 'remove')
  const kept = all.length - chosen.length
  if (kept > 0)
    out(`${count(kept, 'thing')} that the file does not name stay${kept === 1 ? 's' : ''} (--remove lets go).`)
  if (chosen.length === 0) {
    out('Nothing to take in.')
    return true
  }
  for (const one of chosen) out(differenceWords(one))
  if (!yes) {
    out('To do it: add --yes')
    return false
  }
  const update = updateOf(chosen, file, present, remove)
  const known = new Set([...present.regions, ...update.regions].map(region => region.code))
  const lost = update.rooms.find(room => room.region !== null && !known.has(room.region))
  if (lost) throw new ConfigError(`The region ${lost.region} is not known yet. Take regions in too.`)
  await store.roster.update(update, now)
  out(`Done: ${count(chosen.length, 'change')}.`)
  if (chosen.some(one => restarts.has(one.key) || one.area === 'regions'))
    out('Summaries, clocks and places of regions take effect when the hub is started again.')
  return true
}

/** The network as the database rules it, with names and accounts. */
export async function presentNetwork({ roster, held }: Pick<Store, 'roster' | 'held'>): Promise<Network> {
  const directory = roster.directory()
  const { name, zone, languages, strangers, red, summaries, clocks, groups = [], limits } = directory
  const { broadcasts, events, hotline, polling } = directory
  const rooms = (purpose: string, region: string | null): NetworkRoom[] =>
    directory.rooms
      .filter(room => room.purpose === purpose && room.region === region)
      .map(({ platform, address, name, language, red, talk }) => ({
        ...{ platform, address, name: name === address ? null : name, language, red },
        ...(talk ? { talk } : {}),
      }))
  const people: Network['people'][number][] = []
  for (const { id, callsign, roles, regions, languages, skills, partner, own } of directory.people.values()) {
    const grant = own ?? { roles, regions }
    const identity = grant.roles.length > 0 ? await held.identity(id) : null
    if (!identity || identity.accounts.length === 0) continue
    const known = {
      name: identity.name,
      accounts: identity.accounts,
      ...(skills ? { skills } : {}),
      ...(partner ? { partner } : {}),
    }
    people.push({ callsign, ...grant, languages, ...known, sample: false })
  }
  return {
    ...{ name, zone, languages, strangers, red, summaries, clocks, groups },
    retention: directory.retention ?? usualRetention,
    ...(broadcasts ? { broadcasts } : {}),
    ...(events ? { events } : {}),
    ...(polling ? { polling } : {}),
    ...(hotline ? { hotline } : {}),
    ...(limits ? { limits } : {}),
    regions: directory.regions.map(region => ({ ...region, rooms: rooms('region', region.code) })),
    coordination: rooms('coordination', null),
    leadership: rooms('leadership', null),
    triage: rooms('triage', null),
    people,
  }
}

const restarts = new Set(['setting summaries', 'setting clocks'])

async function found(store: Store, file: Network): Promise<readonly Difference[]> {
  return differences(file, await presentNetwork(store))
}

function isMeant(wanted: string, { area, label }: Difference): boolean {
  const said = wanted.toLowerCase()
  return area === said || label.toLowerCase() === said || label.toLowerCase().startsWith(`${said}: `)
}

function differenceWords({ area, label, type, fields }: Difference): string {
  switch (type) {
    case 'add':
      return `+ ${area}  ${label} (only in the file)`
    case 'remove':
      return `- ${area}  ${label} (only in the database)`
    case 'change':
      return `~ ${area}  ${label}: ${area === 'settings' ? 'otherwise' : fields.join(', ')}`
  }
}

function readOnly(text: string): readonly string[] {
  const words = text.split(',').flatMap(word => word.trim() || [])
  if (words.length === 0) throw new InvalidArgumentError(`Use ${areas.join(', ')}, a region or a call sign.`)
  return words
}
