import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numberActions } from '../../../bot/signal/actions.ts'
import { longestPiece, pack } from '../../../bot/signal/pieces.ts'
import { bold, literal } from '../../../bot/signal/style.ts'
import { writeText } from '../../../bot/signal/text.ts'
import { fullCard } from '../../../workflows/card.ts'
import { yoursView } from '../../../workflows/inside.ts'
import { phrase } from '../../../workflows/phrase.ts'
import type { Reader } from '../../../workflows/text/say.ts'
import { type Line, plainView, type View } from '../../../workflows/view.ts'
import { shownOf } from '../../peers/signal/styled.ts'
import {
  at,
  by,
  claimed,
  finch,
  heron,
  incidentAfter,
  type Past,
  reported,
  roster,
  taxonomy,
} from '../../workflows/specification.ts'

const names = new Map([heron, finch].map(({ id, callsign }) => [id, callsign]))
const english: Reader = { language: 'en', zone: 'America/Phoenix', now: at(0), person: id => names.get(id) ?? null }
const spanish: Reader = { ...english, language: 'es' }
const context = { directory: roster(), taxonomy, language: 'en', now: at(0) } as const
const words = {
  what: 'Three men with *rifles* slung, \\ talking ~ to ||voters|| in `line`.',
  where: 'corner by the library',
}

function cardOf(...acts: readonly Past[]): View {
  return fullCard(incidentAfter(...acts), words, context)
}

function shown(view: View, reader = english): string {
  return writeText(view, reader)
    .pieces.map(piece => shownOf(piece).text)
    .join('\n⁂\n')
}

describe('a card on Signal', () => {
  it('keeps its numbers when something on a line can be opened: that comes behind them', () => {
    const card = cardOf(reported())
    const button = { id: 'evidence:AZ-0412', label: phrase('button.open') }
    const line: Line = { type: 'item', text: { words: 'Evidence: 1 photo' }, button }
    const numbers = numberActions({ ...card, lines: [...card.lines, line] }, english)
    expect(numbers.find(one => one.id === button.id)?.number).toBe(10)
    expect(numbers.filter(one => one.id !== button.id)).toEqual(numberActions(card, english))
    expect(shown({ ...card, lines: [...card.lines, line] })).toContain('• Evidence: 1 photo\n10 Open\n')
  })

  it('is text whose numbers are those of every card, and people’s words stand as typed', () => {
    expect(shown(cardOf(reported()))).toMatchInlineSnapshot(`
      "S4 HIGH · AZ-0412 · Armed group or person present (guessed)
      Do not go there. Work by phone until the safety check says yes.
      Maricopa County, Arizona, “corner by the library”
      “Three men with *rifles* slung, \\ talking ~ to ||voters|| in \`line\`.”
      Reported 07:00 by Heron · unverified

      Nobody is on it. Claim by 07:10.

      1 claim · 3 update · 5 escalate · 7 not an incident · 8 more
      Reply to this message with a number, or react ✋ to claim."
    `)
    expect(shown(cardOf(reported()), spanish)).toMatchInlineSnapshot(`
      "S4 ALTO · AZ-0412 · Grupo o persona con armas (supuesto)
      No vaya allí. Trabaje por teléfono hasta que la revisión de seguridad diga que sí.
      Condado de Maricopa, Arizona, «corner by the library»
      «Three men with *rifles* slung, \\ talking ~ to ||voters|| in \`line\`.»
      Reportado a las 07:00 por Heron · sin verificar

      Nadie lo tiene. Tomarlo antes de las 07:10.

      1 tomar · 3 novedad · 5 escalar · 7 no es incidente · 8 más
      Responda a este mensaje con un número, o reaccione con ✋ para tomarlo."
    `)
  })

  it('sets off only its title and what must not be missed', () => {
    const [piece = ''] = writeText(cardOf(reported({ severity: 4 })), english).pieces
    expect(shownOf(piece).styles.map(style => style.mark)).toEqual(['**', '**'])
  })

  it('leaves out what does not apply, and never numbers anew', () => {
    const numbers = (view: View) => Object.fromEntries(numberActions(view, english).map(one => [one.label, one.number]))
    expect(numbers(cardOf(reported()))).toEqual({ Claim: 1, Update: 3, Escalate: 5, 'Not an incident': 7, More: 8 })
    const held = { Join: 2, Update: 3, 'Hand over': 4, Escalate: 5, Resolve: 6, More: 8 }
    expect(numbers(cardOf(reported(), claimed()))).toEqual(held)
    const ended = by(finch, 9, { type: 'resolved', outcome: 'calmed', undoUntil: at(10) } as never)
    expect(numbers(cardOf(reported(), claimed(), ended))).toEqual({ Reopen: 9 })
  })

  it('is one message however long its words are, and says that they are shortened', () => {
    const long = { what: 'ñ*'.repeat(4000), where: 'corner' }
    const view = fullCard(incidentAfter(reported()), long, context, true)
    const { pieces } = writeText(view, english)
    expect(pieces).toHaveLength(1)
    expect(shownOf(pieces[0] ?? '').text).toContain('Long texts are shortened here.')
    expect(Buffer.byteLength(pieces[0] ?? '')).toBeLessThanOrEqual(longestPiece)
  })
})

