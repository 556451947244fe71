import type { Directory } from '../../../workflows/directory.ts'
import { plannedDirectory } from '../../../workflows/network/planned.ts'
import { parseNetwork } from '../../../workflows/network.ts'
import type { Reader } from '../../../workflows/text/say.ts'

/** A network of three regions (one called like a word), eight people and seven rooms; nobody is on duty. */
export function sampleDirectory(): Directory {
  return plannedDirectory(
    parseNetwork({
      network: { name: 'Mesa network', zone: 'America/Phoenix', languages: ['en', 'es'] },
      regions: [
        region('AZ', 'Arizona', [{ slack: 'C0AZ' }, { signal: 'group.YXo9', language: 'es', red: true }]),
        region('NM', 'New Mexico', [{ discord: '100' }]),
        region('OR', 'Oregon', [{ slack: 'C0OR' }]),
      ],
      coordination: { rooms: [{ slack: 'C0COORD', name: 'Coordination' }] },
      leadership: { rooms: [{ slack: 'C0LEAD', name: 'Leads' }] },
      people: [
        person('Heron', ['coordinator'], 'all', { slack: 'U0HERON', signal: '+12025550101' }, ['en']),
        person('Fox', ['coordinator'], ['AZ'], { signal: '+12025550102' }, ['es', 'en']),
        person('Lark', ['responder'], ['AZ', 'NM'], { slack: 'U0LARK', discord: '201' }, ['en']),
        person('Wren', ['mediator'], ['AZ'], { signal: '+12025550103' }, ['es']),
        person('Elk', ['mediator'], ['NM'], { discord: '202' }, ['en', 'es']),
        person('Owl', ['leader'], ['NM'], { slack: 'U0OWL' }, ['en']),
        person('Night Jar', ['mediator'], ['OR'], { discord: '203', slack: 'U0JAR' }, ['en']),
        { ...person('Ibis', ['mediator'], ['AZ'], { slack: 'U0IBIS' }, ['es']), partner: 'faith' },
      ],
    }),
  )
}

/** Somebody who reads in that language, in the zone of the sample network. */
export function reads(directory: Directory, language: 'en' | 'es' = 'en'): Reader {
  const person: Reader['person'] = id => directory.people.get(id)?.callsign ?? null
  return { language, zone: directory.zone, now: Date.parse('2026-10-30T17:00:00Z'), person }
}

function region(code: string, name: string, rooms: readonly object[]) {
  return {
    code,
    name,
    places: [{ words: [`the place ${name}`] }, ...(code === 'AZ' ? [{ anywhere: true }] : [])],
    rooms,
  }
}

function person(callsign: string, roles: string[], regions: string[] | 'all', accounts: object, languages: string[]) {
  return { callsign, roles, regions, accounts, languages }
}
