const codes = ['AZ', 'GA', 'MI', 'NV', 'NC', 'PA', 'WI', 'FL', 'OH', 'TX', 'VA', 'US'] as const

/**
 * The network file of so many people in twelve regions, a third of whom prefer each tool; every second one on Signal is
 * known by a phone number, every fourth reads Spanish.
 */
export function plannedPeople(count: number) {
  return {
    network: { name: 'Bench', zone: 'America/Phoenix', languages: ['en', 'es'] },
    regions: codes.map((code, at) => ({
      code,
      name: `Region ${code}`,
      places: code === 'US' ? [{ anywhere: true }] : [{ state: code }],
      rooms: [{ slack: `C0BENCH${String(at).padStart(3, '0')}` }],
    })),
    coordination: { rooms: [{ slack: 'C0BENCHCOORD' }] },
    people: Array.from({ length: count }, (_, at) => ({
      callsign: `Reader ${at}`,
      roles: [at === 0 ? 'leader' : at % 20 === 0 ? 'coordinator' : 'mediator'],
      regions: at === 0 ? 'all' : [codes[at % codes.length]],
      languages: at % 4 === 0 ? ['es', 'en'] : ['en'],
      accounts: accountsOf(at),
    })),
  }
}

function accountsOf(at: number) {
  const number = String(at).padStart(12, '0')
  const slack = { slack: `U0BENCH${number}` }
  const discord = { discord: `600000${number}` }
  const signal = { signal: at % 2 === 0 ? `+1202${number.slice(-7)}` : `00000000-0000-4000-8000-${number}` }
  return [{ ...slack, ...discord }, discord, { ...signal, ...slack }][at % 3]
}
