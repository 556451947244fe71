import { test } from 'vitest'
import {
  at,
  by,
  byHub,
  claimed,
  crane,
  finch,
  given,
  heron,
  id,
  noEvidence,
  owl,
  reported,
  robin,
  roster,
  stork,
  wren,
} from '../specification.ts'

const claim = { type: 'claim' } as const
const cannot = { type: 'cannot' } as const
const resolved = by(finch, 8, { type: 'resolved', outcome: 'calmed', undoUntil: at(9) })

test('a claim is a lease whose length follows the severity', () => {
  const lengths = { 5: 15, 4: 30, 3: 120, 2: 480, 1: 1440 } as const
  for (const [severity, minutes] of Object.entries(lengths)) {
    given(reported({ severity: Number(severity) as 1 | 2 | 3 | 4 | 5 }))
      .when(claim, finch, 5)
      .thenHappens({ type: 'claimed', until: at(5 + minutes) })
      .leaves({ status: 'claimed', claim: { by: finch.id, since: at(5), until: at(5 + minutes) }, claimedAt: at(5) })
  }
})

test('the first wins, and the other reads who has it until when', () => {
  given(reported(), claimed())
    .when(claim, wren, 6)
    .refused('rule.claimed', { id, person: { person: finch.id }, until: { time: at(35) } })
})

test('an unrelated change does not refuse a claim', () => {
  given(
    reported(),
    by(heron, 1, { type: 'added', evidence: noEvidence }),
    by(wren, 2, { type: 'marked', from: 'AMBER', to: 'RED' }),
  )
    .when(claim, finch, 3)
    .thenHappens({ type: 'claimed', until: at(33) })
})

test('the reporter may claim, being local', () => {
  given(reported({}, finch))
    .when(claim, finch, 1)
    .leaves({ claim: { by: finch.id, since: at(1), until: at(31) } })
})

test('claiming again extends; in the same moment it changes nothing', () => {
  given(reported(), claimed())
    .when(claim, finch, 20)
    .thenHappens({ type: 'extended', until: at(50) })
    .signed(finch.id)
  given(reported(), claimed()).when(claim, finch, 5).thenHappens()
})

test('a lease whose hour has passed is lapsed, even before its clock has fired', () => {
  given(reported(), claimed(), by(crane, 6, { type: 'joined' }))
    .when(claim, wren, 40)
    .thenHappens({ type: 'claim-lapsed', by: finch.id }, { type: 'claimed', until: at(70) })
    .signed(null, wren.id)
    .leaves({ claim: { by: wren.id, since: at(40), until: at(70) }, joined: [crane.id], claimedAt: at(5) })
})

test('what has ended cannot be claimed, and says how it ended', () => {
  const into = 'AZ-0001' as typeof id
  given(reported(), resolved).when(claim, wren, 9).refused('rule.over-resolved', { id })
  given(reported(), resolved, byHub(2000, { type: 'closed' }))
    .when(claim, wren, 2001)
    .refused('rule.over-closed')
  given(reported(), by(finch, 8, { type: 'dismissed', undoUntil: at(9) }))
    .when(claim, wren, 9)
    .refused('rule.over-dismissed')
  given(reported(), by(finch, 8, { type: 'resolved', outcome: 'unfounded', undoUntil: at(9) }))
    .when(claim, wren, 9)
    .refused('rule.over-unfounded')
  given(reported(), by(finch, 8, { type: 'merged', into }))
    .when(claim, wren, 9)
    .refused('rule.over-duplicate')
  given(reported({ severity: 2 }), by(heron, 8, { type: 'withdrawn', kept: false }))
    .when(claim, wren, 9)
    .refused('rule.over-withdrawn')
})

test('whoever had joined or declined and then claims, has it', () => {
  given(reported(), by(finch, 1, { type: 'joined' }), by(finch, 2, { type: 'declined' }))
    .when(claim, finch, 3)
    .leaves({ joined: [], declined: [], claim: { by: finch.id, since: at(3), until: at(33) } })
})

test('any act of the claimer is a sign of life and extends the lease', () => {
  const acts = [
    [{ type: 'update', text: 'On the phone' }, { type: 'updated' }],
    [
      { type: 'say', text: 'On the phone', room: null },
      { type: 'said', room: null },
    ],
    [
      { type: 'add', text: 'Two more', evidence: noEvidence },
      { type: 'added', evidence: noEvidence },
    ],
    [
      { type: 'verify', to: 'checking', note: '' },
      { type: 'credibility-set', from: 'unverified', to: 'checking' },
    ],
    [
      { type: 'detail', details: { sides: 'few' } },
      { type: 'detailed', details: { sides: 'few' } },
    ],
    [
      { type: 'severity', to: 2, reason: 'calmer' },
      { type: 'lowering-asked', to: 2 },
    ],
    [
      { type: 'mark', to: 'RED', reason: '' },
      { type: 'marked', from: 'AMBER', to: 'RED' },
    ],
  ] as const
  for (const [action, event] of acts) {
    given(reported(), claimed())
      .when(action, finch, 20)
      .thenHappens(event, { type: 'extended', until: at(50) })
      .signed(finch.id, finch.id)
      .leaves({ updatedAt: at(20) })
  }
})

test("what others do is no sign of the claimer's life", () => {
  given(reported(), claimed(), by(wren, 6, { type: 'joined' }))
    .when({ type: 'update', text: 'Seen from afar' }, wren, 20)
    .thenHappens({ type: 'updated' })
    .leaves({ updatedAt: at(5), claim: { by: finch.id, since: at(5), until: at(35) } })
})

test('an act never shortens a lease', () => {
  given(reported(), claimed(finch, 5, 500))
    .when({ type: 'update', text: 'Still here' }, finch, 20)
    .thenHappens({ type: 'updated' })
})

