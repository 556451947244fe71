import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Answer } from '../../bot/platform.ts'
import type { HubBody } from '../../bot/workspace/body.ts'
import { say } from '../../workflows/text/say.ts'
import { type Ground, ground, type House, openHouse, readAnswer } from '../house.ts'

const report = { what: 'Men with rifles at the library', where: 'Maricopa County, AZ', danger: 'hurt', contact: 'yes' }

let where: Ground
let house: House

beforeEach(async () => {
  where = ground()
  house = await openHouse(where)
  await house.fill('heron', '/report', report)
  await house.pass(5)
})
afterEach(async () => {
  await house.close()
  where.leave()
})

/** The id of the button that reads so; '' where none does. */
function buttonIn({ reply, reader }: Answer, label: string): string {
  const buttons = reply.type === 'view' ? reply.view.buttons : []
  return buttons.find(button => say(button.label, reader) === label)?.id ?? ''
}

const typed = async (who: string, line: string) => readAnswer(await house.type(who, line))

describe('/sitrep', () => {
  test('is of the time, regions, kinds and edition that were asked for, whatever their order', async () => {
    expect(await typed('eagle', '/sitrep')).toContain('for leadership')
    expect(await typed('owl', '/sitrep 72h AZ')).toContain('Situation report · Arizona')
    expect(await typed('owl', '/sitrep SP all')).toContain('no new report')
    expect(await typed('owl', '/sitrep all')).not.toContain('no new report')
    expect(await typed('owl', '/sitrep 2026-10-19')).toContain('Mon 19 Oct 00:00')
    expect(await typed('owl', '/sitrep 2026-10-18..2026-10-19 GA')).toContain('Sun 18 Oct 00:00')
  })

  test('says what it does not understand, and how far back it goes', async () => {
    expect(await typed('owl', '/sitrep nowhere')).toContain('nowhere')
    expect(await typed('owl', '/sitrep 9000h')).toContain('744')
    expect(await typed('owl', '/sitrep 2026-12-01')).toContain('744')
    expect(await typed('eagle', '/sitrep response')).toContain('for coordinators')
  })

  test('comes with a picture, and as its map or its days alone', async () => {
    for (const [line, kind] of [
      ['/sitrep', 'summary'],
      ['/sitrep map AZ', 'map'],
      ['/sitrep trend dark', 'trend'],
    ] as const) {
      const { reply } = await house.type('owl', line)
      expect(reply).toMatchObject({ view: { picture: { drawing: { kind } } } })
    }
    expect(await typed('owl', '/sitrep map AZ')).toContain('not a count of all events')
  })

  test('shows the rest by a button, in the same time and for the same readers', async () => {
    const answer = await house.type('owl', '/sitrep AZ 72h leadership')
    const more = buttonIn(answer, 'Details')
    expect(more).toBe('sitrep::AZ+72h+leadership+part1')
    expect(readAnswer(await house.press('owl', more))).toContain('Situation report, details')
  })
})

describe('a summary that leaves the network', () => {
  const asked = 'sitrep::ask+AZ+72h+partner'

  test('is shown first, with what it holds back; nothing has gone out by that', async () => {
    await house.type('owl', '/mark AZ-0001 red')
    const answer = await house.type('owl', '/sitrep AZ 72h partner')
    const text = readAnswer(answer)
    expect(text).toContain('Preview, nothing has left yet. Summary for partners: Arizona')
    expect(text).toContain('Reports marked RED, in no figure: 1.')
    expect(text).toContain('Whole parts: decisions, safety of our people')
    expect(text).not.toContain('Men with rifles')
    expect(buttonIn(answer, 'Ask for approval')).toBe(asked)
    expect((await house.room('leadership')).join('\n')).not.toContain('U-0001')
  })

  test('goes to whoever asked once a second person looked at it and approved, word for word, with its picture', async () => {
    expect(readAnswer(await house.press('owl', asked))).toContain('U-0001 waits for a second person')
    expect((await house.room('leadership')).at(-1)).toContain('asks that U-0001 may leave')
    expect(readAnswer(await house.press('owl', 'sitrep:U-0001:approve'))).toContain('You asked for U-0001 yourself')
    // What comes in meanwhile was not looked at.
    await house.fill('heron', '/report', { ...report, what: 'Shots at the school' })
    let seen = await house.press('eagle', 'sitrep:U-0001:look')
    const looked: string[] = [readAnswer(seen)]
    while (looked.length < 9 && /Details/.test(readAnswer(seen))) {
      seen = await house.press('eagle', buttonIn(seen, 'Details'))
      looked.push(readAnswer(seen))
    }
    expect(readAnswer(await house.press('eagle', buttonIn(seen, 'Approve')))).toContain('U-0001 is approved')
    const got = (await house.store.practice.list('direct:owl', 50)).map(message => message.body as HubBody)
    const handed = got.slice(-looked.length)
    expect(handed[0]?.picture?.alt).toContain('Arizona')
    for (const [at, body] of handed.entries()) {
      for (const line of body.lines) if ('text' in line) expect(looked[at]).toContain(line.text)
    }
    expect(readAnswer(await house.press('jay', 'sitrep:U-0001:approve'))).not.toContain('is approved')
    expect(readAnswer(await house.press('eagle', 'sitrep:U-0001:refuse'))).toContain('has approved U-0001 already')
    expect((await house.store.practice.list('direct:owl', 50)).length).toBe(got.length)
  })

  test('stays here when it is refused, and when nobody looked at it in time', async () => {
    await house.press('owl', asked)
    await house.press('eagle', 'sitrep:U-0001:refuse')
    expect((await house.direct('owl')).at(-1)).toContain('did not approve U-0001. Nothing has left.')
    await house.press('owl', asked)
    house.skip(12 * 60)
    expect(readAnswer(await house.press('eagle', 'sitrep:U-0002:approve'))).toContain('too old by now')
  })

  test('is asked for and seen only by who leads all of its regions', async () => {
    expect(readAnswer(await house.type('crane', '/sitrep AZ partner'))).toContain('Only who leads all of these regions')
    await house.press('owl', asked)
    expect(readAnswer(await house.press('crane', 'sitrep:U-0001:look'))).toContain('no such summary for you')
  })
})
