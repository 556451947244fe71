/** What a phone shows of a text in `styled` mode, what is set off in it and how, and what is wrong with its marks. */
export type Shown = {
  readonly text: string
  readonly styles: readonly { readonly mark: string; readonly text: string }[]
  readonly problem: string | null
}

const marks = ['**', '*', '||', '~', '`']

/**
 * Reads `styled` text as the server does (textstyleparser.go): two stars are one mark, a mark ends what the same mark
 * began last, and a backslash is dropped right before a mark's sign only, which it makes plain; else it is itself.
 */
export function shownOf(styled: string): Shown {
  const open: { readonly mark: string; readonly at: number }[] = []
  const styles: { mark: string; text: string }[] = []
  let text = ''
  let plain = false
  for (let at = 0; at < styled.length; ) {
    const mark = marks.find(one => styled.startsWith(one, at))
    if (mark === undefined) {
      plain = /^\\[*~|`]/.test(styled.slice(at, at + 2))
      if (!plain) text += styled[at]
      at += 1
      continue
    }
    if (plain) text += mark
    else if (open.at(-1)?.mark === mark) styles.push({ mark, text: text.slice(open.pop()?.at) })
    else open.push({ mark, at: text.length })
    plain = false
    at += mark.length
  }
  const problem = open.length > 0 ? `the mark ${open[0]?.mark} is not closed` : null
  return { text, styles, problem }
}
