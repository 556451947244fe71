import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { resolve } from '../../../workflows/broadcast/audience/resolve.ts'
import { readAudience } from '../../../workflows/broadcast/audience/typed.ts'
import { differences } from '../../../workflows/network/differ.ts'
import { plannedDirectory } from '../../../workflows/network/planned.ts'
import { writtenNetwork } from '../../../workflows/network/written.ts'
import { NetworkError, parseNetwork } from '../../../workflows/network.ts'
import { partsOf, zonesOf } from '../../../workflows/recurring/plan.ts'
import { lastWindow } from '../../../workflows/recurring/when.ts'

const file = (broadcasts: string, events = '[{ name: election day, on: "2026-11-03" }]') => `
network: { name: Test network, zone: America/New_York, languages: [en, es] }
regions:
  - { code: AZ, name: Arizona, zone: America/Phoenix, places: [{ state: AZ }], rooms: [{ workspace: az }] }
  - { code: GA, name: Georgia, zone: America/New_York, places: [{ state: GA }], rooms: [{ workspace: ga }] }
  - { code: US, name: Elsewhere, places: [{ anywhere: true }], rooms: [{ workspace: us }] }
coordination: { rooms: [{ workspace: coordination }] }
people:
  - { callsign: Heron, roles: [mediator], regions: [AZ, GA], accounts: { workspace: heron, signal: "+12025550100" } }
  - { callsign: Finch, roles: [mediator], regions: [GA], accounts: { workspace: finch } }
  - { callsign: Owl, roles: [mediator], regions: all, accounts: { workspace: owl } }
events: ${events}
broadcasts:
${broadcasts}
`
const read = (broadcasts: string, events?: string) => parseNetwork(parse(file(broadcasts, events)))
const problems = (broadcasts: string, events?: string): string => {
  try {
    read(broadcasts, events)
  } catch (error) {
    if (error instanceof NetworkError) return error.message
    throw error
  }
  return ''
}

const three = `
  - { name: check-in, every: [monday, jueves], at: "18:00", audience: mediators, words: { en: All well? }, answer: got-it }
  - name: eve
    before: election day
    days: 1
    at: "17:30"
    audience: everyone
    words: { en: Tomorrow., es: Mañana. }
    quiet: pass
  - { name: trial, before: election day, days: 7, at: "12:00", audience: AZ mediators, message: calm-call, trial: true }
`

describe('broadcasts in the network file', () => {
  it('are read, and written as they were', () => {
    const network = read(three)
    const [checkIn, eve, trial] = network.broadcasts ?? []
    expect(checkIn).toMatchObject({ days: { type: 'weekly', days: [1, 4], weeks: 1 }, listAfter: 24, trial: false })
    expect(eve).toMatchObject({ answer: { type: 'none' }, listAfter: null, quiet: 'pass' })
    expect(trial).toMatchObject({ answer: { type: 'got-it' }, message: 'calm-call', words: {} })
    const again = parseNetwork(JSON.parse(JSON.stringify(writtenNetwork(network, null))))
    expect(again.broadcasts).toEqual(network.broadcasts)
    expect(again.events).toEqual(network.events)
    expect(differences(again, network)).toEqual([])
    const changed = read(three.replace('All well?', 'Well?'))
    expect(differences(changed, network).map(one => one.label)).toEqual(['broadcasts'])
  })

  it.each([
    ['{ name: a, at: "18:00", audience: mediators, words: { en: Hi } }', 'must say when'],
    ['{ name: a, every: someday, at: "18:00", audience: mediators, words: { en: Hi } }', 'is no day'],
    ['{ name: a, every: monday, at: "6pm", audience: mediators, words: { en: Hi } }', 'is no time of day'],
    ['{ name: a, every: monday, at: "18:00", audience: mediators }', 'must say what'],
    ['{ name: a, every: monday, at: "18:00", audience: the moon, words: { en: Hi } }', 'cannot be read'],
    ['{ name: a, before: election day, at: "18:00", audience: mediators, words: { en: Hi } }', 'how long before'],
    [
      '{ name: a, before: derby, days: 1, at: "18:00", audience: mediators, words: { en: Hi } }',
      'no event has the name',
    ],
    ['{ name: "a:b", every: day, at: "18:00", audience: mediators, words: { en: Hi } }', 'may hold no : or @'],
    [
      '{ name: a, every: day, weeks: 2, at: "18:00", audience: mediators, words: { en: Hi } }',
      'from when the weeks count',
    ],
    [
      '{ name: a, every: day, at: "18:00", audience: mediators, words: { en: Hi }, trial: true, answer: none }',
      'proves nothing',
    ],
    ['{ name: a, every: day, at: "18:00", audience: mediators, words: { en: Hi }, loud: true }', 'Use name, every'],
  ])('%s is refused: %s', (entry, why) => {
    expect(problems(`  - ${entry}`)).toContain(why)
  })

  it('are read as the guide shows them', () => {
    const guide = readFileSync(new URL('../../../docs/recurring.md', import.meta.url), 'utf8')
    const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(guide) ?? []
    const { broadcasts, events } = parse(example)
    const network = parseNetwork({ ...parse(file('  []')), broadcasts, events })
    expect(network.broadcasts?.map(one => one.name)).toEqual(['weekly check-in', 'eve briefing', 'trial message'])
  })

  it('may not bear the same name twice', () => {
    const one = '  - { name: a, every: day, at: "18:00", audience: mediators, words: { en: Hi } }\n'
    expect(problems(one + one)).toContain('is the name of another one too')
  })

  it('go to everybody in exactly one zone, and to each account in a trial', () => {
    const directory = plannedDirectory(read(three))
    const [, eve, trial] = directory.broadcasts ?? []
    if (!eve || !trial) throw new Error('they are there')
    const audience = readAudience('mediators', directory)
    if ('problem' in audience) throw new Error('it can be read')
    const about = { now: Date.UTC(2026, 10, 3, 12), urgency: 'routine' } as const
    const met = zonesOf(directory).map(zone => {
      const window = lastWindow(eve, directory.events ?? [], zone, about.now)
      if (!window) throw new Error('it was due')
      const [part] = partsOf(eve, window, audience.audience, directory, ['workspace'])
      return [zone, part ? resolve(part.audience, directory, about).map(one => one.person) : []]
    })
    expect(met).toEqual([
      ['America/Phoenix', ['Heron']],
      ['America/New_York', expect.arrayContaining(['Finch', 'Owl'])],
    ])
    const window = lastWindow(trial, directory.events ?? [], 'America/Phoenix', about.now)
    if (!window) throw new Error('it was due')
    const parts = partsOf(trial, window, audience.audience, directory, ['workspace', 'signal'])
    expect(parts.map(part => part.key)).toEqual([
      'trial@2026-10-27:America/Phoenix:workspace',
      'trial@2026-10-27:America/Phoenix:signal',
    ])
    const through = parts.map(part => resolve(part.audience, directory, about).map(one => one.platform))
    expect(through).toEqual([['workspace'], ['signal']])
  })
})
