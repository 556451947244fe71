import { describe, expect, test } from 'vitest'
import { type Ground, ground, openHouse } from '../house.ts'
import { formIn, type HubProcess, startProcess } from '../process.ts'

const seen = { where: 'Maricopa County, AZ', danger: 'soon', contact: 'yes' }

describe('kill -9 in the middle of the main job', () => {
  test('nothing that was said to be received is lost, nothing is doubled, and clocks still fire', async () => {
    const at = ground()
    const received = new Map<string, string>()
    const sent: string[] = []
    try {
      // Each round dies at another moment: while opening, while committing, while delivering.
      for (const answers of [1, 13, 20]) {
        const hub = await startProcess(at)
        const whats = Array.from({ length: 12 }, (_, n) => `after ${answers} answers, number ${n}`)
        sent.push(...whats)
        const enough = Promise.withResolvers<void>()
        let heard = 0
        const count = () => {
          if (++heard === answers) enough.resolve()
        }
        const reports = whats.map(what => report(hub, what, count))
        await Promise.race([enough.promise, Promise.all(reports)])
        await hub.kill()
        for (const [what, id] of await Promise.all(reports)) if (id) received.set(what, id)
      }
      await judge(at, received, sent)
    } finally {
      at.leave()
    }
  })

  test('a form sent again after the crash gets the first answer again', async () => {
    const at = ground()
    try {
      const first = await startProcess(at)
      const opened = formIn(await first.say('heron', '/report'))
      const answer = await first.submit('heron', opened, { ...seen, what: 'Men with rifles at the door' })
      expect(answer).toContain('Received as AZ-')
      await first.kill()
      const second = await startProcess(at)
      const again = await second.submit('heron', opened, { ...seen, what: 'Men with rifles at the door' })
      expect(idIn(again)).toBe(idIn(answer))
      expect(await second.stop()).toBe(0)
      const house = await openHouse(at, Date.now())
      expect((await house.store.incidents.list({ regions: 'all', viewer: '' as never, limit: 50 })).items).toHaveLength(
        1,
      )
      await house.close()
    } finally {
      at.leave()
    }
  })
})

/** Reports: opens the form and sends it in, and calls `answered` after either. Its number, if that was told. */
async function report(hub: HubProcess, what: string, answered: () => void): Promise<[string, string | null]> {
  try {
    const opened = formIn(await hub.say('heron', '/report'))
    answered()
    const answer = await hub.submit('heron', opened, { ...seen, what })
    answered()
    return [what, idIn(answer)]
  } catch {
    return [what, null]
  }
}

function idIn(html: string | null): string | null {
  return /Received as (AZ-\d+)/.exec(html ?? '')?.[1] ?? null
}

/** Starts once more, lets three hours pass, and looks at everything. */
async function judge(at: Ground, received: Map<string, string>, sent: readonly string[]): Promise<void> {
  expect(received.size).toBeGreaterThan(0)
  const house = await openHouse(at, Date.now() + 60_000)
  try {
    await house.pass(3)
    const { items } = await house.store.incidents.list({ regions: 'all', viewer: '' as never, limit: 100 })
    const stood = await Promise.all(
      items.map(async one => [(await house.store.incidents.find(one.id))?.words.what, one.id]),
    )
    for (const [what, id] of received) expect(stood).toContainEqual([what, id])
    expect(new Set(stood.map(([what]) => what)).size).toBe(stood.length)
    for (const [what] of stood) expect(sent).toContain(what)

    const cards = (await house.room('az-response')).map(text => /AZ-\d+/.exec(text)?.[0])
    expect(cards.toSorted()).toEqual(items.map(one => one.id).toSorted())
    const receipts = (await house.direct('heron')).flatMap(text => /Received as (AZ-\d+)/.exec(text)?.[1] ?? [])
    expect(receipts.toSorted()).toEqual(items.map(one => one.id).toSorted())

    await house.pass(40)
    const told = (await house.direct('heron')).filter(text => text.includes('Nobody has taken'))
    expect(told).toHaveLength(items.length)
    expect(await house.store.outbox.counts()).toMatchObject({ waiting: 0, unknown: 0, failed: 0 })
    expect(await Array.fromAsync(house.store.audit.verify())).toEqual([])
  } finally {
    await house.close()
  }
}
