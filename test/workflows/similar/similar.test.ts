import { describe, expect, test } from 'vitest'
import { named } from '../../../workflows/alike.ts'
import { guessKind } from '../../../workflows/guess.ts'
import { makeIncidentId } from '../../../workflows/ids.ts'
import { compare, type Happening, type Likeness, sureEnough } from '../../../workflows/similar.ts'
import { taxonomy } from '../specification.ts'
import { type Event, seen, type Told, tuned, unseen } from './events.ts'

const minute = 60_000
const library = { what: 'Three men with rifles, talking to voters', where: 'Burton Barr library, Phoenix' }
const sameLibrary = { what: 'Tres hombres con rifles hablan con los votantes', where: 'biblioteca Burton Barr' }

function told({ what, where, after = 0 }: Told, number: number, county: string | null = 'Maricopa County'): Happening {
  const kind = guessKind(what, taxonomy)
  return { id: makeIncidentId('AZ', number), county, kind, severity: 3, reportedAt: after * minute, what, where }
}

function score(one: Told, other: Told, counties: readonly (string | null)[] = ['Maricopa County', 'Maricopa County']) {
  const [first, second] = [told(one, 1, counties[0]), told(other, 2, counties[1])]
  return compare(first, [second], taxonomy)[0]?.score ?? 0
}

type Judged = Likeness & { readonly near: { readonly incident: { reportedAt: number; reporter: null } } }
type Chooses = (mine: Happening, found: readonly Judged[]) => readonly Likeness[]

const offered: Chooses = (_, found) => found.filter(({ score }) => score >= sureEnough)
const onCard: Chooses = ({ reportedAt }, found) => named({ reportedAt, reporter: null }, found)

function cardOf(one: Told, others: readonly Told[]): readonly Likeness[] {
  const [mine, rest] = [told(one, 1), others.map((other, at) => told(other, at + 2))]
  const times = new Map(rest.map(({ id, reportedAt }) => [id, reportedAt]))
  const near = (id: Likeness['id']) => ({ incident: { reportedAt: times.get(id) ?? 0, reporter: null } })
  return onCard(
    mine,
    compare(mine, rest, taxonomy).map(found => ({ ...found, near: near(found.id) })),
  )
}

/** How often "Same as" would be right, and how many of the pairs that are the same it would find. */
function measured(events: readonly Event[], pick = offered) {
  const all = events.flatMap((event, at) => event.told.map(one => ({ at, event, one })))
  const happenings = all.map(({ event, one }, index) => told(one, index + 1, event.county))
  const times = new Map(happenings.map(({ id, reportedAt }) => [id, reportedAt]))
  const counts = { right: 0, wrong: 0, missed: 0 }
  for (const [index, mine] of happenings.entries()) {
    const judged = compare(mine, happenings.toSpliced(index, 1), taxonomy).map(one => ({
      ...one,
      near: { incident: { reportedAt: times.get(one.id) ?? 0, reporter: null } },
    }))
    const found = pick(mine, judged)
    const truly = happenings.filter((_, other) => other !== index && all[other]?.at === all[index]?.at)
    const right = found.filter(({ id }) => truly.some(one => one.id === id)).length
    counts.right += right
    counts.wrong += found.length - right
    counts.missed += truly.length - right
  }
  const { right, wrong, missed } = counts
  return { precision: right / (right + wrong), recall: right / (right + missed), pairs: right + missed }
}

describe('the same event told by several people, in two languages, among others of its county', () => {
  test('is never mistaken for another where it was tuned, and nearly always found', () => {
    expect(measured([...tuned, ...seen])).toMatchObject({ precision: 1, pairs: 82 })
    expect(measured([...tuned, ...seen]).recall).toBeGreaterThanOrEqual(0.95)
  })

  test('is not mistaken for another among events that nobody tuned by, and mostly found', () => {
    expect(measured(unseen)).toMatchObject({ precision: 1, pairs: 26 })
    expect(measured(unseen).recall).toBeGreaterThanOrEqual(0.8)
  })
})

