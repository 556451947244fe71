import { type Paragraph, packPieces } from '../../workflows/text/pieces.ts'
import { bold, literal } from './style.ts'

/** The longest message, in characters and in bytes: Signal turns longer ones into files. */
export const longestPiece = 2000

/** Puts paragraphs into as few messages as hold them, in `styled` mode. */
export function pack(paragraphs: readonly Paragraph[]): readonly string[] {
  return packPieces(paragraphs, longestPiece, (text, strong) => (strong ? bold(text) : literal(text)))
}
