import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isEnough, mayApprove } from '../../../workflows/broadcast/needs.ts'
import { isSameWords, standingWords, wordsDigest } from '../../../workflows/broadcast/plan.ts'
import type { BroadcastDeed, LocalText } from '../../../workflows/broadcast.ts'
import type { Actor } from '../../../workflows/permission.ts'
import { crane, eagle, everybody, finch, owl, robin, roster, stork } from '../specification.ts'
import { local, plan, stage } from './stage.ts'

const recall: BroadcastDeed = { type: 'correct', words: {}, recall: true }
const eight = { en: 'At 8, not 9.' }
const ten = { en: 'At 10, not 9.', es: 'A las 10, no a las 9.' }
const correct = (words: LocalText, reason = ''): BroadcastDeed => ({ type: 'correct', words, recall: false, reason })
const sent = (more: Parameters<typeof plan>[0] = {}) => stage(plan(more), crane).submits(crane).approves(eagle).begins()
type Stage = ReturnType<typeof stage>
const second = (one: Stage, words: LocalText = one.now().proposed?.words ?? {}): BroadcastDeed => ({
  ...{ type: 'second', words: wordsDigest(words, one.now()) },
})

describe('new words for what two people approved', () => {
  test('go to nobody until another one has approved them', () => {
    const one = sent().does(crane, correct(eight))
    expect(one.last()).toEqual(['proposed', 'seconded'])
    expect(one.now()).toMatchObject({ corrections: [], proposed: { by: crane.id, words: eight } })
    expect(one.refuses(crane, second(one))).toBe('correction.already')
    expect(one.does(crane, correct(eight)).last()).toEqual([])
    expect(one.refuses(finch, second(one))).toBe('approval.who')
    expect(one.does(owl, second(one)).last()).toEqual(['seconded', 'corrected'])
    expect(one.now()).toMatchObject({ proposed: null })
    expect(one.now().corrections).toEqual([
      { wave: 1, by: crane.id, at: expect.any(Number), words: eight, recall: false, with: [owl.id] },
    ])
    expect(one.refuses(eagle, { type: 'second', words: '' })).toBe('correction.none')
  })

  test('need a leader or a coordinator of the network among the two', () => {
    const one = sent().does(crane, correct(eight))
    expect(one.does(stork, second(one)).now().corrections).toEqual([])
    expect(one.does(eagle, second(one)).now().corrections).toMatchObject([{ with: [stork.id, eagle.id] }])
  })

  test('are approved as they were seen: a press on others counts for nothing', () => {
    const one = sent().does(crane, correct(eight))
    const old = second(one)
    one.does(owl, correct(ten))
    expect(one.now()).toMatchObject({ unproposed: eight, proposed: { by: owl.id, approvals: [{ by: owl.id }] } })
    expect(one.refuses(eagle, old)).toBe('correction.changed')
    expect(one.does(eagle, second(one)).now().corrections).toMatchObject([{ words: ten, by: owl.id }])
  })

  test('that two people write alike have been approved by both', () => {
    const one = sent()
      .does(crane, correct(eight))
      .does(owl, correct({ ...eight, es: ' ' }))
    expect(one.now().corrections).toMatchObject([{ by: crane.id, with: [owl.id] }])
  })

  test('are sent back with a reason, and approved no more', () => {
    const one = sent().does(crane, correct(eight))
    const old = second(one)
    expect(one.refuses(owl, { type: 'decline', reason: ' ' })).toBe('rule.reason-needed')
    one.does(owl, { type: 'decline', reason: 'It is at 9' })
    expect(one.now()).toMatchObject({ proposed: null, corrections: [], unproposed: eight })
    expect(one.refuses(eagle, old)).toBe('correction.none')
    expect(one.refuses(eagle, { type: 'decline', reason: 'x' })).toBe('correction.none')
  })

  test('go by one, with a reason, only where it saves lives', () => {
    expect(sent({ urgency: 'urgent' }).refuses(crane, correct(eight, 'Now'))).toBe('correction.alone-not')
    const one = sent({ urgency: 'life-safety' })
    expect(one.does(crane, correct(eight)).now().corrections).toEqual([])
    expect(one.does(owl, correct(ten, 'Shots')).now().corrections).toMatchObject([{ by: owl.id, reason: 'Shots' }])
    expect(one.now().proposed).toBeNull()
  })
})

