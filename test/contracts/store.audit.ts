import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { chained } from '../../db/chain.ts'
import { rows } from '../../db/database.ts'
import type { Store } from '../../db/store.ts'
import type { IncidentEvent } from '../../workflows/event.ts'
import { changed, incidentId, keep, noon, reported } from './incidents.ts'
import type { Scene } from './store.ts'

const az1 = incidentId('AZ-0001')

/** That timelines can be proved, and words can go. */
export function auditTests(scene: () => Scene): void {
  const problems = async (store: Store) =>
    (await Array.fromAsync(store.audit.verify())).map(one => `${one.seq}: ${one.problem}`)
  const words = async (store: Store) =>
    (await store.incidents.timeline(az1, 10)).map(entry => entry.words?.what ?? entry.words?.text ?? null)

  async function story(): Promise<Store> {
    const { store, person } = scene()
    const first = reported('AZ-0001', { by: person('Heron'), what: 'first words' })
    await keep(store, null, first, reported('AZ-0002'))
    const update = { event: { type: 'updated' }, words: { text: 'second words' } } as const
    await keep(store, null, changed(first.after, [update, { event: { type: 'joined' } }], { by: person('Finch') }))
    expect(await words(store)).toEqual(['first words', 'second words', null])
    expect(await problems(store)).toEqual([])
    return store
  }

  describe('words', () => {
    test('of an incident are gone with its key, and the timeline still verifies', async () => {
      const store = await story()
      await scene().place.tamper(`delete from keys where scope = 'incident:AZ-0001'`)
      expect(await words(store)).toEqual([null, null, null])
      expect((await store.incidents.find(az1))?.words).toEqual({ what: null, where: null })
      expect(await problems(store)).toEqual([])
    })

    test('of a person are gone with their key, those of others stand', async () => {
      const store = await story()
      await scene().place.tamper(`delete from keys where scope = 'person:${scene().person('Heron')}'`)
      expect(await words(store)).toEqual([null, 'second words', null])
      expect(await problems(store)).toEqual([])
    })

    test('that are said after an incident was shredded are kept under a new key', async () => {
      const store = await story()
      await scene().place.tamper(`delete from keys where scope = 'incident:AZ-0001'`)
      const before = (await store.incidents.find(az1))?.incident ?? null
      const update = { event: { type: 'updated' }, words: { text: 'third words' } } as const
      await keep(store, null, changed(before, [update], { by: scene().person('Finch') }))
      expect(await words(store)).toEqual([null, null, null, 'third words'])
      expect(await problems(store)).toEqual([])
    })

    test('of one person are shredded by a commit', async () => {
      const store = await story()
      const before = (await store.incidents.find(az1))?.incident ?? null
      await keep(
        store,
        null,
        changed(before, [{ event: { type: 'withdrawn', kept: true } }], { by: scene().person('Heron'), at: noon }),
      )
      expect(await words(store)).toEqual([null, 'second words', null, null])
      expect(await problems(store)).toEqual([])
    })

    test('take the answers along that quoted them', async () => {
      const store = await story()
      await keep(store, 'k', reported('AZ-0003'))
      await scene().place.tamper(`delete from keys where scope = 'incident:AZ-0003'`)
      expect(await store.inbox.answer('k')).toBeNull()
    })
  })

  describe('an audit finds', () => {
    const cases: [string, string, string[]][] = [
      [
        'a changed time',
        "update timeline set at = at + 1 where seq = 2 and incident = 'AZ-0001'",
        ['2: the entry was changed'],
      ],
      ['a changed author', `update timeline set by_person = 'x' where seq = 3`, ['3: the entry was changed']],
      [
        'a missing entry',
        `delete from timeline where seq = 2 and incident = 'AZ-0001'`,
        ['2: an entry is missing', '3: the entry was changed', '2: words stand where the timeline has none'],
      ],
      ['a missing end', `delete from timeline where seq = 3`, ['3: the last entries are missing']],
      [
        'words in another entry’s place',
        `update words set seq = seq + 1 where seq = 2`,
        ['3: words stand where the timeline has none'],
      ],
    ]
    test.each(cases)('%s', async (_, statement, found) => {
      const store = await story()
      await scene().place.tamper(statement)
      expect(await problems(store)).toEqual(found)
    })

    test('a timeline that was written anew whole, by somebody who has only the rows', async () => {
      const store = await story()
      const { place } = scene()
      const { event, ...link } = { incident: az1, seq: 3, at: noon, by: null, event: { type: 'joined' }, digest: null }
      const [before] = await rows<{ hash: string }>(
        place.database.read,
        sql`select hash from timeline where incident = ${az1} and seq = 2`,
      )
      const forged = chained(before?.hash ?? '', { ...link, event: event as IncidentEvent })
      await place.tamper(
        `update timeline set by_person = null, hash = '${forged}' where incident = 'AZ-0001' and seq = 3`,
      )
      await place.tamper(`update incidents set hash = '${forged}' where id = 'AZ-0001'`)
      expect(await problems(store)).toEqual(['3: the timeline was written anew by somebody else'])
    })

    test('nothing, in an end that is as it was, when it is compared with an earlier digest', async () => {
      const store = await story()
      const [first, none] = [await store.audit.head(noon + 1), await store.audit.head(noon)]
      expect(first).toEqual({ timelines: 2, entries: 4, digest: expect.stringMatching(/^[0-9a-f]{32}$/) })
      expect(none).toMatchObject({ timelines: 0, entries: 0 })
      const before = (await store.incidents.find(az1))?.incident ?? null
      await keep(
        store,
        null,
        changed(before, [{ event: { type: 'joined' } }], { at: noon + 5 }),
        reported('AZ-0009', { at: noon + 5 }),
      )
      await scene().place.tamper(`delete from keys where scope = 'incident:AZ-0001'`)
      expect(await store.audit.head(noon + 1)).toEqual(first)
      expect(await store.audit.head(noon + 6)).toMatchObject({ timelines: 3, entries: 6 })
      await scene().place.tamper(`update timeline set hash = 'x' where incident = 'AZ-0002'`)
      expect((await store.audit.head(noon + 1)).digest).not.toBe(first.digest)
    })

    test('words that were changed, or put in another’s place', async () => {
      const store = await story()
      const { place } = scene()
      const other = `(select w.sealed from words w where w.incident = 'AZ-0002')`
      const broken = place.database.engine === 'sqlite' ? `x'0102'` : `'\\x0102'::bytea`
      await place.tamper(`update words set sealed = ${other} where incident = 'AZ-0001' and seq = 1`)
      await place.tamper(`update words set sealed = ${broken} where incident = 'AZ-0001' and seq = 2`)
      expect(await problems(store)).toEqual(['1: the words were changed', '2: the words were changed'])
      expect(await words(store)).toEqual([null, null, null])
    })
  })
}
