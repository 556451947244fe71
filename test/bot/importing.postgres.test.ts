import { expect, test } from 'vitest'
import { loadTaxonomy } from '../../bot/config.ts'
import { takeIn } from '../../bot/importing.ts'
import { asThemselves } from '../../workflows/shield.ts'
import { ground, openHouse } from '../house.ts'
import { needs } from '../need.ts'
import { postgresNeed, usePostgres } from '../postgres.ts'

needs(postgresNeed()).describe('with a real server', () => {
  const server = usePostgres()
  test('two who take in the same rows at once take each in once', async () => {
    const house = await openHouse(ground(await server().fresh()))
    try {
      const directory = house.store.roster.directory()
      const [person] = [...directory.people.values()]
      const actor = person ? asThemselves(person.id, directory) : null
      if (!actor) throw new Error('the sample network has people')
      const place = { state: 'found', county: 'Maricopa County', fips: '04013', usState: 'AZ' } as const
      const rows = Array.from({ length: 60 }, (_, at) => ({
        number: at + 2,
        draft: {
          ...{ key: `import:P=${at}`, what: `Report ${at}`, where: 'Mesa, AZ', at: house.clock() - at * 86_400_000 },
          ...({ kind: null, kindSaid: false, severity: 2 } as const),
        },
        placed: { region: 'AZ', place, spots: [] },
      }))
      const tools = {
        ...{ store: house.store, taxonomy: loadTaxonomy(), actor, source: 'P', now: house.clock, notify: false },
        ...{ endedBefore: house.clock() - 2 * 86_400_000, pause: async () => {} },
      }
      const both = await Promise.all([takeIn(rows, tools), takeIn(rows, tools)])
      expect(both.map(one => one.filed).sort((one, other) => one - other)).toEqual([0, 60])
      expect(both.map(one => one.known).sort((one, other) => one - other)).toEqual([0, 60])
      const { items, total } = await house.store.incidents.list({ regions: 'all', viewer: actor.id, limit: 100 })
      expect([items.length, total]).toEqual([60, 60])
      expect(items.filter(one => one.status === 'closed')).toHaveLength(57)
    } finally {
      await house.close()
    }
  }, 120_000)
})
