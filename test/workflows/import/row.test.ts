import { describe, expect, it } from 'vitest'
import { loadTaxonomy } from '../../../bot/config.ts'
import { parseMapping } from '../../../workflows/import/mapping.ts'
import { readMoment } from '../../../workflows/import/moment.ts'
import { rowReader } from '../../../workflows/import/row.ts'

const taxonomy = loadTaxonomy()
const now = Date.UTC(2026, 10, 23, 16)
const columns = {
  id: 'No',
  what: ['Title', 'Notes'],
  where: ['Town', 'State'],
  when: 'Date',
  kind: 'Type',
  severity: 'Level',
}
const mapping = parseMapping({
  source: 'Partner',
  columns,
  kinds: { 'Physical assault': 'VI-1' },
  severities: { High: 4 },
})
const row = (change: Readonly<Record<string, string>> = {}) =>
  new Map(
    Object.entries({
      ...{ No: '7', Title: 'A man was hit', Notes: 'at the door', Town: 'Mesa', State: 'AZ' },
      ...{ Date: '2026-11-03 14:05', Type: 'physical  ASSAULT', Level: 'high', ...change },
    }),
  )
const reader = (map = mapping, at = now) => rowReader({ mapping: map, taxonomy, zone: 'America/Phoenix', now: at })
const problems = (change: Readonly<Record<string, string>>) => {
  const read = reader()(row(change))
  return 'problems' in read ? read.problems.join('; ') : null
}

describe('a row', () => {
  it('becomes a report by what its columns and words mean', () => {
    expect(reader()(row())).toEqual({
      draft: {
        ...{ key: 'import:Partner=7', what: 'A man was hit\nat the door', where: 'Mesa, AZ' },
        ...{ at: Date.UTC(2026, 10, 3, 21, 5), kind: 'VI-1', kindSaid: true, severity: 4 },
      },
    })
  })

  it('may name our own codes, and is guessed where it names none', () => {
    expect(reader()(row({ Type: 'ar-1', Level: 'S3' }))).toMatchObject({ draft: { kind: 'AR-1', severity: 3 } })
    const guessed = reader()(row({ Type: '', Level: '', Title: 'Shots fired at the polling place' }))
    expect(guessed).toMatchObject({ draft: { kindSaid: false, severity: 2 } })
  })

  it('is told everything that is wrong with it at once', () => {
    expect(
      problems({ Title: '', Notes: ' ', Town: '', State: '', Date: '3.11.26', Type: 'Odd', Level: '9', No: '' }),
    ).toBe(
      'what is empty; where is empty; "3.11.26" is no time (2026-11-03 14:05); ' +
        '"Odd" is no kind of report: say under kinds which one it means; ' +
        '"9" is no severity: say under severities which of 1 to 5 it means; its id ("No") is empty',
    )
  })

  it('is refused when it is still to come, ten years old, or a megabyte long', () => {
    expect(problems({ Date: '2027-01-01' })).toContain('still to come')
    expect(problems({ Date: '1999-01-01' })).toContain('ten years')
    expect(problems({ Notes: 'x'.repeat(1024 * 1024) })).toMatch(/^what has 1,048,590 characters, past 4000$/)
    const few = reader()(new Map([['Title', 'A']]))
    expect(few).toMatchObject({
      problems: ['where is empty', expect.stringContaining('is no time'), 'its id ("No") is empty'],
    })
  })

  it('keeps its key however often it is read, by its id or by what it says', () => {
    const plain = parseMapping({ source: 'P', columns: { what: 'Title', where: 'Town' } })
    const keys = (read = reader(plain)) =>
      [row(), row(), row({ Title: 'Other' })].map(one => {
        const found = read(one)
        return 'draft' in found ? found.draft.key : null
      })
    expect(keys()).toEqual(keys())
    expect(new Set(keys()).size).toBe(3)
    // Without a column of times the hour of the run is no part of what a row says.
    expect(keys(reader(plain, now + 3_600_000))).toEqual(keys())
    const again = reader()
    again(row())
    expect(again(row())).toEqual({ problems: ['the id 7 stood before'] })
  })
})

describe('a moment', () => {
  const utc = (cell: string, dates: 'iso' | 'us' | 'eu' = 'iso', zone = 'America/New_York') => {
    const at = readMoment(cell, dates, zone)
    return at === null ? null : new Date(at).toISOString().slice(0, 16)
  }

  it.each([
    ['2026-11-03', 'iso', '2026-11-03T17:00'],
    ['2026-11-03 07:30', 'iso', '2026-11-03T12:30'],
    ['2026-11-03T07:30:59.1Z', 'iso', '2026-11-03T07:30'],
    ['2026-11-03T07:30+02:00', 'iso', '2026-11-03T05:30'],
    ['2026-11-03T07:30-0500', 'iso', '2026-11-03T12:30'],
    ['11/3/2026 7:30 PM', 'us', '2026-11-04T00:30'],
    ['11/3/2026, 12:15 a.m.', 'us', '2026-11-03T05:15'],
    ['3.11.2026 19:30', 'eu', '2026-11-04T00:30'],
  ] as const)('%s (%s)', (cell, dates, at) => {
    expect(utc(cell, dates)).toBe(at)
  })

  it.each([
    ['2026-02-30', 'iso'],
    ['2026-11-03 25:00', 'iso'],
    ['2026-11-03 10:75', 'iso'],
    ['11/13/2026', 'eu'],
    ['11/3/2026 13:00 PM', 'us'],
    ['yesterday', 'iso'],
    ['', 'iso'],
  ] as const)('is not %s (%s)', (cell, dates) => {
    expect(utc(cell, dates)).toBeNull()
  })

  it('is moved on where the clock skips it in spring, and is the first of two in autumn', () => {
    expect(utc('2026-03-08 02:30')).toBe('2026-03-08T07:30')
    expect(utc('2026-11-01 01:30')).toBe('2026-11-01T05:30')
  })
})

describe('a mapping', () => {
  it('says everything that is wrong with it', () => {
    expect(() => parseMapping({ source: '', columns: { what: 'A' }, zone: 'Mars', extra: 1 })).toThrow(
      /source[\s\S]*columns\.where[\s\S]*zone|zone[\s\S]*where/,
    )
  })
})
