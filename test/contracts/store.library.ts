import { describe, expect, test } from 'vitest'
import { loadMessages } from '../../bot/messages.ts'
import { RuleError } from '../../workflows/errors.ts'
import type { MessageId, PersonId } from '../../workflows/ids.ts'
import type { LibraryDeed, MessengerFacts } from '../../workflows/library/deed.ts'
import { wordingRev } from '../../workflows/library/define.ts'
import type { Prepared } from '../../workflows/library.ts'
import { noon } from './incidents.ts'
import type { Scene } from './store.ts'

const calm = 'calm-call' as MessageId
const facts = (through: PersonId): MessengerFacts => ({
  ...{ alias: 'Cedar', kinds: ['faith'], regions: ['AZ'], languages: ['es'], through },
  ...{ consentAt: noon, consentUntil: null },
})
const secret = { name: 'Jo Doe', contact: '+1 602 555 0101', community: 'river church', consent: 'said yes' }

/** Prepared messages in their versions, and trusted messengers with what they were given. */
export function libraryTests(scene: () => Scene): void {
  const commit = (by: PersonId, deed: LibraryDeed, number: number | null = null, at = noon) =>
    scene().store.transaction(tx =>
      tx.commit({
        ...{ key: null, person: by, now: at, answer: null, incidents: [] },
        library: { do: deed, by, at, number },
      }),
    )
  const write = (id: MessageId, version: number, message: Prepared): LibraryDeed => ({
    ...{ type: 'write', id, version, message, rev: wordingRev(message), leads: false },
  })
  const approve = (id: MessageId, version: number, leads = true): LibraryDeed => ({
    ...{ type: 'approve', id, version, leads, title: {}, clears: true },
  })
  const words = (text: string): Prepared => ({
    ...{ title: { en: 'Calm' }, situation: 'calm', blanks: [], claims: [], review: null, sample: false, avoid: {} },
    ...{ voice: { kinds: ['anyone'], who: {} }, wordings: [{ for: 'public', words: { en: text } }] },
  })

  describe('prepared messages', () => {
    test('are taken from files once, and anew only where their words are others', async () => {
      const { store } = scene()
      const files = loadMessages(null)
      await store.library.keep(files, noon)
      await store.library.keep(files, noon + 1)
      const first = await store.library.find(calm)
      expect(first).toMatchObject({ approved: null, newest: { version: 1, by: null, state: 'waiting', at: noon } })
      const changed = files.map(one => ({ ...one, message: words('Be calm.'), rev: `${one.rev}x` }))
      await store.library.keep(changed, noon + 2)
      expect(await store.library.find(calm)).toMatchObject({ last: 2, newest: { version: 2, state: 'waiting' } })
      expect(await store.library.list()).toHaveLength(files.length)
    })

    test('are used once two different people approved that version, one of them senior', async () => {
      const { store, person } = scene()
      const [finch, owl, heron] = [person('Finch'), person('Owl'), person('Heron')]
      await commit(finch, write(calm, 1, words('One.')))
      await commit(finch, approve(calm, 1))
      expect((await store.library.find(calm))?.approved).toBeNull()
      await commit(heron, approve(calm, 1, false))
      expect((await store.library.find(calm))?.approved).toBeNull()
      await commit(owl, approve(calm, 1))
      expect(await store.library.find(calm)).toMatchObject({ approved: { version: 1, state: 'approved' } })
      await commit(heron, write(calm, 2, words('Two.')))
      expect(await store.library.find(calm)).toMatchObject({ approved: { version: 1 }, newest: { version: 2 } })
      await commit(owl, approve(calm, 2))
      expect((await store.library.find(calm))?.approved?.wordings[0]?.words).toEqual({ en: 'Two.' })
      expect(await store.library.version(calm, 1)).toMatchObject({ state: 'retired' })
    })

    test('are not written over: who was second reads that it was changed', async () => {
      const { store, person } = scene()
      const [finch, owl] = [person('Finch'), person('Owl')]
      await commit(finch, write(calm, 1, words('One.')))
      await expect(commit(owl, write(calm, 1, words('Other.')))).rejects.toBeInstanceOf(RuleError)
      await commit(owl, write(calm, 2, words('Two.')))
      await expect(commit(finch, write(calm, 2, words('Late.')))).rejects.toMatchObject({
        phrase: { key: 'library.changed' },
      })
      await expect(commit(owl, approve(calm, 1))).rejects.toBeInstanceOf(RuleError)
      await commit(owl, { type: 'reject', id: calm, version: 2, reason: 'too long', title: {} })
      expect(await store.library.find(calm)).toMatchObject({ approved: null, last: 2 })
      await commit(owl, write(calm, 3, words('Three.')))
      await commit(finch, { type: 'review', id: calm, version: 3, until: '2027-01-01' })
      expect(await store.library.find(calm)).toMatchObject({ newest: { version: 3, review: '2027-01-01' } })
      await commit(owl, { type: 'retire', id: calm })
      expect(await store.library.list()).toEqual([])
    })
  })

  describe('trusted messengers', () => {
    test('lie sealed, and are erased with all that they said', async () => {
      const { store, place, person } = scene()
      const [finch, owl] = [person('Finch'), person('Owl')]
      await commit(owl, { type: 'add', person: null, facts: facts(finch), secret }, 1)
      const one = await store.messengers.find('M-0001')
      expect(one).toMatchObject({ alias: 'Cedar', community: 'river church', through: finch, addedBy: owl })
      expect(JSON.stringify(one)).not.toMatch(/Jo Doe|602/)
      expect(await store.messengers.secret('M-0001')).toEqual(secret)
      await expect(commit(owl, { type: 'add', person: null, facts: facts(finch), secret }, 2)).rejects.toMatchObject({
        phrase: { key: 'messenger.alias-taken' },
      })
      if (!one) throw new Error('nobody is there')
      const given = { messenger: one.id, message: calm, version: 1, broadcast: null, region: 'AZ', avoid: {} } as const
      const handout = { ...given, words: { es: 'Calma.' }, rumour: false }
      await commit(owl, { type: 'hand', handout, to: one, title: {} }, 1)
      const kept = await store.messengers.handout('K-0001')
      if (!kept) throw new Error('nothing was handed over')
      const about = { handout: kept, messenger: one, title: {} }
      await commit(finch, { type: 'receive', id: 'K-0001', received: 'well', reach: 40, note: 'they wept', about })
      expect(await store.messengers.handouts({ messenger: 'M-0001', limit: 5 })).toMatchObject([
        { id: 'K-0001', words: { es: 'Calma.' }, received: 'well', reach: 40, note: 'they wept', toldAt: noon },
      ])
      expect(await store.library.uses({ message: calm, limit: 5 })).toMatchObject([
        { handout: 'K-0001', messenger: 'M-0001', region: 'AZ', broadcast: null },
      ])
      await commit(owl, { type: 'remove', id: 'M-0001', self: false })
      expect(await store.messengers.list()).toEqual([])
      expect(await store.messengers.secret('M-0001')).toBeNull()
      expect(await store.messengers.handout('K-0001')).toMatchObject({ received: 'well', note: null })
      const other = await place.again()
      expect(await other.messengers.list()).toEqual([])
    })

    test('who is on the roster goes from it with themselves', async () => {
      const { store, person } = scene()
      const [finch, owl] = [person('Finch'), person('Owl')]
      await commit(owl, { type: 'add', person: finch, facts: facts(owl), secret }, 1)
      expect(await store.messengers.of(finch)).toHaveLength(1)
      const roster = { type: 'erase', person: finch } as const
      await store.transaction(tx =>
        tx.commit({ key: null, person: finch, now: noon, answer: null, incidents: [], roster }),
      )
      expect(await store.messengers.list()).toEqual([])
    })

    test('who turns out to be somebody else on the roster stays readable, and goes with them', async () => {
      const { store, person } = scene()
      const [finch, owl, heron] = [person('Finch'), person('Owl'), person('Heron')]
      await commit(owl, { type: 'add', person: finch, facts: facts(finch), secret }, 1)
      const roster = { type: 'unite', person: heron, former: finch } as const
      await store.transaction(tx =>
        tx.commit({ key: null, person: heron, now: noon, answer: null, incidents: [], roster }),
      )
      expect(await store.messengers.of(heron)).toMatchObject([{ id: 'M-0001', through: heron }])
      expect(await store.messengers.secret('M-0001')).toEqual(secret)
    })

    test('change with what they agreed to, and are gone for whoever comes late', async () => {
      const { store, person } = scene()
      const owl = person('Owl')
      await commit(owl, { type: 'add', person: null, facts: facts(owl), secret }, 1)
      const change = { facts: { consentUntil: noon + 1 }, secret: { contact: 'through the choir' } }
      await commit(owl, { type: 'change', id: 'M-0001', ...change })
      expect(await store.messengers.find('M-0001')).toMatchObject({ consentUntil: noon + 1, alias: 'Cedar' })
      expect(await store.messengers.secret('M-0001')).toEqual({ ...secret, contact: 'through the choir' })
      await expect(commit(owl, { type: 'remove', id: 'M-0009', self: false })).rejects.toMatchObject({
        phrase: { key: 'messenger.gone' },
      })
      const log = await store.deeds.latest(5)
      expect(log.map(one => [one.what, one.facts.did])).toEqual([
        ['messenger', 'change'],
        ['messenger', 'add'],
      ])
      expect(JSON.stringify(log)).not.toMatch(/Jo Doe|Cedar|choir/)
    })
  })
}
