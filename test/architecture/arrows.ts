import { builtinModules } from 'node:module'
import { posix } from 'node:path'
import type { Import, Source } from './scan.ts'

/** Where an import leads: a file of the project, a built-in module of Node, or a package by its bare name. */
export type Target = { type: 'file'; path: string } | { type: 'node'; name: string } | { type: 'package'; name: string }

type Way = { target: Target; arrow: Import }
type Zone = { name: string; may: (way: Way, from: string) => boolean }

const drivers = ['drizzle-orm', 'better-sqlite3', 'pg']
const homes: Record<string, string> = {
  '@slack/bolt': 'bot/slack/',
  'discord.js': 'bot/discord/',
  axios: 'bot/signal/',
  'csv-parse': 'bot/cli/table/',
  'ical-generator': 'bot/web/',
  ws: 'bot/signal/',
  ...Object.fromEntries(['sharp', 'file-type', 'exifr'].map(name => [name, 'bot/media/'])),
  ...Object.fromEntries(['@resvg/resvg-js', 'topojson-client'].map(name => [name, 'bot/picture/'])),
  ...Object.fromEntries(drivers.map(name => [name, 'db/'])),
}

/** Says where an import of the file `from` leads, with the project's folder as root. */
export function target(from: string, specifier: string): Target {
  if (/^\.{1,2}(\/|$)/.test(specifier)) return { type: 'file', path: posix.join(posix.dirname(from), specifier) }
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) {
    return { type: 'node', name: specifier.replace(/^node:/, '') }
  }
  return { type: 'package', name: specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/') }
}

/** Lists every import that no arrow of the design draws, as `file:line text`. */
export function undrawn(sources: Source[]): string[] {
  return sources.flatMap(source => {
    const zone = zoneOf(source.path)
    if (zone === undefined) return [`${source.path}:1 stands in no place that the design draws`]
    const wrong = source.imports.filter(
      arrow => !zone.may({ target: target(source.path, arrow.specifier), arrow }, source.path),
    )
    const blind = source.unnamed.map(line => `${source.path}:${line} imports a module named by an expression`)
    return [
      ...wrong.map(arrow => `${source.path}:${arrow.line} ${zone.name} may not import ${say(source, arrow)}`),
      ...blind,
    ]
  })
}

/** Lists every import of a package that has a home elsewhere (SDKs and drivers), whatever its zone allows. */
export function strayed(sources: Source[]): string[] {
  return sources.flatMap(source =>
    source.imports.flatMap(arrow => {
      const to = target(source.path, arrow.specifier)
      const home = to.type === 'package' ? homes[to.name] : undefined
      if (home === undefined || source.path.startsWith(home)) return []
      return [`${source.path}:${arrow.line} imports ${arrow.specifier}, which belongs in ${home} only`]
    }),
  )
}

/** Lists every import from one platform's folder into another's. */
export function crossed(sources: Source[]): string[] {
  return sources.flatMap(source =>
    source.imports.flatMap(arrow => {
      const to = target(source.path, arrow.specifier)
      const [here, there] = [platformOf(source.path), to.type === 'file' ? platformOf(to.path) : undefined]
      if (here === undefined || there === undefined || here === there) return []
      return [`${source.path}:${arrow.line} the platform ${here} imports ${arrow.specifier} of the platform ${there}`]
    }),
  )
}

/** Lists every circle of files that import each other while they load, once each; types and later imports make none. */
export function circles(sources: Source[]): string[] {
  const next = new Map(
    sources.map(source => [source.path, source.imports.filter(one => one.kind === 'static' && !one.typeOnly)]),
  )
  const done = new Set<string>()
  const found: string[] = []
  const walk = (path: string, trail: string[]): void => {
    if (trail.includes(path)) found.push(`${[...trail.slice(trail.indexOf(path)), path].join(' -> ')} is a circle`)
    if (done.has(path) || trail.includes(path)) return
    for (const arrow of next.get(path) ?? []) {
      const to = target(path, arrow.specifier)
      if (to.type === 'file') walk(to.path, [...trail, path])
    }
    done.add(path)
  }
  for (const source of sources) walk(source.path, [])
  return found
}

