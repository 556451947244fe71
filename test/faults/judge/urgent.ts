import { everybody } from '../town.ts'
import type { Check } from './verdict.ts'

/** Every S4 and S5 reached somebody, or climbed to the top. */
export const urgent: Check = async (evidence, { check }) => {
  const { stage, witness, incidents } = evidence
  const read = new Map<string, string>()
  for (const { callsign, role, accounts } of everybody) {
    if (role === 'mediator') continue
    const texts = await Promise.all(
      Object.keys(accounts).map(async tool => {
        const seen = await stage.someone(callsign, tool as never).direct()
        return seen.map(one => one.text).join('\n')
      }),
    )
    read.set(callsign, texts.join('\n'))
  }
  for (const { incident } of incidents) {
    if (incident.severity < 4) continue
    const reached = [...read.values()].some(text => text.includes(incident.id))
    const entries = await witness.store.incidents.timeline(incident.id, 500)
    const top = entries.some(({ event }) => event.type === 'unanswered' && event.to.includes('network'))
    check('S4 and S5 reach somebody', reached || top, () => `${incident.id} (S${incident.severity}) reached nobody`)
  }
}
