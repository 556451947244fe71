import { type Network, parseNetwork } from '../../workflows/network.ts'

/** How many people there are, each with an account on every tool. */
export const people = 400

/** Somebody's account on a tool, by their number. */
export const accountOf = {
  slack: (at: number) => `U0BENCH${String(at).padStart(4, '0')}`,
  discord: (at: number) => `6000000000000${String(at).padStart(5, '0')}`,
  signal: (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
} as const

/** A region's room on each tool, by the region's number. */
export const roomOf = {
  slack: (at: number) => `C0BENCH${String(at).padStart(3, '0')}`,
  discord: (at: number) => `7000000000000${String(at).padStart(5, '0')}`,
  signal: (at: number) => `group.${Buffer.from(`bench ${at}`).toString('base64')}`,
} as const

/** Where coordinators sit. */
export const coordination = { slack: 'C0BENCHCOORD', signal: `group.${Buffer.from('coordination').toString('base64')}` }

const states = ['AZ', 'GA', 'MI', 'NV', 'NC', 'PA', 'WI', 'FL', 'OH', 'TX', 'VA'] as const

/**
 * The network file of twelve regions: each with a room on every tool and its share of the people, who may report as
 * often as any network can let them. Where only one is asked for, it holds all places and people.
 */
export function benchFile(regions: 1 | 12) {
  const codes = regions === 1 ? ['AZ'] : [...states, 'US']
  return {
    network: { name: 'Bench', zone: 'America/Phoenix', languages: ['en', 'es'] },
    regions: codes.map((code, at) => ({
      code,
      name: `Region ${code}`,
      places: [
        ...(code === 'US' ? [] : [{ state: code }]),
        ...(at === codes.length - 1 ? [{ anywhere: true as const }] : []),
      ],
      rooms: [
        { slack: roomOf.slack(at), red: true },
        { discord: roomOf.discord(at), red: true },
        { signal: roomOf.signal(at), red: true },
      ],
    })),
    coordination: { rooms: [{ slack: coordination.slack }, { signal: coordination.signal }] },
    people: Array.from({ length: people }, (_, at) => ({
      name: `Sample Person ${at}`,
      callsign: `Reporter ${at}`,
      roles: [at % 20 === 0 ? 'coordinator' : at % 4 === 0 ? 'responder' : 'mediator'],
      regions: [codes[at % codes.length]],
      languages: ['en'],
      accounts: { slack: accountOf.slack(at), discord: accountOf.discord(at), signal: accountOf.signal(at) },
      sample: true,
    })),
    limits: { roster: 10_000 },
  }
}

/** The same, as the hub reads it. */
export function benchNetwork(regions: 1 | 12): Network {
  return parseNetwork(benchFile(regions))
}

/** What somebody reports, by the report's number: as people write it, about all kinds of things, in all regions. */
export function reportAt(at: number): { readonly what: string; readonly where: string } {
  return { what: `${pick(whats, at)} (${at})`, where: pick(wheres, Math.floor(at / whats.length) + at) }
}

/** Does something so often a second, whether or not the former is done, and gives how long each took (ms). */
export async function atPace(
  perSecond: number,
  times: number,
  act: (at: number) => Promise<number>,
): Promise<readonly number[]> {
  const begun = performance.now()
  const taken: Promise<number>[] = []
  for (let at = 0; at < times; at++) {
    const wait = begun + (at * 1000) / perSecond - performance.now()
    if (wait > 0) await new Promise(resolve => setTimeout(resolve, wait))
    taken.push(act(at))
  }
  return Promise.all(taken)
}

/** The value that so many of a hundred stay under. */
export function percentile(values: readonly number[], of: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.ceil((of / 100) * sorted.length) - 1)] ?? Number.NaN
}

function pick(list: readonly string[], at: number): string {
  return list[at % list.length] ?? ''
}

const whats = [
  'About 20 people shouting outside the polling place, some with flagpoles. Voters are turning back.',
  'Long line, no water, people are tired but calm. The machine at the second table is broken since nine.',
  'Flyers on cars say that the vote is on Wednesday. We took about thirty of them down, they are wrong.',
  'Two poll watchers argue loudly with the clerk about a challenged ballot, and each has friends who film it.',
  'Rumor on the neighborhood group that ballots were found in a dumpster. Nobody has seen them.',
  'Somebody painted a threat on the door of the county office in the night. It is being washed off.',
  'A truck with loud music drives around the school again and again and blocks the way in.',
]
const wheres = [
  'Lincoln High School, Phoenix, Maricopa County',
  'Fulton County library, Atlanta, Georgia',
  'Dearborn, Michigan',
  'Reno, Nevada',
  'Durham County, North Carolina',
  'Allegheny County, Pittsburgh, PA',
  'Green Bay, Wisconsin',
  'Tampa, Florida',
  'Columbus, Ohio',
  'Travis County, Texas',
  'Richmond, Virginia',
]
