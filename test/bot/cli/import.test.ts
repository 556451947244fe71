import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { AskedToImport } from '../../../bot/cli/import.ts'
import { importFile } from '../../../bot/cli/import.ts'
import { loadTaxonomy } from '../../../bot/config.ts'
import type { Directory } from '../../../workflows/directory.ts'
import type { PersonId } from '../../../workflows/ids.ts'
import { eachHouse } from '../../each.ts'
import type { House } from '../../house.ts'

const folder = mkdtempSync(join(tmpdir(), 'import-'))
afterAll(() => rmSync(folder, { recursive: true }))

const map = `
source: Partner watch
columns: { id: No, what: [Title, Notes], where: [Town, State], when: Date, kind: Type, severity: Level }
kinds: { Assault: VI-1, Rumor: SP-3 }
severities: { High: 4, Low: 2 }
`
const table = [
  'No,Title,Notes,Town,State,Date,Type,Level',
  '1,"A man was hit, hard",at the door,Mesa,AZ,2026-10-02 14:05,Assault,High',
  '2,They say it is closed,,Phoenix,AZ,2026-10-03,Rumor,Low',
  '3,Nowhere to be found,,Qoxwuzzle,ZZ,2026-10-03,Rumor,Low',
  '4,Somewhere,,Springfield,,2026-10-03,Rumor,Low',
  '5,Too,many,cells,AZ,2026-10-03,Rumor,Low,9',
  '6,Odd,,Mesa,AZ,2026-10-03,Odd,Low',
].join('\n')

type Given = Partial<AskedToImport> & { readonly said?: string; readonly name?: string }

function personIn(directory: Directory, callsign: string): PersonId {
  const person = [...directory.people.values()].find(one => one.callsign === callsign)
  if (!person) throw new Error(`nobody is called ${callsign}`)
  return person.id
}