/** Lists every command file that `commands/index.ts` does not import. */
export function unlisted(sources: Source[]): string[] {
  const index = sources.find(source => source.path === 'commands/index.ts')
  if (index === undefined) return ['commands/index.ts is missing: it lists every command']
  const listed = index.imports.filter(arrow => !arrow.typeOnly).map(arrow => target(index.path, arrow.specifier))
  return sources
    .filter(
      source =>
        /^commands\/[^/]+\.ts$/.test(source.path) &&
        !/\/(index|command|form|conversation|question)\.ts$/.test(source.path),
    )
    .filter(source => !listed.some(to => to.type === 'file' && to.path === source.path))
    .map(source => `commands/index.ts:1 does not list ${source.path}`)
}

function zoneOf(path: string): Zone | undefined {
  if (/^bot\/((main|start|assemble|connect)\.ts|cli\.ts|cli\/.+\.ts)$/.test(path))
    return { name: path, may: () => true }
  if (path === 'bot/config.ts') {
    return {
      name: path,
      may: way =>
        node(way) ||
        packages(way, ['yaml', 'zod']) ||
        files(way, [
          'bot/yaml.ts',
          'bot/placefile.ts',
          'bot/picture/boundaries.ts',
          'bot/messages.ts',
          'bot/protocols.ts',
          'bot/scenarios.ts',
          'bot/settings.ts',
          'workflows/',
        ]),
    }
  }
  const platform = platformOf(path)
  if (platform !== undefined) return { name: `the platform ${platform}`, may: platformMay }
  if (path.startsWith('bot/web/'))
    return { name: 'bot/web', may: way => outside(way) || files(way, ['bot/web/', 'db/', 'workflows/']) }
  if (path.startsWith('bot/picture/'))
    return {
      name: 'bot/picture',
      may: way => outside(way) || files(way, ['bot/picture/', 'bot/confined.ts', 'workflows/']),
    }
  if (path.startsWith('bot/media/'))
    return {
      name: 'bot/media',
      may: way => outside(way) || files(way, ['bot/media/', 'bot/confined.ts', 'workflows/']),
    }
  if (/^bot\/[^/]+\.ts$/.test(path)) return { name: path, may: hubMay }
  if (/^commands\/[^/]+\.ts$/.test(path))
    return { name: path === 'commands/index.ts' ? path : 'commands', may: commandMay }
  if (path.startsWith('db/gazetteer/')) return { name: 'db/gazetteer', may: gazetteerMay }
  if (path.startsWith('db/')) return { name: 'db', may: dbMay }
  if (path.startsWith('workflows/')) return { name: 'workflows', may: workflowMay }
  return undefined
}

/** The folder of a chat platform: each folder in bot/ is one, but for those that have a zone of their own. */
function platformOf(path: string): string | undefined {
  const folder = /^bot\/([^/]+)\//.exec(path)?.[1]
  return folder && ['cli', 'web', 'picture', 'media'].includes(folder) ? undefined : folder
}

const readHere = [
  ...[
    'workflows/run/typed.ts',
    'workflows/headcount/words.ts',
    'workflows/wish.ts',
    'workflows/broadcast/answer/said.ts',
  ],
  // How many strangers may be written to, which only Signal bounds.
  'workflows/broadcast/preview/pace.ts',
]

