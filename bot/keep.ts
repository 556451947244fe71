import type { KeptEvidence } from '../db/evidence.ts'
import { TooBigError } from '../db/files.ts'
import type { Store } from '../db/store.ts'
import { InputError } from '../workflows/errors.ts'
import { type EvidenceKind, mostBytes, nothingTaken } from '../workflows/evidence.ts'
import type { IncidentId, PersonId, PlatformName } from '../workflows/ids.ts'
import { type PhraseKey, phrase } from '../workflows/phrase.ts'
import type { Media } from './media/media.ts'
import { sortOf } from './media/sort.ts'
import { tapFor } from './media/tap.ts'

/** A file whose bytes are at hand: its name and type as the sender's tool said, and whether the tool recompresses. */
export type OpenFile = {
  readonly name: string
  readonly type: string
  readonly processed: boolean
  readonly platform: PlatformName
  readonly open: () => AsyncIterable<Uint8Array>
}

/** Who sent it, for which incident (null: a new one), and what was kept in the same go. */
export type Sender = {
  readonly person: PersonId | null
  readonly incident: IncidentId | null
  readonly among: readonly string[]
}

/** What keeping needs. */
export type Keeper = { readonly store: Pick<Store, 'files'>; readonly media: Media }

/**
 * Keeps one file: told by its first bytes what it is, then streamed into the store and read once.
 * @throws InputError at `files`, which says what to send instead, when it is empty, too large or of a kind that is not
 * kept; StoreError; and whatever the stream threw.
 */
export async function keepFile(file: OpenFile, sender: Sender, now: number, keeper: Keeper): Promise<KeptEvidence> {
  const { name, type: claimed, processed, platform } = file
  const { store, media } = keeper
  const bytes = file.open()[Symbol.asyncIterator]()
  try {
    const head = await headOf(bytes)
    if (head.length === 0) throw refusal('file.empty', name)
    const sort = sortOf(await media.magic(head), head, name, claimed)
    if ('refused' in sort) throw refusal(sort.refused, name)
    const { kind, type } = sort
    const tap = tapFor(type)
    const most = mostBytes[kind]
    const record = { name, claimed, platform, processed }
    const taken = async () => {
      const part = tap.part()
      return part ? media.taken(type, part) : nothingTaken
    }
    const open = () => passing([head], bytes, tap.pass)
    return await store.files.keep({ ...sender, kind, type, record, mostBytes: most, open, taken }, now).catch(error => {
      throw error instanceof TooBigError ? tooLarge(name, kind) : error
    })
  } finally {
    await bytes.return?.()
  }
}

/** The refusal of a file that is larger than its kind may be. */
export function tooLarge(name: string, kind: EvidenceKind): InputError {
  return refusal('file.large', name, { max: mostBytes[kind] / 1_048_576 })
}

/** The refusal of a file, with the sentence that says what to do instead. */
export function refusal(key: PhraseKey, name: string, params: Readonly<Record<string, number>> = {}): InputError {
  return new InputError({ files: phrase(key, { name: { words: name.slice(0, 80) }, ...params }) })
}

// Office documents say what they are only some way into the file.
const headBytes = 65_536

async function headOf(bytes: AsyncIterator<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  let length = 0
  while (length < headBytes) {
    const { done, value } = await bytes.next()
    if (done) break
    pieces.push(value)
    length += value.length
  }
  return Buffer.concat(pieces)
}

async function* passing(
  head: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
  pass: (bytes: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  for (const piece of head) {
    pass(piece)
    yield piece
  }
  for (let next = await rest.next(); !next.done; next = await rest.next()) {
    pass(next.value)
    yield next.value
  }
}