describe('a partner’s table', () => {
  let house: House
  eachHouse(async opened => {
    house = opened
  })

  async function taken(content: string, { said: words = map, name = 'table.csv', ...asked }: Given = {}) {
    const [file, mapping] = [join(folder, name), join(folder, 'map.yaml')]
    writeFileSync(file, content)
    writeFileSync(mapping, words)
    const said: string[] = []
    let bar = ''
    const scene = {
      clock: house.clock,
      print: (...lines: readonly string[]) => void said.push(...lines),
      screen: { write: (text: string) => (bar += text) },
    }
    const opened = { store: house.store, config: { taxonomy: loadTaxonomy() } as never }
    const whole = await importFile(file, { map: mapping, as: 'heron', ...asked }, opened, scene)
    return { whole, said, bar }
  }

  const all = async () => {
    const viewer = personIn(house.store.roster.directory(), 'Heron')
    const page = await house.store.incidents.list({ regions: 'all', viewer, limit: 50 })
    return [...page.items].sort((one, other) => one.reportedAt - other.reportedAt)
  }

  test('shows what each row becomes, and takes nothing in', async () => {
    const { whole, said } = await taken(table, { dryRun: true })
    expect(whole).toBe(false)
    expect(said).toEqual([
      'row 2: AZ · Maricopa County · S4 · VI-1 · 2026-10-02 14:05 · A man was hit, hard at the door',
      'row 3: AZ · Maricopa County · S2 · SP-3 · 2026-10-03 12:00 · They say it is closed',
      'row 4: "Qoxwuzzle, ZZ" names no known place',
      expect.stringMatching(/^row 5: "Springfield" may be .* or .*: name the county and the state$/),
      'row 6: 9 cells under 8 headings: a comma that is not in quotes?',
      'row 7: "Odd" is no kind of report: say under kinds which one it means',
      '2 rows would become reports; 4 rows cannot be taken.',
    ])
    expect(await all()).toEqual([])
  })

  test('is taken in on the days it tells of, without a word to anybody', async () => {
    const rejected = join(folder, 'rejected.csv')
    const { whole, said, bar } = await taken(table, { rejected })
    expect(whole).toBe(false)
    expect(said.at(-1)).toBe('2 reports taken in from Partner watch, 0 were there before, 4 rows could not be taken.')
    expect(bar).toContain('100 %')
    expect(readFileSync(rejected, 'utf8').split('\r\n')).toHaveLength(6)
    expect(await all()).toMatchObject([
      { region: 'AZ', kind: 'VI-1', kindGuessed: false, severity: 4, reportedAt: Date.UTC(2026, 9, 2, 18, 5) },
      { region: 'AZ', kind: 'SP-3', severity: 2, contact: 'no', place: { fips: '04013' } },
    ])
    const first = (await all())[0]
    expect((await house.store.incidents.find(first?.id as never))?.words).toEqual({
      ...{ what: 'A man was hit, hard\nat the door', where: 'Mesa, AZ' },
    })
    await house.settle()
    await house.pass(60)
    expect(await house.room('az-response')).toEqual([])
    expect(await house.store.deeds.latest(1)).toMatchObject([{ what: 'import', facts: { rows: 2, as: 'Heron' } }])
  })

  test('is over where it is long past, so that nobody is asked to take it up; unless that is asked', async () => {
    const recent = table.replace(
      '2,They say it is closed,,Phoenix,AZ,2026-10-03',
      '2,They say it is closed,,Phoenix,AZ,2026-10-18',
    )
    await taken(recent)
    expect(await all()).toMatchObject([
      { status: 'closed', outcome: 'no-action', resolvedAt: Date.UTC(2026, 9, 2, 18, 5), seq: 4 },
      { status: 'reported', outcome: null },
    ])
    const id = (await all())[0]?.id as never
    const timeline = await house.store.incidents.timeline(id, 9)
    expect(timeline.map(entry => entry.event.type)).toEqual(['reported', 'resolved', 'settled', 'closed'])
    expect(timeline[1]?.words?.note).toBe('Taken in from Partner watch. What came of it is not known here.')
    await taken('No,Title,Notes,Town,State,Date,Type,Level\n9,Old,,Mesa,AZ,2026-10-01,Rumor,Low', { open: true })
    expect((await all())[0]).toMatchObject({ status: 'reported' })
  })

  test('goes on where it was broken off, and takes nothing in twice', async () => {
    await taken(table.split('\n').slice(0, 2).join('\n'))
    const { said } = await taken(table)
    expect(said.at(-1)).toContain('1 report taken in from Partner watch, 1 were there before')
    const again = await taken(table)
    expect(again.said.at(-1)).toContain('0 reports taken in from Partner watch, 2 were there before')
    expect(await all()).toHaveLength(2)
    // Each run that brings something is on record before its first row, as it may be broken off.
    const log = (await house.store.deeds.latest(9)).filter(deed => deed.what === 'import')
    expect(log.map(({ facts }) => [facts.did, facts.rows ?? facts.of])).toEqual([
      ...[
        ['end', 1],
        ['begin', 2],
        ['end', 1],
        ['begin', 1],
      ],
    ])
  })

  test('is told like any report where that was asked', async () => {
    await taken(table, { notify: true })
    await house.settle()
    const found = await all()
    expect(found).toMatchObject([{ reportedAt: house.clock() }, { reportedAt: house.clock() }])
    const words = await Promise.all(found.map(async one => (await house.store.incidents.find(one.id))?.words.what))
    expect(words.sort()[0]).toMatch(/^\[2026-10-02 18:05 UTC\] A man was hit/)
    expect((await house.room('az-response')).length).toBeGreaterThan(0)
    expect((await taken(table, { notify: true })).said.at(-1)).toContain('2 were there before')
    expect(await all()).toHaveLength(2)
  })

  test('is known again without numbers and times, whenever its file is run again', async () => {
    const plain = 'source: Partner watch\ncolumns: { what: Title, where: Town }\n'
    const two = 'Title,Town\nA man was hit,"Mesa, AZ"\nA man was hit,"Mesa, AZ"\n'
    expect((await taken(two, { said: plain })).said.at(-1)).toContain('2 reports taken in')
    await house.pass(60)
    expect((await taken(two, { said: plain })).said.at(-1)).toContain('0 reports taken in from Partner watch, 2 were')
  })

  test('hears once of a mapping that does not fit, and nothing is taken in', async () => {
    await expect(taken(table, { said: map.replace('SP-3', 'ZZ-9') })).rejects.toThrow(
      'The mapping says Rumor: ZZ-9 under kinds, and there is no such kind here.',
    )
    await expect(taken(table, { said: map.replace('Level', 'Grade') })).rejects.toThrow(
      'has no column "Grade", which the mapping names. It has: "No", "Title", "Notes"',
    )
    expect(await all()).toEqual([])
  })

  test('may leave out in JSON what is empty, or say null', async () => {
    const told = [
      {
        No: 1,
        Title: 'A man was hit',
        Notes: null,
        Town: 'Mesa',
        State: 'AZ',
        Date: '2026-10-02',
        Type: null,
        Level: 4,
      },
      { No: 2, Title: 'They say it is closed', Town: 'Phoenix', State: 'AZ', Date: '2026-10-03' },
    ]
    const { said } = await taken(JSON.stringify(told), { name: 'table.json' })
    expect(said.at(-1)).toContain('2 reports taken in from Partner watch, 0 were there before, 0 rows')
  })

  test('needs somebody who answers for it', async () => {
    await expect(taken(table, { as: 'nobody' })).rejects.toThrow('Nobody has the call sign nobody')
  })
})
