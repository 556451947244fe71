/** The letters of codes: none reads like a digit or sounds like another, and without vowels no word is ever one. */
export const codeLetters = '34679CDFHJKMNPQRTWXY'

/** What a code is for, told by its length: joining accounts lives for minutes, an invitation for days. */
export type CodeType = 'link' | 'invite'

/** How many letters each has. */
export const codeLength: Readonly<Record<CodeType, number>> = { link: 8, invite: 12 }

/** A code as it is said and written: groups of four, as in `CDFH-3467`. */
export function spokenCode(letters: string): string {
  return letters.match(/.{1,4}/g)?.join('-') ?? letters
}

/** The code that a text consists of, however its letters are cased and parted; null if it is none. */
export function readCode(text: string): { readonly type: CodeType; readonly code: string } | null {
  const trimmed = text.trim()
  if (trimmed.length > mostTyped || !/^[\p{L}\p{N}\s.`*_\p{Pd}-]+$/u.test(trimmed)) return null
  const code = trimmed.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase()
  if ([...code].some(letter => !codeLetters.includes(letter))) return null
  if (code.length === codeLength.link) return { type: 'link', code }
  return code.length === codeLength.invite ? { type: 'invite', code } : null
}

const mostTyped = 40