describe('what one may send alone', () => {
  test('is corrected alone by whoever may approve it, and by nobody else', () => {
    const one = stage(local(), stork).submits(stork).approves(crane).begins()
    expect(one.does(stork, correct(eight)).last()).toEqual(['proposed'])
    expect(one.refuses(stork, second(one))).toBe('approval.who-region')
    expect(one.does(crane, correct(ten)).last()).toEqual(['corrected'])
    expect(one.does(crane, { ...recall, words: { en: 'It was wrong.' } }).now().corrections).toMatchObject([
      { wave: 1, by: crane.id, words: ten },
      { wave: 2, recall: true, words: { en: 'It was wrong.' } },
    ])
  })
})

describe('taking it back', () => {
  test('goes at once by one, whatever waits, and without words of their own', () => {
    const one = sent().does(crane, correct(eight))
    const old = second(one)
    expect(one.refuses(owl, { ...recall, words: { en: 'He lied.' } })).toBe('correction.recall-bare')
    expect(one.does(owl, recall).now()).toMatchObject({ proposed: null, corrections: [{ recall: true, wave: 1 }] })
    for (const deed of [recall, old, correct(ten)]) expect(one.refuses(eagle, deed)).toBe('approval.recalled')
  })

  test('is for who may approve it, once it has begun', () => {
    expect(sent().refuses(robin, recall)).toBe('approval.who')
    const one = stage(local(), stork).submits(stork).approves(crane).begins()
    expect(one.refuses(stork, recall)).toBe('approval.who-region')
    expect(stage(plan(), crane).refuses(crane, recall)).toBe('approval.is-draft')
  })
})

describe('whatever people do to it', () => {
  const words = fc.constantFrom<LocalText>(eight, ten, { es: 'A las 8.' }, { en: ' ' })
  const step = fc.record({
    who: fc.constantFrom<Actor>(...everybody),
    deed: fc.oneof(
      words.map((said): BroadcastDeed => correct(said)),
      words.map((said): BroadcastDeed => correct(said, 'Shots')),
      words.map((said): BroadcastDeed => ({ type: 'correct', words: said, recall: true })),
      words.map(said => ({ seen: said })),
      fc.constant<BroadcastDeed>({ type: 'decline', reason: 'No' }),
      fc.constant<BroadcastDeed>(recall),
    ),
  })
  const scope = { directory: roster(), incident: null }
  const needs = { count: 2, regions: [], why: ['beyond'] } as const

  test('nobody has new words that fewer than two approved, one of them senior, and both had seen', () => {
    let went = 0
    fc.assert(
      fc.property(fc.array(step, { minLength: 3, maxLength: 25 }), fc.boolean(), (steps, saves) => {
        const one = sent({ urgency: saves ? 'life-safety' : 'routine' })
        // Who has said yes to which words, as they themselves did it.
        const yes: { by: Actor; words: LocalText }[] = []
        for (const { who, deed } of steps) {
          const [before, had] = [one.now(), one.now().corrections.length]
          const wanted = 'seen' in deed ? second(one, deed.seen) : deed
          if (one.refuses(who, wanted) !== null) {
            expect(one.now()).toBe(before)
            continue
          }
          expect(who.id === before.by || mayApprove(who, needs, scope)).toBe(true)
          const said = 'seen' in deed ? deed.seen : deed.type === 'correct' ? deed.words : {}
          if (mayApprove(who, needs, scope)) yes.push({ by: who, words: said })
          if (one.now().corrections.length === had) continue
          const last = one.now().corrections.at(-1)
          if (!last || last.recall) {
            expect(isSameWords(last?.words ?? {}, {})).toBe(true)
            continue
          }
          went += 1
          expect(isSameWords(standingWords(one.now()), last.words)).toBe(true)
          expect(one.now().proposed).toBeNull()
          if (last.reason !== undefined) expect(saves).toBe(true)
          else {
            const all = [last.by, ...(last.with ?? [])]
            expect(new Set(all).size).toBe(all.length)
            expect(
              isEnough(
                all.map(by => ({ by })),
                needs,
                scope,
              ),
            ).toBe(true)
            for (const by of all) {
              expect(yes.some(given => given.by.id === by && isSameWords(given.words, last.words))).toBe(true)
            }
          }
        }
      }),
      { numRuns: 400 },
    )
    expect(went).toBeGreaterThan(20)
  })
})
