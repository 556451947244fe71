import exifr from 'exifr'
import { nothingTaken, type Taken } from '../../workflows/evidence.ts'
import { movieTaken } from './movie.ts'
import { deviceOf, moment, place } from './said.ts'

/**
 * What the metadata of a photo (its first bytes) or a film (its `moov` box) says. A time is given only where the file
 * says which zone its clock was in.
 */
export async function takenOf(type: string, bytes: Buffer): Promise<Taken> {
  return type.startsWith('image/') ? photoTaken(await tagsOf(bytes)) : movieTaken(bytes)
}

type Tags = Readonly<Record<string, unknown>>

async function tagsOf(bytes: Buffer): Promise<Tags> {
  return (await exifr.parse(await exifOf(bytes), { reviveValues: false, gps: true, xmp: false, icc: false })) ?? {}
}

/** The part of a WebP or AVIF picture that exifr knows how to read; all else as it is. */
async function exifOf(bytes: Buffer): Promise<Buffer> {
  const brand = bytes.subarray(8, 12).toString('latin1')
  if (brand !== 'WEBP' && brand !== 'avif') return bytes
  const { default: sharp } = await import('sharp')
  const { exif } = await sharp(bytes, { limitInputPixels: false }).metadata()
  // Six bytes ("Exif" and two zeros) stand before the TIFF header.
  return exif ? (exif.subarray(0, 4).toString('latin1') === 'Exif' ? exif.subarray(6) : exif) : Buffer.alloc(0)
}

function photoTaken(tags: Tags): Taken {
  return { ...nothingTaken, takenAt: timeOf(tags), device: deviceOf(tags.Make, tags.Model), position: positionOf(tags) }
}

function timeOf(tags: Tags): number | null {
  const clock = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(String(tags.DateTimeOriginal ?? ''))
  const zone = /^[+-]\d\d:\d\d$/.exec(String(tags.OffsetTimeOriginal ?? tags.OffsetTime ?? '').trim())?.[0]
  if (clock && zone) return moment(`${clock[1]}-${clock[2]}-${clock[3]}T${clock[4]}${zone}`)
  const day = /^(\d{4}):(\d\d):(\d\d)/.exec(String(tags.GPSDateStamp ?? ''))
  const [hour, minute, second] = Array.isArray(tags.GPSTimeStamp) ? tags.GPSTimeStamp.map(Number) : []
  if (!day || hour === undefined || minute === undefined || second === undefined) return null
  const time = [hour, minute, Math.floor(second)].map(part => String(part).padStart(2, '0')).join(':')
  return moment(`${day[1]}-${day[2]}-${day[3]}T${time}Z`)
}

function positionOf({ latitude, longitude }: Tags): Taken['position'] {
  return typeof latitude === 'number' && typeof longitude === 'number' ? place(latitude, longitude) : null
}
