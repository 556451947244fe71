import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ConfigError } from '../workflows/errors.ts'
import { type MessageFile, parseMessage } from '../workflows/library/define.ts'
import { readContent, yamlFiles } from './yaml.ts'

/** The folder of the bundled prepared messages. */
export const bundledMessages = join(dirname(fileURLToPath(import.meta.url)), '..', 'workflows', 'content', 'messages')

/**
 * The bundled prepared messages, those of a network's own folder in their place or beside them.
 * @throws ConfigError with every problem of every file, each with its line; then none of them counts
 */
export function loadMessages(folder: string | null): readonly MessageFile[] {
  const wrong: string[] = []
  const ours = read(bundledMessages, wrong)
  const theirs = folder === null ? [] : read(folder, wrong)
  for (const [name, one] of theirs) {
    const first = theirs.find(([, other]) => other.id === one.id)
    if (first && first[0] !== name)
      wrong.push(`${name}:1 id: ${one.id} stands in ${first[0]}, too. Give one of them another id.`)
  }
  if (wrong.length > 0) throw new ConfigError(wrong.join('\n'))
  return [...new Map([...ours, ...theirs].map(([, one]) => [one.id, one])).values()]
}

/** Reads one file as a prepared message. @throws ConfigError with a line for each problem */
export function readMessage(path: string): MessageFile {
  return readContent(path, parseMessage)
}

function read(folder: string, wrong: string[]): readonly (readonly [string, MessageFile])[] {
  return yamlFiles(folder, 'MESSAGES_FOLDER').flatMap(path => {
    try {
      return [[basename(path), readMessage(path)] as const]
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      wrong.push(error.message)
      return []
    }
  })
}