describe('what a card names for responders', () => {
  test('is right nine times in ten, and finds no less than the question to the reporter', () => {
    const [known, fresh] = [measured([...tuned, ...seen], onCard), measured(unseen, onCard)]
    expect(known.precision).toBeGreaterThanOrEqual(0.89)
    expect(known.recall).toBeGreaterThanOrEqual(0.95)
    expect(fresh.precision).toBeGreaterThanOrEqual(0.91)
    expect(fresh.recall).toBeGreaterThanOrEqual(0.8)
  })

  test('is also the same kind and town in another language, which no reporter is asked about', () => {
    const [one, other] = [
      { what: 'Two men with guns near the polling place', where: 'Mesa' },
      { what: 'Hay hombres armados en la puerta', where: 'Mesa', after: 2 },
    ]
    expect(score(other, one)).toBeLessThan(sureEnough)
    expect(cardOf(other, [one])).toHaveLength(1)
    expect(cardOf({ ...other, after: 150 }, [one])).toHaveLength(0)
    expect(cardOf(other, [{ what: 'Flyers with a wrong date', where: 'Mesa' }])).toHaveLength(0)
  })

  test('is at most two, the best, however many come in a burst', () => {
    const towns = ['Tempe', 'Mesa', 'Chandler', 'Gilbert', 'Peoria', 'Mesa', 'Glendale', 'Surprise']
    const burst = Array.from({ length: 40 }, (_, at) => ({
      what: 'Men with guns',
      where: towns[at % 8] ?? '',
      after: at,
    }))
    const names = cardOf({ what: 'hombres armados', where: 'Mesa' }, burst)
    expect(names).toHaveLength(2)
    for (const { id } of names) expect(['Mesa']).toContain(burst[Number(id.slice(3)) - 2]?.where)
  })
})

test('an event that forty people report is the same for each of them', () => {
  const crowd = Array.from({ length: 40 }, (_, at) => told({ ...(at % 2 ? library : sameLibrary), after: at }, at + 2))
  const found = compare(told(library, 1), crowd, taxonomy).filter(({ score }) => score >= sureEnough)
  expect(found).toHaveLength(40)
})

test('the same words in another county are another event', () => {
  expect(score(library, sameLibrary)).toBeGreaterThan(sureEnough)
  expect(score(library, library, ['Maricopa County', 'Pima County'])).toBe(0)
})

test('without a county they may still be the same', () => {
  expect(score(library, sameLibrary, ['Maricopa County', null])).toBeGreaterThan(sureEnough)
  expect(score(library, { ...library, where: '' }, [null, null])).toBeLessThan(sureEnough + 0.2)
})

test('the same an hour later may be the same event, half a day or a day later it is not', () => {
  expect(score(library, { ...library, after: 60 })).toBeGreaterThan(sureEnough)
  for (const after of [6 * 60, 12 * 60, 25 * 60, -25 * 60]) expect(score(library, { ...library, after })).toBe(0)
})

test('the same kind in the same county at another corner is another event', () => {
  const flags = 'A truck with flags blocks the entrance'
  const [seventh, nineteenth] = ['7th Street and Camelback', '19th Avenue and Camelback']
  expect(score({ what: flags, where: seventh }, { what: flags, where: nineteenth })).toBeLessThan(sureEnough)
  expect(score({ what: flags, where: seventh }, { what: flags, where: 'Camelback, Seventh St' })).toBeGreaterThan(0.9)
})

test('what is masked on cards never helps', () => {
  const secret = ' 602-555-0147 heron@example.org 1200 W Main St'
  const [one, other] = [
    { what: 'Truck with flags', where: 'Tempe' },
    { what: 'Women shouting', where: 'Mesa' },
  ]
  const telling = (told: Told) => ({ ...told, what: told.what + secret })
  expect(score(telling(one), telling(other))).toBe(score(one, other))
})

test('a link or a file that both gave weighs more than all words, and the reasons are told', () => {
  const [one, other] = [told(library, 1), told({ what: 'See this', where: 'Phoenix' }, 2, 'Pima County')]
  expect(compare(one, [other], taxonomy)).toEqual([])
  const [found] = compare(one, [other], taxonomy, new Set([other.id]))
  expect(found?.why).toContain('original')
  expect(compare(one, [told(sameLibrary, 3)], taxonomy)[0]?.why).toEqual(['where', 'what', 'kind', 'county', 'time'])
})

test('any text can be compared: none, other scripts, emoji, five thousand characters', () => {
  const texts = ['', 'ﷺ 東京都で銃声', '🔥🔥🔥', 'a '.repeat(2_500), 'x'.repeat(5_000), '\u0000\ud800']
  for (const what of texts) {
    for (const where of texts) {
      const both = score({ what, where }, { what: 'Fire', where: 'Tempe' })
      expect(both).toBeGreaterThanOrEqual(0)
      expect(both).toBeLessThan(sureEnough)
    }
  }
  const tokyo = { what: '東京都で銃声 聞こえた 広場', where: '渋谷' }
  expect(score(tokyo, tokyo)).toBeGreaterThan(0)
})