test('a raised severity shortens a long lease to its own, and the hub says so', () => {
  given(reported({ severity: 2 }), claimed(finch, 5, 485))
    .when({ type: 'severity', to: 5, reason: '' }, wren, 20)
    .thenHappens({ type: 'severity-raised', from: 2, to: 5 }, { type: 'extended', until: at(35) })
    .signed(wren.id, null)
  given(reported(), claimed())
    .when({ type: 'severity', to: 5, reason: '' }, wren, 30)
    .thenHappens({ type: 'severity-raised', from: 4, to: 5 })
})

test('who cannot come says so once', () => {
  given(reported())
    .when(cannot, finch, 1)
    .thenHappens({ type: 'declined' })
    .leaves({ declined: [finch.id], rung: 0 })
  given(reported(), by(finch, 1, { type: 'declined' }))
    .when(cannot, finch, 2)
    .thenHappens()
  given(reported(), claimed()).when(cannot, wren, 6).thenHappens()
  given(reported(), claimed()).when(cannot, finch, 6).refused('rule.yours', { id })
  given(reported(), resolved).when(cannot, wren, 9).refused('rule.over-resolved')
})

test('when the last on duty cannot come, the ladder is climbed at once', () => {
  given(reported(), by(finch, 1, { type: 'declined' }))
    .when(cannot, wren, 2)
    .thenHappens({ type: 'declined' }, { type: 'unanswered', rung: 1, to: ['RC'] })
    .signed(wren.id, null)
    .leaves({ rung: 1, declined: [finch.id, wren.id], status: 'reported' })
})

test('with nobody on duty the coordinators were called, so the last of them counts', () => {
  given(reported())
    .when(cannot, crane, 2, roster([]))
    .thenHappens({ type: 'declined' }, { type: 'unanswered', rung: 1, to: ['RC'] })
  given(reported())
    .when(cannot, owl, 2, roster([], [finch, owl]))
    .leaves({ rung: 1 })
  given(reported()).when(cannot, wren, 2, roster([])).thenHappens({ type: 'declined' })
})

test('of a restricted incident only the named were called', () => {
  const named = reported({ visibility: 'restricted', allowed: [crane.id, wren.id] })
  given(named).when(cannot, wren, 2).thenHappens({ type: 'declined' })
  given(named, by(crane, 1, { type: 'declined' }))
    .when(cannot, wren, 2)
    .leaves({ rung: 1 })
})

test('whoever was not called may say it too, and nobody is called because of it', () => {
  given(reported(), by(finch, 1, { type: 'declined' }), by(wren, 1, { type: 'declined' }))
    .when(cannot, crane, 2)
    .thenHappens({ type: 'declined' })
})

test('where the ladder has ended or there is none, the last no is only noted', () => {
  given(reported({ severity: 1 }))
    .when(cannot, finch, 2, roster([finch]))
    .thenHappens({ type: 'declined' })
  given(reported(), byHub(40, { type: 'unanswered', rung: 3, to: ['network'] }))
    .when(cannot, finch, 41, roster([finch]))
    .thenHappens({ type: 'declined' })
})

test('others join and leave, the claimer neither', () => {
  given(reported(), claimed())
    .when({ type: 'join' }, wren, 6)
    .thenHappens({ type: 'joined' })
    .leaves({ joined: [wren.id] })
  given(reported())
    .when({ type: 'join' }, wren, 6)
    .leaves({ joined: [wren.id], status: 'reported' })
  given(reported(), claimed()).when({ type: 'join' }, finch, 6).refused('rule.yours')
  given(reported(), by(wren, 1, { type: 'joined' }))
    .when({ type: 'join' }, wren, 6)
    .refused('rule.join-already')
  given(reported(), by(wren, 1, { type: 'joined' }))
    .when({ type: 'leave' }, wren, 6)
    .thenHappens({ type: 'left' })
    .leaves({ joined: [] })
  given(reported()).when({ type: 'leave' }, wren, 6).refused('rule.leave-absent')
  given(reported(), claimed()).when({ type: 'leave' }, finch, 6).refused('rule.yours')
  given(reported(), resolved).when({ type: 'join' }, wren, 9).refused('rule.over-resolved')
  given(reported(), resolved).when({ type: 'leave' }, wren, 9).refused('rule.over-resolved')
})

test('released, it is back in the pool: called anew, while those who joined stay', () => {
  given(
    reported(),
    by(wren, 1, { type: 'joined' }),
    by(crane, 2, { type: 'declined' }),
    byHub(4, { type: 'unanswered', rung: 1, to: ['RC'] }),
    claimed(),
  )
    .when({ type: 'release', reason: 'Ill' }, finch, 20)
    .thenHappens({ type: 'released' })
    .words({ reason: 'Ill' })
    .leaves({ status: 'reported', claim: null, rung: 0, poolSince: at(20), joined: [wren.id], declined: [] })
})

test('a coordinator of the region may release it, others may not', () => {
  const release = { type: 'release', reason: '' } as const
  given(reported(), claimed()).when(release, crane, 20).thenHappens({ type: 'released' }).words(undefined)
  given(reported(), claimed()).when(release, owl, 20).thenHappens({ type: 'released' })
  for (const other of [wren, robin, stork])
    given(reported(), claimed())
      .when(release, other, 20)
      .refused('rule.not-yours', { person: { person: finch.id } })
  given(reported()).when(release, finch, 20).refused('rule.unclaimed')
  given(reported(), resolved).when(release, finch, 20).refused('rule.over-resolved')
  given(reported(), claimed())
    .when({ type: 'release', reason: 'x'.repeat(2001) }, finch, 20)
    .refusedAt('reason', 'rule.text-long')
})
