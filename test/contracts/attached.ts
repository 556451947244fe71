import type { FileToKeep } from '../../db/evidence.ts'
import { type EvidenceRecord, nothingTaken } from '../../workflows/evidence.ts'
import type { PersonId } from '../../workflows/ids.ts'

/** A file as the hub hands it to the store; a plain text from the workspace unless said otherwise. */
export function attached(
  person: PersonId,
  bytes: Buffer,
  { name = 'note.txt', ...more }: Partial<FileToKeep> & Partial<Pick<EvidenceRecord, 'name'>> = {},
): FileToKeep {
  return {
    person,
    kind: 'document',
    type: 'text/plain',
    record: { name, claimed: 'text/plain', platform: 'workspace', processed: false },
    incident: null,
    among: [],
    mostBytes: 1_000_000,
    open: async function* () {
      for (let at = 0; at < bytes.length; at += 1_000) yield bytes.subarray(at, at + 1_000)
    },
    taken: async () => nothingTaken,
    ...more,
  }
}
