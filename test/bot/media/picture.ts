import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

/** What the metadata of a phone's picture says. */
export const shot = {
  takenAt: Date.UTC(2026, 9, 19, 21, 3, 22),
  device: 'Sentinel Phone 7',
  position: { lat: 33.4484, lon: -112.0739 },
}

/** A picture as a phone takes it: noise of so many pixels, with device, time and position in its metadata. */
export async function phonePicture(format: 'jpeg' | 'png' | 'webp' | 'avif' = 'jpeg', width = 160, height = 120) {
  const noise = { type: 'gaussian', mean: 120, sigma: 60 } as const
  const picture = sharp({ create: { width, height, channels: 3, background: 'white', noise } }).withExif({
    IFD0: { Make: 'Sentinel', Model: 'Phone 7' },
    IFD2: { DateTimeOriginal: '2026:10:19 14:03:22', OffsetTimeOriginal: '-07:00' },
    IFD3: {
      GPSLatitudeRef: 'N',
      GPSLatitude: '33/1 26/1 5424/100',
      GPSLongitudeRef: 'W',
      GPSLongitude: '112/1 4/1 2604/100',
    },
  })
  return picture.toFormat(format).toBuffer()
}

/** A PNG whose header claims so many pixels, with nearly nothing behind it. */
export function claimedPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2], 8)
  const data = deflateSync(Buffer.alloc(100_000))
  const magic = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([magic, part('IHDR', header), part('IDAT', data), part('IEND', Buffer.alloc(0))])
}

function part(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body])
  const [size, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  size.writeUInt32BE(body.length)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([size, named, check])
}

/** A film as a phone writes it: `mdat` of so many bytes first, then what says when, with what and where. */
export function phoneFilm(bytes = 100_000): Buffer {
  const mvhd = Buffer.alloc(100)
  mvhd.writeUInt32BE(shot.takenAt / 1000 + 2_082_844_800, 4)
  const facts = {
    'com.apple.quicktime.make': 'Sentinel',
    'com.apple.quicktime.model': 'Phone 7',
    'com.apple.quicktime.creationdate': '2026-10-19T14:03:22-0700',
    'com.apple.quicktime.location.ISO6709': '+33.4484-112.0739+331.000/',
  }
  const keys = Object.keys(facts).map(name => box('mdta', Buffer.from(name)))
  const values = Object.values(facts).map((value, at) =>
    box(String.fromCharCode(0, 0, 0, at + 1), box('data', whole(1), whole(0), Buffer.from(value))),
  )
  const meta = box(
    'meta',
    box('hdlr', Buffer.alloc(24)),
    box('keys', whole(0), whole(keys.length), ...keys),
    box('ilst', ...values),
  )
  const ftyp = box('ftyp', Buffer.from('qt  '), whole(0), Buffer.from('qt  '))
  return Buffer.concat([ftyp, box('mdat', Buffer.alloc(bytes, 7)), box('moov', box('mvhd', mvhd), meta)])
}

/** One box of a film. */
export function box(type: string, ...body: readonly Buffer[]): Buffer {
  const inside = Buffer.concat(body)
  return Buffer.concat([whole(inside.length + 8), Buffer.from(type, 'latin1'), inside])
}

function whole(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
