import { expect, test } from 'vitest'
import { hasRole } from '../../../workflows/directory.ts'
import { replay } from '../../../workflows/evolve.ts'
import { isOpen } from '../../../workflows/incident.ts'
import { moreSecret } from '../../../workflows/mark.ts'
import { everyLife, everyStep } from '../lives.ts'
import { everybody, heron, taxonomy } from '../specification.ts'

test('replaying the timeline gives the incident as it stands, also after it was stored as JSON', () => {
  everyLife(({ incident, entries }) => {
    expect(replay(entries)).toEqual(incident)
    expect(replay(JSON.parse(JSON.stringify(entries)))).toEqual(incident)
    expect(entries.map(entry => entry.seq)).toEqual(entries.map((_, index) => index + 1))
    expect(incident.seq).toBe(entries.length)
  })
})

test('an open incident is claimed exactly when somebody has it, and only then can it be handed over', () => {
  everyStep(({ incident }) => {
    if (isOpen(incident)) expect(incident.claim !== null).toBe(incident.status === 'claimed')
    if (incident.handover) expect(incident.status).toBe('claimed')
    if (incident.claim) expect(incident.joined).not.toContain(incident.claim.by)
    expect(new Set(incident.joined).size).toBe(incident.joined.length)
    expect(new Set(incident.declined).size).toBe(incident.declined.length)
  })
})

test('no one person ever lowers an S4 or S5, or verifies what they reported or checked', () => {
  everyStep(({ entry, before, incident }) => {
    const { event, by } = entry
    if (event.type === 'severity-lowered' && event.from >= 4) {
      expect(event.asked).not.toBeNull()
      expect(event.asked).not.toBe(by)
    }
    if (incident.severity < before.severity) expect(event.type).toBe('severity-lowered')
    if (event.type === 'credibility-set' && event.to === 'verified') {
      expect(by).not.toBe(before.reporter)
      expect(by).not.toBe(before.credibilityBy)
      expect(['checking', 'corroborated']).toContain(before.credibility)
    }
  })
})

test('a mark falls and a restriction ends only by the hand of a coordinator, with a reason', () => {
  everyStep(({ entry, before, incident }) => {
    const lower = incident.mark !== before.mark && moreSecret(incident.mark, before.mark) === before.mark
    const opened = before.visibility === 'restricted' && incident.visibility === 'region'
    if (!lower && !opened) return
    expect(hasRole(everybody.find(one => one.id === entry.by) ?? heron, 'coordinator')).toBe(true)
    expect(entry.words?.reason).toBeTruthy()
  })
})

test('a lease is never given for longer than its severity allows', () => {
  everyStep(({ entry, incident }) => {
    if (!incident.claim) return
    if (['claimed', 'extended', 'handover-accepted'].includes(entry.event.type)) {
      const { lease } = taxonomy.clocks[`S${incident.severity}`]
      expect(incident.claim.until - entry.at).toBeLessThanOrEqual(lease * 60_000)
    }
  })
})
