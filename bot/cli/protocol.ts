import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import type { Directory } from '../../workflows/directory.ts'
import { ConfigError } from '../../workflows/errors.ts'
import { plannedDirectory } from '../../workflows/network/planned.ts'
import { planOf, type Sample } from '../../workflows/protocol/plan.ts'
import type { Protocol } from '../../workflows/protocol.ts'
import { kindInfo, type Severity, type Taxonomy, withClocks } from '../../workflows/taxonomy.ts'
import { contentFiles, loadConfig, loadNetwork, loadTaxonomy } from '../config.ts'
import { bundledProtocols, readProtocol, sharedIn } from '../protocols.ts'
import { databaseFile } from './address.ts'
import { previewLines } from './protocol/preview.ts'
import { count, type Print, print, run, withStore } from './terminal.ts'

/** `hub protocol check` and `hub protocol list`. */
export function addProtocol(program: Command): void {
  const protocol = program.command('protocol').description('Checklists with roles, clocks and gates')
  protocol
    .command('check')
    .argument('<file>', 'the YAML file of a protocol, or a gates.yaml or closing.yaml')
    .description('Say by line what is wrong with a file, and show what it would touch before it runs')
    .option('-i, --incident <kind,severity,region>', 'try it on such an incident, as in SP-3,S4,AZ', readSample)
    .action((file: string, { incident = {} }: { incident?: Partial<Sample> }) =>
      run(async () => {
        const { taxonomy, directory } = await surroundings()
        return checkFile(file, incident, { taxonomy, directory, now: Date.now(), folder: ownFolder(), print })
      }),
    )
  protocol
    .command('list')
    .description('List the protocols that can be started')
    .action(() =>
      run(async () => {
        const { taxonomyFile, protocolsFolder } = contentFiles()
        print(...listLines(loadTaxonomy(taxonomyFile, protocolsFolder).protocols.current))
        return true
      }),
    )
}

type Around = {
  readonly taxonomy: Taxonomy
  readonly directory: Directory
  readonly now: number
  /** The network's own folder, whose gates and closing steps count unless there are some beside the file. */
  readonly folder: string | null
  readonly print: Print
}

/**
 * Checks a file and prints what it would touch on a sample incident. True if it is good.
 * @throws ConfigError with a line for each problem, or if there is no such kind or region
 */
export function checkFile(file: string, asked: Partial<Sample>, around: Around): boolean {
  const { taxonomy, directory, now, folder, print } = around
  const name = basename(file).replace(/\.yml$/, '.yaml')
  const beside = dirname(file)
  const near = ['gates.yaml', 'closing.yaml'].some(one => existsSync(join(beside, one)))
  const shared = sharedIn(near && beside !== bundledProtocols ? beside : folder, taxonomy)
  if (name === 'gates.yaml' || name === 'closing.yaml') {
    const { gates, closing } = shared
    const has = name === 'gates.yaml' ? `gates ${ids(gates)}` : `closing steps ${ids(closing)}`
    print(`${file} is good. The protocols have the ${has}.`)
    return true
  }
  const protocol = readProtocol(file, taxonomy, shared)
  const sample = sampleFor(protocol, asked, taxonomy, directory)
  const plan = planOf(protocol, sample, { taxonomy, directory, now, eventAt: now + aheadMs })
  print(`${file} is good.`, '', ...headLines(protocol, taxonomy), '')
  print(...previewLines(protocol, plan, { directory, taxonomy, now }))
  if (protocol.event) print('', 'The event is taken to be three days after the start.')
  return true
}

/** One line for each protocol. */
export function listLines(protocols: readonly Protocol[]): readonly string[] {
  return protocols.map(({ id, version, title, steps, kinds, sample }) =>
    [
      `${id.padEnd(4)} ${title.en}`,
      `version ${version}`,
      count(steps.length, 'step'),
      kinds.join(' '),
      ...(sample ? ['SAMPLE'] : []),
    ].join(' · '),
  )
}

const aheadMs = 3 * 24 * 60 * 60_000

function headLines(protocol: Protocol, taxonomy: Taxonomy): readonly string[] {
  const { id, version, title, steps, closing, gates, sample } = protocol
  const now = taxonomy.protocols.current.find(one => one.id === id)
  return [
    `${id} · ${title.en} · ${title.es}`,
    `version ${version}, ${count(steps.length, 'step')} and ${count(closing.length, 'closing step')}, ` +
      `gates ${ids(gates) || 'none'}`,
    ...(sample ? ['SAMPLE: have it approved by your network and counsel, then write sample: false.'] : []),
    ...(now && now.rev !== protocol.rev && now.version === version
      ? [`The ${id} that is in force has other words, but the same version number. Give this one the next number.`]
      : []),
  ]
}

function sampleFor(protocol: Protocol, asked: Partial<Sample>, taxonomy: Taxonomy, directory: Directory): Sample {
  const inGroup = (code: string) => taxonomy.kinds.find(one => one.code === code || one.group === code)?.code
  const kind = asked.kind ?? inGroup(protocol.kinds[0] ?? '') ?? ''
  if (!kindInfo(taxonomy, kind)) throw new ConfigError(`There is no kind ${kind}. Use one of the taxonomy, like SP-3.`)
  const region = asked.region ?? directory.regions[0]?.code ?? ''
  const codes = directory.regions.map(one => one.code)
  if (!codes.includes(region)) throw new ConfigError(`There is no region ${region}. Use one of ${codes.join(', ')}.`)
  return { kind, severity: asked.severity ?? 4, region }
}

/** Reads `SP-3,S4,AZ`; what is left out is chosen. @throws InvalidArgumentError */
function readSample(text: string): Partial<Sample> {
  const parts = text
    .toUpperCase()
    .split(',')
    .map(part => part.trim())
  const wrong = parts.find(part => !/^([A-Z]{2}-\d{1,2}|S[1-5]|[A-Z]{2,5})$/.test(part))
  if (wrong !== undefined) throw new InvalidArgumentError(`"${wrong}" is not read. Write it like SP-3,S4,AZ.`)
  const kind = parts.find(part => part.includes('-'))
  const severity = parts.find(part => /^S[1-5]$/.test(part))
  const region = parts.find(part => part !== kind && part !== severity)
  return {
    ...(kind ? { kind } : {}),
    ...(severity ? { severity: Number(severity[1]) as Severity } : {}),
    ...(region ? { region } : {}),
  }
}

function ownFolder(): string | null {
  return contentFiles().protocolsFolder
}

/** The network as the database rules it, or as its file has it where no hub was started yet. */
async function surroundings(): Promise<Pick<Around, 'taxonomy' | 'directory'>> {
  const { networkFile, taxonomyFile } = contentFiles()
  // Without its own folder: what is wrong in there is no reason not to look at this file.
  const taxonomy = loadTaxonomy(taxonomyFile)
  const stored = await storedDirectory()
  const directory = stored ?? plannedDirectory(loadNetwork(networkFile))
  return { taxonomy: withClocks(taxonomy, directory.clocks), directory }
}

async function storedDirectory(): Promise<Directory | null> {
  try {
    const config = loadConfig()
    const file = databaseFile(config.databaseUrl)
    if (file !== null && !existsSync(file)) return null
    return await withStore(async ({ store }) => store.roster.directory(), config)
  } catch (error) {
    if (error instanceof ConfigError) return null
    throw error
  }
}

function ids(list: readonly { readonly id: string }[]): string {
  return list.map(one => one.id).join(', ')
}
