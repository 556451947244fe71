import { describe, expect, it } from 'vitest'
import type { Entry } from '../../workflows/event.ts'
import { say } from '../../workflows/text/say.ts'
import { timelineLines } from '../../workflows/timeline.ts'
import { everyLife } from './lives.ts'
import { at, everybody, finch, heron, noEvidence, roster, taxonomy } from './specification.ts'

const named = (id: string) => everybody.find(person => person.id === id)?.callsign ?? null

function told(entries: readonly Entry[], language: 'en' | 'es', mayRead = true): string[] {
  return timelineLines(entries, { directory: roster(), language, taxonomy, mayRead: () => mayRead }).flatMap(line =>
    'text' in line ? [say(line.text, { language, zone: 'UTC', now: at(10), person: named })] : [],
  )
}

describe('a timeline in a private view', () => {
  it('tells whatever can happen in whole sentences, in both languages', () => {
    everyLife(({ entries }) => {
      for (const language of ['en', 'es'] as const) {
        for (const line of told(entries, language)) expect(line).not.toMatch(/[{}]|undefined|reply\.|post\./)
      }
    })
  })

  it('names a kind, and leaves codes to the machines', () => {
    const event = { type: 'kind-set', kind: 'AR-1', mark: 'AMBER' } as const
    const entry: Entry = { seq: 2, at: at(3), by: finch.id, event, words: null }
    expect(told([entry], 'en')[0]).toContain('set the kind: Armed group or person present.')
    expect(told([entry], 'es')[0]).toContain('fijó el tipo: Grupo o persona con armas.')
  })

  it('shows words, masked, to who may read them', () => {
    const entry: Entry = {
      seq: 2,
      at: at(3),
      by: finch.id,
      event: { type: 'resolved', outcome: 'calmed', undoUntil: at(4) },
      words: { note: 'thanks to 602-555-0123' },
    }
    expect(told([entry], 'en')).toEqual([
      '14:03 · Finch resolved it: Calm was restored by people on site. “thanks to [phone number]”',
    ])
    expect(told([entry], 'en', false)).toEqual(['14:03 · Finch resolved it: Calm was restored by people on site.'])
  })

  it('does not name whoever took the report back', () => {
    const entries: Entry[] = [
      { seq: 2, at: at(1), by: heron.id, event: { type: 'added', evidence: noEvidence }, words: null },
      { seq: 3, at: at(2), by: finch.id, event: { type: 'updated' }, words: null },
      { seq: 4, at: at(3), by: heron.id, event: { type: 'withdrawn', kept: true }, words: null },
    ]
    expect(told(entries, 'en')).toEqual([
      '14:01 · someone added to it.',
      '14:02 · Finch gave news.',
      '14:03 · The reporter took this report back.',
    ])
  })

  it('leaves out what is only for the clocks', () => {
    const clock = (type: 'claim-warned' | 'update-overdue' | 'settled' | 'reporter-told'): Entry => {
      return { seq: 2, at: at(3), by: null, event: { type }, words: null }
    }
    expect(
      told([clock('claim-warned'), clock('update-overdue'), clock('settled'), clock('reporter-told')], 'en'),
    ).toEqual([])
  })
})
