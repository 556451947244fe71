import { describe, expect, test } from 'vitest'
import type { IncidentId } from '../../workflows/ids.ts'
import { termsOf } from '../../workflows/similar/terms.ts'
import { eachHouse } from '../each.ts'
import { type House, openHouse, readAnswer } from '../house.ts'

let house: House
eachHouse(
  opened => {
    house = opened
    filed = 0
  },
  ground => openHouse(ground),
)

const reporters = ['heron', 'cactus-wren', 'finch', 'wren']
let filed = 0

/** Files a report and says what kind it is; gives its id. */
async function report(what: string, where = 'Maricopa County, AZ', kind: string | null = 'SP-3') {
  const who = reporters[filed++ % reporters.length] ?? 'heron'
  const answer = readAnswer(await house.fill(who, '/report', { what, where, danger: 'soon', contact: 'yes' }))
  const id = /[A-Z]{2}-\d{4}/.exec(answer)?.[0] as IncidentId
  house.skip(1)
  if (kind) await house.type('owl', `/update ${id} kind: ${kind}`)
  await now()
  return id
}

async function now(): Promise<void> {
  await house.settle()
  while (await house.schedule.runClocks()) {}
  await house.settle()
}

const dropBoxes = 'A post says drop boxes in town were emptied into the river last night.'
const inOtherWords = 'People on Facebook claim that somebody emptied the drop boxes into the river at night.'
const enEspañol = 'Un audio dice que vaciaron los buzones electorales en el río.'
const noId = 'A message says that voters need a passport this year.'

const list = () => house.store.rumours.reads(house.clock()).list({ since: 0, regions: 'all' }, 10)

describe('reports that say much the same', () => {
  test('are one rumor, however they word it, wherever they are from; what says something else is another', async () => {
    const first = await report(dropBoxes)
    const other = await report(noId)
    const second = await report(inOtherWords, 'Pima County, AZ')
    const [most, alone, ...more] = await list()
    expect(more).toEqual([])
    expect(most).toMatchObject({ id: 'R-0001', state: 'new', about: null, regions: ['AZ'], incidents: [first, second] })
    expect(most?.counties.toSorted()).toEqual(['Maricopa County, AZ', 'Pima County, AZ'])
    expect(most?.reach.at(-1)).toBe(2)
    expect(alone).toMatchObject({ id: 'R-0002', incidents: [other] })
  })
})

const type = async (who: string, line: string) => readAnswer(await house.type(who, line))

/** Opens a form by its button, and sends it in with these values. */
async function fills(who: string, button: string, values: Record<string, string>): Promise<string> {
  const opened = await house.press(who, button)
  if (opened.reply.type !== 'form') return readAnswer(opened)
  return readAnswer(await house.submit(who, opened.reply.form, { ...opened.reply.form.values, ...values }))
}

