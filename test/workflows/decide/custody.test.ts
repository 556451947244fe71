import { describe, expect, test } from 'vitest'
import type { IncidentAction } from '../../../workflows/action.ts'
import { whyNotOpen } from '../../../workflows/custody.ts'
import type { Incident } from '../../../workflows/incident.ts'
import type { Actor } from '../../../workflows/permission.ts'
import {
  by,
  claimed,
  crane,
  eagle,
  finch,
  given,
  heron,
  id,
  incidentAfter,
  owl,
  reported,
  robin,
  roster,
  stork,
  wren,
} from '../specification.ts'

const photo = { id: 'file-1', kind: 'photo', by: heron.id } as const
const open = (copy: 'blurred' | 'small' | 'original' = 'small'): IncidentAction => ({
  type: 'open-evidence',
  item: photo,
  copy,
})
const take = (reason = 'For the county attorney.'): IncidentAction => ({
  type: 'export-evidence',
  item: photo,
  reason,
})

describe('opening evidence', () => {
  test('is an entry that says what, and how much of it, and moves nothing else', () => {
    given(reported(), claimed())
      .when(open('blurred'), wren, 8)
      .thenHappens({ type: 'evidence-opened', item: 'file-1', kind: 'photo', copy: 'blurred' })
      .signed(wren.id)
      .leaves({ status: 'claimed', updatedAt: incidentAfter(reported(), claimed()).updatedAt })
  })

  test.each([
    ['a responder of the region', finch],
    ['a coordinator of the region', crane],
    ['a coordinator of the network', owl],
    ['whoever sent it', heron],
  ])('is for %s', (_, actor) => {
    given(reported())
      .when(open(), actor as Actor, 5)
      .signed(actor.id)
  })

  test('is not for a leader, who reads of it, nor for another region, which knows of nothing', () => {
    given(reported()).when(open(), eagle, 5).refused('look.team-only', { id, region: 'Arizona' })
    given(reported()).when(open(), robin, 5).refused('refusal.unknown', { id })
    given(reported()).when(open(), stork, 5).refused('refusal.unknown', { id })
  })

  test('of what others sent is not for whoever reported it', () => {
    const others = { ...photo, by: finch.id }
    given(reported()).when({ type: 'open-evidence', item: others, copy: 'small' }, heron, 5).refused('look.team-only')
  })

  test('of a restricted incident is for the named only', () => {
    const restricted = by(crane, 3, { type: 'restricted', allowed: [crane.id, wren.id] })
    given(reported(), restricted).when(open(), finch, 5).refused('refusal.unknown', { id })
    given(reported(), restricted).when(open(), wren, 5).signed(wren.id)
  })

  test('of a RED one asks for a tool that may carry it; whoever sent it through that tool may', () => {
    const incident = incidentAfter(reported({ mark: 'RED' }))
    const directory = { ...roster(), red: ['signal' as const] }
    const through = (actor: Actor, platform: Actor['platform']) => ({ ...actor, platform })
    const may = (actor: Actor, one: Incident = incident) => whyNotOpen(actor, one, photo.by, directory) === null
    expect(may(through(finch, 'signal'))).toBe(true)
    expect(may(through(finch, 'slack'))).toBe(false)
    given(reported({ mark: 'RED' }))
      .when(open(), through(finch, 'slack'), 5, directory)
      .refused('look.red', { id })
  })
})

describe('taking an original out of the hub', () => {
  test('is a coordinator’s, with a reason', () => {
    given(reported())
      .when(take(), crane, 5)
      .thenHappens({ type: 'evidence-exported', item: 'file-1', kind: 'photo' })
      .words({ reason: 'For the county attorney.' })
    given(reported()).when(take(' \u200b '), crane, 5).refusedAt('reason', 'rule.reason-needed')
  })

  test('is nobody else’s, whoever sent it', () => {
    for (const actor of [finch, heron, eagle]) {
      given(reported()).when(take(), actor, 5).refused('look.coordinator-only', { id, region: 'Arizona' })
    }
    given(reported()).when(take(), stork, 5).refused('look.coordinator-only')
  })

  test('holds for the record of all of it too', () => {
    given(reported())
      .when({ type: 'export-evidence', item: null, reason: 'Handover' }, crane, 5)
      .thenHappens({ type: 'evidence-exported', item: null, kind: null })
  })
})

describe('links in what people write', () => {
  test('count as evidence, in a report, an addition, news and talk', () => {
    const link = 'see https://x.com/someone/status/1 and t.me/group/2'
    given(reported())
      .when({ type: 'say', text: link, room: null }, finch, 5)
      .leaves({
        evidence: { photo: 0, video: 0, voice: 0, document: 0, link: 2 },
      })
    given(reported())
      .when({ type: 'update', text: link }, finch, 5)
      .leaves({ evidence: expect.objectContaining({ link: 2 }) })
    given(reported())
      .when({ type: 'add', text: link, evidence: { photo: 1, video: 0, voice: 0, document: 0 } }, heron, 5)
      .leaves({ evidence: { photo: 1, video: 0, voice: 0, document: 0, link: 2 } })
    given(reported())
      .when({ type: 'say', text: 'no link here.so', room: null }, finch, 5)
      .leaves({
        evidence: { photo: 0, video: 0, voice: 0, document: 0 },
      })
  })
})
