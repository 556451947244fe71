import type { Tool } from '../journeys/net.ts'

/** Somebody of the town: which tools they are on, under which account, and what they do. */
export type Neighbour = {
  readonly callsign: string
  readonly name: string
  readonly role: 'mediator' | 'responder' | 'coordinator'
  readonly accounts: Readonly<Partial<Record<Tool, string>>>
}

/** The tools that people sit in. */
export const tools: readonly Tool[] = ['slack', 'discord', 'signal']

/** The two regions of the town. */
export const regions = ['AZ', 'GA'] as const

/** A region of the town. */
export type Region = (typeof regions)[number]

/** The room of each region on each tool. */
export const rooms: Readonly<Record<Region, Readonly<Record<Tool, string>>>> = {
  AZ: { slack: 'C0ARIZONA', discord: '700000000000000001', signal: `group.${base64('arizona')}` },
  GA: { slack: 'C0GEORGIA', discord: '700000000000000002', signal: `group.${base64('georgia')}` },
}

/** Where coordinators sit, on two tools, and leaders, on two. */
export const coordination = { slack: 'C0COORD', signal: `group.${base64('coordination')}` } as const
/** Where summaries go. */
export const leadership = { slack: 'C0LEADERS', discord: '700000000000000003' } as const

/** After how many minutes each a summary is posted. */
export const summaryMinutes = 30

const reporters = 30
const birds = ['Heron', 'Finch', 'Wren', 'Magpie', 'Plover', 'Siskin', 'Dunlin', 'Avocet', 'Bittern', 'Curlew']
const seconds = ['North', 'South', 'River', 'Hill', 'Meadow', 'Harbor']

/** Everybody on the roster: reporters on one tool each, then those who respond and coordinate. */
export const everybody: readonly Neighbour[] = [
  ...Array.from({ length: reporters }, (_, n) => neighbour(n, 'mediator', [tools[n % 3] as Tool])),
  ...Array.from({ length: 4 }, (_, n) => neighbour(reporters + n, 'responder', ['slack', 'signal'])),
  ...Array.from({ length: 4 }, (_, n) => neighbour(reporters + 4 + n, 'responder', ['discord'])),
  ...Array.from({ length: 2 }, (_, n) => neighbour(reporters + 8 + n, 'coordinator', ['slack', 'signal'])),
  neighbour(reporters + 10, 'coordinator', ['discord']),
]

/** Those of a role who are on that tool. */
export function whoever(role: Neighbour['role'], tool: Tool): readonly Neighbour[] {
  return everybody.filter(one => one.role === role && one.accounts[tool] !== undefined)
}

/** The network as its file says it: short clocks, so that a day's climbing fits into an hour. */
export const networkFile = {
  network: { name: 'Example town', zone: 'America/Phoenix', languages: ['en'] },
  regions: [
    { code: 'AZ', name: 'Arizona', places: [{ state: 'AZ' }, { anywhere: true }], rooms: roomsOf('AZ', 'all') },
    { code: 'GA', name: 'Georgia', places: [{ state: 'GA' }], rooms: roomsOf('GA', 'digest') },
  ],
  coordination: {
    rooms: [
      { slack: coordination.slack, name: 'coordination' },
      { signal: coordination.signal, name: 'Coordination' },
    ],
  },
  leadership: {
    rooms: [
      { slack: leadership.slack, name: 'leaders' },
      { discord: leadership.discord, name: 'leaders' },
    ],
  },
  summaries: [{ name: 'half-hourly', every: `${summaryMinutes}m`, to: 'leadership', region: 'all' }],
  clocks: { S5: { claim: 5, update: 15 }, S4: { claim: 8, update: 30 }, S3: { claim: 30, update: 60 } },
  limits: { roster: 1000 },
  people: everybody.map(({ name, callsign, role, accounts }) => ({
    ...{ name, callsign, roles: [role], regions: [...regions], accounts, sample: true },
  })),
}

/** All of people that no log may hold: their names and accounts on every tool. */
export const personal: readonly string[] = everybody.flatMap(one => [
  ...one.name.split(' ').filter(part => part.startsWith('Zq')),
  ...Object.values(one.accounts),
])

function neighbour(n: number, role: Neighbour['role'], on: readonly Tool[]): Neighbour {
  const digits = String(n).padStart(2, '0')
  const own: Record<Tool, string> = {
    slack: `U0TOWN${digits}`,
    discord: `5000000000000000${digits}`,
    signal: `${digits.repeat(4)}-0000-4000-8000-${digits.repeat(6)}`,
  }
  return {
    callsign: `${birds[n % birds.length]} ${seconds[Math.floor(n / birds.length)]}`,
    name: `Zq${syllables(n + 7000)} Zq${syllables(n + 9000)}`,
    role,
    accounts: Object.fromEntries(on.map(tool => [tool, own[tool]])),
  }
}

function roomsOf(region: Region, talk: 'all' | 'digest') {
  const name = `trust-${region.toLowerCase()}`
  const { slack, discord, signal } = rooms[region]
  return [
    { slack, name },
    { discord, name },
    { signal, name, red: true, talk },
  ]
}

/** A word of four syllables that stands for a number, and in no language for anything. */
export function syllables(n: number): string {
  const first = 'bdfgklmnprstvz'
  const second = 'aeiou'
  let word = ''
  for (let left = n, place = 0; place < 4; place++, left = Math.floor(left / 70)) {
    word += `${first[Math.floor((left % 70) / 5)]}${second[left % 5]}`
  }
  return word
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}