describe('a rumor', () => {
  test('is listed and shown to those who work where it was heard, and never in the words of a report', async () => {
    const first = await report(dropBoxes)
    await report(inOtherWords, 'Pima County, AZ')
    await report(noId)
    expect((await type('owl', '/rumour')).split('\n')).toEqual([
      'Rumors heard in the last 7 days',
      'R-0001 · not checked · 2 reports, 2 counties, spreading · last Mon 19 Oct 12:01. Not described yet.',
      'R-0002 · not checked · 1 report, 1 county, not repeated so far · last Mon 19 Oct 12:02. Not described yet.',
      'Reports received by this network, not how many people heard it.',
    ])
    const shown = await type('finch', `/rumour ${first}`)
    expect(shown.split('\n')).toEqual([
      'Rumor R-0001',
      'Nobody has checked it yet.',
      'Nobody has described it yet.',
      'Reported 2 times, first Mon 19 Oct 09:00, last Mon 19 Oct 09:01.',
      'In 2 counties: Maricopa County, AZ, Pima County, AZ (Arizona).',
      'New reports a day, last 14 days: 0 0 0 0 0 0 0 0 0 0 0 0 0 2. It is spreading.',
      '—',
      'S3 MODERATE · AZ-0001 · Rumor, mis- or disinformation, Maricopa County, Arizona, 09:00',
      'S3 MODERATE · AZ-0002 · Rumor, mis- or disinformation, Pima County, Arizona, 09:01',
      'Reports received by this network, not how many people heard it.',
    ])
    expect(shown).not.toContain('river')
    expect(await type('heron', '/rumour')).toBe('Lists are for response teams. Your own reports: /mine.')
    // Whoever works elsewhere hears of none of it.
    expect(await type('swift', '/rumour')).toContain('No rumor was reported in this time.')
    expect(await type('swift', '/rumour R-0001')).toContain('There is no rumor R-0001')
  })

  test('is described in words of their own by coordinators of a region where it was heard', async () => {
    await report(dropBoxes)
    const says = (about: string) => fills('magpie', 'hearsay:R-0001:describe.new', { about })
    expect(await says(`They say: ${dropBoxes}`)).toContain('This repeats the words of a report.')
    expect(await says('Drop boxes, call 602-555-0134')).toContain('leave names, numbers')
    expect(await says('Drop boxes were tampered with')).toContain('Drop boxes were tampered with')
    expect(await type('owl', '/rumour')).toContain('"Drop boxes were tampered with"')
    expect(await fills('finch', 'hearsay:R-0001:describe.new', { about: 'x' })).toMatch(/^Only coordinators/)
    expect(await fills('bluebird', 'hearsay:R-0001:describe.new', { about: 'x' })).toContain('There is no rumor R-0001')
    const [deed] = await house.store.deeds.latest(1)
    expect(deed).toMatchObject({ what: 'rumour', facts: { did: 'describe', rumour: 'R-0001' } })
  })

  test('is judged as it stands: a press on an old message takes no later judgement back', async () => {
    await report(dropBoxes)
    expect(await fills('magpie', 'rumour:R-0001:checking.new', {})).toContain('It is being checked.')
    expect(await type('owl', '/rumour r1 falso')).toContain('Checked: it is false.')
    expect(await fills('magpie', 'rumour:R-0001:true.checking', {})).toContain(
      'Somebody said otherwise since you saw it.',
    )
    expect(await list()).toMatchObject([{ id: 'R-0001', state: 'false' }])
    expect(await type('finch', '/rumour R-1 true')).toMatch(/^Only coordinators of a region where it was heard/)
    expect(await type('owl', '/rumour R-1 answered B-0009')).toContain('There is no broadcast B-0009 that went out.')
    expect(await fills('owl', 'hearsay:R-0001:answer.false', {})).toContain('No broadcast went out yet.')
  })

  test('is joined by hand to one in another language, and what says either is it from then on', async () => {
    const first = await report(dropBoxes)
    const other = await report(enEspañol, 'Cochise County, AZ')
    expect((await list()).map(one => one.id).toSorted()).toEqual(['R-0001', 'R-0002'])
    expect(await fills('magpie', 'hearsay:R-0002:same.new', { which: 'R-0001' })).toContain(
      'R-0002 and R-0001 are one rumor now.',
    )
    expect(await list()).toMatchObject([{ id: 'R-0001', incidents: [first, other] }])
    const third = await report(
      'Un audio dice que vaciaron los buzones electorales en el río anoche.',
      'Yuma County, AZ',
    )
    expect(await list()).toMatchObject([{ id: 'R-0001', incidents: [first, other, third] }])
    // Whoever asks for the one that is no more gets the one that it is now.
    expect(await type('magpie', '/rumour R-0002')).toContain('Rumor R-0001')
    expect(await type('magpie', '/rumour R-0002 same R-0001')).toBe('R-0001 cannot be joined to itself.')
  })

  test('loses a report that a person takes out, for good, and gets one that they put there', async () => {
    const first = await report(dropBoxes)
    const second = await report(inOtherWords, 'Pima County, AZ')
    expect(await fills('magpie', 'hearsay:R-0001:out.new', { report: second })).toContain('is a rumor of its own now.')
    await house.type('owl', `/update ${second} more of it`)
    await now()
    expect((await list()).map(one => one.incidents).toSorted()).toEqual([[first], [second]])
    const alone = await report(noId)
    expect(await type('magpie', `/rumour R-0001 add ${alone}`)).toContain(`${alone} is part of R-0001 now.`)
    expect((await house.store.rumours.reads(house.clock()).of(alone))?.id).toBe('R-0001')
  })

  test('holds no report that is of another kind by now, restricted, taken back, merged or made up', async () => {
    const ids = [await report(dropBoxes), await report(dropBoxes), await report(dropBoxes), await report(dropBoxes)]
    const [, second, third, fourth] = ids
    expect((await list())[0]?.incidents).toEqual(ids)
    await house.type('owl', `/update ${second} kind: VO-2`)
    await house.type('owl', `/mark ${third} restricted add Owl`)
    await house.type('owl', `/merge ${fourth} into ${ids[0]}`)
    await now()
    expect((await list())[0]?.incidents).toEqual([ids[0]])
  })

  test('is known by the same link, whatever stands around it, and by nothing once the words are gone', async () => {
    const link = 'https://example.org/post/123'
    const first = await report(`Look at this one ${link}`)
    const second = await report(`Este es terrible ${link}`, 'Pima County, AZ')
    expect((await list())[0]?.incidents).toEqual([first, second])
    const other = await report(noId, 'Yuma County, AZ')
    const gist = [...termsOf({ what: noId, where: null, county: null }).all]
    const near = async () =>
      (await house.store.rumours.near({ id: first, at: 0, terms: gist }, 0)).map(one => one.incident)
    expect(await near()).toEqual([other])
    await house.type('finch', `/withdraw ${other}`)
    await house.pass(2)
    expect((await list()).map(one => one.incidents)).toEqual([[first, second]])
    expect(await near()).toEqual([])
  })
})
