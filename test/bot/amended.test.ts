import { describe, expect, test } from 'vitest'
import type { Platform } from '../../bot/platform.ts'
import { PlatformError } from '../../workflows/errors.ts'
import { eachHouse } from '../each.ts'
import { type Ground, type House, openHouse } from '../house.ts'
import { castIn } from './casts.ts'

const words = { en: 'The centre on Fifth Street is closed.', es: 'El centro de la calle Quinta está cerrado.' }
const newer = { en: 'The centre on Fifth Street is open.', es: 'El centro de la calle Quinta está abierto.' }
const people = { type: 'region', region: 'AZ' } as const

let house: House
let at: Ground
const cast = castIn(() => house)

eachHouse((opened, ground) => {
  house = opened
  at = ground
})

/** The house again, with a tool whose messages cannot be edited, or not taken away either. */
async function stiff({ remove }: { readonly remove: boolean }): Promise<string[]> {
  const removed: string[] = []
  const later = house.clock()
  await house.close()
  house = await openHouse(at, later, {
    between: inner => {
      const platform: Platform = {
        ...inner,
        async edit() {
          throw new PlatformError('workspace', 'it cannot be edited', { permanent: true })
        },
      }
      return remove ? { ...platform, remove: async message => void removed.push(message.id) } : platform
    },
  })
  return removed
}

/** Everything that stands with one of these in it, in whose conversation. */
async function where(text: string): Promise<readonly string[]> {
  const all = await house.store.practice.since(0, 10_000)
  return all.filter(one => JSON.stringify(one.body).includes(text)).map(one => one.room)
}

/** Has so many of those who wait be sent it, and nobody else. */
async function only(most: number): Promise<void> {
  await cast.give(most)
  while (await house.delivery.run()) {}
}

/** Not where it is told how the broadcast comes on. */
function isReader(room: string): boolean {
  return room !== 'coordination' && room !== 'direct:owl'
}

async function sent(more = {}): Promise<readonly string[]> {
  await cast.begin({ audience: people, words, ...more })
  await cast.give()
  await house.settle()
  const had = [...(await where('Fifth Street')), ...(await where('calle Quinta'))].toSorted()
  expect(had.length).toBeGreaterThan(2)
  return had
}

describe('a correction', () => {
  test('takes the place of the words in every message that has them, in each reader’s language, and in no other', async () => {
    const had = await sent()
    await cast.correct(newer)
    await house.settle()
    const now = [...(await where('Street is open')), ...(await where('Quinta está abierto'))].toSorted()
    expect(now).toEqual(had)
    expect(await where('is closed')).toEqual([])
    expect((await where('Corrected at')).filter(isReader)).toHaveLength((await where('Street is open')).length)
    expect(await house.store.recalls.counts()).toEqual({ waiting: 0, failed: 0 })
    const standing = await house.store.broadcasts.find(cast.id)
    const [last] = standing?.corrections ?? []
    expect(last && (await house.store.amends.counts(cast.id, last))).toEqual({ done: had.length, all: had.length })
  })

  test('is sent to exactly those who had the first where nothing can be changed, once', async () => {
    const had = await sent()
    await stiff({ remove: false })
    await cast.correct(newer)
    for (let n = 0; n < 3; n++) await house.settle()
    const now = [...(await where('Street is open')), ...(await where('Quinta está abierto'))].toSorted()
    expect(now).toEqual(had)
    expect(await where('A correction of what we wrote')).toHaveLength((await where('Street is open')).length)
    expect(await house.store.recalls.counts()).toEqual({ waiting: 0, failed: 0 })
  })

  test('is sent where the first can only be taken away', async () => {
    const had = await sent()
    const removed = await stiff({ remove: true })
    await cast.correct(newer)
    await house.settle()
    expect(removed).toHaveLength(had.length)
    expect([...(await where('Street is open')), ...(await where('Quinta está abierto'))].toSorted()).toEqual(had)
  })

  test('of what is urgent is said anew beside the edit, for an edit makes no sound', async () => {
    const had = await sent({ urgency: 'urgent' })
    await cast.correct(newer)
    await house.settle()
    const now = [...(await where('Street is open')), ...(await where('Quinta está abierto'))].toSorted()
    expect(now).toEqual([...had, ...had].toSorted())
    expect(await where('is closed')).toEqual([])
  })

  test('is what whoever was not sent the first yet reads for the first time, without a word of it', async () => {
    await cast.begin({ audience: people, words })
    await only(1)
    await cast.correct(newer)
    await house.settle()
    const now = [...(await where('Street is open')), ...(await where('Quinta está abierto'))]
    expect(new Set(now).size).toBe(now.length)
    expect(now.length).toBeGreaterThan(2)
    const first = [...(await where('Corrected at')), ...(await where('Corregido a'))].filter(isReader)
    expect(first).toHaveLength(1)
  })

  test('is gone on with by the next process, and the second one takes the place of the first', async () => {
    const had = await sent()
    await cast.correct(newer)
    const later = house.clock() + 60_000
    await house.close()
    house = await openHouse(at, later)
    await house.settle()
    expect(await where('is closed')).toEqual([])
    await cast.correct({ en: 'Go to Sixth Street.', es: 'Vaya a la calle Sexta.' })
    await house.settle()
    expect([...(await where('Sixth Street')), ...(await where('calle Sexta'))].toSorted()).toEqual(had)
    expect(await where('is open')).toEqual([])
  })
})

describe('what is taken back', () => {
  test('says so to whoever had it, and reaches nobody else', async () => {
    await cast.begin({ audience: people, words })
    await only(1)
    const had = [...(await where('Fifth Street')), ...(await where('calle Quinta'))]
    expect(had).toHaveLength(1)
    await cast.give()
    await cast.correct({ en: 'It was not true.' }, true)
    await house.settle()
    expect([...(await where('is closed')), ...(await where('está cerrado'))]).toEqual([])
    expect([...(await where('This message was taken')), ...(await where('Este mensaje se retiró'))]).toEqual(had)
    expect(await where('It was not true.')).toEqual(had)
    const tally = await house.store.broadcasts.tally(cast.id)
    expect(tally.people.sending ?? 0).toBe(0)
  })
})
