import { readFileSync } from 'node:fs'
import type { Measure } from '../../workflows/picture/words.ts'
import { fontFiles } from './font.ts'

type Letters = { readonly widthOf: (code: number) => number }

/** How wide words come out in the picture's own letters, as the files of the fonts say. */
export function measureLetters(files: readonly string[] = fontFiles): Measure {
  const [plain, bold] = files.map(file => lettersOf(readFileSync(file)))
  return (words, size, isBold) => {
    const letters = isBold ? bold : plain
    let sum = 0
    for (const letter of words) sum += letters?.widthOf(letter.codePointAt(0) ?? 0) ?? 0
    return sum * size
  }
}

/** Reads from a TrueType file how far each letter moves on, in parts of its size (`hmtx`, and `cmap` of format 4). */
function lettersOf(file: Buffer): Letters {
  const tables = new Map<string, number>()
  for (let at = 0; at < file.readUInt16BE(4); at += 1) {
    const entry = 12 + at * 16
    tables.set(file.toString('latin1', entry, entry + 4), file.readUInt32BE(entry + 8))
  }
  const table = (name: string): number => {
    const start = tables.get(name)
    if (start === undefined) throw new Error(`the font has no table ${name}`)
    return start
  }
  const em = file.readUInt16BE(table('head') + 18)
  const counted = file.readUInt16BE(table('hhea') + 34)
  const widths = table('hmtx')
  const glyphOf = glyphsOf(file, table('cmap'))
  return {
    widthOf: code => file.readUInt16BE(widths + 4 * Math.min(glyphOf(code), counted - 1)) / em,
  }
}

function glyphsOf(file: Buffer, cmap: number): (code: number) => number {
  const start = cmap + plane(file, cmap)
  const segments = file.readUInt16BE(start + 6) / 2
  const [ends, starts] = [start + 14, start + 16 + 2 * segments]
  const [deltas, offsets] = [starts + 2 * segments, starts + 4 * segments]
  return code => {
    for (let at = 0; at < segments; at += 1) {
      if (file.readUInt16BE(ends + 2 * at) < code) continue
      const first = file.readUInt16BE(starts + 2 * at)
      if (first > code) return 0
      const delta = file.readUInt16BE(deltas + 2 * at)
      const offset = file.readUInt16BE(offsets + 2 * at)
      if (offset === 0) return (code + delta) & 0xffff
      const glyph = file.readUInt16BE(offsets + 2 * at + offset + 2 * (code - first))
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff
    }
    return 0
  }
}

/** Where the subtable of the basic plane stands, from the start of `cmap`. */
function plane(file: Buffer, cmap: number): number {
  for (let at = 0; at < file.readUInt16BE(cmap + 2); at += 1) {
    const offset = file.readUInt32BE(cmap + 4 + at * 8 + 4)
    if (file.readUInt16BE(cmap + offset) === 4) return offset
  }
  throw new Error('the font has no letters of the basic plane')
}
