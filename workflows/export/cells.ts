/** What a cell of a table holds: numbers stay numbers, null is an empty cell. */
export type Cell = string | number | null

/**
 * One line of a table as RFC 4180 has it. No text in it is one that a spreadsheet would take for a formula: an
 * apostrophe goes before it. Numbers may begin with a minus.
 */
export function csvLine(cells: readonly Cell[]): string {
  let line = ''
  for (const [at, cell] of cells.entries()) {
    if (at > 0) line += ','
    if (typeof cell === 'number') line += cell
    else if (cell !== null) line += safe(cell)
  }
  return `${line}\r\n`
}

/** Counts the lines of a table below `heads` of its own, also where cells hold line ends. */
export function lineCounter(heads: number): () => (piece: Uint8Array) => number {
  return () => {
    let quoted = false
    let lines = 0
    return piece => {
      for (let at = 0; at < piece.length; at++) {
        const byte = piece[at]
        if (byte === quote) quoted = !quoted
        else if (byte === newline && !quoted) lines += 1
      }
      return lines - heads
    }
  }
}

/** Counts the lines that begin with an opening brace: in our JSON, one a row. */
export function objectCounter(): (piece: Uint8Array) => number {
  let fresh = false
  let rows = 0
  return piece => {
    for (let at = 0; at < piece.length; at++) {
      const byte = piece[at]
      if (fresh && byte === brace) rows += 1
      fresh = byte === newline
    }
    return rows
  }
}

const [quote, newline, brace] = [0x22, 0x0a, 0x7b]

// A spreadsheet runs what begins so; an apostrophe makes it text (OWASP, CSV injection).
const formula = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/
const special = /[",\r\n]/

function safe(text: string): string {
  const plain = formula.test(text) ? `'${text}` : text
  return special.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
