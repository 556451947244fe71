import { describe, expect, test } from 'vitest'
import { lossOf } from '../../../workflows/loss.ts'
import type { Said } from '../../../workflows/reword.ts'
import { at, by, byHub, crane, finch, given, heron, incidentAfter, noEvidence, reported } from '../specification.ts'

const spoke = by(finch, 3, { type: 'said', room: null }, { text: 'Two of us are near' })
const said: Said = { seq: 2, from: 2, by: finch.id, text: 'Two of us are near', files: [] }
const reworded = by(finch, 4, { type: 'reworded', of: 2, from: 2 }, { text: 'Three of us are near' })
const held = by(crane, 2, { type: 'held' })

describe('somebody who changes what they wrote', () => {
  test('is heard, with the newer words', () => {
    given(reported(), spoke)
      .when({ type: 'reword', said, text: ' Three of us are near ' }, finch, 4)
      .thenHappens({ type: 'reworded', of: 2, from: 2 })
      .words({ text: 'Three of us are near' })
      .signed(finch.id)
  })

  test('changes nothing with the same words, or once the words are gone', () => {
    const again = { type: 'reword', said, text: ' Two of us are near' } as const
    given(reported(), spoke).when(again, finch, 4).thenHappens()
    given(reported(), spoke)
      .when({ ...again, said: { ...said, text: null }, text: 'Anything' }, finch, 4)
      .thenHappens()
  })

  test('is told what is too long', () => {
    given(reported(), spoke)
      .when({ type: 'reword', said, text: 'x'.repeat(3701) }, finch, 4)
      .refusedAt('text', 'rule.text-long')
  })

  test('has the links counted that stand there now', () => {
    const linked = { ...said, text: 'See x.com/a/status/1 and facebook.com/b' }
    const two = by(finch, 3, { type: 'said', room: null, links: 2 }, { text: linked.text })
    given(reported(), two)
      .when({ type: 'reword', said: linked, text: 'See x.com/a/status/1' }, finch, 4)
      .thenHappens({ type: 'reworded', of: 2, from: 2, links: -1 })
      .leaves({ evidence: { ...noEvidence, link: 1 }, links: [{ by: finch.id, count: 1 }] })
  })

  test('gives no sign of life by that', () => {
    const claim = by(finch, 1, { type: 'claimed', until: at(31) })
    const taken = incidentAfter(reported(), claim, { ...spoke, minute: 3 }, { ...reworded, minute: 9 })
    expect(taken.updatedAt).toBe(at(3))
  })
})

describe('somebody who takes back what they wrote', () => {
  const photo = { id: 'file-1', kind: 'photo', proof: 'p' } as const
  const sent = by(heron, 3, { type: 'added', evidence: { ...noEvidence, photo: 1 }, files: [photo] }, { text: 'Look' })
  const added: Said = { seq: 2, from: 2, by: heron.id, text: 'Look', files: [{ id: 'file-1', kind: 'photo' }] }

  test('is heard, and it is signed by whoever it was', () => {
    const unsay = { type: 'unsay', said } as const
    const event = { type: 'unsaid', of: 2, from: 2, whose: finch.id } as const
    given(reported(), spoke)
      .when({ ...unsay, why: 'deleted' }, finch, 4)
      .thenHappens({ ...event, why: 'deleted' })
      .words(undefined)
      .signed(finch.id)
    given(reported(), spoke)
      .when({ ...unsay, why: 'removed' }, crane, 4)
      .thenHappens({ ...event, why: 'removed' })
      .signed(null)
    given(reported(), spoke)
      .when({ ...unsay, why: 'expired' }, null, 4)
      .thenHappens({ ...event, why: 'expired' })
      .signed(null)
  })

  test('takes the files that came with it out of the counts', () => {
    given(reported(), sent)
      .when({ type: 'unsay', said: added, why: 'deleted' }, heron, 4)
      .thenHappens({
        ...({ type: 'unsaid', of: 2, from: 2, whose: heron.id, why: 'deleted' } as const),
        files: [{ id: 'file-1', kind: 'photo' }],
      })
      .leaves({ evidence: noEvidence, files: [] })
  })

  test('twice does it once', () => {
    given(reported(), spoke)
      .when({ type: 'unsay', said: { ...said, text: null }, why: 'deleted' }, finch, 4)
      .thenHappens()
  })

  test('leaves words and files sealed where a legal hold stands, until it ends', () => {
    given(reported(), held, sent)
      .when({ type: 'unsay', said: { ...added, seq: 3, from: 3 }, why: 'deleted' }, heron, 4)
      .leaves({ evidence: noEvidence, hold: { owed: [], unsaid: [3], files: ['file-1'] } })
  })
})

describe('what goes with it', () => {
  const before = incidentAfter(reported(), spoke)
  const entry = (event: Parameters<typeof by>[2], who: typeof finch | null = finch) =>
    ({ seq: 3, at: at(4), by: who?.id ?? null, event, words: null }) as const

  test('are the older words, and every message that carries them is drawn anew', () => {
    const change = entry({ type: 'reworded', of: 2, from: 2 })
    expect(lossOf(before, [change], before)).toEqual({
      shred: { type: 'said', whose: finch.id, of: 2, owed: { seqs: [2], files: [] }, gone: false },
      recall: null,
      retell: { of: 2, gone: null },
    })
  })

  test('are the words that stood last, by whoever they were taken away', () => {
    const gone = entry({ type: 'unsaid', of: 2, from: 3, whose: finch.id, why: 'expired' }, null)
    expect(lossOf(before, [gone], before)).toMatchObject({
      shred: { type: 'said', whose: finch.id, of: 2, owed: { seqs: [3], files: [] }, gone: true },
      retell: { of: 2, gone: 'expired' },
    })
  })

  test('waits for the end of a legal hold', () => {
    const after = incidentAfter(reported(), held, spoke, by(finch, 4, { type: 'reworded', of: 3, from: 3 }))
    const change = { ...entry({ type: 'reworded', of: 3, from: 3 }), seq: 4 }
    expect(lossOf(before, [change], after)).toMatchObject({ shred: null, retell: { of: 3, gone: null } })
    const lifted = { ...entry({ type: 'hold-lifted' }, crane), seq: 5 }
    const free = incidentAfter(reported(), held, spoke, reworded, byHub(6, { type: 'hold-lifted' }))
    expect(lossOf(after, [lifted], free).shred).toEqual({ type: 'by', people: [], owed: { seqs: [3], files: [] } })
  })
})