describe('any other message', () => {
  it('has its buttons as a list, by number in the order they stand', () => {
    expect(shown(yoursView(incidentAfter(reported(), claimed())))).toMatchInlineSnapshot(`
      "AZ-0412 is yours until 07:35. Any sign of life extends it.
      Do not go there. Work by phone until the safety check says yes.

      3 Update
      4 Hand over
      6 Resolve
      8 More
      10 Give back
      Reply to this message with a number."
    `)
  })

  it('numbers the lines of a list that open something, before what stands below', () => {
    const open = (id: string): Line => ({
      type: 'item',
      text: { words: `S4 HIGH · ${id}` },
      button: { id: `more:${id}`, label: phrase('button.open') },
    })
    const view = {
      ...plainView([], [{ id: 'report', label: phrase('button.report') }]),
      lines: [open('AZ-0001'), open('AZ-0002')],
    }
    expect(shown(view)).toMatchInlineSnapshot(`
      "1 S4 HIGH · AZ-0001
      2 S4 HIGH · AZ-0002

      3 Report
      Reply to this message with a number."
    `)
  })

  it('gives one number to what stands on a list twice', () => {
    const open: Line = {
      type: 'item',
      text: { words: 'x' },
      button: { id: 'more:AZ-0001', label: phrase('button.open') },
    }
    const other: Line = { ...open, button: { id: 'more:AZ-0002', label: phrase('button.open') } }
    expect(shown({ ...plainView([]), lines: [open, open, other] })).toContain('1 x\n1 x\n2 x\n')
  })

  it('shows a table as lines that fit a phone, and a link as it is', () => {
    const rows = [[{ words: 'Phoenix' }, { words: '3' }, { words: '2' }]]
    const head = [{ words: 'Place' }, { words: 'reports' }, { words: 'open' }]
    const link: Line = { type: 'link', text: { words: 'Open the photo' }, url: 'https://hub.example.org/e/a_b~c' }
    const view = { ...plainView([]), lines: [{ type: 'table', head, rows } as const, link] }
    expect(shown(view)).toBe('• Phoenix · reports 3 · open 2\nOpen the photo\nhttps://hub.example.org/e/a_b~c')
  })

  it('is parted after a sentence, else between words, and nothing is lost', () => {
    const sentence = 'They stand at the door and let nobody in. '
    const pieces = writeText(plainView([{ words: sentence.repeat(150) }]), english).pieces
    expect(pieces.length).toBeGreaterThan(2)
    for (const piece of pieces) expect(piece).toMatch(/in\.$/)
    expect(pieces.join(' ')).toBe(sentence.repeat(150).trim())
  })
})

it('leaves no heading alone at the end of a message', () => {
  const words = (text: string): Line => ({ type: 'item', text: { words: text } })
  const lines = [words('a'.repeat(1980)), { type: 'strong', text: { words: 'Coordination' } } as const, words('b')]
  const [first, second] = writeText({ ...plainView([]), lines }, english).pieces
  expect(first).toMatch(/^• a+$/)
  expect(second).toBe('**Coordination**\n• b')
})

describe('people’s words', () => {
  const nasty = fc.string({
    unit: fc.constantFrom('*', '**', '~', '`', '|', '||', '\\', 'a', ' ', '\n', '.', 'ñ', '🙂', '1', '_', '. '),
    maxLength: 60,
  })

  it('read exactly as typed, bold or not', () => {
    fc.assert(
      fc.property(nasty, text => {
        expect(shownOf(literal(text))).toEqual({ text, styles: [], problem: null })
        const { text: seen, problem, styles } = shownOf(bold(text))
        expect(problem).toBeNull()
        if (text.trim() === '') return
        expect(seen.replace(/ $/, '')).toBe(text.replace(/ $/, ''))
        expect(styles.map(style => style.mark)).toEqual(['**'])
      }),
    )
  })

  it('are never lost, cut within a character or too long for a message, in however many pieces', () => {
    const paragraph = fc.record({
      text: fc.array(nasty, { maxLength: 90 }).map(all => all.join('')),
      bold: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(paragraph, { maxLength: 4 }), paragraphs => {
        const pieces = pack(paragraphs)
        const seen = pieces.map(piece => shownOf(piece))
        for (const [index, { text, problem }] of seen.entries()) {
          expect(problem).toBeNull()
          expect(text.isWellFormed()).toBe(true)
          expect(Buffer.byteLength(pieces[index] ?? '')).toBeLessThanOrEqual(longestPiece)
        }
        const solid = (all: readonly string[]) => all.join('').replace(/\s/g, '')
        expect(solid(seen.map(one => one.text))).toBe(solid(paragraphs.map(one => one.text)))
      }),
      { numRuns: 60 },
    )
  })
})
