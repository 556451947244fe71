import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { circles, crossed, strayed, undrawn, unlisted } from './architecture/arrows.ts'
import * as rules from './architecture/rules.ts'
import { scan } from './architecture/scan.ts'

const root = new URL('../', import.meta.url)
const ours = ['bot', 'commands', 'workflows', 'db']
const paths = [...ours, 'test'].flatMap(list)
const code = paths.filter(path => /\.[jt]s$/.test(path)).map(path => scan(path, read(path)))
const product = code.filter(source => !source.path.startsWith('test/'))
const configs = readdirSync(root).filter(name => name.endsWith('.config.ts'))
const everything = [...code, ...configs.map(path => scan(path, read(path)))]

describe('the shape of the source', () => {
  test.each(ours)('%s holds source files', folder => {
    expect(product.filter(source => source.path.startsWith(`${folder}/`))).not.toHaveLength(0)
  })

  test('every import is an arrow that the design draws', () => clean(undrawn(product)))
  test('SDKs and drivers stay in their folders', () => clean(strayed(product)))
  test('no platform imports another', () => clean(crossed(product)))
  test('no files import each other in a circle', () => clean(circles(product)))
  test('commands/index lists every command', () => clean(unlisted(product)))
  test('files and lines stay within their budgets', () => clean(rules.outgrown(product)))
  test('every export carries a doc comment', () => clean(rules.undocumented(product)))
  test('only bot/config reads the environment', () => clean(rules.environment(product)))
  test('the domain and the commands ask for no hour, chance or network', () => clean(rules.impure(product)))
  test('files are named lower-case, and for what they hold', () => clean(rules.misnamed(paths)))
  test('nothing new stands at the top', () => clean(rules.stray(top(), ignored())))
  test('every imported package is declared', () => clean(rules.undeclared(everything, manifest())))
  test('every declared package is used', () => clean(rules.unused(everything, manifest())))
})

function clean(problems: string[]): void {
  expect(problems.join('\n')).toBe('')
}

function list(folder: string): string[] {
  try {
    const entries = readdirSync(new URL(`${folder}/`, root), { recursive: true, withFileTypes: true })
    const within = (parent: string) => parent.slice(new URL('.', root).pathname.length)
    return entries
      .filter(entry => entry.isFile())
      .map(entry => `${within(entry.parentPath)}/${entry.name}`.replaceAll('//', '/'))
      .filter(path => !path.startsWith('db/migrations/'))
      .sort()
  } catch {
    return []
  }
}

function read(path: string): string {
  return readFileSync(new URL(path, root), 'utf8')
}

function top(): { name: string; folder: boolean }[] {
  return readdirSync(root, { withFileTypes: true }).map(entry => ({ name: entry.name, folder: entry.isDirectory() }))
}

/** Understands what this project's .gitignore uses: names, folders, and `*` within a name. */
function ignored(): (name: string) => boolean {
  const lines = read('.gitignore')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
  const patterns = lines.map(
    line =>
      new RegExp(
        `^${line
          .replace(/^\/|\/$/g, '')
          .replaceAll('.', '\\.')
          .replaceAll('*', '.*')}$`,
      ),
  )
  return name => patterns.some(pattern => pattern.test(name))
}

function manifest(): rules.Manifest {
  const { dependencies, devDependencies, scripts } = JSON.parse(read('package.json'))
  const names = Object.keys({ ...dependencies, ...devDependencies })
  return { dependencies, devDependencies, scripts, commands: Object.fromEntries(names.map(name => [name, bins(name)])) }
}

function bins(name: string): string[] {
  const { bin } = JSON.parse(read(`node_modules/${name}/package.json`))
  return typeof bin === 'string' ? [name.split('/').at(-1) ?? name] : Object.keys(bin ?? {})
}
