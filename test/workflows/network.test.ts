import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { parse } from 'yaml'
import { NetworkError, parseNetwork } from '../../workflows/network.ts'

type Loose = ReturnType<typeof parse>

const small = (change: (file: Loose) => void = () => {}) => {
  const file = {
    network: { name: 'Small', zone: 'America/New_York', languages: ['en'] },
    regions: [
      {
        code: 'AZ',
        name: 'Arizona',
        zone: 'America/Phoenix',
        places: [{ state: 'AZ' }],
        rooms: [{ slack: 'C0123ABC' }],
      },
      { code: 'US', name: 'Else', places: [{ anywhere: true }], rooms: [{ slack: 'C0NATION' }] },
    ],
    coordination: { rooms: [{ slack: 'C0COORD' }, { signal: 'group.Y29vcmQ=' }] },
    people: [
      { name: 'A. Mediator', callsign: 'Heron', roles: ['mediator'], regions: ['AZ'], accounts: { slack: 'U0123' } },
      { name: 'B. Owl', callsign: 'Owl', roles: ['coordinator'], regions: ['all'], accounts: { discord: '99887766' } },
    ],
  }
  change(file)
  return file
}
const said = (data: unknown): string[] => {
  try {
    parseNetwork(data)
    return []
  } catch (error) {
    if (error instanceof NetworkError) return error.message.split('\n')
    throw error
  }
}

