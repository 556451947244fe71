import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml'
import { ConfigError } from '../workflows/errors.ts'
import { ContentError, type Problem, sayProblem } from '../workflows/problems.ts'

/** A YAML file that was read: its name for messages, its data, and the line (from 1) where a path stands or should. */
export type YamlFile = {
  readonly name: string
  readonly data: unknown
  lineOf(path: Problem['path']): number
}

/** Reads a YAML file from disk; throws ConfigError if it cannot be opened, or with a line for every syntax error. */
export function readYaml(path: string): YamlFile {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    const why = code === 'ENOENT' ? 'there is no such file' : `the file cannot be read (${code ?? cause})`
    throw new ConfigError(`${path}: ${why}.`, { cause })
  }
  return parseYaml(text, basename(path))
}

/** Reads a YAML file as what it should be. @throws ConfigError with a line for each problem, in the file's order */
export function readContent<T>(path: string, parse: (data: unknown) => T): T {
  const file = readYaml(path)
  try {
    return parse(file.data)
  } catch (error) {
    if (error instanceof ContentError) throw new ConfigError(formatProblems(file, error.problems).join('\n'))
    throw error
  }
}

/**
 * The YAML files of a folder by their full paths, in the order in which people count (`p2` before `p10`).
 * @throws ConfigError that names the variable that named the folder, if it cannot be read
 */
export function yamlFiles(folder: string, variable: string): readonly string[] {
  const whole = resolve(folder)
  try {
    return readdirSync(whole)
      .filter(name => /\.ya?ml$/.test(name) && !name.startsWith('.'))
      .toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true }))
      .map(name => join(whole, name))
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    const why = code === 'ENOENT' ? 'there is no such folder' : `the folder cannot be read (${code ?? cause})`
    throw new ConfigError(`${variable} ${whole}: ${why}.`, { cause })
  }
}

/** Reads YAML text; throws ConfigError with a line `name:12 what is wrong` for every syntax error. */
export function parseYaml(text: string, name: string): YamlFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const wrong = [...document.errors, ...document.warnings, ...strayAliases(document)]
  if (wrong.length > 0) {
    const said = wrong.map(one => `${name}:${lines.linePos(one.pos[0]).line} is no YAML: ${one.message}.`)
    throw new ConfigError(said.join('\n'))
  }
  return { name, data: plain(document, name), lineOf: path => lineIn(document.contents, path, lines) }
}

/** A line for each problem, in the file's order: `network.yaml:12 regions[1].zone: what is wrong. What is allowed.` */
export function formatProblems(file: YamlFile, problems: readonly Problem[]): string[] {
  return problems
    .map(problem => ({ line: file.lineOf(problem.path), problem }))
    .toSorted((one, other) => one.line - other.line)
    .map(({ line, problem }) => `${file.name}:${line} ${sayProblem(problem)}`)
}

function strayAliases(document: Document): { pos: [number]; message: string }[] {
  const stray: { pos: [number]; message: string }[] = []
  visit(document, {
    Alias: (_key, alias) => {
      const holder = alias.resolve(document)
      if (!holder) stray.push({ pos: [alias.range?.[0] ?? 0], message: `nothing before it is named &${alias.source}` })
    },
  })
  return stray
}

function plain(document: Document, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (cause) {
    throw new ConfigError(`${name}:1 is no YAML: ${(cause as Error).message}.`, { cause })
  }
}

/** The line of the deepest step of the path that the file has; a key counts as where its value stands. */
function lineIn(contents: unknown, path: Problem['path'], lines: LineCounter): number {
  let node: unknown = contents
  let start = startOf(node)
  for (const step of path) {
    const pair = isMap(node) ? node.items.find(item => isScalar(item.key) && item.key.value === step) : undefined
    const next = isMap(node) ? pair?.value : isSeq(node) && typeof step === 'number' ? node.items[step] : undefined
    const key = pair ? startOf(pair.key) : startOf(next)
    if (key === null) break
    start = key
    node = next
  }
  return lines.linePos(start ?? 0).line || 1
}

function startOf(node: unknown): number | null {
  return isNode(node) ? (node.range?.[0] ?? null) : null
}
