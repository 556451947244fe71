import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { confinementOf } from '../../../bot/confined.ts'
import { createMedia } from '../../../bot/media/media.ts'
import { tapFor } from '../../../bot/media/tap.ts'
import { type Copy, type Look, nothingTaken } from '../../../workflows/evidence.ts'
import { box, claimedPng, phoneFilm, phonePicture, shot } from './picture.ts'

const media = createMedia()
afterAll(media.stop)

function draw(bytes: Buffer, look: Look, by = media): Promise<Copy> {
  const original = async function* () {
    yield bytes
  }
  return by.draw({ type: 'image/jpeg', size: bytes.length }, original(), look)
}

async function drawn(bytes: Buffer, look: Look): Promise<Buffer> {
  const copy = await draw(bytes, look)
  if (copy.type !== 'copy') throw new Error(`no copy: ${copy.why}`)
  return copy.bytes
}

/** What is read of a file that streams past in pieces of that size. */
async function taken(type: string, bytes: Buffer, size = 1_000) {
  const tap = tapFor(type)
  for (let at = 0; at < bytes.length; at += size) tap.pass(bytes.subarray(at, at + size))
  const part = tap.part()
  return part ? media.taken(type, part) : nothingTaken
}

describe('a copy for looking', () => {
  test.each(['jpeg', 'png', 'webp', 'avif'] as const)('of a %s has nothing of its metadata', async format => {
    const picture = await phonePicture(format)
    expect(picture.includes('Sentinel')).toBe(true)
    for (const look of ['small', 'blurred'] as const) {
      const copy = await drawn(picture, look)
      const { exif, xmp, icc, iptc, format: made } = await sharp(copy).metadata()
      expect([exif, xmp, icc, iptc, made]).toEqual([undefined, undefined, undefined, undefined, 'jpeg'])
      expect(copy.includes('Sentinel')).toBe(false)
      expect(copy.includes('Exif')).toBe(false)
    }
  })

  test('stands upright, and is at most 1,600 pixels a side', async () => {
    const lying = await sharp({ create: { width: 3000, height: 1000, channels: 3, background: 'red' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    expect(await sharp(await drawn(lying, 'small')).metadata()).toMatchObject({ width: 533, height: 1600 })
    const tiny = await phonePicture('jpeg', 40, 30)
    expect(await sharp(await drawn(tiny, 'small')).metadata()).toMatchObject({ width: 40, height: 30 })
  })

  test('that is blurred holds no line that could be read', async () => {
    const stripes = Buffer.alloc(800 * 600 * 3)
    for (let at = 0; at < stripes.length; at++) stripes[at] = Math.floor(((at / 3) % 800) / 10) % 2 === 0 ? 0 : 255
    const sign = await sharp(stripes, { raw: { width: 800, height: 600, channels: 3 } })
      .png()
      .toBuffer()
    const spread = async (bytes: Buffer) => (await sharp(bytes).greyscale().stats()).channels[0]?.stdev ?? 0
    expect(await spread(await drawn(sign, 'small'))).toBeGreaterThan(100)
    expect(await spread(await drawn(sign, 'blurred'))).toBeLessThan(25)
  })

  test.each([
    ['100,000 pixels wide', claimedPng(100_000, 2)],
    ['a million pixels a side', claimedPng(1_000_000, 1_000_000)],
    ['of 400 megapixels', claimedPng(20_000, 20_000)],
  ])('of a picture %s is not made', async (_, bytes) => {
    expect(await draw(bytes, 'small')).toEqual({ type: 'none', why: 'too-large' })
  })

  test.each([
    ['with nothing behind its header', claimedPng(5_000, 5_000)],
    [
      'that is noise behind the first bytes of a JPEG',
      Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), randomBytes(9_999)]),
    ],
    ['that is a drawing in SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['that is empty', Buffer.alloc(0)],
  ])('of a picture %s is not made, and it is said', async (_, bytes) => {
    expect(await draw(bytes, 'blurred')).toEqual({ type: 'none', why: 'unreadable' })
  })

  test('that takes too long is given up; a reader that was stopped starts anew', async () => {
    const hasty = createMedia({ taskMs: 1, idleMs: 1_000 })
    const picture = await phonePicture('jpeg', 3000, 2000)
    expect(await draw(picture, 'small', hasty)).toEqual({ type: 'none', why: 'unreadable' })
    hasty.stop()
    const patient = createMedia({ taskMs: 10_000, idleMs: 1_000 })
    const both = await Promise.all([draw(picture, 'small', patient), draw(picture, 'blurred', patient)])
    expect(both.map(copy => copy.type)).toEqual(['copy', 'copy'])
    patient.stop()
    expect((await draw(picture, 'small', patient)).type).toBe('copy')
    patient.stop()
  })
})

describe('when, where and with what', () => {
  test.each(['jpeg', 'png', 'webp', 'avif'] as const)('a %s was taken stands in its metadata', async format => {
    const read = await taken(`image/${format}`, await phonePicture(format))
    expect(read).toMatchObject({ takenAt: shot.takenAt, device: shot.device })
    expect(read.position?.lat).toBeCloseTo(shot.position.lat, 4)
    expect(read.position?.lon).toBeCloseTo(shot.position.lon, 4)
  })

  test.each([1, 7, 4_096, 1_000_000])('a film was taken is read as it streams past in pieces of %i', async size => {
    expect(await taken('video/quicktime', phoneFilm(), size)).toEqual(shot)
  })

  test('a film was taken is read from its header, where nothing else says it', async () => {
    const film = phoneFilm(10)
    const moov = film.subarray(film.indexOf('moov') - 4)
    const plain = Buffer.concat([box('mdat', Buffer.alloc(10)), box('moov', moov.subarray(8, 8 + 108))])
    expect(await taken('video/mp4', plain)).toEqual({ ...nothingTaken, takenAt: shot.takenAt })
  })

  test('stays open where the clock of the camera says no zone', async () => {
    const picture = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
      .withExif({ IFD2: { DateTimeOriginal: '2026:10:19 14:03:22' } })
      .jpeg()
      .toBuffer()
    expect(await taken('image/jpeg', picture)).toEqual(nothingTaken)
  })

  test.each([
    [
      'a JPEG of noise',
      'image/jpeg',
      Buffer.concat([Buffer.from('ffd8ffe1ffff457869660000', 'hex'), randomBytes(70_000)]),
    ],
    [
      'a film whose boxes lie about their size',
      'video/mp4',
      Buffer.from('00000008ffffffff00000001moov'.padEnd(64, 'f')),
    ],
    ['a film with a box of no size', 'video/mp4', box('free').fill(0, 0, 4)],
    [
      'a film with a moov of gigabytes',
      'video/mp4',
      Buffer.concat([Buffer.from([255, 255, 255, 255]), Buffer.from('moov')]),
    ],
    ['a film that ends in its moov', 'video/mp4', phoneFilm(10).subarray(0, 150)],
  ])('%s says nothing, and breaks nothing', async (_, type, bytes) => {
    expect(await taken(type, bytes)).toEqual(nothingTaken)
  })
})

test.each(['media', 'picture'] as const)(
  '%s are made by a process that can read no key, write nothing and start nothing',
  folder => {
    const secret = join(mkdtempSync(join(tmpdir(), 'trust-hub-media-')), 'hub.key')
    writeFileSync(secret, 'sentinel')
    const tried = `
    const { readFileSync, writeFileSync } = require('node:fs')
    const { execFileSync } = require('node:child_process')
    const tries = [
      () => readFileSync(${JSON.stringify(secret)}),
      () => writeFileSync(${JSON.stringify(secret)}, ''),
      () => execFileSync(process.execPath, ['--version']),
    ]
    const said = tries.map(one => { try { one(); return 'done' } catch (error) { return error.code } })
    process.stdout.write(said.join())`
    const said = execFileSync(process.execPath, [...confinementOf({ folder }), '-e', tried], {
      encoding: 'utf8',
      env: {},
    })
    expect(said).toBe('ERR_ACCESS_DENIED,ERR_ACCESS_DENIED,ERR_ACCESS_DENIED')
    rmSync(dirname(secret), { recursive: true })
  },
)

test('the type is told by the first bytes', async () => {
  expect(await media.magic(await phonePicture('webp'))).toBe('image/webp')
  expect(await media.magic(phoneFilm().subarray(0, 4_096))).toBe('video/quicktime')
  expect(await media.magic(Buffer.from('some words'))).toBeNull()
})
