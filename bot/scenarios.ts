import { readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseScenario, type Scenario } from '../workflows/drill/scenario.ts'
import { ConfigError } from '../workflows/errors.ts'
import { ContentError } from '../workflows/problems.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import { formatProblems, readYaml } from './yaml.ts'

/** The folder of the bundled scenarios of exercises. */
const bundledScenarios = join(dirname(fileURLToPath(import.meta.url)), '..', 'workflows', 'content', 'drills')

/**
 * The scenarios that can be played: the bundled ones, and those of a network's own folder in their place or beside
 * them. @throws ConfigError with every problem of every file, each with its line
 */
export function loadScenarios(taxonomy: Taxonomy, folder: string | null): readonly Scenario[] {
  const wrong: string[] = []
  const found = new Map<string, Scenario>()
  const own = folder === null ? [] : filesIn(resolve(folder))
  for (const path of [...filesIn(bundledScenarios), ...own]) {
    try {
      // A network may leave out kinds and protocols that the bundled ones name.
      const scenario = readScenario(path, own.includes(path) ? taxonomy : null)
      found.set(scenario.name, scenario)
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      wrong.push(error.message)
    }
  }
  if (wrong.length > 0) throw new ConfigError(wrong.join('\n'))
  return [...found.values()]
}

/** Reads one file as a scenario. @throws ConfigError with a line for each problem */
export function readScenario(path: string, taxonomy: Pick<Taxonomy, 'protocols' | 'kinds'> | null): Scenario {
  const file = readYaml(path)
  const known = taxonomy && {
    protocols: taxonomy.protocols.current.map(one => one.id),
    kinds: taxonomy.kinds.map(kind => kind.code),
  }
  try {
    return parseScenario(file.data, known)
  } catch (error) {
    if (error instanceof ContentError) throw new ConfigError(formatProblems(file, error.problems).join('\n'))
    throw error
  }
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter(name => /\.ya?ml$/.test(name) && !name.startsWith('.'))
      .toSorted()
      .map(name => join(folder, name))
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    const why = code === 'ENOENT' ? 'there is no such folder' : `the folder cannot be read (${code ?? cause})`
    throw new ConfigError(`DRILLS_FOLDER ${folder}: ${why}.`, { cause })
  }
}
