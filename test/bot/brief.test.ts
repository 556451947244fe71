import { describe, expect, test } from 'vitest'
import { eachHouse } from '../each.ts'
import { type Ground, type House, openHouse, readAnswer } from '../house.ts'

let house: House
let at: Ground
eachHouse((opened, ground) => {
  house = opened
  at = ground
})

const type = async (who: string, line: string) => readAnswer(await house.type(who, line))

/** Sends in the screen of that number of Arizona's brief of that week. */
async function rates(who: string, week: string, screen: number, values: Record<string, string>): Promise<string> {
  const opened = await house.press(who, `rate:AZ:${week}.${screen}`)
  if (opened.reply.type !== 'form') return readAnswer(opened)
  return readAnswer(await house.submit(who, opened.reply.form, { ...opened.reply.form.values, ...values }))
}

// The week of the house's noon, a Monday.
const week = '2026-10-19'
const words = { likely: 'Two rallies on Saturday.', worst: '', best: '', advice: 'Pairs at both.' }
const steady = (...names: readonly string[]) => Object.fromEntries(names.map(name => [name, '0.steady']))
const half = steady('threats', 'weapons', 'groups', 'rumors', 'mobilization')
const day = 24 * 60
const minutesTo = (date: string) => (Date.parse(date) - house.clock()) / 60_000
const told = async (who: string) =>
  (await house.direct(who)).filter(message => message.startsWith('The weekly brief of'))
const posted = async (room: string) =>
  (await house.room(room)).filter(message => message.includes('Arizona, week of October 19'))

/** Somebody rates half of a week, and finishes it. */
async function finishes(who: string, monday: string): Promise<string> {
  await rates(who, monday, 0, steady('rules', 'police'))
  await rates(who, monday, 1, half)
  return rates(who, monday, 3, words)
}

describe('the brief of a week', () => {
  test('is filled in a screen at a time, by whoever coordinates the region, and is finished with its words', async () => {
    expect(await type('magpie', '/brief az')).toContain('Nobody has filled in the brief of this week yet.')
    const opened = await house.press('magpie', `rate:AZ:${week}.0`)
    if (opened.reply.type !== 'form') throw new Error('no form')
    const { fields } = opened.reply.form.form
    expect(Object.keys(fields)).toEqual(['rules', 'grievance', 'police', 'distrust', 'dehumanizing'])
    expect(await rates('magpie', week, 0, { rules: '2.rising', police: '1.steady' })).toBe(
      'Saved. Part 2 of 4 is next; you can go on later, or somebody else can.\n[Go on] [See the brief]',
    )
    expect(await type('magpie', '/brief')).toContain('Arizona: not finished')
    expect(await house.store.briefs.find('AZ', week)).toBeNull()
    expect(await rates('magpie', week, 3, words)).toContain('Saved, but not done: rate at least 7 questions')
    // Somebody else goes on; what was rated before stands.
    await rates('owl', week, 2, { mediators: '3.steady' })
    await rates('owl', week, 1, half)
    await rates('owl', week, 0, { rules: '3.rising' })
    expect(await rates('magpie', week, 3, words)).toContain('Done. Thank you.')
    expect((await type('finch', '/brief Arizona')).split('\n')).toEqual([
      'Arizona, week of October 19',
      'Tension 9 of 100: calm.',
      'Only 8 of 14 questions were rated.',
      'Most of it: Dispute about voting rules, Tension with police.',
      'Dispute about voting rules: 3 severe, rising',
      'Tension with police: 1 some signs, steady',
      'Trusted mediators are present: 3 strong, steady',
      expect.stringMatching(/^Calm: Voters or officials are threatened, Weapons shown in public, .* to march\.$/),
      'Most likely',
      'Two rallies on Saturday.',
      'Recommended',
      'Pairs at both.',
      'Rated by Magpie, Mon 19 Oct 09:00.',
    ])
    expect(await house.store.briefs.find('AZ', week)).toMatchObject({ scores: { length: 8 }, words })
  })

  test('is seen by those of the region only, changed by its coordinators only, and closed two weeks later', async () => {
    expect(await type('swift', '/brief az')).toBe('You see the briefs of your own regions only.')
    expect(await rates('finch', week, 0, {})).toMatch(/^Only coordinators/)
    expect(await rates('bluebird', week, 0, {})).toBe('Only coordinators of Arizona fill this in.')
    expect(await rates('magpie', '2026-10-05', 0, {})).toContain('The brief of that week is closed.')
    expect(await finishes('magpie', '2026-10-12')).toContain('Done.')
    expect(await rates('magpie', '2026-10-20', 0, {})).toContain('The brief of that week is closed.')
    expect(await rates('magpie', week, 3, { ...words, worst: 'Call 602-555-0134' })).toContain('leave names, numbers')
    expect(await rates('magpie', week, 0, { rules: '7.rising' })).not.toContain('Saved')
    expect(await type('magpie', '/brief az last')).toContain('Arizona, week of October 12')
  })

  test('is not asked for where nobody works with briefs', async () => {
    for (const moment of ['2026-10-23T17:30:00Z', '2026-10-26T00:30:00Z', '2026-10-26T15:30:00Z']) {
      house.skip(minutesTo(moment))
      await house.pass(2)
    }
    expect(await told('magpie')).toEqual([])
    expect(await posted('leadership')).toEqual([])
  })
})

describe('whoever fills a brief in', () => {
  test('is reminded on Friday and on Sunday, once each, until it is done; on Monday it goes out, once', async () => {
    await finishes('magpie', '2026-10-12')
    house.skip(minutesTo('2026-10-23T16:57:00Z'))
    await house.pass(1)
    expect(await told('magpie')).toEqual([])
    await house.pass(5)
    expect(await told('magpie')).toEqual([
      'The weekly brief of Arizona is not finished. It takes about five minutes.\n[Fill it in]',
    ])
    await rates('magpie', week, 0, { rules: '2.rising' })
    house.skip(minutesTo('2026-10-26T00:01:00Z'))
    await house.pass(1)
    // The hub is started again: nobody hears it twice.
    await house.close()
    house = await openHouse(at, house.clock())
    await house.pass(5)
    expect((await told('magpie')).at(-1)).toContain('It goes out tomorrow as it is.\n[Go on]')
    expect(await told('magpie')).toHaveLength(2)
    house.skip(minutesTo('2026-10-26T15:01:00Z'))
    await house.pass(5)
    const [brief, ...more] = await posted('leadership')
    expect(more).toEqual([])
    expect(brief).toContain('The brief of that week was not finished; this is what was rated.')
    expect(brief).toContain('Dispute about voting rules: 2 clear signs, rising')
    expect(await posted('coordination')).toHaveLength(1)
  })

  test('hears nothing more once it is done; after a day of downtime it comes late, and says so', async () => {
    await finishes('magpie', week)
    house.skip(minutesTo('2026-10-26T00:30:00Z'))
    await house.pass(3)
    expect(await told('magpie')).toEqual([])
    house.skip(minutesTo('2026-10-27T15:00:00Z'))
    await house.pass(3)
    const [brief] = await posted('leadership')
    expect(brief).toContain('(This comes late. It was due Mon 26 Oct')
    expect(brief).toContain('Pairs at both.')
    house.skip(7 * day)
    await house.pass(3)
    expect((await house.room('leadership')).filter(one => one.includes('Nobody in Arizona filled in'))).toHaveLength(1)
  })
})