function platformMay(way: Way, from: string): boolean {
  const own = from.split('/').slice(0, 2).join('/')
  const port = [
    'bot/platform.ts',
    'bot/download.ts',
    'commands/command.ts',
    'commands/form.ts',
    'commands/conversation.ts',
  ]
  const words = [
    'workflows/card.ts',
    'workflows/text/',
    'workflows/phrase.ts',
    'workflows/errors.ts',
    'workflows/code.ts',
    // Signal has no buttons: what a line is has to be known before the hub is asked, and is read as the hub reads it.
    ...(own === 'bot/signal' ? readHere : []),
  ]
  return (
    outside(way) || files(way, [`${own}/`, ...port, ...words]) || (way.arrow.typeOnly && files(way, ['workflows/']))
  )
}

/** hub, delivery and schedule stand beside each other; the further files of bot/ are pieces that they share. */
function hubMay(way: Way): boolean {
  if (outside(way) || files(way, ['bot/picture/', 'bot/media/', 'commands/', 'db/', 'workflows/'])) return true
  const doors = ['main', 'start', 'assemble', 'connect', 'cli', 'config', 'hub', 'delivery', 'schedule'].map(
    name => `bot/${name}.ts`,
  )
  return way.target.type === 'file' && /^bot\/[^/]+\.ts$/.test(way.target.path) && !doors.includes(way.target.path)
}

function commandMay(way: Way, from: string): boolean {
  if (packages(way, ['zod']) || files(way, ['commands/command.ts', 'commands/form.ts', 'workflows/'])) return true
  if (from === 'commands/conversation.ts' && files(way, ['commands/question.ts'])) return true
  if (from === 'commands/question.ts' && way.arrow.typeOnly) return files(way, ['commands/conversation.ts'])
  return from === 'commands/index.ts' && files(way, ['commands/'])
}

/**
 * "workflows (types)": besides types only the error classes it throws, what a column is derived by (a person's rights by
 * what they hold, a code, an id or a post by its letters, whether a message is approved, when one is due, how a region
 * stands by its alarms), and by what names of the roster are known again.
 */
const derived = [
  'broadcast',
  'broadcast/due',
  'errors',
  'change',
  'code',
  'drill',
  'figures',
  'grant',
  'incident',
  'library',
  'link',
  'messenger',
  'outlook',
  'sources',
  'mask/roster',
  'warning/level',
].map(name => `workflows/${name}.ts`)

function dbMay(way: Way): boolean {
  if (node(way) || packages(way, drivers) || files(way, ['db/', ...derived])) return true
  return way.arrow.typeOnly && files(way, ['workflows/'])
}

/** The compiler of the gazetteer indexes names as they are looked up, so it takes the pure code that does. */
function gazetteerMay(way: Way): boolean {
  return node(way) || files(way, ['db/gazetteer/', 'workflows/'])
}

function workflowMay(way: Way): boolean {
  if (packages(way, ['zod', 'd3-geo', '@photostructure/tz-lookup']) || files(way, ['workflows/'])) return true
  if (way.target.type !== 'node' || way.target.name !== 'crypto') return false
  return (
    way.arrow.names.length > 0 && way.arrow.names.every(name => ['createHash', 'createHmac', 'hash'].includes(name))
  )
}

function files(way: Way, allowed: string[]): boolean {
  const to = way.target
  return to.type === 'file' && allowed.some(one => (one.endsWith('/') ? to.path.startsWith(one) : to.path === one))
}

function packages(way: Way, allowed: string[]): boolean {
  return way.target.type === 'package' && allowed.includes(way.target.name)
}

function node(way: Way): boolean {
  return way.target.type === 'node'
}

/** Any built-in and any package without a home elsewhere; `strayed` looks after those that have one. */
function outside(way: Way): boolean {
  return way.target.type !== 'file'
}

function say(source: Source, arrow: Import): string {
  const to = target(source.path, arrow.specifier)
  const what = to.type === 'file' ? to.path : to.type === 'node' ? `node:${to.name}` : to.name
  const names = to.type === 'node' && arrow.names.length > 0 ? ` (${arrow.names.join(', ')})` : ''
  return `${what}${names}${arrow.typeOnly ? ' (types)' : ''}`
}
