import type { Sheet, SheetPage, SheetTable } from '../../../workflows/sheet.ts'

/** A sheet as plain text of at most 100 columns, a form feed between pages, for any printer. */
export function sheetText({ title, foot, pages }: Sheet): string {
  return `${pages.map(page => pageText(title, page, foot)).join('\n\f')}\n`
}

const width = 100

function pageText(title: string, { title: name, lines, tables }: SheetPage, foot: string): string {
  const head = [title, name.toUpperCase(), '='.repeat(width)]
  const said = lines.flatMap(line => wrapped(line, width))
  return [...head, ...said, ...tables.flatMap(table => ['', ...tableText(table)]), '', ...wrapped(foot, width)].join(
    '\n',
  )
}

function tableText({ title, head, rows }: SheetTable): readonly string[] {
  if (rows.length === 0) return [title]
  const widths = widthsOf(head, rows)
  const line = (cells: readonly (readonly string[])[]) => {
    const columns = cells.map((cell, at) => cell.flatMap(text => wrapped(text, widths[at] ?? width)))
    const height = Math.max(1, ...columns.map(column => column.length))
    return Array.from({ length: height }, (_, row) =>
      columns
        .map((column, at) => (column[row] ?? '').padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
  }
  const body = rows.flatMap(({ step, cells: [first = [], ...rest] }) => [
    ...line([first.map((text, at) => (at === 0 && step > 0 ? `${'> '.repeat(step)}${text}` : text)), ...rest]),
    '-'.repeat(width),
  ])
  return [title, '', ...line(head.map(name => [name])), '='.repeat(width), ...body]
}

/** As wide as what stands in each column, the widest cut down until all fit. */
function widthsOf(head: SheetTable['head'], rows: SheetTable['rows']): readonly number[] {
  const widths = head.map((name, at) =>
    Math.max(name.length, ...rows.flatMap(({ cells }) => (cells[at] ?? []).map(text => text.length + 2))),
  )
  const sum = () => widths.reduce((all, one) => all + one + 2, -2)
  while (sum() > width) {
    const widest = widths.indexOf(Math.max(...widths))
    widths[widest] = (widths[widest] ?? 1) - 1
  }
  return widths
}

/** Lines of at most that many characters, parted between words where they have any. */
function wrapped(text: string, most: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/).flatMap(one => one.match(new RegExp(`.{1,${most}}`, 'gu')) ?? [])) {
    if (line !== '' && line.length + 1 + word.length > most) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return line === '' ? lines : [...lines, line]
}
