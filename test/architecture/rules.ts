import { target } from './arrows.ts'
import type { Source } from './scan.ts'

/** What `package.json` says, and per dependency the commands that it installs. */
export type Manifest = {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
  scripts: Record<string, string>
  commands: Record<string, string[]>
}

const folders = ['bot', 'commands', 'workflows', 'db', 'test']
const files = [
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'drizzle.config.ts', 'vitest.config.ts', 'biome.json'],
  ...['README.md', 'CHANGELOG.md', 'LICENSE'],
]

/** Lists where sizes leave the budget: median 90 lines, nine in ten 250, none past 400; lines 120 characters. */
export function outgrown(sources: Source[]): string[] {
  const sizes = sources.map(source => source.lines.length).sort((a, b) => a - b)
  const median = sizes[Math.floor((sizes.length - 1) / 2)] ?? 0
  const big = sources.filter(source => source.lines.length > 250)
  const names = big.map(source => `${source.path} (${source.lines.length})`).join(', ')
  const problems = sources
    .filter(source => source.lines.length > 400)
    .map(s => `${s.path}:401 has ${s.lines.length} lines, past 400`)
  if (median > 90) problems.push(`the median file has ${median} lines, past 90`)
  if (big.length > sources.length / 10)
    problems.push(`${big.length} of ${sources.length} files are past 250 lines: ${names}`)
  for (const source of sources) {
    source.lines.forEach((line, index) => {
      if (line.length > 120) problems.push(`${source.path}:${index + 1} has ${line.length} characters, past 120`)
    })
  }
  return problems
}

/** Lists every export without a doc comment directly above it. */
export function undocumented(sources: Source[]): string[] {
  return sources.flatMap(source =>
    source.exports
      .filter(one => !one.documented)
      .map(one => `${source.path}:${one.line} exports ${one.name || 'a list'} without a doc comment directly above`),
  )
}

/** Lists every reading of the environment outside of bot/config.ts. */
export function environment(sources: Source[]): string[] {
  const read = /\bprocess\s*(?:\?\.|\.)\s*env\b|\bprocess\s*\[|\{[^{}]*\benv\b[^{}]*\}\s*=\s*process\b/g
  return sources
    .filter(source => source.path !== 'bot/config.ts')
    .flatMap(source => {
      const taken = source.imports.filter(one => /^(node:)?process$/.test(one.specifier) && one.names.includes('env'))
      return [...matches(source, read), ...taken].map(
        at => `${source.path}:${at.line} reads the environment, which only bot/config.ts may`,
      )
    })
}

/** Lists what the domain and the commands may not ask for: the hour, chance, the process, the network. */
export function impure(sources: Source[]): string[] {
  const clock = /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\.now\b|\bTemporal\.Now\b|\bset(?:Timeout|Interval)\b/
  const asked = new RegExp(`${clock.source}|${/\bMath\.random\b|\bprocess\.|\bfetch\(/.source}`, 'g')
  return sources
    .filter(source => /^(workflows|commands)\//.test(source.path))
    .flatMap(source =>
      matches(source, asked).map(at => `${source.path}:${at.line} asks for ${at.text}, which must be passed in`),
    )
}

/** Lists file names that are not lower-case or that say nothing. */
export function misnamed(paths: string[]): string[] {
  return paths.flatMap(path => {
    const name = path.split('/').at(-1) ?? ''
    const empty = /manager|service|helper|util|common/.exec(name.toLowerCase())?.[0]
    if (empty !== undefined) return [`${path}:1 is named with "${empty}", which says nothing`]
    return /^[a-z0-9.][a-z0-9.-]*$/.test(path.replaceAll('/', '.')) ? [] : [`${path}:1 is not lower-case`]
  })
}

/** Lists what stands at the top besides the design's folders and files; dot names and `ignored` ones are aside. */
export function stray(top: { name: string; folder: boolean }[], ignored: (name: string) => boolean): string[] {
  const known = (one: { name: string; folder: boolean }) =>
    (one.folder ? [...folders, 'docs'] : files).includes(one.name)
  return top
    .filter(one => !one.name.startsWith('.') && !ignored(one.name) && !known(one))
    .map(one => `${one.name}${one.folder ? '/' : ''} stands at the top, where the design has no place for it`)
}

/** Lists every imported package that is not declared, or that the product imports from the development ones. */
export function undeclared(sources: Source[], manifest: Manifest): string[] {
  return sources.flatMap(source =>
    source.imports.flatMap(arrow => {
      const to = target(source.path, arrow.specifier)
      if (to.type !== 'package' || Object.hasOwn(manifest.dependencies, to.name)) return []
      const product = /^(bot|commands|workflows|db)\//.test(source.path)
      if (!Object.hasOwn(manifest.devDependencies, to.name)) {
        return [`${source.path}:${arrow.line} imports ${to.name}, which package.json does not declare`]
      }
      return product && !arrow.typeOnly
        ? [`${source.path}:${arrow.line} imports ${to.name}, a development dependency`]
        : []
    }),
  )
}

/** Lists every declared package that no file imports, no script runs, and whose types no import uses. */
export function unused(sources: Source[], manifest: Manifest): string[] {
  const targets = sources.flatMap(source => source.imports.map(arrow => target(source.path, arrow.specifier)))
  const imported = new Set(targets.map(to => (to.type === 'package' ? to.name : to.type === 'node' ? 'node' : '')))
  const words = new Set(Object.values(manifest.scripts).flatMap(script => script.split(/[^\w@/.-]+/)))
  const strings = new Set(sources.flatMap(source => source.strings))
  const used = (name: string): boolean => {
    if (name.startsWith('@types/')) return imported.has(name.slice('@types/'.length).replace('__', '/'))
    if (imported.has(name) || (manifest.commands[name] ?? []).some(command => words.has(command))) return true
    return [...strings].some(text => text.startsWith(`${name}/`))
  }
  return Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })
    .filter(name => !used(name))
    .map(name => `package.json:1 declares ${name}, which nothing imports or runs`)
}

function matches(source: Source, pattern: RegExp): { line: number; text: string }[] {
  return [...source.code.matchAll(pattern)].map(match => ({
    line: source.code.slice(0, match.index).split('\n').length,
    text: match[0],
  }))
}
