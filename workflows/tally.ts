import type { EvidenceKind } from './evidence.ts'
import type { Evidence, FileRef } from './incident.ts'

/** No evidence at all. */
export const noEvidence: Evidence = { photo: 0, video: 0, voice: 0, document: 0 }

/** One of a kind. */
export function one(kind: EvidenceKind): Evidence {
  return { ...noEvidence, [kind]: 1 }
}

/** How many files there are of each kind. */
export function counted(files: readonly Pick<FileRef, 'kind'>[]): Evidence {
  const counts = { ...noEvidence }
  for (const { kind } of files) counts[kind] += 1
  return counts
}

/** How many there are of all kinds together. */
export function total({ photo, video, voice, document, link = 0 }: Evidence): number {
  return photo + video + voice + document + link
}

/** The sum of two counts of evidence, or with -1 the difference, which never falls below none. */
export function sum(one: Evidence, other: Evidence, sign: 1 | -1): Evidence {
  const each = (kind: keyof Evidence) => Math.max(0, (one[kind] ?? 0) + sign * (other[kind] ?? 0))
  const link = each('link')
  const files = { photo: each('photo'), video: each('video'), voice: each('voice'), document: each('document') }
  return link > 0 ? { ...files, link } : files
}
