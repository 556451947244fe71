import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import { loadHubKeys } from '../../db/keyfile.ts'
import { type Config, loadConfig } from '../config.ts'
import { databaseFile, databasePlace } from './address.ts'
import { addressCheck, type Check, examine, folderCheck, keyCheck, nodeCheck, portCheck } from './checks.ts'
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
  ]
  return examine(checks, print)
}

async function databaseState(config: Config): Promise<string> {
  return withStore(async ({ store }) => {
    await store.ping()
    const { waiting, unknown, failed } = await store.outbox.counts()
    const { incidents } = await store.audit.counts()
    const where = databasePlace(config.databaseUrl)
    const stands = `${count(incidents, 'incident')}, ${waiting + unknown} to send`
    const said = `${where}: opens with this key, schema is current, ${stands}`
    return failed > 0 ? `${said}, ${failed} given up` : said
  }, config)
}
