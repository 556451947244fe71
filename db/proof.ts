import { createHmac } from 'node:crypto'

/**
 * What a timeline entry holds of a file: HMAC-SHA256 of its id and SHA-256 under a salt that lies sealed with the file,
 * 43 characters. It proves the bytes while the file stands, and tells nobody anything once it is shredded.
 */
export function proofOf(id: string, salt: string, sha256: string): string {
  return createHmac('sha256', Buffer.from(salt, 'base64url')).update(`${id}:${sha256}`).digest('base64url')
}
