import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { IncidentId } from '../../../workflows/ids.ts'
import type { Severity } from '../../../workflows/taxonomy.ts'
import { judge, mostAlone } from '../../../workflows/trigger/again.ts'
import type { Proposal, Wanted } from '../../../workflows/trigger/proposal.ts'

type Deed =
  | {
      readonly type: 'found'
      readonly trigger: 'one' | 'many'
      readonly ids: readonly number[]
      readonly grave: boolean
    }
  | { readonly type: 'answered'; readonly which: number; readonly as: 'started' | 'declined' | 'over' }

const found: fc.Arbitrary<Deed> = fc
  .tuple(
    fc.constantFrom('one' as const, 'many' as const),
    fc.uniqueArray(fc.nat(30), { minLength: 1, maxLength: 8 }),
    fc.boolean(),
  )
  .map(([trigger, ids, grave]) => ({ type: 'found', trigger, ids, grave }))
const answered: fc.Arbitrary<Deed> = fc
  .tuple(fc.nat(20), fc.constantFrom('started' as const, 'declined' as const, 'over' as const))
  .map(([which, as]) => ({ type: 'answered', which, as }))
const deeds = fc.array(fc.oneof({ weight: 4, arbitrary: found }, { weight: 1, arbitrary: answered }), { maxLength: 60 })
const atLeast = 3

/** What coordinators have before them after these deeds, and every time that something was told. */
function play(all: readonly Deed[]) {
  const proposals: Proposal[] = []
  const told: { readonly trigger: string; readonly fresh: number; readonly at: number }[] = []
  all.forEach((deed, at) => {
    if (deed.type === 'answered') {
      const index = proposals.length === 0 ? -1 : deed.which % proposals.length
      const one = proposals[index]
      if (one?.state === 'open') proposals[index] = { ...one, state: deed.as, answeredAt: at }
      return
    }
    const ids = deed.trigger === 'one' ? deed.ids.slice(0, 1) : deed.ids
    if (deed.trigger === 'many' && ids.length < atLeast) return
    const incidents = ids.map(id => `AZ-${id}` as IncidentId)
    const severity: Severity = deed.grave ? 5 : 3
    const wanted: Wanted = {
      ...{ protocol: 'P1', trigger: deed.trigger, region: 'AZ', about: incidents[0] as IncidentId, severity },
      ...{ incidents, itself: false, at, dueAt: at },
    }
    const verdict = judge(wanted, proposals, { atLeast: deed.trigger === 'one' ? 1 : atLeast })
    if (verdict.type === 'propose') {
      const state = {
        state: 'open',
        told: incidents.length,
        rung: 0,
        answeredBy: null,
        answeredAt: null,
        why: null,
      } as const
      const before = proposals.filter(one => one.trigger === deed.trigger).flatMap(one => one.incidents)
      told.push({ trigger: deed.trigger, fresh: incidents.filter(id => !before.includes(id)).length, at })
      proposals.push({ ...wanted, ...state, id: `P1-${proposals.length + 1}` })
    }
    if (verdict.type === 'grow') {
      const { incidents: grown, lead, tell } = verdict
      const index = proposals.findIndex(one => one.id === verdict.proposal.id)
      const size = tell ? { told: grown.length } : {}
      proposals[index] = { ...verdict.proposal, incidents: grown, ...lead, ...size }
    }
  })
  return { proposals, told }
}

test('nothing is proposed twice, in whatever order things are found and answered', () => {
  fc.assert(
    fc.property(deeds, all => {
      const { proposals, told } = play(all)
      const open = proposals.filter(one => one.state === 'open')
      // Whoever is asked about an incident is not asked about it by another question too.
      const asked = open.map(one => one.about)
      expect(new Set(asked).size).toBe(asked.length)
      for (const trigger of ['one', 'many']) {
        expect(open.filter(one => one.trigger === trigger).length).toBeLessThanOrEqual(mostAlone)
      }
      // Each new question is about something that nobody was asked about by that trigger.
      for (const { trigger, fresh } of told) expect(fresh).toBeGreaterThanOrEqual(trigger === 'one' ? 1 : 0)
    }),
    { numRuns: 400 },
  )
})

test('the same found again and again changes nothing, whatever was answered', () => {
  fc.assert(
    fc.property(deeds, all => {
      const same = all.filter(deed => deed.type === 'found')
      const once = play(all)
      const again = play([...all, ...same, ...same])
      const settled = play([...all, ...same])
      expect(again.proposals.length).toBe(settled.proposals.length)
      expect(once.proposals.length).toBeLessThanOrEqual(settled.proposals.length)
    }),
    { numRuns: 400 },
  )
})

test('a flood of one trigger is told a few times, each time that it has doubled', () => {
  let told = 0
  const proposals: Proposal[] = []
  for (let count = 0; count < 2_000; count++) {
    const id = `AZ-${count}` as IncidentId
    const wanted: Wanted = {
      ...{ protocol: 'P1', trigger: 'one', region: 'AZ', about: id, severity: 4, incidents: [id] },
      ...{ itself: false, at: count, dueAt: count },
    }
    const verdict = judge(wanted, proposals, { atLeast: 1 })
    if (verdict.type === 'propose') {
      told++
      const state = { state: 'open', told: 1, rung: 0, answeredBy: null, answeredAt: null, why: null } as const
      proposals.push({ ...wanted, ...state, id: `P1-${count}` })
    }
    if (verdict.type === 'grow') {
      const index = proposals.findIndex(one => one.id === verdict.proposal.id)
      const size = verdict.tell ? { told: verdict.incidents.length } : {}
      proposals[index] = { ...verdict.proposal, incidents: verdict.incidents, ...size }
      if (verdict.tell) told++
    }
  }
  expect(proposals).toHaveLength(mostAlone)
  expect(told).toBeLessThanOrEqual(10)
})
