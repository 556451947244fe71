import { describe, expect, test } from 'vitest'
import { tablesOf } from '../../db/base.ts'
import { tryLimit } from '../../db/codes.ts'
import type { Store } from '../../db/store.ts'
import type { AccountChange, CodeWanted } from '../../workflows/account.ts'
import { spokenCode } from '../../workflows/code.ts'
import type { Room } from '../../workflows/directory.ts'
import { RuleError } from '../../workflows/errors.ts'
import type { AccountId, PersonId, RoomId } from '../../workflows/ids.ts'
import type { NetworkUpdate } from '../../workflows/network/update.ts'
import { incidentId, keep, noon, raced, reported } from './incidents.ts'
import type { Scene } from './store.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** Codes, who an account belongs to, and which rooms are bound. */
export function accountTests(scene: () => Scene): void {
  const change = (store: Store, roster: AccountChange, key: string | null = null) =>
    raced(store, tx => tx.commit({ key, person: roster.person, now: noon, answer: null, incidents: [], roster }))
  const link = (callsign = 'Finch'): CodeWanted => ({
    type: 'link',
    person: scene().person(callsign),
    account: 'any' as AccountId,
  })
  const invite = (more: Partial<Extract<CodeWanted, { type: 'invite' }>> = {}): CodeWanted => ({
    type: 'invite',
    roles: ['responder'],
    regions: ['AZ'],
    uses: 5,
    until: noon + 7 * day,
    by: null,
    ...more,
  })
  const fresh = (address: string) => ({ account: `a-${address}` as AccountId, platform: 'signal', address }) as const
  const arrival = (name: string) =>
    ({ ...fresh(name), person: `p-${name}` as PersonId, callsign: name, language: 'en' }) as const
  const enter = (code: string, name: string): AccountChange => {
    const coming = arrival(name)
    return { type: 'enter', person: coming.person, code, arrival: coming, callsign: null }
  }

  describe('a code', () => {
    test('is said in groups, and found by whoever types it', async () => {
      const { codes } = scene().store
      const code = await codes.issue(link(), noon)
      expect(spokenCode(code)).toMatch(/^[34679CDFHJKMNPQRTWXY]{4}-[34679CDFHJKMNPQRTWXY]{4}$/)
      expect(await codes.find(code, noon)).toEqual(link())
      expect(await codes.find('CCCCCCCC', noon)).toBeNull()
    })

    test('that joins accounts holds for ten minutes, and only the newest does', async () => {
      const { codes } = scene().store
      const [first, second] = [await codes.issue(link(), noon), await codes.issue(link(), noon + 1)]
      expect(await codes.find(first, noon + 2)).toBeNull()
      expect(await codes.find(second, noon + 10 * minute)).not.toBeNull()
      expect(await codes.find(second, noon + 10 * minute + 1)).toBeNull()
    })

    test('stands nowhere in the database', async () => {
      const { store, place } = scene()
      const made = [await store.codes.issue(link(), noon), await store.codes.issue(invite(), noon)]
      const tables = tablesOf(place.database.engine)
      const rows = [await place.database.read.select().from(tables.codes), await store.deeds.latest(10)]
      for (const code of made) expect(JSON.stringify(rows)).not.toContain(code)
    })

    test('that others saw is ended once', async () => {
      const { codes } = scene().store
      const code = await codes.issue(invite(), noon)
      const ended = [await codes.burn(code, null, noon), await codes.burn(code, null, noon)]
      expect(ended).toEqual([true, false])
      expect(await codes.find(code, noon)).toBeNull()
    })

    test('cannot be guessed for long: five tries in ten minutes an account', async () => {
      const { codes } = scene().store
      const tries = []
      for (let count = 0; count <= tryLimit.most; count++) tries.push(await codes.attempt('slack', 'U1', noon))
      expect(tries).toEqual([true, true, true, true, true, false])
      expect(await codes.attempt('slack', 'U2', noon)).toBe(true)
      expect(await codes.attempt('slack', 'U1', noon + tryLimit.within)).toBe(true)
      await codes.forgive('slack', 'U1')
    })
  })

  describe('an invitation', () => {
    test('lets in exactly as many as it says, however many come at once', async () => {
      const { store, place } = scene()
      const other = await place.again()
      const code = await store.codes.issue(invite(), noon)
      const came = await Promise.all(
        Array.from({ length: 50 }, (_, at) =>
          change(at % 2 ? store : other, enter(code, `Bird ${at}`)).then(
            () => true,
            error => {
              if (!(error instanceof RuleError)) throw error
              return false
            },
          ),
        ),
      )
      expect(came.filter(Boolean)).toHaveLength(5)
      await store.roster.refresh()
      const people = [...store.roster.directory().people.values()].filter(one => one.callsign.startsWith('Bird'))
      expect(people).toHaveLength(5)
      expect(people[0]).toMatchObject({ roles: ['responder'], regions: ['AZ'], vetted: true })
      expect(await store.codes.find(code, noon)).toBeNull()
    })

    test('runs out, is listed while it holds, and can be ended', async () => {
      const { store, person } = scene()
      await store.codes.issue(invite({ until: noon + minute }), noon)
      const code = await store.codes.issue(invite({ by: person('Finch') }), noon)
      expect(await store.codes.invites(noon)).toHaveLength(2)
      const [only] = await store.codes.invites(noon + minute)
      expect(only).toMatchObject({ uses: 5, used: 0, roles: ['responder'], by: person('Finch') })
      expect(await store.codes.revoke(only?.number ?? 0, null, noon)).toBe(true)
      expect(await store.codes.revoke(only?.number ?? 0, null, noon)).toBe(false)
      await expect(change(store, enter(code, 'Wren'))).rejects.toThrow(RuleError)
      expect((await store.deeds.latest(10)).map(deed => deed.what)).toEqual(['revoke', 'invite', 'invite'])
    })

    test('gives a known person what it says, and nothing that does not fit', async () => {
      const { store, person } = scene()
      const finch = person('Finch')
      const raise = (code: string): AccountChange => ({
        type: 'enter',
        person: finch,
        code,
        arrival: null,
        callsign: null,
      })
      await change(store, raise(await store.codes.issue(invite({ regions: ['US'] }), noon)))
      expect(store.roster.directory().people.get(finch)).toMatchObject({ roles: ['responder'], regions: ['AZ', 'US'] })
      const clash = await store.codes.issue(invite({ roles: ['coordinator'], regions: ['AZ'] }), noon)
      await expect(change(store, raise(clash))).rejects.toMatchObject({ phrase: { key: 'account.invite-clash' } })
      expect(await store.codes.find(clash, noon)).toMatchObject({ used: 0 })
    })
  })

  describe('an account', () => {
    test('joins a person by a code, once', async () => {
      const { store, person } = scene()
      const finch = person('Finch')
      const code = await store.codes.issue(link(), noon)
      const join = (address: string): AccountChange => ({
        type: 'join',
        person: finch,
        code,
        fresh: fresh(address),
        former: null,
      })
      await change(store, join('one'))
      await expect(change(store, join('two'))).rejects.toMatchObject({ phrase: { key: 'account.link-gone' } })
      const found = await store.roster.whose('signal', 'one')
      expect(found).toMatchObject({ person: finch, account: 'a-one' })
      expect(await store.roster.address('a-one' as AccountId)).toBe('one')
      await change(store, { type: 'unlink', person: finch, account: 'a-one' as AccountId })
      expect(await store.roster.whose('signal', 'one')).toBeNull()
      expect(store.roster.directory().people.get(finch)?.accounts).toHaveLength(1)
    })

    test('of a stranger brings their reports along, with every word, and the timeline still verifies', async () => {
      const { store, person } = scene()
      const finch = person('Finch')
      const guest = { ...arrival('Guest-31'), language: 'en' as const }
      const report = reported('AZ-0001', { by: guest.person, what: 'Two men shout', account: guest.account })
      await store.transaction(tx =>
        tx.commit({ key: 'k', person: guest.person, now: noon, answer: 1, incidents: [report], newcomer: guest }),
      )
      await keep(store, null, reported('AZ-0002', { by: person('Heron') }))
      const code = await store.codes.issue(link(), noon)
      await change(store, { type: 'join', person: finch, code, fresh: null, former: guest.person })

      const directory = store.roster.directory()
      expect(directory.people.has(guest.person)).toBe(false)
      expect(directory.former?.get(guest.person)).toBe(finch)
      expect(await store.roster.whose('signal', 'Guest-31')).toMatchObject({ person: finch, account: guest.account })
      expect(await store.roster.address(guest.account)).toBe('Guest-31')
      const known = await store.incidents.find(incidentId('AZ-0001'))
      expect(known).toMatchObject({ incident: { reporter: finch }, words: { what: 'Two men shout' } })
      const own = await store.incidents.list({ regions: 'all', viewer: finch, reporter: finch, limit: 5 })
      expect(own.items.map(one => one.id)).toEqual(['AZ-0001'])
      const entries = await store.incidents.timeline(incidentId('AZ-0001'), 9)
      expect(entries).toMatchObject([{ by: finch, words: { what: 'Two men shout' } }])
      const findings = []
      for await (const finding of store.audit.verify()) findings.push(finding)
      expect(findings).toEqual([])
    })

    test('once erased takes with it all that came by its former self', async () => {
      const { store, person, place } = scene()
      const finch = person('Finch')
      const guest = arrival('Guest-31')
      const report = reported('AZ-0001', { by: guest.person })
      await store.transaction(tx =>
        tx.commit({ key: 'k', person: guest.person, now: noon, answer: 1, incidents: [report], newcomer: guest }),
      )
      const code = await store.codes.issue(link(), noon)
      await change(store, { type: 'join', person: finch, code, fresh: null, former: guest.person })
      const roster = { type: 'erase', person: finch } as const
      await store.transaction(tx =>
        tx.commit({ key: null, person: null, now: noon, answer: null, incidents: [], roster }),
      )
      const { keys } = tablesOf(place.database.engine)
      const scopes = (await place.database.read.select({ scope: keys.scope }).from(keys)).map(row => row.scope)
      expect(scopes.filter(scope => scope.endsWith(finch) || scope.endsWith(guest.person))).toEqual([])
      expect((await store.erasures.due()).toSorted()).toEqual([finch, guest.person].toSorted())
      expect((await store.incidents.find(incidentId('AZ-0001')))?.words.what).toBeNull()
    })

    test('brings a report along that was being written in that moment', async () => {
      const { store, person } = scene()
      const guest = arrival('Guest-31')
      await store.transaction(tx =>
        tx.commit({ key: 'k', person: guest.person, now: noon, answer: 1, incidents: [], newcomer: guest }),
      )
      const code = await store.codes.issue(link(), noon)
      await change(store, { type: 'join', person: person('Finch'), code, fresh: null, former: guest.person })
      await keep(store, null, reported('AZ-0003', { by: guest.person }))
      await store.roster.refresh()
      const known = await store.incidents.find(incidentId('AZ-0003'))
      expect(known).toMatchObject({ incident: { reporter: person('Finch') }, words: { what: 'Two men shout' } })
    })

    test('has the roles of its groups for as long as it is in them', async () => {
      const { store, person, place } = scene()
      const finch = person('Finch')
      const { account } = (await store.roster.whose('slack', 'U0FINCH')) ?? { account: '' as AccountId }
      const group = { platform: 'slack', address: 'S01', roles: ['coordinator'], regions: ['AZ'] }
      const facts = JSON.stringify({ ...JSON.parse(await networkRow(place)), groups: [group] })
      await place.tamper(`update settings set value = '${facts}' where key = 'network'`)
      const groups = (now: readonly string[]): AccountChange => ({
        type: 'groups',
        person: finch,
        account,
        groups: now,
        arrival: null,
      })
      await change(store, groups(['S01']))
      const raised = store.roster.directory().people.get(finch)
      expect(raised).toMatchObject({ roles: ['responder', 'coordinator'], own: { roles: ['responder'] } })
      expect(await store.roster.whose('slack', 'U0FINCH')).toMatchObject({ groups: ['S01'] })
      await change(store, groups([]))
      const left = store.roster.directory().people.get(finch)
      expect(left?.roles).toEqual(['responder'])
      expect(left?.own).toBeUndefined()
    })
  })

  describe('a room', () => {
    const room = (more: Partial<Room> = {}): Room => ({
      id: 'new' as RoomId,
      purpose: 'region',
      region: 'AZ',
      platform: 'discord',
      address: '77',
      name: 'trust-az',
      language: null,
      red: false,
      ...more,
    })
    const rooms = (store: Store) =>
      store.roster
        .directory()
        .rooms.map(one => `${one.purpose}${one.region ? ` ${one.region}` : ''} ${one.platform} ${one.address}`)
        .sort()

    test('that is bound wants the cards of what is open there, and of nothing else', async () => {
      const { store, person } = scene()
      await keep(store, null, reported('AZ-0001'))
      await keep(store, null, reported('AZ-0002', { severity: 5 }))
      await keep(store, null, reported('AZ-0003', { visibility: 'restricted' }))
      await keep(store, null, reported('US-0001'))
      await change(store, { type: 'bind', person: person('Finch'), room: room() })
      const due = await store.cards.due(['new' as RoomId], noon, 10)
      expect(due.map(card => card.incident)).toEqual(['AZ-0002', 'AZ-0001'])
    })

    test('is known in every process, and takes the place of what its address was', async () => {
      const { store, person, place } = scene()
      const other = await place.again()
      await change(store, { type: 'bind', person: person('Finch'), room: room() })
      await change(other, {
        type: 'bind',
        person: person('Finch'),
        room: room({ id: 'next' as RoomId, purpose: 'coordination', region: null }),
      })
      await store.roster.refresh()
      const wanted = ['coordination discord 77', 'coordination workspace coordination']
      expect(rooms(store)).toEqual(expect.arrayContaining(wanted))
      expect(rooms(store)).not.toContain('region AZ discord 77')
      expect(rooms(store)).toEqual(rooms(other))
    })

    test('that is the last of coordination cannot be let go', async () => {
      const { store, person, room: idOf } = scene()
      const finch = person('Finch')
      const off = { type: 'unbind', person: finch, room: idOf('coordination') } as const
      await expect(change(store, off)).rejects.toMatchObject({ phrase: { key: 'account.bind-last' } })
      await change(store, { type: 'bind', person: finch, room: room({ purpose: 'coordination', region: null }) })
      await change(store, off)
      expect(rooms(store)).not.toContain('coordination workspace coordination')
      expect((await store.deeds.latest(1))[0]).toMatchObject({ what: 'unbind', by: finch })
    })

    test('of coordination stands in for triage and leadership where they have none of their own', async () => {
      const { store, person } = scene()
      const own = room({ purpose: 'coordination', region: null })
      await change(store, { type: 'bind', person: person('Finch'), room: own })
      expect(rooms(store).filter(one => one.includes('discord 77'))).toEqual([
        'coordination discord 77',
        'leadership discord 77',
        'triage discord 77',
      ])
    })
  })

  describe('an update of the network', () => {
    const none: NetworkUpdate = {
      settings: {},
      regions: [],
      rooms: [],
      people: [],
      gone: { regions: [], rooms: [], people: [], accounts: false },
    }
    const bound = (): NetworkUpdate['rooms'][number] => ({
      ...({ purpose: 'region', region: 'AZ', platform: 'slack', address: 'C1' } as const),
      ...{ name: 'az', language: null, red: true },
    })
    const wren: NetworkUpdate['people'][number] = {
      ...{ name: null, callsign: 'Wren', sample: false },
      roles: ['responder'],
      regions: ['AZ'],
      languages: ['es'],
      accounts: [
        { platform: 'slack', address: 'U0WREN' },
        { platform: 'slack', address: 'U0WREN2' },
      ],
    }

    test('puts regions, rooms, people and settings in, in every process', async () => {
      const { store, place, person } = scene()
      const other = await place.again()
      await keep(store, null, reported('AZ-0001'))
      const finch: typeof wren = { ...wren, callsign: 'finch', roles: ['coordinator'], accounts: [] }
      const region = { code: 'NM', name: 'New Mexico', zone: 'America/Denver', places: [], rooms: [] }
      const settings = { strangers: 'report', groups: [] }
      await store.roster.update({ ...none, settings, regions: [region], rooms: [bound()], people: [wren, finch] }, noon)
      await other.roster.refresh()
      for (const one of [store, other]) {
        const { regions, rooms, people, strangers } = one.roster.directory()
        expect(strangers).toBe('report')
        expect(regions.map(each => each.code).toSorted()).toEqual(['AZ', 'NM', 'US'])
        const made = rooms.find(each => each.address === 'C1')
        expect(made).toMatchObject({ platform: 'slack', region: 'AZ', red: true })
        expect(people.get(person('Finch'))).toMatchObject({ callsign: 'finch', roles: ['coordinator'] })
        expect(await one.roster.whose('slack', 'U0WREN2')).not.toBeNull()
        const due = await one.cards.due(made ? [made.id] : [], noon, 5)
        expect(due.map(card => card.incident)).toEqual(['AZ-0001'])
      }
      expect(await store.roster.whose('slack', 'U0FINCH')).not.toBeNull()
    })

    test('takes what is gone away, and nothing of anybody else', async () => {
      const { store, person } = scene()
      await store.roster.update({ ...none, rooms: [bound()], people: [wren] }, noon)
      const gone = { regions: ['US'], rooms: [bound()], people: ['Finch'], accounts: true }
      const fewer = { ...wren, accounts: wren.accounts.slice(0, 1) }
      await store.roster.update({ ...none, people: [fewer], gone }, noon)
      const { regions, rooms, people } = store.roster.directory()
      expect(regions.map(each => each.code)).toEqual(['AZ'])
      expect(rooms.some(each => each.address === 'C1')).toBe(false)
      expect(people.get(person('Finch'))).toMatchObject({ roles: [], accounts: [{ platform: 'slack' }] })
      expect(await store.roster.whose('slack', 'U0WREN')).not.toBeNull()
      expect(await store.roster.whose('slack', 'U0WREN2')).toBeNull()
      const taken: typeof wren = { ...wren, accounts: [{ platform: 'slack', address: 'U0FINCH' }] }
      await expect(store.roster.update({ ...none, people: [taken] }, noon)).rejects.toThrow('somebody else')
    })
  })

  async function networkRow(place: Scene['place']): Promise<string> {
    const { settings } = tablesOf(place.database.engine)
    const rows = await place.database.read.select().from(settings)
    return rows.find(row => row.key === 'network')?.value ?? '{}'
  }
}
