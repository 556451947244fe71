import type { Sheet, SheetPage, SheetTable } from '../../../workflows/sheet.ts'

/** A sheet as one HTML page to print on A4 or Letter: black on white, each region on its own paper, nothing loaded. */
export function sheetPage({ language, title, foot, pages }: Sheet): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="robots" content="noindex, noarchive">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
${pages.map(page => section(title, page, foot)).join('\n')}
</body>
</html>
`
}

// Paper of either size keeps the same text; a row is never parted, and heads stand again on each further page.
const style = `
@page { margin: 14mm 12mm }
* { box-sizing: border-box }
body { margin: 0; background: #fff; color: #000; font: 11.5pt/1.35 Arial, "DejaVu Sans", sans-serif }
section { break-after: page; max-width: 190mm; margin: 0 auto; padding: 4mm 0 }
section:last-child { break-after: auto }
.sheet { margin: 0; font-size: 10pt }
h1 { margin: 0 0 2mm; padding-bottom: 1mm; border-bottom: 1mm solid #000; font-size: 19pt }
h2 { margin: 5mm 0 1mm; font-size: 13.5pt; break-after: avoid }
p { margin: 0 0 1.5mm }
p:first-of-type { font-weight: bold }
table { width: 100%; border-collapse: collapse }
thead { display: table-header-group }
tr { break-inside: avoid }
th, td { border: 0.3mm solid #000; padding: 1.2mm 1.6mm; text-align: left; vertical-align: top }
th, td { overflow-wrap: break-word }
th { font-size: 9.5pt; border-bottom-width: 0.7mm }
td:first-child b { white-space: nowrap }
td:empty { min-width: 22mm }
td span { display: block }
.foot { margin-top: 4mm; padding-top: 1mm; border-top: 0.5mm solid #000; font-size: 9.5pt; font-weight: bold }
`

function section(title: string, { title: name, lines, tables }: SheetPage, foot: string): string {
  return [
    '<section>',
    `<div class="sheet">${escaped(title)}</div>`,
    `<h1>${escaped(name)}</h1>`,
    ...lines.map(line => `<p>${escaped(line)}</p>`),
    ...tables.map(tableOf),
    `<div class="foot">${escaped(foot)}</div>`,
    '</section>',
  ].join('\n')
}

function tableOf({ title, head, rows }: SheetTable): string {
  if (rows.length === 0) return `<h2>${escaped(title)}</h2>`
  const names = head.map(name => `<th>${escaped(name)}</th>`).join('')
  const body = rows.map(({ step, cells: [first = [], ...rest] }) => {
    const [lead = '', ...under] = first
    const mark = step > 0 ? `${'› '.repeat(step)}` : ''
    const cells = rest.map(lines => `<td>${spans(lines)}</td>`)
    return `<tr><td><b>${mark}${escaped(lead)}</b>${spans(under)}</td>${cells.join('')}</tr>`
  })
  const rowsOf = `<thead><tr>${names}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody>`
  return `<h2>${escaped(title)}</h2>\n<table>\n${rowsOf}\n</table>`
}

const spans = (lines: readonly string[]) => lines.map(line => `<span>${escaped(line)}</span>`).join('')

const escaped = (text: string) => text.replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`)
