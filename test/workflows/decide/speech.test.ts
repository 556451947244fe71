import { describe, expect, test } from 'vitest'
import { speechView } from '../../../workflows/review.ts'
import { isGrave, reviewed, type Scores, totalOf } from '../../../workflows/speech.ts'
import { say } from '../../../workflows/text/say.ts'
import { at, by, everybody, finch, given, id, incidentAfter, type Past, reported, wren } from '../specification.ts'

const spoken = reported({ kind: 'SP-2', severity: 2 })
const first: Scores = { context: 1, speaker: 1, intent: 2 }
const rest: Scores = { form: 1, extent: 1, likelihood: 1 }
const scored = (actor: typeof finch, minute: number, scores: Scores) =>
  by(actor, minute, { type: 'speech-scored', scores })

describe('scoring words', () => {
  test('is for hate speech and incitement, screen by screen, each reviewer for themselves', () => {
    given(spoken).when({ type: 'score', scores: first }, finch, 5).thenHappens({ type: 'speech-scored', scores: first })
    given(spoken, scored(finch, 5, first), scored(wren, 6, { intent: 0 }))
      .when({ type: 'score', scores: rest }, finch, 7)
      .leaves({
        speech: [
          { by: finch.id, scores: { ...first, ...rest } },
          { by: wren.id, scores: { intent: 0 } },
        ],
        severity: 2,
      })
    given(reported()).when({ type: 'score', scores: first }, finch, 5).refused('speech.other-kind', { id })
  })

  test('eight points, or violence likely soon, point to danger; seven do not', () => {
    const of = (scores: Scores) => reviewed([], finch.id, scores)
    const seven = { ...first, ...rest }
    expect([totalOf(seven), isGrave(of(seven))]).toEqual([7, false])
    expect(isGrave(of({ ...seven, extent: 2 }))).toBe(true)
    expect(isGrave(of({ likelihood: 2 }))).toBe(true)
    expect(isGrave([])).toBe(false)
  })

  test('two reviews stand side by side, with where they differ and one press to S4', () => {
    const incident = incidentAfter(
      spoken,
      scored(finch, 5, { ...first, ...rest }),
      scored(wren, 6, { ...first, ...rest, intent: 0, likelihood: 2 }),
    )
    const view = speechView(incident, finch.id)
    const name = (person: string) => everybody.find(one => one.id === person)?.callsign ?? null
    const reader = { language: 'en', zone: 'UTC', now: at(10), person: name } as const
    const table = view.lines.find(line => line.type === 'table')
    expect(table?.head.map(text => say(text, reader))).toEqual(['Factor', 'Finch', 'Wren'])
    expect(table?.rows.at(-1)?.map(text => say(text, reader))).toEqual(['Total', '7 of 12', '6 of 12'])
    const said = view.lines.map(line => ('text' in line ? say(line.text, reader) : ''))
    expect(said).toContain('They differ in: Intent, Likelihood. Talk about these.')
    expect(said).toContain('This points to danger: treat it as S4.')
    expect(said[0]).toContain('not a legal finding')
    expect(view.buttons.map(button => button.id)).toContain(`raise:${id}:S2`)
  })

  test('half a review has no total, which would read as little', () => {
    const { lines } = speechView(incidentAfter(spoken, scored(finch, 5, first)), finch.id)
    const table = lines.find(line => line.type === 'table')
    expect(table?.rows.at(-1)?.map(text => ('key' in text ? text.key : ''))).toEqual(['speech.total', 'speech.open'])
  })

  test('whoever is half-way does not see what others thought', () => {
    const grave = scored(finch, 5, { ...first, ...rest, likelihood: 2 })
    const heads = (reader: typeof finch, past: Past) => {
      const view = speechView(incidentAfter(spoken, grave, past), reader.id)
      return [view.lines.find(line => line.type === 'table')?.head.length, view.buttons.map(button => button.id)]
    }
    expect(heads(wren, scored(wren, 6, first))).toEqual([2, [`rabat2:${id}`]])
    expect(heads(wren, scored(wren, 6, { ...first, ...rest }))).toEqual([3, [`raise:${id}:S2`, `rabat:${id}`]])
  })

  test('asks for a second reviewer while there is one, and proposes nothing once it is S4', () => {
    const grave = scored(finch, 5, { ...first, ...rest, likelihood: 2 })
    const high = by(finch, 6, { type: 'severity-raised', from: 2, to: 4 })
    const view = speechView(incidentAfter(spoken, grave, high), wren.id)
    expect(view.lines).toContainEqual({ type: 'text', text: { key: 'speech.second' } })
    expect(view.buttons.map(button => button.id)).toEqual([`rabat:${id}`])
  })
})
