/** Which bytes are asked for, from first to last, both included; null where all are; `none` where there are no such. */
export type Span = { readonly first: number; readonly last: number } | null | 'none'

/** Reads a `Range` header against a size in bytes; several ranges, other units and nonsense ask for all of it. */
export function readRange(header: string | undefined, size: number): Span {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? []
  if (from === '' && to === '') return null
  if (from === '')
    return Number(to) > 0 && size > 0 ? { first: Math.max(0, size - Number(to)), last: size - 1 } : 'none'
  if (to !== '' && Number(to) < Number(from)) return null
  if (Number(from) >= size) return 'none'
  return { first: Number(from), last: to === '' ? size - 1 : Math.min(Number(to), size - 1) }
}

/** The pieces up to so many bytes in all. */
export async function* upTo(pieces: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let left = most
  for await (const piece of pieces) {
    if (piece.length >= left) return yield piece.subarray(0, left)
    left -= piece.length
    yield piece
  }
}
