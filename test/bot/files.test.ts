import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { verifyEvidence } from '../../bot/cli/evidence.ts'
import { createNightly } from '../../bot/nightly.ts'
import type { IncomingFile } from '../../bot/platform.ts'
import type { IncidentId } from '../../workflows/ids.ts'
import { eachHouse } from '../each.ts'
import { type Ground, type House, readAnswer } from '../house.ts'
import { phonePicture, shot } from './media/picture.ts'

let place: Ground
let house: House
eachHouse((opened, ground) => {
  house = opened
  place = ground
})

const file = (bytes: Buffer, name: string, type = 'application/octet-stream', size = bytes.length): IncomingFile => ({
  name,
  type,
  size,
  open: () => Readable.from([bytes]),
})
const values = { what: 'Men block the door', where: 'Phoenix, AZ', danger: 'no', contact: 'yes' }
const report = (...files: IncomingFile[]) => house.ask('heron', '/report', values, null, files)

async function reported(...files: IncomingFile[]): Promise<IncidentId> {
  return /[A-Z]{2}-\d{4}/.exec(readAnswer(await report(...files)))?.[0] as IncidentId
}

const evidence = async (id: IncidentId) => (await house.store.incidents.find(id))?.incident.evidence
const onDisk = () =>
  !existsSync(join(place.folder, 'files'))
    ? []
    : readdirSync(join(place.folder, 'files'), { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => join(entry.parentPath, entry.name))

describe('a file that comes with a report', () => {
  test('is kept as what it is, whatever it is called, with what it says of itself', async () => {
    const picture = await phonePicture()
    const id = await reported(
      file(picture, 'minutes.pdf', 'application/pdf'),
      file(Buffer.from('I saw it'), 'note.txt'),
    )
    expect(await evidence(id)).toEqual({ photo: 1, video: 0, voice: 0, document: 1 })
    const [photo, note] = await house.store.files.list(id)
    expect(photo).toMatchObject({ kind: 'photo', type: 'image/jpeg', size: picture.length })
    expect(photo?.record).toMatchObject({ name: 'minutes.pdf', claimed: 'application/pdf', ...shot, position: {} })
    expect(note).toMatchObject({ kind: 'document', type: 'text/plain' })
    const original = Buffer.concat(await Array.fromAsync(house.store.files.read(photo?.id ?? '')))
    expect(original.equals(picture)).toBe(true)
    const copy = await house.store.files.copy(photo?.id ?? '', 'blurred')
    expect(copy.type === 'copy' && copy.bytes.includes('Sentinel')).toBe(false)
    expect(house.logged()).not.toMatch(/Sentinel|minutes/)
  })

  test('stands in no byte on disk as it came', async () => {
    await reported(file(Buffer.from('sentinel words'.repeat(50)), 'sentinel-name.txt'))
    for (const path of [...onDisk(), join(place.folder, 'hub.db'), join(place.folder, 'hub.db-wal')]) {
      expect(readFileSync(path).includes('sentinel')).toBe(false)
    }
  })

  test('a hundred times is kept once and counted once', async () => {
    const picture = await phonePicture()
    const id = await reported(...Array.from({ length: 10 }, (_, at) => file(picture, `${at}.jpg`)))
    expect(await evidence(id)).toMatchObject({ photo: 1 })
    for (let time = 0; time < 9; time++) {
      const sent = Array.from({ length: 10 }, () => file(picture, 'again.jpg'))
      await house.ask('heron', `/add ${id}`, { text: 'here' }, null, sent)
    }
    expect(await evidence(id)).toMatchObject({ photo: 1 })
    expect(onDisk()).toHaveLength(1)
    const alone = await house.ask('heron', `/add ${id}`, { text: '' }, null, [file(picture, 'again.jpg')])
    expect(readAnswer(alone)).toContain(`That file is kept with ${id} already`)
    expect(await house.store.files.list(id)).toHaveLength(1)
  })

  test('sent twice at the same moment is counted once', async () => {
    const id = await reported()
    const picture = await phonePicture()
    const add = () => house.ask('heron', `/add ${id}`, { text: 'look' }, null, [file(picture, 'a.jpg')])
    await Promise.all([add(), add(), add()])
    expect(await evidence(id)).toMatchObject({ photo: 1 })
    expect(await house.store.files.list(id)).toHaveLength(1)
  })
})

describe('whoever sent files', () => {
  test('reads in the receipt, and in the answer to an addition, which were kept', async () => {
    const picture = await phonePicture()
    const id = await reported(file(picture, 'a.jpg'), file(Buffer.from('I saw it'), 'note.txt'))
    await house.delivery.run()
    expect((await house.direct('heron')).join('\n')).toContain('Kept with it: 1 photo, 1 document.')
    const sent = [file(Buffer.from('more'), 'more.txt'), file(picture, 'again.jpg')]
    const add = await house.ask('heron', `/add ${id}`, { text: 'here' }, null, sent)
    expect(readAnswer(add)).toMatch(/Added to AZ-0001.*\nKept with it: 1 document\./)
    const said = await house.write('heron', 'and this', null, undefined, [file(Buffer.from('third'), 'third.txt')])
    expect(readAnswer(said)).toMatch(/Added to AZ-0001.*\nKept with it: 1 document\./)
    expect(readAnswer(await house.write('heron', 'only words', null))).not.toContain('Kept with it')
  })
})

describe('a file that cannot be kept', () => {
  test.each<[string, () => IncomingFile, string]>([
    ['is empty', () => file(Buffer.alloc(0), 'a.jpg'), '“a.jpg” is empty'],
    ['says that it is not empty', () => file(Buffer.alloc(0), 'a.jpg', 'image/jpeg', 5), '“a.jpg” is empty'],
    ['is an archive', () => file(zip(), 'photos.jpg', 'image/jpeg'), 'Please unpack it and send what is in it'],
    ['is a program', () => file(Buffer.concat([Buffer.from('MZ'), randomBytes(999)]), 'a.mp4'), 'is a program'],
    ['is a drawing that runs code', () => file(Buffer.from('<svg onload="x()"/>'), 'a.png', 'image/png'), 'run code'],
    ['is of no known kind', () => file(randomBytes(4_000), 'a.jpg', 'image/jpeg'), 'of a kind that is not kept'],
    ['claims to be far too large', () => file(Buffer.alloc(9), 'a.mp4', 'video/mp4', 3e9), 'larger than 100 MB'],
    ['is larger than a document may be', () => long('%PDF-1.7 '), 'larger than 25 MB'],
  ])('because it %s: the form stands there again with every word, and nothing is left', async (_, made, why) => {
    const answer = await report(file(Buffer.from('fine'), 'fine.txt'), made())
    if (answer.reply.type !== 'form') throw new Error(readAnswer(answer))
    expect(readAnswer(answer)).toContain(why)
    expect(answer.reply.form.values).toMatchObject(values)
    expect(await house.store.files.counts()).toMatchObject({ files: 0 })
    expect(onDisk()).toEqual([])
  })

  test('among several: each is told with its reason at once, and the form stands there filled', async () => {
    const bad = [file(Buffer.alloc(0), 'a.jpg'), file(zip(), 'b.zip'), file(Buffer.alloc(9), 'c.mp4', 'video/mp4', 3e9)]
    const answer = await report(file(Buffer.from('fine'), 'fine.txt'), ...bad)
    if (answer.reply.type !== 'form') throw new Error(readAnswer(answer))
    expect(Object.keys(answer.reply.form.errors)).toEqual(['files'])
    expect(readAnswer(answer)).toMatch(/“a.jpg” is empty.*\n“b.zip” is an archive.*\n“c.mp4” is larger than 100 MB/)
    expect(readAnswer(answer)).not.toContain('fine.txt')
    expect(answer.reply.form.values).toMatchObject(values)
    expect(onDisk()).toEqual([])
  })

  test('in a message: the words come back with the reason', async () => {
    const id = await reported()
    const add = await house.ask('heron', `/add ${id}`, { text: 'long words' }, null, [file(zip(), 'a.zip')])
    expect(add.reply).toMatchObject({ type: 'form', form: { values: { text: 'long words' } } })
  })

  test('because of the words it came with lies nowhere, and is kept with the form that is sent again', async () => {
    const picture = await phonePicture()
    const empty = await house.ask('heron', '/report', { ...values, what: ' ' }, null, [file(picture, 'a.jpg')])
    expect(empty.reply.type).toBe('form')
    expect(onDisk()).toEqual([])
    if (empty.reply.type !== 'form') return
    const sent = { ...empty.reply.form.values, what: 'Men block the door' }
    await house.submit('heron', empty.reply.form, sent, null, [file(picture, 'a.jpg')])
    expect(onDisk()).toHaveLength(1)
  })

  test('whose stream breaks is said, and leaves nothing', async () => {
    const breaking = async function* () {
      yield Buffer.from('words '.repeat(20_000))
      throw new Error('the phone went away')
    }
    const broken: IncomingFile = { name: 'a.txt', type: 'text/plain', size: 9, open: () => Readable.from(breaking()) }
    expect(readAnswer(await report(broken))).toContain('“a.txt” could not be read to its end')
    expect(onDisk()).toEqual([])
  })
})

describe('the nightly round', () => {
  const spoil = () => {
    const [path = ''] = onDisk()
    const raw = readFileSync(path)
    raw.writeUInt8(raw.readUInt8(45) ^ 1, 45)
    writeFileSync(path, raw)
  }
  const coordination = async () => (await house.room('coordination')).filter(text => text.includes('nightly check'))

  test('says nothing while all is well, and once when something is not', async () => {
    await reported(file(Buffer.from('I saw it'), 'note.txt'))
    house.skip(24 * 60)
    await house.nightly.run()
    await house.settle()
    expect(await coordination()).toEqual([])
    spoil()
    await house.nightly.run()
    expect(await coordination()).toEqual([])
    for (let night = 0; night < 3; night++) {
      house.skip(24 * 60)
      await house.nightly.run()
      await house.settle()
    }
    expect(await coordination()).toHaveLength(1)
    expect((await coordination())[0]).toContain('1 kept file that is not as it was kept')
  })

  test('is done by one process, and made up for by the next if that one died', async () => {
    await reported(file(Buffer.from('I saw it'), 'note.txt'))
    spoil()
    house.skip(24 * 60)
    const { store, clock } = house
    const log = { info: () => {}, error: () => {} }
    const told: string[] = []
    const other = createNightly({ store, clock, holder: 'other', wake: () => told.push('other'), log })
    await house.nightly.run()
    await other.run()
    expect(told).toEqual([])
    await house.settle()
    expect(await coordination()).toHaveLength(1)
  })

  test('forgets what a chat tool remembered of somebody, once nobody changed it for ninety days', async () => {
    const { memory } = house.hostOf('signal')
    await memory.set('form', 'half a report', 'somebody')
    await memory.set('seen', 'up to here')
    house.skip(89 * 24 * 60)
    await house.nightly.run()
    expect(await memory.get('form')).toBe('half a report')
    house.skip(2 * 24 * 60)
    await house.nightly.run()
    expect([await memory.get('form'), await memory.get('seen')]).toEqual([null, 'up to here'])
  })

  test('in the terminal says which file it is, and that all is well where it is', async () => {
    const id = await reported(file(Buffer.from('I saw it'), 'note.txt'), file(await phonePicture(), 'a.jpg'))
    const [first] = await house.store.files.list(id)
    const lines: string[] = []
    const verify = () => verifyEvidence(house.store, house.clock(), (...more) => void lines.push(...more))
    expect(await verify()).toBe(true)
    expect(lines.join('\n')).toContain('Every kept file is as it was kept.')
    await house.store.files.shred([first?.id ?? ''], house.clock())
    expect(await verify()).toBe(true)
    expect(lines.join('\n')).toContain('1 file, 0 MB, 1 shredded.')
    spoil()
    expect(await verify()).toBe(false)
    expect(lines.join('\n')).toMatch(new RegExp(`${id}: file \\S+ was altered`))
  })
})

/** A document without end. */
function long(start: string): IncomingFile {
  const bytes = async function* () {
    yield Buffer.from(start)
    for (let at = 0; at < 26; at++) yield Buffer.alloc(1_048_576, 1)
  }
  return { name: 'a.pdf', type: 'application/pdf', size: 1, open: () => Readable.from(bytes()) }
}

/** An archive with one file in it. */
function zip(): Buffer {
  const body = deflateRawSync(Buffer.from('words'))
  const head = Buffer.alloc(30)
  head.write('PK\x03\x04', 'latin1')
  head.writeUInt16LE(20, 4)
  head.writeUInt16LE(8, 8)
  head.writeUInt32LE(body.length, 18)
  head.writeUInt32LE(5, 22)
  head.writeUInt16LE(5, 26)
  return Buffer.concat([head, Buffer.from('a.txt'), body])
}
