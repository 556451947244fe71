/** Looks at a file while it streams past, and holds only the part that says when and where it was taken. */
export type Tap = {
  readonly pass: (bytes: Uint8Array) => void
  /** The part, once all bytes have passed; null if there is none, or it is larger than makes sense. */
  readonly part: () => Buffer | null
}

/** A tap for a file of that MIME type. */
export function tapFor(type: string): Tap {
  if (type.startsWith('image/'))
    return headTap(type === 'image/jpeg' || type === 'image/png' ? mebibyte : 25 * mebibyte)
  return films.includes(type) ? filmTap() : { pass: () => {}, part: () => null }
}

const mebibyte = 1_048_576
const mostMoov = 8 * mebibyte
const films = ['video/mp4', 'video/quicktime', 'video/x-m4v', 'video/3gpp', 'video/3gpp2', 'audio/mp4', 'audio/x-m4a']

/** Photos say it at their beginning; where that is depends on the format, so of some the whole is held. */
function headTap(most: number): Tap {
  const pieces: Uint8Array[] = []
  let held = 0
  return {
    pass(bytes) {
      if (held >= most) return
      const piece = Uint8Array.from(bytes.subarray(0, most - held))
      pieces.push(piece)
      held += piece.length
    },
    part: () => Buffer.concat(pieces),
  }
}

/** Films say it in their `moov` box, which phones write after gigabytes of pictures; all other boxes pass. */
function filmTap(): Tap {
  let head = Buffer.alloc(0)
  let passing = 0
  let moov: Buffer | null = null
  let filled = 0
  let lost = false

  function take(bytes: Buffer): Buffer {
    if (moov && filled < moov.length) {
      const taken = bytes.copy(moov, filled)
      filled += taken
      return bytes.subarray(taken)
    }
    if (passing > 0) {
      const passed = Math.min(passing, bytes.length)
      passing -= passed
      return bytes.subarray(passed)
    }
    head = Buffer.concat([head, bytes])
    const box = boxAt(head)
    if (!box) return Buffer.alloc(0)
    const rest = head.subarray(box.head)
    head = Buffer.alloc(0)
    if (box.size < 0 || (box.type === 'moov' && box.size > mostMoov)) lost = true
    else if (box.type === 'moov') moov = Buffer.alloc(box.size)
    else passing = box.size
    return rest
  }

  return {
    pass(bytes) {
      let rest = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      while (rest.length > 0 && !lost && !(moov && filled === moov.length)) rest = take(rest)
    },
    part: () => (moov && filled === moov.length ? moov : null),
  }
}

/** The box that starts here: its type, and how long its head and body are; null while its head is not whole. */
function boxAt(bytes: Buffer): { readonly type: string; readonly head: number; readonly size: number } | null {
  if (bytes.length < 8) return null
  const [size, type] = [bytes.readUInt32BE(0), bytes.subarray(4, 8).toString('latin1')]
  if (size !== 1) return { type, head: 8, size: size - 8 }
  return bytes.length < 16 ? null : { type, head: 16, size: Number(bytes.readBigUInt64BE(8)) - 16 }
}
