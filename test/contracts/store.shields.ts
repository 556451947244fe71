import { describe, expect, test } from 'vitest'
import type { ShieldChange } from '../../workflows/change.ts'
import type { PersonId } from '../../workflows/ids.ts'
import { changed, keep, noon, reported } from './incidents.ts'
import type { Scene } from './store.ts'

/** Who is hidden: in the roster, on record, and in what still names them. */
export function shieldTests(scene: () => Scene): void {
  const commit = (change: ShieldChange) =>
    scene().store.transaction(tx =>
      tx.commit({ key: null, person: change.by, now: change.at, answer: null, incidents: [], roster: change }),
    )
  const hide = (person: PersonId, by: PersonId, more: Partial<Extract<ShieldChange, { type: 'shield' }>> = {}) =>
    commit({
      ...{ type: 'shield', person, by, at: noon, alias: 'Plover', cut: false, called: false },
      reason: 'a car',
      ...more,
    })

  describe('somebody who is hidden', () => {
    test('stands in the roster of every process under another name, without role, region or duty', async () => {
      const { store, place, person } = scene()
      const [finch, owl] = [person('Finch'), person('Owl')]
      const roster = { type: 'duty', person: finch, until: noon + 1 } as const
      await store.transaction(tx =>
        tx.commit({ key: null, person: finch, now: noon, answer: null, incidents: [], roster }),
      )
      await hide(finch, owl)
      const other = await place.again()
      for (const { roster } of [store, other]) {
        const directory = roster.directory()
        expect(directory.people.get(finch)).toMatchObject({
          callsign: 'Plover',
          roles: [],
          regions: [],
          hidden: 'shielded',
        })
        expect(JSON.stringify([...directory.people.values()])).not.toContain('Finch')
        expect(directory.hidden?.get(finch)).toMatchObject({ callsign: 'Plover', roles: ['responder'] })
        expect(directory.reserved).toEqual(['Finch'])
        expect(directory.duty).toEqual([])
      }
    })

    test('who is cut off has no account to be written to, may act as nobody, and no link or code of theirs holds', async () => {
      const { store, person } = scene()
      const [finch, owl] = [person('Finch'), person('Owl')]
      const [account] = store.roster.directory().people.get(finch)?.accounts ?? []
      const code = await store.codes.issue({ type: 'link', person: finch, account: account?.id ?? ('' as never) }, noon)
      const ticket = {
        incident: 'AZ-0001' as never,
        item: null,
        person: finch,
        platform: 'workspace',
        until: noon + 9,
      } as const
      const secret = await store.tickets.issue(ticket, noon)
      await hide(finch, owl, { cut: true })
      const directory = store.roster.directory()
      expect(directory.people.get(finch)).toMatchObject({ accounts: [], blocked: true, hidden: 'cut' })
      expect(directory.hidden?.has(finch)).toBe(false)
      expect(await store.codes.find(code, noon + 1)).toBeNull()
      expect(await store.tickets.find(secret, null, noon + 1)).toBeNull()
      const address = account && (await store.roster.address(account.id))
      expect((await store.roster.whose(account?.platform ?? 'workspace', address ?? ''))?.person).toBe(finch)
    })

    test('is on record with who did it and why, once; shown again, all is as it was', async () => {
      const { store, person } = scene()
      const [finch, owl] = [person('Finch'), person('Owl')]
      await hide(finch, owl)
      await hide(finch, owl, { alias: 'Crane' })
      const [only, ...more] = await store.shields.list()
      expect(more).toEqual([])
      expect(only).toMatchObject({
        person: finch,
        alias: 'Plover',
        former: 'Finch',
        by: owl,
        at: noon,
        reason: 'a car',
      })
      await commit({ type: 'unshield', person: finch, by: owl, at: noon + 1, reason: 'it left' })
      expect(await store.shields.list()).toEqual([])
      expect(store.roster.directory().people.get(finch)).toMatchObject({ callsign: 'Finch', roles: ['responder'] })
      const deeds = (await store.deeds.latest(5)).map(({ what, by, facts }) => [what, by, facts.person])
      expect(deeds).toEqual([
        ['unshield', owl, finch],
        ['shield', owl, finch],
      ])
    })

    test('is let go of in every incident that names them, and each card of those is drawn anew, open ones at once', async () => {
      const { store, room, person } = scene()
      const [finch, owl, heron] = [person('Finch'), person('Owl'), person('Heron')]
      const one = reported('AZ-0001', { by: heron })
      await keep(store, null, { ...one, effects: { ...one.effects, cards: [room('az-response')] } })
      await keep(store, null, changed(one.after, [{ event: { type: 'joined' } }], { by: finch }))
      await keep(store, null, reported('AZ-0002', { by: heron }))
      expect(await store.transaction(tx => tx.naming(finch))).toEqual(['AZ-0001'])
      await draw()
      expect(await store.cards.due([room('az-response')], noon + 9_000, 5)).toEqual([])
      await hide(finch, owl)
      expect(await store.cards.due([room('az-response')], noon + 9_000, 5)).toMatchObject([{ incident: 'AZ-0001' }])
      await draw()
      expect(await store.shields.sweep(noon)).toBe(false)
      expect(await store.shields.sweep(noon + 5_000)).toBe(true)
      expect(await store.cards.due([room('az-response')], noon + 9_000, 5)).toMatchObject([{ incident: 'AZ-0001' }])
      expect(await store.shields.sweep(noon + 5_000)).toBe(false)

      async function draw() {
        const due = await store.cards.due([room('az-response')], noon + 9_000, 5)
        for (const card of await store.cards.take(due, noon + 9_000, 1_000))
          await store.cards.shown(card, card.wanted, { room: 'az-response', id: '1' }, 'posted', noon)
      }
    })
  })
}
