import { fitView } from '../../workflows/text/fit.ts'
import type { Paragraph } from '../../workflows/text/pieces.ts'
import { type Reader, say } from '../../workflows/text/say.ts'
import type { Line, View } from '../../workflows/view.ts'
import { howNamed, howTo, isCard, isNamed, type Numbered, numberActions } from './actions.ts'
import { longestPiece, pack } from './pieces.ts'

/**
 * A view as it is sent: `styled` pieces, each a message; its title (`''`: none) and first words, plain; and what can be
 * done by number.
 */
export type Written = {
  readonly pieces: readonly string[]
  readonly title: string
  readonly first: string
  readonly actions: readonly Numbered[]
}

const longestTitle = 80
const smallest = 200

/**
 * Writes a view for its reader. A card is one piece, so that it can be edited: what is too long there is shortened, and
 * says so. All else is whole, in as many pieces as it takes.
 */
export function writeText(view: View, reader: Reader, shape: 'card' | 'whole' = shapeOf(view)): Written {
  const written = write(view, reader)
  if (shape === 'whole' || written.pieces.length === 1) return written
  for (let most = longestPiece; most >= smallest; most -= smallest / 2) {
    const fitted = write(fitView(view, reader, most), reader)
    if (fitted.pieces.length === 1) return fitted
  }
  return written
}

/** A message of plain sentences, with what can be done by number under them. */
export function writeLines(lines: readonly string[], actions: readonly Numbered[] = [], how?: string): Written {
  const paragraphs = [...lines, ...(actions.length > 0 ? ['', ...actions.map(listed)] : []), ...(how ? [how] : [])]
  return {
    pieces: pack(paragraphs.map(text => ({ text, bold: false }))),
    title: '',
    first: titleIn(lines.find(line => line !== '') ?? ''),
    actions,
  }
}

function shapeOf(view: View): 'card' | 'whole' {
  return view.tone !== 'plain' && view.title !== null ? 'card' : 'whole'
}

function write(view: View, reader: Reader): Written {
  const actions = numberActions(view, reader)
  const how = howTo(view, actions)
  const onLines = new Set(view.lines.flatMap(line => (line.type === 'item' && line.button ? [line.button.id] : [])))
  const title = view.title ? say(view.title, reader) : null
  const named = howNamed(view)
  const firstNamed = named
    ? view.lines.findIndex(line => line.type === 'item' && line.button && isNamed(line.button))
    : -1
  const lastNamed = view.lines.findLastIndex(line => line.type === 'item' && line.button && isNamed(line.button))
  const below = actions.filter(({ id }) => !onLines.has(id))
  const menu = isCard(view) && title !== null ? [below.map(small).join(' · ')] : below.map(listed)
  const paragraphs: Paragraph[] = [
    ...(title === null ? [] : [{ text: title, bold: true }]),
    ...view.lines.flatMap((line, index) => [
      ...(index === firstNamed ? [plain('')] : []),
      ...paragraphsOf(line, actionOn(line, actions), reader),
      ...(index === lastNamed && named ? [plain(say(named, reader))] : []),
    ]),
    ...(how === null ? [] : ['', ...menu.filter(Boolean), say(how, reader)].map(plain)),
  ]
  const first = title ?? paragraphs.find(({ text }) => text.trim() !== '')?.text ?? ''
  return { pieces: pack(paragraphs), title: titleIn(title ?? ''), first: titleIn(first), actions }
}

function actionOn(line: Line, actions: readonly Numbered[]): Numbered | undefined {
  const { id } = (line.type === 'item' && line.button) || { id: null }
  return actions.find(one => one.id === id)
}

function paragraphsOf(line: Line, action: Numbered | undefined, reader: Reader): readonly Paragraph[] {
  switch (line.type) {
    case 'strong':
      return [{ text: say(line.text, reader), bold: true }]
    case 'text':
    case 'note':
      return [plain(say(line.text, reader))]
    case 'quote':
      return [plain(quoted(say(line.text, reader), reader))]
    case 'item': {
      const text = say(line.text, reader)
      if (!action && line.button && isNamed(line.button)) return [plain(text)]
      if (!action) return [plain(/^\d+ /.test(text) ? text : `• ${text}`)]
      // A list whose every line opens what it names needs no word for it.
      if (action.id.startsWith('more:')) return [plain(`${action.number} ${text}`)]
      return [plain(`• ${text}`), plain(listed(action))]
    }
    case 'link':
      return [plain(say(line.text, reader)), plain(line.url)]
    case 'table':
      return line.rows.map(row => {
        const [first = '', ...cells] = row.map(cell => say(cell, reader))
        const rest = cells.map((cell, index) => {
          const head = line.head[index + 1]
          return head ? `${say(head, reader)} ${cell}` : cell
        })
        return plain(`• ${[first, ...rest].join(' · ')}`)
      })
    case 'rule':
      return [plain('')]
  }
}

function quoted(words: string, { language }: Reader): string {
  return language === 'es' ? `«${words}»` : `“${words}”`
}

function plain(text: string): Paragraph {
  return { text, bold: false }
}

function listed({ number, label }: Numbered): string {
  return `${number} ${label}`
}

/** In a row of them capitals would stand for nothing; names keep theirs. */
function small({ number, label }: Numbered): string {
  const [first = '', second = ''] = label
  const lower = second === second.toUpperCase() && /\p{L}/u.test(second) ? first : first.toLowerCase()
  return `${number} ${lower}${label.slice(first.length)}`
}

function titleIn(text: string): string {
  const line = text.split('\n')[0] ?? ''
  return line.length <= longestTitle ? line : `${line.slice(0, longestTitle - 1).replace(/[\ud800-\udbff]$/, '')}…`
}
