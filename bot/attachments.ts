import { randomBytes } from 'node:crypto'
import type { ToFetch } from '../db/evidence.ts'
import { InputError } from '../workflows/errors.ts'
import { type EvidenceKind, mostBytes, mostFiles } from '../workflows/evidence.ts'
import type { IncidentId, PersonId, PlatformName } from '../workflows/ids.ts'
import type { Evidence, FileRef } from '../workflows/incident.ts'
import type { Actor } from '../workflows/permission.ts'
import { type Phrase, phrase } from '../workflows/phrase.ts'
import { counted } from '../workflows/tally.ts'
import { type Keeper, keepFile, refusal, tooLarge } from './keep.ts'
import type { IncomingFile, Interaction } from './platform.ts'

/** What was kept of attached files, how many of each kind, and what is still to be fetched. */
export type Kept = {
  readonly files: readonly FileRef[]
  readonly evidence: Evidence
  readonly fetches: readonly ToFetch[]
}

/**
 * Keeps the files that came with an interaction for that incident (null: a new one), encrypted, before anything is
 * committed; a commit that names them makes them belong. The same bytes are kept once.
 * @throws InputError naming the field `files` when there are too many, or with the reason of each that cannot be taken.
 */
export async function keepFiles(
  interaction: Interaction,
  actor: Actor,
  incident: IncidentId | null,
  now: number,
  keeper: Keeper,
): Promise<Kept> {
  const sent = 'files' in interaction ? interaction.files : []
  if (sent.length > mostFiles) throw new InputError({ files: phrase('file.too-many', { max: mostFiles }) })
  const files: FileRef[] = []
  const fetches: ToFetch[] = []
  const reasons: Phrase[] = []
  try {
    for (const file of sent) {
      const reason = await reasonAgainst(file)
      if (reason) reasons.push(reason)
    }
    if (reasons.length > 0) throw new InputError({ files: together(reasons) })
  } catch (error) {
    // They are sent again with the form that was refused.
    await letGo(files, now, keeper.store)
    throw error
  }
  return { files, evidence: counted(files), fetches }

  // Each is tried, so that whoever sends several hears of all that must be mended, not of one at a time.
  async function reasonAgainst(file: IncomingFile): Promise<Phrase | null> {
    try {
      check(file)
      await take(file)
      return null
    } catch (error) {
      const reason = error instanceof InputError ? error.fields.files : undefined
      if (!reason) throw error
      return reason
    }
  }

  async function take(file: IncomingFile): Promise<void> {
    if ('source' in file) {
      fetches.push(toFetch(file, interaction.platform, actor.id))
      return
    }
    // A millisecond apart, so that they are listed in the order in which they were sent.
    const sender = { person: actor.id, incident, among: files.map(one => one.id) }
    const opened = { processed: false, ...file, platform: interaction.platform, open: () => whole(file) }
    const { id, kind, proof } = await keepFile(opened, sender, now + files.length, keeper)
    if (!files.some(one => one.id === id)) files.push({ id, kind, proof })
  }
}

/** Lets go of files whose interaction was refused; those that belong to something stay. */
export async function letGo(files: readonly FileRef[], now: number, store: Keeper['store']): Promise<void> {
  const ids = files.map(file => file.id)
  // Where even this fails, they are swept a day later.
  await store.files.release(ids, now).catch(() => {})
}

/** What is still to be fetched, of each kind that the platforms claim; undefined if it is nothing. */
export function comingOf(fetches: readonly ToFetch[]): Evidence | undefined {
  return fetches.length > 0 ? counted(fetches) : undefined
}

function toFetch(file: IncomingFile & { source: string }, platform: PlatformName, person: PersonId): ToFetch {
  const { name, type, source, processed = false } = file
  const id = randomBytes(12).toString('base64url')
  return { id, person, platform, source, name, type, kind: claimedKind(type), processed }
}

/** Several reasons as one, a line each. */
function together(reasons: readonly Phrase[]): Phrase {
  return reasons.reduce((before, reason) => phrase('file.several', { before, reason }))
}

/** The bytes of a file; where its sender's line breaks, that is said to them. */
async function* whole({ name, open }: IncomingFile & { open: () => AsyncIterable<Uint8Array> }) {
  try {
    yield* open()
  } catch {
    throw refusal('file.broken', name)
  }
}

/** What its tool says of a file is enough to refuse it before it is read. */
function check({ name, size, type }: IncomingFile): void {
  if (size === 0) throw refusal('file.empty', name)
  const kind = claimedKind(type)
  if (size > Math.max(...Object.values(mostBytes))) throw tooLarge(name, kind)
}

function claimedKind(type: string): EvidenceKind {
  if (type.startsWith('image/')) return 'photo'
  if (type.startsWith('video/')) return 'video'
  return type.startsWith('audio/') ? 'voice' : 'document'
}
