import { fileTypeFromBuffer } from 'file-type'

/** The MIME type that the first bytes of a file tell, or null; rejects if they make no sense of what they begin. */
export async function magicOf(head: Buffer): Promise<string | null> {
  return (await fileTypeFromBuffer(head))?.mime ?? null
}
