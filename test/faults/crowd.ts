import { expect, test } from 'vitest'
import { sourcesOf } from '../../workflows/sources.ts'
import { ground, type House, openHouse, readAnswer } from '../house.ts'

const seen = { what: 'Two groups shouting', where: 'Maricopa County, AZ', danger: 'soon', contact: 'yes' }
const idIn = (answer: string) => /[A-Z]{2}-\d{4}/.exec(answer)?.[0] ?? answer

/** What a busy night does to one database; `url` names a fresh one for each test, and two hubs share it where they can. */
export function crowd(url: () => Promise<string | undefined>): void {
  async function withHubs(story: (hubs: readonly [House, House]) => Promise<void>): Promise<void> {
    const address = await url()
    const at = ground(address)
    const first = await openHouse(at)
    const second = address ? await openHouse(at) : first
    try {
      await story([first, second])
      expect(await Array.fromAsync(first.store.audit.verify())).toEqual([])
    } finally {
      await first.close()
      if (second !== first) await second.close()
      at.leave()
    }
  }

  const report = async (house: House) => idIn(readAnswer(await house.ask('heron', '/report', seen)))

  /** Types all of these lines at once, half of them at each hub, and gives the answers. */
  const all = (hubs: readonly [House, House], lines: readonly (readonly [string, string])[]) =>
    Promise.all(lines.map(async ([who, line], n) => readAnswer(await (hubs[n % 2] as House).only(who, line))))

  test('of sixty updates of one incident at once, none is lost or refused', () =>
    withHubs(async hubs => {
      const id = await report(hubs[0])
      const lines = Array.from({ length: 60 }, (_, n) => ['finch', `/update ${id} news ${n}`] as const)
      for (const answer of await all(hubs, lines)) expect(answer).toContain('is updated')
      const entries = await hubs[0].store.incidents.timeline(id as never, 200)
      const texts = entries.flatMap(({ event, words }) => (event.type === 'updated' ? [words?.text] : []))
      expect(new Set(texts).size).toBe(60)
      expect(texts).toHaveLength(60)
    }))

  test('of a hundred claims at once one wins, and all others read who has it', () =>
    withHubs(async hubs => {
      const id = await report(hubs[0])
      const people = ['finch', 'magpie', 'owl']
      const lines = Array.from({ length: 99 }, (_, n) => [people[n % 3] as string, `/claim ${id}`] as const)
      const answers = await all(hubs, lines)
      expect(answers.filter(answer => answer.includes('is yours'))).toHaveLength(33)
      expect(answers.filter(answer => /\w+ has AZ-\d+ until/.test(answer))).toHaveLength(66)
      const entries = await hubs[0].store.incidents.timeline(id as never, 200)
      expect(entries.filter(entry => entry.event.type === 'claimed')).toHaveLength(1)
    }))

  test('merges that cross each other, or go round in a circle, end in one that stands for all', () =>
    withHubs(async hubs => {
      const ids = await Promise.all(Array.from({ length: 6 }, (_, n) => report(hubs[n % 2] as House)))
      const crossing = ids.flatMap(one => ids.filter(other => other !== one).map(other => [one, other] as const))
      const lines = crossing.map(([from, into]) => ['owl', `/merge ${from} ${into}`] as const)
      for (const answer of await all(hubs, lines)) expect(answer).not.toContain('NOT received')
      const standing = await Promise.all(ids.map(id => hubs[0].store.incidents.find(id as never)))
      const open = standing.flatMap(known => (known && known.incident.mergedInto === null ? [known.incident] : []))
      expect(open).toHaveLength(1)
      expect(open[0] && sourcesOf(open[0])).toHaveLength(6)
    }))

  test('one form sent fifty times at once is one report', () =>
    withHubs(async hubs => {
      const opened = await hubs[0].only('heron', '/report')
      if (opened.reply.type !== 'form') throw new Error('no form')
      const { form } = opened.reply
      const sent = Array.from({ length: 50 }, (_, n) => (hubs[n % 2] as House).submit('heron', form, seen))
      expect(new Set((await Promise.all(sent)).map(answer => idIn(readAnswer(answer)))).size).toBe(1)
      const { total } = await hubs[0].store.incidents.list({ regions: 'all', viewer: '' as never, limit: 9 })
      expect(total).toBe(1)
    }))

  test('clocks and delivery of two hubs at once say each thing once', () =>
    withHubs(async hubs => {
      const ids = await Promise.all(Array.from({ length: 12 }, (_, n) => report(hubs[n % 2] as House)))
      for (let minute = 0; minute < 70; minute++) {
        if (hubs[0] !== hubs[1]) hubs[1].skip(1)
        await Promise.all([hubs[0].pass(1), hubs[1].schedule.runClocks(), hubs[1].delivery.run()])
      }
      const told = (await hubs[0].direct('heron')).filter(text => text.includes('Nobody has taken')).map(idIn)
      expect(told.toSorted()).toEqual(ids.toSorted())
      const cards = (await hubs[0].room('az-response')).map(text => idIn(text.split('\n')[0] ?? ''))
      expect(cards.toSorted()).toEqual(ids.toSorted())
    }))
}