describe('a network file', () => {
  it('needs only its name, regions and a coordination room; the rest has defaults', () => {
    const network = parseNetwork(small())
    expect(network).toMatchObject({ strangers: 'refuse', summaries: [], groups: [], clocks: {} })
    expect(network.red).toEqual(['signal', 'workspace'])
    expect(network.regions[1]?.zone).toBe('America/New_York')
    expect(network.triage).toEqual(network.coordination)
    expect(network.people[0]).toMatchObject({
      languages: ['en'],
      sample: false,
      accounts: [{ platform: 'slack', address: 'U0123' }],
    })
  })

  it('takes everything the documented file shows', () => {
    const network = parseNetwork(
      small(file => {
        file.regions[0].places.push({ county: '04013' }, { zip: '85004' }, { words: ['navajo nation'] })
        file.regions[0].rooms.push({ discord: '1122334455', language: 'es' }, { signal: 'group.aGVsbG8=', red: true })
        file.people[0].accounts.signal = '5d0c1b7e-0000-4000-8000-0123456789ab'
        file.groups = [{ discord_role: '5566', roles: ['responder'], regions: ['AZ'] }]
        file.clocks = { S5: { claim: 5, update: 15 }, S4: { claim: 10, update: 30 } }
        file.strangers = 'report'
      }),
    )
    expect(network.regions[0]?.places[1]).toEqual({ type: 'county', fips: '04013', name: null })
    expect(network.groups).toEqual([{ platform: 'discord', address: '5566', roles: ['responder'], regions: ['AZ'] }])
    expect(network.clocks).toEqual({ S5: { claim: 5, update: 15 }, S4: { claim: 10, update: 30 } })
  })

  const wrong: [string, (file: Loose) => void, string][] = [
    [
      'a region code',
      f => {
        f.regions[0].code = 'arizona'
      },
      'regions[0].code: "arizona" is no region code. Use two to five capital letters, as in AZ.',
    ],
    [
      'a time zone',
      f => {
        f.network.zone = 'America/Pheonix'
      },
      'network.zone: "America/Pheonix" is not a time zone. Use a name like America/Phoenix.',
    ],
    [
      'a zone by its offset',
      f => {
        f.network.zone = 'EST'
      },
      'network.zone: "EST" is not a time zone. Use a name like America/Phoenix.',
    ],
    [
      'a language',
      f => {
        f.network.languages = ['fr']
      },
      'network.languages[0]: "fr" is not known. Use en or es.',
    ],
    [
      'a state',
      f => {
        f.regions[0].places = [{ state: 'ZZ' }]
      },
      'regions[0].places[0].state: "ZZ" is no state.',
    ],
    [
      'a county code',
      f => {
        f.regions[0].places = [{ county: '99001' }]
      },
      'regions[0].places[0].county: "99001" is no county code.',
    ],
    [
      'a county without quotes',
      f => {
        f.regions[0].places = [{ county: 4013 }]
      },
      'regions[0].places[0].county: 4013 is read as a number',
    ],
    [
      'a ZIP code',
      f => {
        f.regions[0].places = [{ zip: '8500' }]
      },
      'regions[0].places[0].zip: is no ZIP code.',
    ],
    [
      'a place that says two things',
      f => {
        f.regions[0].places = [{ state: 'AZ', zip: '85004' }]
      },
      'regions[0].places[0]: must say one thing.',
    ],
    [
      'an empty place',
      f => {
        f.regions[0].places = [{}]
      },
      'regions[0].places[0]: must say one thing.',
    ],
    [
      'a room without address',
      f => {
        f.regions[0].rooms = [{ red: true }]
      },
      'regions[0].rooms[0]: must name one room on one platform.',
    ],
    [
      'a Slack name for an id',
      f => {
        f.regions[0].rooms = [{ slack: '#az' }]
      },
      'regions[0].rooms[0].slack: is no Slack channel id.',
    ],
    [
      'a Signal id',
      f => {
        f.coordination.rooms = [{ signal: 'aGVsbG8=' }]
      },
      'coordination.rooms[0].signal: is no Signal group id. It begins with "group.".',
    ],
    [
      'a region without rooms',
      f => {
        f.regions[0].rooms = []
      },
      'regions[0].rooms: is empty, it needs at least one entry.',
    ],
    [
      'no coordination',
      f => {
        delete f.coordination
      },
      'coordination: is missing.',
    ],
    [
      'an unknown field',
      f => {
        f.regions[0].colour = 'red'
      },
      'regions[0].colour: no such field. Use code, name, zone, places, rooms.',
    ],
    [
      'an unknown role',
      f => {
        f.people[0].roles = ['boss']
      },
      'people[0].roles[0]: "boss" is not known.',
    ],
    [
      'a person in no known region',
      f => {
        f.people[0].regions = ['TX']
      },
      'people[0].regions[0]: no region has the code "TX". Use AZ, US.',
    ],
    [
      'a person without account',
      f => {
        f.people[0].accounts = {}
      },
      'people[0].accounts: names no account.',
    ],
    [
      'a call sign',
      f => {
        f.people[0].callsign = '<!here>'
      },
      'people[0].callsign: "<!here>" is no call sign.',
    ],
    [
      'a call sign used twice',
      f => {
        f.people[1].callsign = 'HERON'
      },
      'people[1].callsign: HERON is the call sign of somebody else too. It stands first at people[0].callsign.',
    ],
    [
      'an account used twice',
      f => {
        f.people[1].accounts = { slack: 'U0123' }
      },
      'people[1].accounts.slack: slack U0123 is the account of somebody else too.',
    ],
    [
      'a room bound twice',
      f => {
        f.coordination.rooms = [{ slack: 'C0123ABC' }]
      },
      'coordination.rooms[0].slack: slack C0123ABC is bound as a room twice. It stands first at regions[0].rooms[0].slack.',
    ],
    [
      'a code used twice',
      f => {
        f.regions[1].code = 'AZ'
      },
      'regions[1].code: AZ is the code of another region too.',
    ],
    [
      'a place claimed twice',
      f => {
        f.regions[1].places.push({ state: 'AZ' })
      },
      'regions[1].places[1].state: state AZ belongs to another region too.',
    ],
    [
      'no region for the rest',
      f => {
        f.regions[1].places = [{ state: 'GA' }]
      },
      'regions: no region takes what belongs nowhere else. Give one region the place { anywhere: true }.',
    ],
    [
      'two regions for the rest',
      f => {
        f.regions[0].places = [{ anywhere: true }]
      },
      'regions[1].places[0].anywhere: anywhere belongs to another region too.',
    ],
    [
      'a summary for nobody',
      f => {
        f.summaries = [{ name: 'x', at: '07:00', to: 'TX' }]
      },
      'summaries[0].to: no region has the code "TX".',
    ],
    [
      'a summary of nothing',
      f => {
        f.summaries = [{ name: 'x', at: '07:00', to: 'leadership', region: 'GA' }]
      },
      'summaries[0].region: no region has the code "GA".',
    ],
    [
      'a summary that never comes',
      f => {
        f.summaries = [{ name: 'x', to: 'leadership' }]
      },
      'summaries[0]: must say when.',
    ],
    [
      'a summary at no hour',
      f => {
        f.summaries = [{ name: 'x', at: '7am', to: 'leadership' }]
      },
      'summaries[0].at: is no time of day. Write it like "07:00".',
    ],
    [
      'a day that is not in the calendar',
      f => {
        f.summaries = [{ name: 'x', every: '1h', from: '2026-02-30T06:00', to: 'leadership' }]
      },
      'summaries[0].from: "2026-02-30T06:00" is no date and time.',
    ],
    [
      'a summary that ends first',
      f => {
        f.summaries = [
          { name: 'x', every: '1h', from: '2026-11-04T06:00', until: '2026-11-03T06:00', to: 'leadership' },
        ]
      },
      'summaries[0]: ends before it begins.',
    ],
    [
      'a clock of zero minutes',
      f => {
        f.clocks = { S5: { claim: 0 } }
      },
      'clocks.S5.claim: must be at least 1.',
    ],
    [
      'a clock for no severity',
      f => {
        f.clocks = { S6: { claim: 5 } }
      },
      'clocks.S6: no such field.',
    ],
    [
      'a tool that is none, for RED',
      f => {
        f.red = ['signal', 'pigeon']
      },
      'red[1]: "pigeon" is not known. Use slack, discord, signal or workspace.',
    ],
    [
      'a word for strangers',
      f => {
        f.strangers = 'maybe'
      },
      'strangers: "maybe" is not known. Use refuse or report.',
    ],
  ]

  it.each(wrong)('refuses %s', (_name, change, message) => {
    const lines = said(small(change))
    expect(
      lines.some(line => line.startsWith(message)),
      lines.join('\n'),
    ).toBe(true)
  })

  it('lists everything at once, wrong fields and contradictions alike', () => {
    const lines = said(
      small(file => {
        file.network.zone = 'Mars/Base'
        file.regions[0].rooms[0].slack = 'general'
        file.people[0].roles = []
        file.people[1].callsign = 'Heron'
        file.people[1].regions = ['TX']
      }),
    )
    expect(lines.map(line => line.split(':')[0])).toEqual([
      'network.zone',
      'regions[0].rooms[0].slack',
      'people[0].roles',
      'people[1].callsign',
      'people[1].regions[0]',
    ])
  })

  it('refuses anything else with a NetworkError, whatever it is', () => {
    for (const data of [null, undefined, 3, 'text', [], {}, { regions: 'x' }, { regions: [null, 3] }, { people: {} }]) {
      expect(said(data).length).toBeGreaterThan(0)
    }
    const loop: Record<string, unknown> = {}
    loop.network = loop
    loop.regions = [loop, { places: [loop], rooms: loop }]
    loop.people = [{ regions: loop }]
    expect(said(loop).length).toBeGreaterThan(0)
    fc.assert(
      fc.property(
        fc.constantFrom('network', 'regions', 'coordination', 'people', 'groups', 'summaries', 'clocks'),
        fc.anything(),
        (key, value) => {
          said(
            small(file => {
              file[key] = value
            }),
          )
        },
      ),
    )
  })
})
