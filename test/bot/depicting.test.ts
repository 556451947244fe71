import { expect, test, vi } from 'vitest'
import { createDepicting } from '../../bot/depicting.ts'
import { createLog } from '../../bot/log.ts'
import type { Drawer, Outgoing, Platform } from '../../bot/platform.ts'
import { say } from '../../workflows/text/say.ts'
import { plainView } from '../../workflows/view.ts'
import { pictureOf, pngBytes } from '../pictures.ts'

const log = createLog('silent')
const reader = { language: 'es', zone: 'America/Phoenix', now: 0, person: () => null } as const
const message: Outgoing = { view: { ...plainView([{ words: 'Calm.' }]), picture: pictureOf() }, reader, key: 'a' }
const discord: Pick<Platform, 'name' | 'hold'> = { name: 'discord' }

/** What the message says, line by line. */
function words({ view }: Outgoing): readonly string[] {
  return view.lines.flatMap(line => ('text' in line ? [say(line.text, reader)] : []))
}

test('a picture goes out in the language of its readers, drawn once for all rooms', async () => {
  const draw = vi.fn<Drawer>(async () => pngBytes)
  const depicting = createDepicting({ draw, log })
  const [one, other] = await Promise.all([depicting.message(message, discord), depicting.message(message, discord)])
  expect(one.image).toEqual({
    bytes: pngBytes,
    name: 'summary.png',
    alt: 'Mapa: más reportes en el condado de Maricopa, Arizona (12).',
  })
  expect(other.image).toEqual(one.image)
  expect(draw.mock.calls.map(([, { language }]) => language)).toEqual(['es'])
  await depicting.message({ ...message, reader: { ...reader, language: 'en' } }, discord)
  expect(draw).toHaveBeenCalledTimes(2)
})

test('where messages only name a picture it is put there first, once', async () => {
  const hold = vi.fn(async () => 'F0ABCDEFGH')
  const depicting = createDepicting({ draw: async () => pngBytes, log })
  for (const key of ['a', 'b']) {
    expect((await depicting.message({ ...message, key }, { name: 'slack', hold })).image?.held).toBe('F0ABCDEFGH')
  }
  expect(hold).toHaveBeenCalledTimes(1)
})

test('a picture that cannot be drawn, or put there, is told in words; the next message tries again', async () => {
  const draw = vi.fn<Drawer>(async () => pngBytes).mockRejectedValueOnce(new Error('no fonts'))
  const depicting = createDepicting({ draw, log })
  const failed = await depicting.message(message, discord)
  expect(failed.image).toBeUndefined()
  expect(words(failed)).toEqual([
    'Calm.',
    'No se pudo agregar la imagen. Muestra: Mapa: más reportes en el condado de Maricopa, Arizona (12).',
  ])
  expect(failed.view.picture).toBeUndefined()
  expect((await depicting.message(message, discord)).image).toBeDefined()
  const hold = () => Promise.reject(new Error('missing_scope'))
  expect(words(await depicting.message(message, { name: 'slack', hold }))).toHaveLength(2)
})

test('a picture that takes too long does not hold the words back', async () => {
  vi.useFakeTimers()
  try {
    const depicting = createDepicting({ draw: () => new Promise(() => {}), log })
    const given = depicting.message(message, discord)
    await vi.advanceTimersByTimeAsync(5000)
    expect(words(await given)).toHaveLength(2)
  } finally {
    vi.useRealTimers()
  }
})

test('an answer has its picture too, and so has the one that comes later', async () => {
  const depicting = createDepicting({ draw: async () => pngBytes, log })
  const reply = { type: 'view', private: true, view: message.view } as const
  const first = await depicting.answer({ reply, reader, later: Promise.resolve({ reply, reader }) })
  expect(first.image?.name).toBe('summary.png')
  expect((await first.later)?.image?.name).toBe('summary.png')
  const without = createDepicting({ draw: null, log })
  const told = await without.answer({ reply, reader })
  expect(told.reply).toMatchObject({ view: { lines: [{}, { type: 'note' }] } })
})

test('what was drawn ahead is there when the messages go out; what could not be drawn rejects nobody', async () => {
  const draw = vi.fn<Drawer>(async () => pngBytes)
  const depicting = createDepicting({ draw, log })
  await depicting.ahead(pictureOf(), ['en', 'es', 'en'])
  expect(draw).toHaveBeenCalledTimes(2)
  expect((await depicting.message(message, discord)).image).toBeDefined()
  expect(draw).toHaveBeenCalledTimes(2)
  const failing = createDepicting({ draw: () => Promise.reject(new Error('no fonts')), log })
  await expect(failing.ahead(pictureOf(), ['en'])).resolves.toBeUndefined()
})
