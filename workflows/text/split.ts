/**
 * A text in pieces of at most `most` UTF-16 units each, parted after a line, else a sentence, else a word; nothing but
 * the space between them is lost.
 */
export function splitText(text: string, most: number): readonly string[] {
  const pieces: string[] = []
  let rest = text
  while (rest.length > most) {
    const at = cutAt(rest.slice(0, most), rest.charAt(most))
    pieces.push(rest.slice(0, at).trimEnd())
    rest = rest.slice(at).trimStart()
  }
  return rest === '' && pieces.length > 0 ? pieces : [...pieces, rest]
}

const ends = [/\n(?!.*\n)/s, /[.!?…。؟]["'»”’)]*\s(?!.*[.!?…。؟]["'»”’)]*\s)/su, /\s(?!.*\s)/s]

function cutAt(head: string, next: string): number {
  for (const end of ends) {
    const found = end.exec(head)
    // A cut in the first quarter would make many small pieces.
    if (found && found.index > head.length / 4) return found.index + found[0].length
  }
  // Neither half a surrogate pair nor half an escape is a character.
  const broken = /[\ud800-\udbff]$/.test(head) && /[\udc00-\udfff]/.test(next)
  const escaped = /(?:^|[^\\])(?:\\\\)*\\$/.test(head)
  return head.length - (broken || escaped ? 1 : 0)
}
