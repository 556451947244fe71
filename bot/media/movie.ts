import type { Taken } from '../../workflows/evidence.ts'
import { deviceOf, moment, place } from './said.ts'

/** One box of a film in the ISO base media format (MP4, QuickTime): four letters and what is in it. */
type Box = { readonly type: string; readonly body: Buffer }

/** What the `moov` box of a film says: Apple's and Android's keys, else the time in its header. */
export function movieTaken(moov: Buffer): Taken {
  const boxes = [...boxesIn(moov)]
  const keys = keysOf(boxes)
  const user = boxes.filter(box => box.type === 'udta').flatMap(box => [...boxesIn(box.body)])
  const old = (type: string) => shortText(user.find(box => box.type === type)?.body)
  const where = keys.get('com.apple.quicktime.location.ISO6709') ?? old('\u00a9xyz')
  const model = keys.get('com.apple.quicktime.model') ?? keys.get('com.android.model') ?? old('\u00a9mod')
  const make = keys.get('com.apple.quicktime.make') ?? keys.get('com.android.manufacturer') ?? old('\u00a9mak')
  const said = keys.get('com.apple.quicktime.creationdate')
  return {
    takenAt: (said && moment(said.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))) || headerTime(boxes),
    device: deviceOf(make, model),
    position: positionOf(where),
  }
}

function* boxesIn(bytes: Buffer): Generator<Box> {
  for (let at = 0; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32BE(at)
    if (size < 8) return
    yield { type: bytes.subarray(at + 4, at + 8).toString('latin1'), body: bytes.subarray(at + 8, at + size) }
    at += size
  }
}

/** Seconds since 1904 in UTC, which phones write and some cameras leave at zero. */
function headerTime(boxes: readonly Box[]): number | null {
  const header = boxes.find(box => box.type === 'mvhd')?.body
  if (!header || header.length < 12) return null
  const seconds = header[0] === 1 ? Number(header.readBigUInt64BE(4)) : header.readUInt32BE(4)
  const at = (seconds - 2_082_844_800) * 1000
  return at > 0 ? at : null
}

/** The texts of a `meta` box by their names: `keys` numbers the names, `ilst` holds the values by number. */
function keysOf(boxes: readonly Box[]): Map<string, string> {
  const meta = boxes.find(box => box.type === 'meta')?.body
  if (!meta) return new Map()
  // MP4 puts four bytes of version before the boxes, QuickTime none.
  const inside = [...boxesIn(meta.subarray(4, 8).toString('latin1') === 'hdlr' ? meta : meta.subarray(4))]
  const names = [...boxesIn(inside.find(box => box.type === 'keys')?.body.subarray(8) ?? Buffer.alloc(0))]
  const values = [...boxesIn(inside.find(box => box.type === 'ilst')?.body ?? Buffer.alloc(0))]
  return new Map(
    values.flatMap(({ type, body }) => {
      const name = names[Buffer.from(type, 'latin1').readUInt32BE(0) - 1]?.body.toString('utf8')
      const data = [...boxesIn(body)].find(box => box.type === 'data')?.body
      return name && data && data.readUInt32BE(0) === 1 ? [[name, data.subarray(8).toString('utf8')] as const] : []
    }),
  )
}

/** The text of an old user data box: two bytes of length, two of language. */
function shortText(body: Buffer | undefined): string | undefined {
  if (!body || body.length < 4) return undefined
  return body.subarray(4, 4 + body.readUInt16BE(0)).toString('utf8')
}

/** Degrees as ISO 6709 writes them, as in `+33.4484-112.0740+331.000/`. */
function positionOf(text: string | undefined): Taken['position'] {
  const found = /^([+-]\d{1,2}(?:\.\d+)?)([+-]\d{1,3}(?:\.\d+)?)/.exec(text ?? '')
  return found ? place(Number(found[1]), Number(found[2])) : null
}
