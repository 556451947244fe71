import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import { parseCalendar } from '../workflows/agenda/calendar.ts'
import { type Day, parseDay } from '../workflows/day.ts'
import { ConfigError } from '../workflows/errors.ts'
import { parseIndicators } from '../workflows/indicator.ts'
import type { MessageFile } from '../workflows/library/define.ts'
import { type Network, parseNetwork } from '../workflows/network.ts'
import type { PlaceList } from '../workflows/places/list.ts'
import { valueAt } from '../workflows/problems.ts'
import { parseTaxonomy, type Taxonomy } from '../workflows/taxonomy.ts'
import { loadMessages } from './messages.ts'
import { boundaryFile } from './picture/boundaries.ts'
import { loadPlaceFile } from './placefile.ts'
import { bundledProtocolsOf, loadProtocols } from './protocols.ts'
import { loadScenarios } from './scenarios.ts'
import { apiAddresses, type Environment, type PlatformSettings, platformNames, platformSettings } from './settings.ts'
import { readContent } from './yaml.ts'

/** Everything the hub was told at its start, checked; it does not change while the process lives. */
export type Config = {
  /** The chat tools that the hub connects to. Where all are off it has the practice workspace, and only then. */
  readonly platforms: PlatformSettings
  readonly databaseUrl: string
  readonly filesFolder: string
  readonly key: { readonly value: string | undefined; readonly file: string }
  readonly host: string
  readonly port: number
  /** Where people reach the hub's pages, if elsewhere than where it listens; without a slash at its end. */
  readonly publicUrl: string | null
  readonly logLevel: string
  /** Called every minute while the hub is well, so that an outside watcher notices when it is not. */
  readonly heartbeatUrl: string | null
  /** Whoever shows it may read the figures from elsewhere, too. */
  readonly metricsToken: string | null
  readonly networkFile: string
  readonly taxonomyFile: string
  /** Other files that the environment names, by what they are called in a backup. */
  readonly furtherFiles: Readonly<Record<string, string>>
  readonly network: Network
  readonly taxonomy: Taxonomy
  /** The prepared messages that files bring. */
  readonly messages: readonly MessageFile[]
  readonly version: string
}

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const content = join(root, 'workflows', 'content')
const bundledNetworkFile = join(content, 'network.yaml')

/** The bundled taxonomy's file. */
export const bundledTaxonomyFile = join(content, 'taxonomy.yaml')

const bundledIndicatorsFile = join(content, 'indicators.yaml')

const empty = (text: unknown) => (text === '' ? undefined : text)
const given = (fallback: string) => z.preprocess(empty, z.string().default(fallback))
const publicUrlWanted =
  'must be the address of the hub as people reach it, like https://hub.example.org: https and without a path'
const database = z
  .string()
  .regex(/^(file:.|postgres(ql)?:\/\/)/, 'must be file:PATH or postgres://USER:PASSWORD@HOST/NAME')
const heartbeatUrlWanted = 'must be an address that begins with https:// or http://'
const shape = z.object({
  DATABASE_URL: given('file:data/hub.db').pipe(database),
  PRACTICE_DATABASE_URL: given('file:data/practice.db').pipe(database),
  HOST: given('127.0.0.1'),
  PORT: z.preprocess(empty, z.coerce.number('must be a number').int().min(0).max(65_535).default(8787)),
  PUBLIC_URL: z.preprocess(empty, z.string().refine(isPublicUrl, publicUrlWanted).optional()),
  NETWORK_FILE: given(bundledNetworkFile),
  TAXONOMY_FILE: given(bundledTaxonomyFile),
  PROTOCOLS_FOLDER: z.preprocess(empty, z.string().optional()),
  DRILLS_FOLDER: z.preprocess(empty, z.string().optional()),
  MESSAGES_FOLDER: z.preprocess(empty, z.string().optional()),
  INDICATORS_FILE: given(bundledIndicatorsFile),
  CALENDAR_FILE: z.preprocess(empty, z.string().optional()),
  HUB_KEY: z.preprocess(empty, z.string().optional()),
  HUB_KEY_FILE: given('data/hub.key'),
  HEARTBEAT_URL: z.preprocess(empty, z.url({ protocol: /^https?$/, error: heartbeatUrlWanted }).optional()),
  METRICS_TOKEN: z.preprocess(
    empty,
    z
      .string()
      .regex(/^\S{16,}$/, 'must be 16 characters or more')
      .optional(),
  ),
  LOG_LEVEL: given('info').pipe(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])),
})

