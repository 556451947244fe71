import type { Store } from '../db/store.ts'
import { InputError } from '../workflows/errors.ts'
import { nothingTaken } from '../workflows/evidence.ts'
import type { IncidentId } from '../workflows/ids.ts'
import type { Evidence, FileRef } from '../workflows/incident.ts'
import type { Actor } from '../workflows/permission.ts'
import { phrase } from '../workflows/phrase.ts'
import { counted } from '../workflows/report.ts'
import type { IncomingFile, Interaction } from './platform.ts'

/** What was kept of attached files, and how many of each kind. */
export type Kept = { readonly files: readonly FileRef[]; readonly evidence: Evidence }

/** No files. */
export const nothingKept: Evidence = { photo: 0, video: 0, voice: 0, document: 0 }

const mostFiles = 10
const mostBytes = 10 * 1024 * 1024

/**
 * Keeps the files that came with an interaction for that incident (null: a new one), encrypted, before anything is
 * committed; a commit that names them makes them belong.
 * @throws InputError naming the field `files` when there are too many, or one is empty or too large.
 */
export async function keepFiles(
  interaction: Interaction,
  actor: Actor,
  incident: IncidentId | null,
  now: number,
  store: Store,
): Promise<Kept> {
  const sent = 'files' in interaction ? interaction.files : []
  if (sent.length > mostFiles) throw new InputError({ files: phrase('file.too-many', { max: mostFiles }) })
  for (const file of sent) check(file)
  const files: FileRef[] = []
  for (const { name, type, open } of sent) {
    const { id, kind, proof } = await store.files.keep(
      {
        person: actor.id,
        kind: kindOf(type),
        type,
        record: { name, claimed: type, platform: interaction.platform, processed: false },
        incident,
        among: files.map(file => file.id),
        mostBytes,
        open,
        taken: async () => nothingTaken,
      },
      now,
    )
    if (!files.some(file => file.id === id)) files.push({ id, kind, proof })
  }
  return { files, evidence: counted(files) }
}

function check(file: IncomingFile): void {
  const name = { words: file.name }
  if (file.size === 0) throw new InputError({ files: phrase('file.empty', { name }) })
  if (file.size > mostBytes) throw new InputError({ files: phrase('file.large', { name, max: 10 }) })
}

function kindOf(type: string): keyof Evidence {
  if (type.startsWith('image/')) return 'photo'
  if (type.startsWith('video/')) return 'video'
  return type.startsWith('audio/') ? 'voice' : 'document'
}
