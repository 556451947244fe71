/** A line of a CSV file that is not empty: its cells, and the line of the file on which it begins (from 1). */
export type CsvLine = { readonly line: number; readonly cells: readonly string[] }

/** Reads comma-separated values as RFC 4180 has them, with any line ends and a byte order mark; never throws. */
export function readCsv(text: string): CsvLine[] {
  const lines: CsvLine[] = []
  const cell = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n|\n|\r|$)/y
  const source = text.replace(/^\uFEFF/, '')
  let cells: string[] = []
  let line = 1
  let begun = 1
  while (cell.lastIndex < source.length) {
    const found = cell.exec(source)
    // A quote that is never closed, or words behind a closing one: what is left is one cell.
    const [all, quoted, plain = '', end] = found ?? [source.slice(cell.lastIndex), undefined, undefined, '']
    cells.push(found ? (quoted?.replaceAll('""', '"') ?? plain) : all)
    line += all.match(/\r\n|\n|\r/g)?.length ?? 0
    if (end !== ',') {
      if (cells.some(one => one.trim() !== '')) lines.push({ line: begun, cells })
      cells = []
      begun = line
    }
    if (!found) break
  }
  if (cells.some(one => one.trim() !== '')) lines.push({ line: begun, cells })
  return lines
}
