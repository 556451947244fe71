import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import type { BackupFacts } from '../../db/backups.ts'
import { loadHubKeys } from '../../db/keyfile.ts'
import type { Directory } from '../../workflows/directory.ts'
import { ConfigError } from '../../workflows/errors.ts'
import { type Config, isPractice, loadConfig } from '../config.ts'
import type { FoundRoom } from '../platform.ts'
import { databaseFile, databasePlace } from './address.ts'
import {
  addressCheck,
  type Check,
  clockCheck,
  diskCheck,
  examine,
  folderCheck,
  keyCheck,
  nodeCheck,
  portCheck,
  watcherCheck,
} from './checks.ts'
import { type Inspected, inspections } from './inspections.ts'
import { networkChecks } from './reach.ts'
import { count, print, run, withStore } from './terminal.ts'

/** `hub doctor`. */
export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('Check that the hub can run here, and say what to do if not')
    .action(() => run(doctor))
}

async function doctor(): Promise<boolean> {
  const first = nodeCheck(process.version)
  let config: Config
  try {
    config = loadConfig()
  } catch (error) {
    const settings = { name: 'Settings', run: () => Promise.reject(error) }
    return examine([first, settings], print)
  }
  const { databaseUrl, key, host, port, network } = config
  const file = databaseFile(databaseUrl)
  const isNew = file !== null && !existsSync(file)
  const people = count(network.people.length, 'person', 'people')
  const checks: Check[] = [
    first,
    { name: 'Settings', run: () => `${network.name}: ${count(network.regions.length, 'region')}, ${people}` },
    folderCheck(dirname(file ?? resolve(key.file))),
    keyCheck(key, isNew, () => loadHubKeys({ ...key, mayCreate: file === null })),
    {
      name: 'Database',
      run: () => (isNew ? `${databasePlace(config.databaseUrl)} (made at the first start)` : databaseState(config)),
    },
    portCheck(host, port),
    addressCheck(config.publicUrl),
    watcherCheck(config.heartbeatUrl),
    diskCheck(nearest(dirname(file ?? resolve(key.file)))),
    ...(isPractice(config) ? [] : await platformChecks(config, isNew)),
  ]
  return examine(checks, print)
}

/** What must be so with the chat tools and the rooms bound there; before the first start, those of the file. */
async function platformChecks(config: Config, isNew: boolean): Promise<readonly Check[]> {
  const { network, platforms } = config
  const tools = await inspections(platforms)
  const directory = isNew ? null : await directoryOf(config)
  const named = [...network.regions.flatMap(region => region.rooms), ...network.coordination, ...network.leadership]
  const rooms = directory?.rooms ?? named.map(room => ({ ...room, name: room.name ?? room.address }))
  return [
    clockCheck(platforms.slack ? (platforms.slack.apiUrl ?? 'https://slack.com/api/') : timeGiver(config)),
    ...tools.flatMap(({ tool, inspection }) =>
      inspection.probes(distinct(rooms.filter(room => room.platform === tool))),
    ),
    ...strayRooms(rooms, tools),
    ...(directory ? networkChecks(directory, tools.length, Date.now()) : []),
  ]
}

/** Rooms on tools that are off hear nothing. */
function strayRooms(rooms: readonly { platform: string; name: string }[], tools: readonly Inspected[]): Check[] {
  const stray = rooms.filter(room => room.platform !== 'workspace' && !tools.some(({ tool }) => tool === room.platform))
  if (stray.length === 0) return []
  const names = [...new Set(stray.map(room => `${room.name} (${room.platform})`))].join(', ')
  return [
    {
      name: 'Rooms',
      run: () => {
        throw new ConfigError(`${names}: bound, but that tool is off, so nobody there hears. Set its variables.`)
      },
    },
  ]
}

function directoryOf(config: Config): Promise<Directory | null> {
  return withStore(async ({ store }) => store.roster.directory(), config).catch(() => null)
}

const timeGiver = ({ platforms: { discord, signal } }: Config) =>
  discord ? (discord.apiUrl ?? 'https://discord.com/api/v10/gateway') : signal ? 'https://signal.org/' : null

const distinct = (rooms: readonly FoundRoom[]) => [...new Map(rooms.map(room => [room.address, room])).values()]

const nearest = (folder: string): string =>
  existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder))

async function databaseState(config: Config): Promise<string> {
  return withStore(async ({ store }) => {
    await store.ping()
    const { waiting, unknown, failed } = await store.outbox.counts()
    const { incidents } = await store.audit.counts()
    const where = databasePlace(config.databaseUrl)
    const stands = `${count(incidents, 'incident')}, ${waiting + unknown} to send`
    const backup = backupWords(await store.backups.facts())
    const said = `${where}: opens with this key, schema is current, ${stands}, ${backup}`
    return failed > 0 ? `${said}, ${failed} given up` : said
  }, config)
}

function backupWords(facts: BackupFacts | null): string {
  if (!facts?.at) return 'NO BACKUP yet (hub backup)'
  const last = `last backup ${new Date(facts.at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
  return facts.problem ? `${last}, but NOT all went well since (hub backup)` : last
}
