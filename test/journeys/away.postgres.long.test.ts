import { describe, expect } from 'vitest'
import { eventually, openMachines, rooms } from '../machines.ts'
import { needs } from '../need.ts'
import { postgresNeed, usePostgres } from '../postgres.ts'
import { openWay } from '../way.ts'

const { test } = needs(postgresNeed())
const report = { What: 'Three men with rifles at the library', Where: '85004', 'Is anyone': 'No', 'May I': 'No' }

describe('a hub whose PostgreSQL is away for a while', () => {
  const server = usePostgres()

  async function withHub(story: (given: Awaited<ReturnType<typeof open>>) => Promise<void>): Promise<void> {
    const given = await open()
    try {
      await story(given)
      expect(given.net.slack.broken).toEqual([])
    } finally {
      await given.net.close()
      await given.way.close()
    }
  }

  async function open() {
    const url = await server().fresh()
    const way = await openWay(url)
    const net = await openMachines(url)
    const heron = net.slack.someone('U0HERON')
    return { url, way, net, heron, start: () => net.start({ DATABASE_URL: way.url }) }
  }

  /** Fills a report in, and opens what it is sent in by. */
  async function filled({ heron, net }: Awaited<ReturnType<typeof open>>): Promise<void> {
    await eventually(10_000, async () => net.slack.connected(), Boolean)
    await heron.type('/report', rooms.az)
    await eventually(10_000, async () => heron.form(), Boolean)
  }

  for (const [how, trouble] of [
    ['is cut off', 'cut'],
    ['hangs', 'hang'],
  ] as const) {
    test(
      `that ${how}: a report is said to be being saved, and then to be received, once, in the same place`,
      () =>
        withHub(async given => {
          const { way, net, heron, start } = given
          await start()
          await filled(given)
          way[trouble]()
          const sent = heron.submit(report)
          const page = async () => JSON.stringify([net.slack.world.views.get('U0HERON') ?? [], await heron.direct()])
          await eventually(10_000, page, seen => seen.includes('Please wait') || seen.includes('still on it'))
          way.cut()
          way.heal()
          await await sent
          await eventually(40_000, page, seen => seen.includes('Received as AZ-'))
          await eventually(
            10_000,
            () => net.shown('az'),
            shown => shown.length > 0,
          )
          const { incidents } = await net.store()
          expect((await incidents.list({ regions: 'all', viewer: '' as never, limit: 9 })).total).toBe(1)
        }),
      90_000,
    )
  }

  test('at its start waits for it, and says so', async () => {
    const url = await server().fresh()
    const way = await openWay(url)
    const net = await openMachines(url)
    try {
      way.cut()
      const starting = net.start({ DATABASE_URL: way.url })
      await new Promise(resolve => setTimeout(resolve, 2_500))
      way.heal()
      expect((await starting).said()).toMatch(/connection to the database was lost.*The hub waits for it/)
    } finally {
      await net.close()
      await way.close()
    }
  }, 60_000)
})
