import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { parseNetwork } from '../../workflows/network.ts'

const sample = () => parse(readFileSync('workflows/content/network.yaml', 'utf8'))

describe('the sample network', () => {
  const network = parseNetwork(sample())

  it('has six regions with real zones, one of which takes everything else', () => {
    expect(network.regions.map(region => region.code)).toEqual(['AZ', 'GA', 'MI', 'PA', 'WI', 'US'])
    expect(network.regions.at(-1)?.places).toEqual([{ type: 'anywhere' }])
  })

  it('says of every person that they are a sample', () => {
    expect(network.people.length).toBeGreaterThanOrEqual(24)
    for (const person of network.people) {
      expect(person.sample).toBe(true)
      expect(person.name).toMatch(/^Sample Person – /)
    }
  })

  it('gives every region somebody to report, to respond and to coordinate', () => {
    for (const region of network.regions) {
      for (const role of ['mediator', 'responder', 'coordinator'] as const) {
        const named = network.people.filter(person => person.regions !== 'all' && person.regions.includes(region.code))
        expect(
          named.some(person => person.roles.includes(role)),
          `${role} in ${region.code}`,
        ).toBe(true)
      }
    }
    expect(network.people.find(person => person.callsign === 'Owl')).toMatchObject({
      regions: 'all',
      roles: ['coordinator'],
    })
  })

  it('binds Arizona to two rooms, one of them Spanish and allowed to see RED', () => {
    expect(network.regions[0]?.rooms).toEqual([
      { platform: 'workspace', address: 'az-response', name: 'Arizona response', language: null, red: false },
      { platform: 'workspace', address: 'az-signal', name: 'Arizona Signal group', language: 'es', red: true },
    ])
  })

  it('posts a summary every morning and every hour of election day', () => {
    expect(network.summaries).toEqual([
      {
        name: 'daily',
        when: { type: 'at', at: '07:00' },
        zone: 'America/New_York',
        from: null,
        until: null,
        to: 'leadership',
        edition: 'leadership',
        region: 'all',
      },
      {
        name: 'election-day',
        when: { type: 'every', minutes: 60 },
        zone: 'America/New_York',
        from: '2026-11-03T06:00',
        until: '2026-11-04T02:00',
        to: 'coordination',
        edition: 'response',
        region: 'all',
      },
    ])
  })
})
