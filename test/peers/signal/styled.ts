/** What a phone shows of a text in `styled` mode, and what is wrong with its marks. */
export type Shown = { readonly text: string; readonly problem: string | null }

const marks = ['***', '**', '*', '~', '||', '`']

/** Reads `styled` text as the server does: marks in pairs are taken out, a backslash makes one a plain sign. */
export function shownOf(styled: string): Shown {
  const open: { mark: string; at: number }[] = []
  let text = ''
  for (let at = 0; at < styled.length; ) {
    const sign = styled[at] ?? ''
    if (sign === '\\' && /[\\*~|`]/.test(styled[at + 1] ?? '')) {
      text += styled[at + 1]
      at += 2
      continue
    }
    const mark = marks.find(one => styled.startsWith(one, at))
    if (mark === undefined) {
      text += sign
      at += 1
      continue
    }
    const last = open.at(-1)
    const closes = last && styled.startsWith(last.mark, at) ? last.mark : null
    if (closes) open.pop()
    else open.push({ mark, at: text.length })
    at += (closes ?? mark).length
  }
  const problem = open.length > 0 ? `the mark ${open[0]?.mark} is not closed` : null
  return { text, problem }
}
