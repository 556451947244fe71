import { html } from 'hono/html'
import type { Text } from '../../../workflows/phrase.ts'
import { type Reader, say } from '../../../workflows/text/say.ts'
import type { Line } from '../../../workflows/view.ts'
import { blocksOf } from '../blocks.ts'
import type { Html } from '../exhibit.ts'

/** Lines of a view as a page shows them: items that follow each other are one list; `lead`: the first stands out. */
export function linesHtml(lines: readonly Line[], reader: Reader, look?: 'lead'): Html {
  const said = (text: Text) => say(text, reader)
  return html`${blocksOf(lines).map((block, at) => blockHtml(block, said, look === 'lead' && at === 0))}`
}

/** A table whose first column names its rows; on a phone it is moved sideways by itself, with the keyboard too. */
export function tableHtml(head: readonly string[], rows: readonly (readonly (string | Html)[])[]): Html {
  return html`<div class="wide" tabindex="0" role="group"><table>
<thead><tr>${head.map(one => html`<th scope="col">${one}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([first = '', ...rest]) => html`<tr><th scope="row">${first}</th>${rest.map(one => html`<td>${one}</td>`)}</tr>`,
  )}</tbody></table></div>`
}

function blockHtml(block: readonly Line[], said: (text: Text) => string, isFirst: boolean): Html | '' {
  const [line] = block
  const items = block.flatMap(one => (one.type === 'item' ? [html`<li>${said(one.text)}</li>`] : []))
  if (items.length > 0) return html`<ul>${items}</ul>`
  switch (line?.type) {
    case 'strong':
      return isFirst ? html`<p class="first">${said(line.text)}</p>` : html`<h3>${said(line.text)}</h3>`
    case 'note':
      return html`<p class="note">${said(line.text)}</p>`
    case 'quote':
      return html`<blockquote>${said(line.text)}</blockquote>`
    case 'table':
      return tableHtml(
        line.head.map(said),
        line.rows.map(row => row.map(said)),
      )
    case 'text':
      return html`<p>${said(line.text)}</p>`
    // Nothing on a board leads elsewhere.
    case 'link':
    case 'item':
    case 'rule':
    case undefined:
      return ''
  }
}
