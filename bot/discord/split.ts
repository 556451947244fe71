/** Pieces of a text of at most `most` UTF-16 units each, cut after a sentence, else after a word; nothing is lost. */
export function splitText(text: string, most: number): readonly string[] {
  const pieces: string[] = []
  let rest = text
  while (rest.length > most) {
    const at = cutAt(rest.slice(0, most), rest.charAt(most))
    pieces.push(rest.slice(0, at).trimEnd())
    rest = rest.slice(at).trimStart()
  }
  return rest === '' ? pieces : [...pieces, rest]
}

function cutAt(head: string, next: string): number {
  for (const end of [/\n(?!.*\n)/s, /[.!?…]["'”’)]*\s(?!.*[.!?…]["'”’)]*\s)/s, /\s(?!.*\s)/s]) {
    const found = end.exec(head)
    // A cut in the first quarter would make many small pieces.
    if (found && found.index > head.length / 4) return found.index + found[0].length
  }
  // Neither half a surrogate pair nor half an escape is a character.
  const broken = /[\ud800-\udbff]$/.test(head) && /[\udc00-\udfff]/.test(next)
  const escaped = /(?:^|[^\\])(?:\\\\)*\\$/.test(head)
  return head.length - (broken || escaped ? 1 : 0)
}
