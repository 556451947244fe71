import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseScenario, type Scenario } from '../workflows/drill/scenario.ts'
import { ConfigError } from '../workflows/errors.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import { readContent, yamlFiles } from './yaml.ts'

/** The folder of the bundled scenarios of exercises. */
const bundledScenarios = join(dirname(fileURLToPath(import.meta.url)), '..', 'workflows', 'content', 'drills')

/**
 * The scenarios that can be played: the bundled ones, and those of a network's own folder in their place or beside
 * them. @throws ConfigError with every problem of every file, each with its line
 */
export function loadScenarios(taxonomy: Taxonomy, folder: string | null): readonly Scenario[] {
  const wrong: string[] = []
  const found = new Map<string, Scenario>()
  const own = folder === null ? [] : yamlFiles(folder, 'DRILLS_FOLDER')
  for (const path of [...yamlFiles(bundledScenarios, 'DRILLS_FOLDER'), ...own]) {
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
  const known = taxonomy && {
    protocols: taxonomy.protocols.current.map(one => one.id),
    kinds: taxonomy.kinds.map(kind => kind.code),
  }
  return readContent(path, data => parseScenario(data, known))
}
