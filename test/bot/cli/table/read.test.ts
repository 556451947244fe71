import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Reading } from '../../../../bot/cli/table/read.ts'
import { readTable } from '../../../../bot/cli/table/read.ts'

const folder = mkdtempSync(join(tmpdir(), 'table-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function rows(name: string, content: string | Buffer, reading: Reading = {}) {
  const path = join(folder, name)
  writeFileSync(path, content)
  const read = []
  for await (const row of readTable(path, reading)) read.push(row)
  return read
}

const cells = async (...asked: Parameters<typeof rows>) =>
  (await rows(...asked)).map(row => Object.fromEntries(row.cells))

describe('a table', () => {
  it('keeps commas, quotes and line ends within quotes, and numbers rows as a spreadsheet does', async () => {
    const read = await rows(
      'a.csv',
      'what,where\r\n"A fight, two ""sides""\r\nand shouting",Mesa\r\n\r\nCalm,Tempe\r\n',
    )
    expect(read.map(row => [row.number, Object.fromEntries(row.cells)])).toEqual([
      [2, { what: 'A fight, two "sides"\r\nand shouting', where: 'Mesa' }],
      [4, { what: 'Calm', where: 'Tempe' }],
    ])
  })

  it('leaves a byte order mark out, whatever it announces', async () => {
    const words = 'año,where\nñandú,Mesa\n'
    const expected = [{ año: 'ñandú', where: 'Mesa' }]
    expect(await cells('b.csv', `\uFEFF${words}`)).toEqual(expected)
    expect(await cells('b.csv', Buffer.from(`\uFEFF${words}`, 'utf16le'))).toEqual(expected)
    expect(await cells('b.csv', Buffer.from(`\uFEFF${words}`, 'utf16le').swap16())).toEqual(expected)
  })

  it('does not guess at what is no UTF-8: it says where, and reads it once told how', async () => {
    const latin = Buffer.from('what,where\nRiña,Mesa\n', 'latin1')
    await expect(rows('c.csv', latin)).rejects.toThrow(/c\.csv is not written in utf-8: .*--encoding windows-1252/)
    expect(await cells('c.csv', latin, { encoding: 'windows-1252' })).toEqual([{ what: 'Riña', where: 'Mesa' }])
    const wide = Buffer.from('what,where\nRiña,Mesa\n', 'utf16le')
    await expect(rows('c.csv', wide)).rejects.toThrow(/utf-16le/)
    expect(await cells('c.csv', wide, { encoding: 'utf-16le' })).toEqual([{ what: 'Riña', where: 'Mesa' }])
  })

  it('knows a semicolon or a tab by the headings', async () => {
    expect(await cells('d.csv', 'what;"where, exactly"\nA;B\n')).toEqual([{ what: 'A', 'where, exactly': 'B' }])
    expect(await cells('d.csv', 'what\twhere\nA, B\tC')).toEqual([{ what: 'A, B', where: 'C' }])
    expect(await cells('d.csv', 'count\n1\n2')).toEqual([{ count: '1' }, { count: '2' }])
  })

  it('has a megabyte in one cell, and a row with too many cells, as rows like others', async () => {
    const long = 'x'.repeat(1024 * 1024)
    const read = await rows('e.csv', `what,where\n"${long}",Mesa\na,b,c\nd\ne,f\n`)
    expect(read[0]?.cells.get('what')).toHaveLength(1024 * 1024)
    expect(read.map(row => row.problem)).toEqual([
      ...[null, '3 cells under 2 headings: a comma that is not in quotes?'],
      ...['1 cells under 2 headings: some are missing', null],
    ])
  })

  it('says where a quote is never closed, and which heading stands twice', async () => {
    await expect(rows('f.csv', 'what,where\na,"b\nc,d\n')).rejects.toThrow(/a quote is opened and never closed/)
    await expect(rows('f.csv', 'what,what\na,b\n')).rejects.toThrow('two columns named "what"')
    await expect(rows('f.csv', 'what,where\na"b,c\n')).rejects.toThrow(/line 2/)
  })

  it('is empty where the file is, or has headings only', async () => {
    expect(await rows('g.csv', '')).toEqual([])
    expect(await rows('g.csv', 'what,where\n')).toEqual([])
    const missing = readTable(join(folder, 'none.csv'))
    await expect(missing.next()).rejects.toThrow('There is no file')
  })

  it('reads JSON, an array or one object a line, with what lies deeper by its path', async () => {
    const one = { what: 'A', place: { county: 'Pima', at: [1, 2] }, injured: 3, no: null }
    const expected = { what: 'A', no: '', 'place.county': 'Pima', 'place.at': '1; 2', injured: '3' }
    expect(await cells('h.json', JSON.stringify([one, one]))).toEqual([expected, expected])
    expect(await cells('h.jsonl', `${JSON.stringify(one)}\n\n${JSON.stringify(one)}`)).toEqual([expected, expected])
    expect((await rows('h.jsonl', '{"what":"A"}\nbroken\n7')).map(row => row.problem)).toEqual([
      ...[null, 'it is no JSON object', 'it is no JSON object'],
    ])
    await expect(rows('h.json', '{"what":"A"}')).rejects.toThrow('no JSON array')
  })
})
