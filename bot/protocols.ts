import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ConfigError } from '../workflows/errors.ts'
import { knownOf, parseClosing, parseGates, parseProtocol } from '../workflows/protocol/define.ts'
import type { Gate, Protocol, Protocols, Step } from '../workflows/protocol.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import { readContent, yamlFiles } from './yaml.ts'

/** The folder of the bundled protocols, gates and closing steps. */
export const bundledProtocols = join(dirname(fileURLToPath(import.meta.url)), '..', 'workflows', 'content', 'protocols')

/** What every protocol of a network can use: its gates and closing steps. */
type Shared = { readonly gates: readonly Gate[]; readonly closing: readonly Step[] }
type Taxonomies = { readonly bundled: Taxonomy; readonly own: Taxonomy }
type File = { readonly name: string; readonly path: string }

/**
 * The bundled protocols, gates and closing steps, those of a network's own folder in their place or beside them.
 * The bundled ones are read against the bundled taxonomy, so that a network may leave kinds out of its own.
 * @throws ConfigError with every problem of every file, each with its line; then none of them counts
 */
export function loadProtocols(taxonomies: Taxonomies, folder: string | null): Protocols {
  const ours = filesIn(bundledProtocols)
  const theirs = folder === null ? [] : filesIn(folder)
  const shared = loadShared(ours, theirs, taxonomies)
  const bundled = all(ours.filter(isProtocol).map(file => () => readProtocol(file.path, taxonomies.bundled, shared)))
  const own = all(theirs.filter(isProtocol).map(file => () => readProtocol(file.path, taxonomies.own, shared)))
  refuseTwice(own, theirs.filter(isProtocol))
  return protocolsOf(replaced(bundled, own))
}

let bundledOnce: Protocols | null = null

/** The bundled protocols alone, read when they are first asked for, and once in a process. */
export function bundledProtocolsOf(bundled: () => Taxonomy): Protocols {
  const read = () => {
    const taxonomy = bundled()
    bundledOnce ??= loadProtocols({ bundled: taxonomy, own: taxonomy }, null)
    return bundledOnce
  }
  return {
    get current() {
      return read().current
    },
    find: (id, rev) => read().find(id, rev),
  }
}

/** The protocols that can be started, found by their wordings; those with lower numbers first. */
function protocolsOf(list: readonly Protocol[]): Protocols {
  const current = list.toSorted((one, other) => one.id.localeCompare(other.id, 'en', { numeric: true }))
  const known = new Map(current.map(protocol => [`${protocol.id} ${protocol.rev}`, protocol]))
  return { current, find: (id, rev) => known.get(`${id} ${rev}`) ?? null }
}

/** Reads a file as a protocol, with these gates and closing steps. @throws ConfigError with a line for each problem */
export function readProtocol(path: string, taxonomy: Taxonomy, { gates, closing }: Shared): Protocol {
  return readContent(path, data => parseProtocol(data, { ...knownOf(taxonomy, gates), closing }))
}

/** The gates and closing steps that count for protocols of that folder; null: the bundled ones. @throws ConfigError */
export function sharedIn(folder: string | null, taxonomy: Taxonomy): Shared {
  const theirs = folder === null ? [] : filesIn(folder)
  return loadShared(filesIn(bundledProtocols), theirs, { bundled: taxonomy, own: taxonomy })
}

function loadShared(ours: readonly File[], theirs: readonly File[], taxonomies: Taxonomies): Shared {
  const read = <T>(files: readonly File[], name: string, parse: (data: unknown) => readonly T[]) =>
    files.filter(file => file.name === name).flatMap(file => readContent(file.path, parse))
  const each = <T>(name: string, parse: (data: unknown, taxonomy: Taxonomy) => readonly T[]) =>
    [
      read(ours, name, data => parse(data, taxonomies.bundled)),
      read(theirs, name, data => parse(data, taxonomies.own)),
    ] as const
  const gates = replaced(...each('gates.yaml', parseGates))
  const closing = each('closing.yaml', (data, taxonomy) => parseClosing(data, knownOf(taxonomy, gates)))
  // What closes a protocol hangs together: a network's own list stands for the whole.
  return { gates, closing: closing[1].length > 0 ? closing[1] : closing[0] }
}

function replaced<T extends { readonly id: string }>(bundled: readonly T[], own: readonly T[]): readonly T[] {
  const others = own.filter(one => !bundled.some(ours => ours.id === one.id))
  return [...bundled.map(ours => own.find(one => one.id === ours.id) ?? ours), ...others]
}

function filesIn(folder: string): readonly File[] {
  return yamlFiles(folder, 'PROTOCOLS_FOLDER').map(path => ({ name: basename(path).replace(/\.yml$/, '.yaml'), path }))
}

function isProtocol({ name }: File): boolean {
  return name !== 'gates.yaml' && name !== 'closing.yaml'
}

function all<T>(reads: readonly (() => T)[]): readonly T[] {
  const wrong: string[] = []
  const good = reads.flatMap(one => {
    try {
      return [one()]
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      wrong.push(error.message)
      return []
    }
  })
  if (wrong.length > 0) throw new ConfigError(wrong.join('\n'))
  return good
}

function refuseTwice(protocols: readonly Protocol[], files: readonly File[]): void {
  const wrong = protocols.flatMap(({ id }, index) => {
    const first = protocols.findIndex(other => other.id === id)
    if (first === index) return []
    const [one, other] = [files[first], files[index]].map(file => basename(file?.path ?? ''))
    return [`${other}:1 id: ${id} stands in ${one}, too. Give one of them another id.`]
  })
  if (wrong.length > 0) throw new ConfigError(wrong.join('\n'))
}
