import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { type Day, parseDay } from '../workflows/day.ts'
import { ConfigError } from '../workflows/errors.ts'
import { type Network, parseNetwork } from '../workflows/network.ts'
import type { PlaceList } from '../workflows/places/list.ts'
import { ContentError, valueAt } from '../workflows/problems.ts'
import { parseTaxonomy, type Taxonomy } from '../workflows/taxonomy.ts'
import { loadPlaceFile } from './placefile.ts'
import { formatProblems, readYaml } from './yaml.ts'

/** Everything the hub was told at its start, checked; it does not change while the process lives. */
export type Config = {
  readonly databaseUrl: string
  readonly filesFolder: string
  readonly key: { readonly value: string | undefined; readonly file: string }
  readonly host: string
  readonly port: number
  /** Where people reach the hub's pages, if elsewhere than where it listens; without a slash at its end. */
  readonly publicUrl: string | null
  readonly logLevel: string
  readonly network: Network
  readonly taxonomy: Taxonomy
  readonly version: string
}

type Environment = Readonly<Record<string, string | undefined>>

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const content = join(root, 'workflows', 'content')

const empty = (text: unknown) => (text === '' ? undefined : text)
const given = (fallback: string) => z.preprocess(empty, z.string().default(fallback))
const publicUrlWanted =
  'must be the address of the hub as people reach it, like https://hub.example.org: https and without a path'
const shape = z.object({
  PRACTICE_DATABASE_URL: given('file:data/practice.db').pipe(
    z.string().regex(/^(file:.|postgres(ql)?:\/\/)/, 'must be file:PATH or postgres://USER:PASSWORD@HOST/NAME'),
  ),
  HOST: given('127.0.0.1'),
  PORT: z.preprocess(empty, z.coerce.number('must be a number').int().min(0).max(65_535).default(8787)),
  PUBLIC_URL: z.preprocess(empty, z.string().refine(isPublicUrl, publicUrlWanted).optional()),
  NETWORK_FILE: given(join(content, 'network.yaml')),
  TAXONOMY_FILE: given(join(content, 'taxonomy.yaml')),
  HUB_KEY: z.preprocess(empty, z.string().optional()),
  HUB_KEY_FILE: given('data/hub.key'),
  LOG_LEVEL: given('info').pipe(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])),
})

const platformVariables: Readonly<Record<string, readonly string[]>> = {
  Slack: ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'],
  Discord: ['DISCORD_TOKEN'],
  Signal: ['SIGNAL_API_URL', 'SIGNAL_NUMBER'],
}

/**
 * Reads the environment, the network file and the taxonomy.
 * @throws ConfigError with every problem on a line of its own: the variable, or the file's line and field, and what
 * is allowed.
 */
export function loadConfig(environment: Environment = process.env): Config {
  const read = shape.safeParse(environment)
  if (!read.success) {
    throw new ConfigError(read.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}.`).join('\n'))
  }
  refusePlatforms(environment)
  const env = read.data
  if (!isLoopback(env.HOST)) {
    throw new ConfigError(
      `HOST is ${env.HOST}: the practice workspace lets everyone play every part, so it is served on 127.0.0.1 only.`,
    )
  }
  const network = loadNetwork(env.NETWORK_FILE)
  return Object.freeze({
    databaseUrl: env.PRACTICE_DATABASE_URL,
    filesFolder: filesBeside(env.PRACTICE_DATABASE_URL),
    key: { value: env.HUB_KEY, file: env.HUB_KEY_FILE },
    host: env.HOST,
    port: env.PORT,
    publicUrl: env.PUBLIC_URL ? new URL(env.PUBLIC_URL).origin : null,
    logLevel: env.LOG_LEVEL,
    network,
    taxonomy: loadTaxonomy(env.TAXONOMY_FILE),
    version: String(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version),
  })
}

/** The network file, checked; @throws ConfigError with all problems, each with line and field. */
export function loadNetwork(path: string): Network {
  return checked(path, data => {
    const file = valueAt(data, ['places', 'file'])
    const places = typeof file === 'string' && file !== '' ? loadPlaceFile(resolve(dirname(path), file)) : null
    return parseNetwork(data, places)
  })
}

/** The places of another country that the network file names, or null where it names none. @throws ConfigError */
export function loadPlaces(environment: Environment = process.env): PlaceList | null {
  const file = environment.NETWORK_FILE
  return file ? (loadNetwork(file).places ?? null) : null
}

/** The bundled sample network's file. */
export const sampleNetworkFile = join(content, 'network.yaml')

/** The taxonomy file, checked; @throws ConfigError with all problems, each with line and field. */
export function loadTaxonomy(path: string = join(content, 'taxonomy.yaml')): Taxonomy {
  return checked(path, parseTaxonomy)
}

/** The bundled demo day, checked; @throws ConfigError with all problems, each with line and field. */
export function loadDay(path: string = join(content, 'demo.yaml')): Day {
  return checked(path, parseDay)
}

function checked<T>(path: string, parse: (data: unknown) => T): T {
  const file = readYaml(path)
  try {
    return parse(file.data)
  } catch (error) {
    if (error instanceof ContentError) throw new ConfigError(formatProblems(file, error.problems).join('\n'))
    throw error
  }
}

// The practice workspace must never stand beside real rooms, and this version has no other platform yet.
function refusePlatforms(environment: Environment): void {
  for (const [platform, names] of Object.entries(platformVariables)) {
    const set = names.filter(name => environment[name])
    if (set.length === 0) continue
    throw new ConfigError(
      `${set.join(' and ')} set: this version of the hub cannot connect to ${platform} yet, and the practice ` +
        `workspace is never served beside real rooms. Unset ${set.length > 1 ? 'them' : 'it'} to practise.`,
    )
  }
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
