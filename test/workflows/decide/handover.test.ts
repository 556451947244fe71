import { test } from 'vitest'
import {
  at,
  by,
  claimed,
  crane,
  due,
  finch,
  given,
  heron,
  id,
  owl,
  reported,
  robin,
  stork,
  wren,
} from '../specification.ts'

const toWren = { type: 'handover', to: wren.id, note: 'Night shift' } as const
const offered = (minute = 10, to = wren, until = minute + 10) =>
  by(finch, minute, { type: 'handover-offered', to: to.id, until: at(until) })
const own = { by: finch.id, since: at(5), until: at(35) }

test('a handover is offered, and to be accepted within the claim clock', () => {
  given(reported(), claimed())
    .when(toWren, finch, 5)
    .thenHappens({ type: 'handover-offered', to: wren.id, until: at(15) })
    .words({ note: 'Night shift' })
    .leaves({ status: 'claimed', claim: own, handover: { to: wren.id, until: at(15) } })
})

test('where no claim clock runs, the lease is the clock of a handover', () => {
  given(reported({ severity: 1 }), claimed(finch, 5, 1445))
    .when(toWren, finch, 5)
    .leaves({ handover: { to: wren.id, until: at(1445) } })
})

test('a coordinator hands over what another has', () => {
  given(reported(), claimed())
    .when(toWren, crane, 10)
    .thenHappens({ type: 'handover-offered', to: wren.id, until: at(20) })
})

test('it is handed to another person who may work the region and see it', () => {
  const to = (person: typeof wren) => ({ ...toWren, to: person.id })
  given(reported(), claimed()).when(to(finch), finch, 10).refused('rule.handover-self', { id })
  given(reported(), claimed()).when(to(crane), crane, 10).refused('rule.handover-self')
  given(reported(), claimed())
    .when(to(finch), crane, 10)
    .refused('rule.handover-holder', { person: { person: finch.id } })
  for (const unable of [robin, stork, heron, { ...wren, id: 'p-nobody' as typeof wren.id }])
    given(reported(), claimed())
      .when(to(unable), finch, 10)
      .refused('rule.handover-unable', { person: { person: unable.id } })
  given(reported(), claimed())
    .when(to(owl), finch, 10)
    .leaves({ handover: { to: owl.id, until: at(20) } })
  const restricted = reported({ visibility: 'restricted', allowed: [crane.id, finch.id, robin.id] })
  given(restricted, claimed()).when(to(wren), finch, 10).refused('rule.handover-unable')
  given(restricted, claimed())
    .when(to(robin), finch, 10)
    .leaves({ handover: { to: robin.id, until: at(20) } })
})

test('only who has it or a coordinator hands it over, and only if somebody has it', () => {
  given(reported(), claimed())
    .when({ ...toWren, to: crane.id }, wren, 10)
    .refused('rule.not-yours')
  given(reported()).when(toWren, finch, 10).refused('rule.unclaimed')
  given(reported(), by(finch, 5, { type: 'dismissed', undoUntil: at(6) }))
    .when(toWren, finch, 10)
    .refused('rule.over-dismissed')
})

test('the same offer is not made twice; another one takes its place', () => {
  given(reported(), claimed(), offered())
    .when(toWren, finch, 12)
    .refused('rule.handover-waiting', { until: { time: at(20) } })
  given(reported(), claimed(), offered())
    .when(toWren, finch, 21)
    .leaves({ handover: { to: wren.id, until: at(31) } })
  given(reported(), claimed(), offered())
    .when({ ...toWren, to: crane.id }, finch, 12)
    .leaves({ handover: { to: crane.id, until: at(22) } })
})

test('accepted, the other has it with a fresh lease', () => {
  given(reported(), claimed(), by(wren, 6, { type: 'joined' }), offered())
    .when({ type: 'accept' }, wren, 15)
    .thenHappens({ type: 'handover-accepted', from: finch.id, until: at(45) })
    .leaves({ claim: { by: wren.id, since: at(15), until: at(45) }, handover: null, joined: [], claimedAt: at(5) })
})

test('pressing Claim accepts what is offered to one, pressing Cannot declines it', () => {
  given(reported(), claimed(), offered())
    .when({ type: 'claim' }, wren, 15)
    .thenHappens({ type: 'handover-accepted', from: finch.id, until: at(45) })
  given(reported(), claimed(), offered())
    .when({ type: 'cannot' }, wren, 15)
    .thenHappens({ type: 'handover-declined', to: wren.id })
})

test('an offer stands until its clock fires, even past its hour', () => {
  given(reported(), claimed(), offered())
    .when({ type: 'accept' }, wren, 25)
    .leaves({ claim: { by: wren.id, since: at(25), until: at(55) } })
})

test('declined or not answered, the claimer keeps it', () => {
  given(reported(), claimed(), offered())
    .when({ type: 'decline' }, wren, 15)
    .thenHappens({ type: 'handover-declined', to: wren.id })
    .leaves({ claim: own, handover: null })
  given(reported(), claimed(), offered())
    .when(due('handover'), null, 20)
    .thenHappens({ type: 'handover-expired', to: wren.id })
    .signed(null)
    .leaves({ claim: own, handover: null, status: 'claimed' })
})

test('only the person it was offered to answers', () => {
  for (const type of ['accept', 'decline'] as const) {
    given(reported(), claimed(), offered())
      .when({ type }, crane, 15)
      .refused('rule.handover-other', { person: { person: wren.id } })
    given(reported(), claimed()).when({ type }, wren, 15).refused('rule.handover-none', { id })
    given(reported(), claimed(), offered(), by(finch, 12, { type: 'released' }))
      .when({ type }, wren, 15)
      .refused('rule.handover-none')
    given(reported(), claimed(), offered(), by(finch, 12, { type: 'dismissed', undoUntil: at(13) }))
      .when({ type }, wren, 15)
      .refused('rule.over-dismissed')
  }
})

test('an offer ends with the lease it belongs to', () => {
  given(reported(), claimed(), offered(34, wren, 44))
    .when(due('claim'), null, 35)
    .thenHappens({ type: 'claim-lapsed', by: finch.id })
    .leaves({ status: 'reported', claim: null, handover: null })
})
