import { Readable } from 'node:stream'
import sharp from 'sharp'
import type { IncomingFile } from '../bot/platform.ts'

/** A photo as a phone makes it: half red, half blue, with the time and the device in its metadata. */
export async function photo(name = 'IMG_2041.jpg', width = 640, height = 480): Promise<IncomingFile> {
  const half = await sharp({ create: { width: width / 2, height, channels: 3, background: '#d02020' } })
    .png()
    .toBuffer()
  const bytes = await sharp({ create: { width, height, channels: 3, background: '#2040d0' } })
    .composite([{ input: half, left: 0, top: 0 }])
    .withExif({
      IFD0: { Make: 'Sentinelcam', Model: 'Sentinelphone 9' },
      IFD2: { DateTimeOriginal: '2026:10:19 08:58:00', OffsetTimeOriginal: '-07:00' },
    })
    .jpeg()
    .toBuffer()
  return fileOf(name, 'image/jpeg', bytes)
}

/** A voice note: one second of a WAV file, whose bytes rise and fall. */
export function voice(name = 'note.wav', seconds = 1): IncomingFile {
  const samples = Buffer.alloc(8000 * seconds * 2)
  for (let at = 0; at < samples.length; at += 2) samples.writeInt16LE(Math.round(8000 * Math.sin(at / 9)), at)
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + samples.length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(8000, 24)
  head.writeUInt32LE(16_000, 28)
  head.writeUInt16LE(2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36)
  head.writeUInt32LE(samples.length, 40)
  return fileOf(name, 'audio/wav', Buffer.concat([head, samples]))
}

/** A file of those bytes as a platform hands it over. */
export function fileOf(name: string, type: string, bytes: Buffer): IncomingFile {
  return { name, type, size: bytes.length, open: () => Readable.from([bytes]) }
}
