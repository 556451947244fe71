import type { Store } from '../db/store.ts'
import { InputError } from '../workflows/errors.ts'
import type { Evidence } from '../workflows/incident.ts'
import type { Actor } from '../workflows/permission.ts'
import { phrase } from '../workflows/phrase.ts'
import type { IncomingFile, Interaction } from './platform.ts'

/** What was kept of attached files: their ids, and how many of each kind. */
export type Kept = { readonly files: readonly string[]; readonly evidence: Evidence }

/** No files. */
export const nothingKept: Evidence = { photo: 0, video: 0, voice: 0, document: 0 }

const mostFiles = 10
const mostBytes = 10 * 1024 * 1024

/**
 * Keeps the files that came with an interaction, encrypted, before anything is committed; a commit that names them
 * makes them belong.
 * @throws InputError naming the field `files` when there are too many, or one is empty or too large.
 */
export async function keepFiles(interaction: Interaction, actor: Actor, now: number, store: Store): Promise<Kept> {
  const files = 'files' in interaction ? interaction.files : []
  if (files.length > mostFiles) throw new InputError({ files: phrase('form.too-many-files', { max: mostFiles }) })
  for (const file of files) check(file)
  const ids: string[] = []
  const evidence = { ...nothingKept }
  for (const file of files) {
    const { name, type, open } = file
    ids.push((await store.files.keep({ name, type, person: actor.id, open }, now)).id)
    evidence[kindOf(type)] += 1
  }
  return { files: ids, evidence }
}

function check(file: IncomingFile): void {
  const name = { words: file.name }
  if (file.size === 0) throw new InputError({ files: phrase('form.empty-file', { name }) })
  if (file.size > mostBytes) throw new InputError({ files: phrase('form.large-file', { name, max: 10 }) })
}

function kindOf(type: string): keyof Evidence {
  if (type.startsWith('image/')) return 'photo'
  if (type.startsWith('video/')) return 'video'
  return type.startsWith('audio/') ? 'voice' : 'document'
}
