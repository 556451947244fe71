import type { Incident } from '../../../workflows/incident.ts'
import { idIn } from '../people.ts'
import { type Region, rooms, tools } from '../town.ts'
import type { Check, Evidence } from './verdict.ts'

/** Each room of an incident's region shows one current card of it, at the present state. */
export const cards: Check = async (evidence, { check, allow }) => {
  const { stage, witness, incidents, stuck } = evidence
  const directory = witness.store.roster.directory()
  for (const tool of tools) {
    for (const [region, on] of Object.entries(rooms) as [Region, (typeof rooms)[Region]][]) {
      const current = (await stage.peers[tool].room(on[tool])).filter(seen => !/moved below|has moved/.test(seen.text))
      const room = directory.rooms.find(one => one.platform === tool && one.address === on[tool])?.id
      for (const { incident } of incidents.filter(one => one.incident.region === region)) {
        const where = `${incident.id} on ${tool}`
        const shown = current.filter(seen => idIn(seen) === incident.id && seen.author !== 'person')
        const resting = stuck.some(one => one.incident === incident.id && one.key.endsWith(`:${room}`))
        if (resting && tool === 'signal') {
          allow('a card on Signal of which nobody can tell, and people are asked')
          continue
        }
        // What is urgent is sent once more where nobody can tell whether it arrived.
        const twice = tool === 'signal' && incident.severity >= 4 && shown.length === 2
        if (twice) allow('an S4 or S5 card twice on Signal after a lost answer')
        check(
          'one current card in each room',
          shown.length === 1 || twice,
          () =>
            `${where} has ${shown.length} cards: ${shown.map(seen => `${seen.id} ${brief(seen.text)}`).join(' ## ')}`,
        )
        const text = shown.at(-1)?.text ?? ''
        const wanted = wantedOf(incident, evidence)
        check('a card shows the present state', wanted.test(text), () => `${where} says "${text}", not ${wanted}`)
      }
    }
  }
}

// What tells one from the other: who has it is said last.
function brief(text: string): string {
  return `${text.slice(0, 40)} … ${text.slice(-220)}`.replaceAll('\n', ' | ')
}

function wantedOf({ status, claim }: Incident, { witness }: Evidence): RegExp {
  const { people } = witness.store.roster.directory()
  const person = claim ? people.get(claim.by)?.callsign : null
  switch (status) {
    case 'reported':
      return /^[^\n]*\bS\d [A-Z]+ ·(?![\s\S]*Claimed by)/
    case 'claimed':
      return new RegExp(`Claimed by ${person}`)
    case 'resolved':
      return /RESOLVED/
    case 'closed':
      return /CLOSED/
    default:
      return /./
  }
}