/**
 * Reads the environment (and `.env` in the working folder, whose variables give way to those that are set), the network
 * file and the taxonomy.
 * @throws ConfigError with every problem on a line of its own: the variable, or the file's line and field, and what
 * is allowed.
 */
export function loadConfig(environment: Environment = surroundings()): Config {
  const read = shape.safeParse(environment)
  if (!read.success) {
    throw new ConfigError(read.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}.`).join('\n'))
  }
  const env = read.data
  const platforms = platformSettings(environment)
  const practice = isPractice({ platforms })
  refuseAddress(env, platforms)
  const filed = loadNetwork(env.NETWORK_FILE)
  const days = env.CALENDAR_FILE === undefined ? {} : { calendar: readContent(env.CALENDAR_FILE, parseCalendar) }
  const network = { ...filed, ...days }
  const databaseUrl = practice ? env.PRACTICE_DATABASE_URL : env.DATABASE_URL
  return Object.freeze({
    platforms,
    databaseUrl,
    filesFolder: filesBeside(databaseUrl),
    key: { value: env.HUB_KEY, file: env.HUB_KEY_FILE },
    host: env.HOST,
    port: env.PORT,
    publicUrl: env.PUBLIC_URL ? new URL(env.PUBLIC_URL).origin : null,
    logLevel: env.LOG_LEVEL,
    heartbeatUrl: env.HEARTBEAT_URL ?? null,
    metricsToken: env.METRICS_TOKEN ?? null,
    networkFile: env.NETWORK_FILE,
    taxonomyFile: env.TAXONOMY_FILE,
    furtherFiles: {
      ...(env.INDICATORS_FILE === bundledIndicatorsFile ? {} : { 'indicators.yaml': env.INDICATORS_FILE }),
      ...(env.CALENDAR_FILE === undefined ? {} : { 'calendar.env.yaml': env.CALENDAR_FILE }),
    },
    network,
    taxonomy: loadTaxonomy(env.TAXONOMY_FILE, env.PROTOCOLS_FOLDER, env.DRILLS_FOLDER, env.INDICATORS_FILE),
    messages: loadMessages(env.MESSAGES_FOLDER ?? null),
    version: String(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version),
  })
}

/** Whether this is for practising: with the workspace in the browser, and with no chat tool that people sit in. */
export function isPractice({ platforms }: Pick<Config, 'platforms'>): boolean {
  return platformNames(platforms).length === 0
}

/** Where Slack and Discord are to be asked, if not at their usual addresses. */
export function platformAddresses(environment: Environment = surroundings()): ReturnType<typeof apiAddresses> {
  return apiAddresses(environment)
}

/** The folders in which this machine looks for programs, as its variable PATH has them. */
export function searchPath(environment: Environment = process.env): string {
  return environment.PATH ?? ''
}

/** What a program that the hub starts may see of its surroundings: all but what only the hub may know. */
export function programEnvironment(environment: Environment = process.env): Environment {
  const own = /^(?:SLACK|DISCORD|SIGNAL)_|^HUB_KEY|DATABASE_URL$|^HEARTBEAT_URL$|^METRICS_TOKEN$/
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !own.test(name)))
}

/** The network file, checked; @throws ConfigError with all problems, each with line and field. */
export function loadNetwork(path: string): Network {
  return readContent(path, data => {
    const file = valueAt(data, ['places', 'file'])
    const places = typeof file === 'string' && file !== '' ? loadPlaceFile(resolve(dirname(path), file)) : null
    // The sample network has a sample of one, which a copy of its file need not take along.
    const days = valueAt(data, ['calendar', 'file']) ?? (resolve(path) === bundledNetworkFile ? 'calendar.yaml' : null)
    const boundaries = boundaryFile(data, path, places)
    const network = { ...parseNetwork(data, places), ...(boundaries ? { boundaries } : {}) }
    if (typeof days !== 'string') return network
    return { ...network, calendar: readContent(resolve(dirname(path), days), parseCalendar) }
  })
}

/** The places of another country that the network file names, or null where it names none. @throws ConfigError */
export function loadPlaces(environment: Environment = surroundings()): PlaceList | null {
  const file = environment.NETWORK_FILE
  return file ? (loadNetwork(file).places ?? null) : null
}

/** Which files the environment names: of the network and the taxonomy, and its folders of protocols and messages. */
export function contentFiles(environment: Environment = surroundings()): {
  readonly networkFile: string
  readonly taxonomyFile: string
  readonly protocolsFolder: string | null
  readonly messagesFolder: string | null
} {
  const { NETWORK_FILE, TAXONOMY_FILE, PROTOCOLS_FOLDER, MESSAGES_FOLDER } = environment
  return {
    networkFile: NETWORK_FILE || sampleNetworkFile,
    taxonomyFile: TAXONOMY_FILE || bundledTaxonomyFile,
    protocolsFolder: PROTOCOLS_FOLDER || null,
    messagesFolder: MESSAGES_FOLDER || null,
  }
}

/** The bundled sample network's file. */
export const sampleNetworkFile = join(content, 'network.yaml')

/**
 * The taxonomy file with the protocols: the bundled ones (read when first asked for) and those of a network's own
 * folder; in the same way the scenarios of exercises; and what weekly briefs rate; all checked.
 * @throws ConfigError with all problems, each with line and field.
 */
export function loadTaxonomy(
  path: string = bundledTaxonomyFile,
  protocolsFolder: string | null = null,
  drillsFolder: string | null = null,
  indicatorsFile: string = bundledIndicatorsFile,
): Taxonomy {
  const own = { ...readContent(path, parseTaxonomy), indicators: readContent(indicatorsFile, parseIndicators) }
  const bundled = () => (path === bundledTaxonomyFile ? own : readContent(bundledTaxonomyFile, parseTaxonomy))
  const protocols =
    protocolsFolder === null ? bundledProtocolsOf(bundled) : loadProtocols({ bundled: bundled(), own }, protocolsFolder)
  return { ...own, protocols, scenarios: loadScenarios({ ...own, protocols }, drillsFolder) }
}

/** The bundled demo day, checked; @throws ConfigError with all problems, each with line and field. */
export function loadDay(path: string = join(content, 'demo.yaml')): Day {
  return readContent(path, parseDay)
}

function refuseAddress({ HOST: host, PORT: port }: z.infer<typeof shape>, platforms: PlatformSettings): void {
  if (isPractice({ platforms }) && !isLoopback(host)) {
    throw new ConfigError(
      `HOST is ${host}: the practice workspace lets everyone play every part, so it is served on 127.0.0.1 only.`,
    )
  }
  const { slack } = platforms
  if (slack && !slack.appToken && slack.port === port && port !== 0) {
    throw new ConfigError(`SLACK_PORT and PORT are both ${port}. Set one of them to another number.`)
  }
}

function surroundings(): Environment {
  return existsSync('.env') ? { ...parseEnv(readFileSync('.env', 'utf8')), ...process.env } : process.env
}

// What passes over the open net unsealed can be read by whoever stands in between.
function isPublicUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url?.pathname !== '/' || url.search !== '' || url.username !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname.replace(/^\[|\]$/g, '')))
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
}

function filesBeside(databaseUrl: string): string {
  if (!databaseUrl.startsWith('file:')) return resolve('data', 'files')
  const path = databaseUrl.startsWith('file://') ? fileURLToPath(databaseUrl) : databaseUrl.slice('file:'.length)
  return `${resolve(path)}.files`
}
