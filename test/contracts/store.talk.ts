import { describe, expect, test } from 'vitest'
import type { Store } from '../../db/store.ts'
import type { Changed, Place } from '../../db/utterances.ts'
import { drawnLater } from '../../workflows/change.ts'
import type { Decision } from '../../workflows/decision.ts'
import { ConflictError } from '../../workflows/errors.ts'
import type { PersonId, RoomId } from '../../workflows/ids.ts'
import { changed, incidentId, keep, noon, post, reported } from './incidents.ts'
import type { Scene } from './store.ts'

const az1 = incidentId('AZ-0001')
const lease = 30_000
const quarter = 15 * 60_000

/** What people say, say otherwise, take back, and hear of it in one message. */
export function talkTests(scene: () => Scene): void {
  type Kept = {
    readonly seen?: number | null
    readonly until?: number | null
    readonly text?: string
    readonly place?: Place
  }

  /** The entry of a report's thread that a message of that person becomes, with the line it makes in a room. */
  async function says(store: Store, message: string, person: PersonId, more: Kept = {}, lines: readonly RoomId[] = []) {
    const { seen = null, until = null, text = `words of ${message}`, place } = more
    const before = (await store.incidents.find(az1))?.incident
    if (!before) throw new Error('nothing was reported')
    const seq = before.seq + 1
    const posts = lines.map(room => post(`${az1}:${seq}:${room}`, room, { incident: az1, author: person }))
    const said: Decision = { event: { type: 'said', room: null }, words: { text } }
    const change = changed(before, [said], { by: person, effects: { posts } })
    const spoken = { message, seen, until, ...(place ? { place } : {}) }
    await store.transaction(tx =>
      tx.commit({ key: null, person, now: noon, answer: null, incidents: [change], spoken }),
    )
    return seq
  }

  /** What is done to that message; `does` are the events that it makes. */
  async function rethinks(store: Store, change: Omit<Changed, 'early'>, person: PersonId | null, does?: Decision) {
    const before = (await store.incidents.find(az1))?.incident ?? null
    const incidents = does && before ? [changed(before, [does], { by: person })] : []
    await store.transaction(tx =>
      tx.commit({ key: null, person, now: noon, answer: null, incidents, changed: { ...change, early: true } }),
    )
  }

  const said = (store: Store, message: string) => store.transaction(tx => tx.said(message))
  const reworded = (of: number, from: number, text: string): Decision => ({
    event: { type: 'reworded', of, from },
    words: { text },
  })
  const unsaid = (of: number, from: number, whose: PersonId): Decision => ({
    event: { type: 'unsaid', of, from, whose, why: 'deleted' },
  })

  async function send(store: Store, room: RoomId) {
    const due = await store.outbox.due({ rooms: [room], accounts: [], quiet: [] }, noon, 50)
    const posts = await store.outbox.take(
      due.map(one => one.id),
      noon,
      lease,
    )
    for (const { id, key } of posts) await store.outbox.sent(id, { room: 'r', id: key }, noon)
    return posts
  }

  async function begun() {
    const { store, person, room, place } = scene()
    const cards = [room('az')]
    await keep(store, null, reported('AZ-0001', { by: person('Heron'), effects: { cards } }))
    // Threads wait for their cards.
    for (const card of await store.cards.take(await store.cards.due(cards, noon, 9), noon, lease))
      await store.cards.shown(card, card.wanted, { room: 'r', id: 'card' }, 'posted', noon)
    return { store, place, heron: person('Heron'), finch: person('Finch'), az: room('az'), us: room('us') }
  }

  describe('what somebody said', () => {
    test('is found again by its message, with its newest words, by every process', async () => {
      const { store, place, finch } = await begun()
      const seq = await says(store, 'one', finch)
      expect(await said(store, 'one')).toMatchObject({ incident: az1, seq, from: seq, by: finch, text: 'words of one' })
      await rethinks(store, { message: 'one', at: noon + 5, words: 'newer' }, finch, reworded(seq, seq, 'newer'))
      const other = await place.again()
      expect(await said(other, 'one')).toMatchObject({ seq, from: seq + 1, text: 'newer', at: noon + 5, gone: false })
      expect((await other.utterances.wordings(az1, [seq])).get(seq)).toMatchObject({ from: seq + 1, text: 'newer' })
      expect((await store.incidents.timeline(az1, 10)).map(entry => entry.words?.text)).toEqual([
        undefined,
        undefined,
        'newer',
      ])
      expect(store.utterances.keyOf('slack', { room: 'C1', id: '1' })).toBe(
        other.utterances.keyOf('slack', { room: 'C1', id: '1' }),
      )
      expect(store.utterances.keyOf('slack', { room: 'C1', id: '1' })).not.toBe(
        store.utterances.keyOf('discord', { room: 'C1', id: '1' }),
      )
    })

    test('is never without words for who reads it while it is being changed', async () => {
      const { store, place, finch } = await begun()
      const reader = await place.again()
      const seq = await says(store, 'one', finch)
      let over = false
      const texts = new Set<string | null | undefined>()
      const reading = Array.from({ length: 4 }, async () => {
        while (!over) {
          texts.add((await reader.utterances.wordings(az1, [seq])).get(seq)?.text)
          await new Promise(setImmediate)
        }
      })
      let from = seq
      for (let n = 1; n <= 60; n++) {
        await rethinks(store, { message: 'one', at: noon + n, words: `v${n}` }, finch, reworded(seq, from, `v${n}`))
        from = (await said(store, 'one'))?.from ?? 0
      }
      over = true
      await Promise.all(reading)
      expect(texts.size).toBeGreaterThan(1)
      expect([...texts]).not.toContain(null)
    })

    test('can be looked at again where it stands, the newest first, while its incident is open', async () => {
      const { store, place, finch, heron } = await begun()
      const at = (id: string, account = 'U1'): Place => ({ tool: 'slack', message: { room: 'C1', id }, account })
      await says(store, 'one', finch, { place: at('1') })
      await says(store, 'two', heron, { place: { ...at('2', 'U2'), tool: 'discord' } })
      const third = await says(store, 'three', heron, { place: at('3', 'U2') })
      await says(store, 'four', finch)
      const other = await place.again()
      const slack = async (since = 0, limit = 9) =>
        (await other.utterances.standing('slack', since, limit)).map(
          ({ message: { id }, account }) => `${id} ${account}`,
        )
      expect((await slack()).toSorted()).toEqual(['1 U1', '3 U2'])
      expect(await slack(0, 1)).toHaveLength(1)
      expect(await slack(noon + 86_400_000)).toEqual([])
      expect(await other.utterances.standing('discord', 0, 9)).toEqual([
        { message: { room: 'C1', id: '2' }, account: 'U2' },
      ])
      await rethinks(store, { message: 'three', at: noon + 5, words: null }, heron, unsaid(third, third, heron))
      expect(await slack()).toEqual(['1 U1'])
      const before = (await store.incidents.find(az1))?.incident ?? null
      const over: Decision = { event: { type: 'merged', into: incidentId('AZ-0009') } }
      if (before) await keep(store, null, changed(before, [over], { by: finch }))
      expect(await slack()).toEqual([])
    })

    test('is nothing any more once it was taken back, and stays so', async () => {
      const { store, finch } = await begun()
      const seq = await says(store, 'one', finch)
      await rethinks(store, { message: 'one', at: noon + 5, words: null }, finch, unsaid(seq, seq, finch))
      expect(await said(store, 'one')).toMatchObject({ text: null, gone: true })
      await rethinks(store, { message: 'one', at: noon + 9, words: 'again' }, finch)
      expect(await said(store, 'one')).toMatchObject({ text: null, gone: true })
      const wrong = []
      for await (const problem of store.audit.verify()) wrong.push(problem)
      expect(wrong).toEqual([])
    })

    test('waits for its message where it was changed first, as it was changed last', async () => {
      const { store, finch } = await begun()
      await rethinks(store, { message: 'one', at: noon + 9, words: 'newest' }, finch)
      await rethinks(store, { message: 'one', at: noon + 5, words: 'newer' }, finch)
      expect(await said(store, 'one')).toBeNull()
      expect(await store.utterances.early('one')).toEqual({ at: noon + 9, words: 'newest' })
      await expect(says(store, 'one', finch)).rejects.toThrow(ConflictError)
      const seq = await says(store, 'one', finch, { seen: noon + 9, text: 'newest' })
      expect(await said(store, 'one')).toMatchObject({ seq, at: noon + 9, text: 'newest' })
      expect(await store.utterances.early('one')).toBeNull()
    })

    test('is not taken where it was taken away, however late a change of it claims to be', async () => {
      const { store, finch } = await begun()
      await rethinks(store, { message: 'one', at: noon + 9, words: 'newest' }, finch)
      await rethinks(store, { message: 'one', at: noon + 5, words: null }, finch)
      await rethinks(store, { message: 'one', at: noon + 20, words: 'newer still' }, finch)
      expect(await store.utterances.early('one')).toMatchObject({ words: null })
    })

    test('is never taken where it was taken away first; what never came is forgotten', async () => {
      const { store, finch } = await begun()
      await rethinks(store, { message: 'one', at: noon + 5, words: null }, null)
      await rethinks(store, { message: 'one', at: noon + 9, words: 'newer' }, finch)
      expect(await store.utterances.early('one')).toEqual({ at: noon + 5, words: null })
      await expect(says(store, 'one', finch, { seen: noon + 5 })).rejects.toThrow(ConflictError)
      await store.utterances.prune(noon + 5)
      expect(await store.utterances.early('one')).not.toBeNull()
      await store.utterances.prune(noon + 6)
      expect(await store.utterances.early('one')).toBeNull()
    })

    test('in a chat with a timer is due at its hour, longest first, until it is gone', async () => {
      const { store, finch } = await begun()
      await says(store, 'late', finch, { until: noon + 60_000 })
      const seq = await says(store, 'soon', finch, { until: noon + 30_000 })
      await says(store, 'ever', finch)
      expect(await store.utterances.due(noon + 29_999, 10)).toEqual([])
      expect(await store.utterances.due(noon + 60_000, 10)).toEqual(['soon', 'late'])
      expect(await store.utterances.timed(az1, finch)).toBe(true)
      await rethinks(store, { message: 'soon', at: noon, words: null }, null, unsaid(seq, seq, finch))
      expect(await store.utterances.due(noon + 60_000, 10)).toEqual(['late'])
    })

    test('goes with whoever said it', async () => {
      const { store, finch } = await begun()
      await says(store, 'one', finch)
      await rethinks(store, { message: 'two', at: noon, words: 'early' }, finch)
      const erase = { type: 'erase', person: finch } as const
      const now = noon
      await store.transaction(tx =>
        tx.commit({ key: null, person: finch, now, answer: null, incidents: [], roster: erase }),
      )
      expect(await said(store, 'one')).toBeNull()
      expect(await store.utterances.early('two')).toBeNull()
    })
  })

  describe('messages that carry it', () => {
    test('are drawn anew: those that wait when they go out, the others by a recall', async () => {
      const { store, finch, az, us } = await begun()
      const seq = await says(store, 'one', finch, {}, [az, us])
      await send(store, az)
      await rethinks(store, { message: 'one', at: noon + 5, words: 'newer' }, finch, reworded(seq, seq, 'newer'))
      const [waiting] = await send(store, us)
      expect(waiting?.view).toEqual(drawnLater)
      const [recall, ...rest] = await store.recalls.lease([az, us], [], noon, lease, 10)
      expect(recall).toMatchObject({ reason: 'reworded', post: `${az1}:${seq}:${az}`, to: { room: az } })
      expect(rest).toEqual([])
    })

    test('are not sent at all, or called back, once it was taken back', async () => {
      const { store, finch, az, us } = await begun()
      const seq = await says(store, 'one', finch, {}, [az, us])
      const other = await says(store, 'two', finch, {}, [us])
      await send(store, az)
      await rethinks(store, { message: 'one', at: noon + 5, words: null }, finch, unsaid(seq, seq, finch))
      expect((await send(store, us)).map(one => one.key)).toEqual([`${az1}:${other}:${us}`])
      const due = await store.recalls.lease([az, us], [], noon, lease, 10)
      expect(due.map(one => [one.reason, one.post])).toEqual([['withdrawn', `${az1}:${seq}:${az}`]])
    })

    test('are drawn once more where it was changed while that was being done', async () => {
      const { store, finch, az } = await begun()
      const seq = await says(store, 'one', finch, {}, [az])
      await send(store, az)
      await rethinks(store, { message: 'one', at: noon + 5, words: 'two' }, finch, reworded(seq, seq, 'two'))
      const [first] = await store.recalls.lease([az], [], noon, lease, 10)
      await rethinks(store, { message: 'one', at: noon + 6, words: 'three' }, finch, reworded(seq, seq + 1, 'three'))
      if (first) await store.recalls.done(first, false)
      const [again] = await store.recalls.lease([az], [], noon, lease, 10)
      expect(again).toMatchObject({ reason: 'reworded', attempts: 1 })
      await rethinks(store, { message: 'one', at: noon + 7, words: null }, finch, unsaid(seq, seq + 2, finch))
      if (again) await store.recalls.done(again, false)
      const [last] = await store.recalls.lease([az], [], noon, lease, 10)
      expect(last?.reason).toBe('withdrawn')
      if (last) await store.recalls.done(last, true)
      expect(await store.recalls.counts()).toEqual({ waiting: 0, failed: 0 })
    })
  })

  describe('lines that are told together', () => {
    async function digested(store: Store, message: string, person: PersonId, room: RoomId, now: number) {
      const before = (await store.incidents.find(az1))?.incident ?? null
      const seq = (before?.seq ?? 0) + 1
      const line = post(`${az1}:${seq}:${room}`, room, { incident: az1, author: person, digest: seq })
      const decision: Decision = { event: { type: 'said', room: null }, words: { text: message } }
      const change = changed(before, [decision], { at: now, by: person, effects: { posts: [line] } })
      const spoken = { message, seen: null, until: null }
      await store.transaction(tx => tx.commit({ key: null, person, now, answer: null, incidents: [change], spoken }))
      return seq
    }

    test('wait for their time or until they are many, and become one message, whoever looks', async () => {
      const { store, place, finch, az } = await begun()
      const first = await digested(store, 'one', finch, az, noon)
      const second = await digested(store, 'two', finch, az, noon + 60_000)
      expect(await send(store, az)).toEqual([])
      expect(await store.digests.due(noon - 1, 3, 10)).toEqual([])
      expect(await store.digests.due(noon - 1, 2, 10)).toEqual([{ incident: az1, room: az }])
      const [due] = await store.digests.due(noon, 3, 10)
      expect(due).toEqual({ incident: az1, room: az })
      if (!due) return
      const other = await place.again()
      await Promise.all([store.digests.tell(due, noon + quarter), other.digests.tell(due, noon + quarter)])
      expect(await store.digests.due(noon + quarter, 1, 10)).toEqual([])
      const key = `digest:${az1}:${az}:${first}`
      expect(await store.digests.lines(key)).toEqual([first, second])
      expect(await store.outbox.exists(key)).toBe(true)
      await store.digests.tell(due, noon + quarter)
      expect(await store.digests.lines(key)).toEqual([first, second])
    })

    test('can still be called back long after they were told', async () => {
      const { store, finch, az } = await begun()
      const seq = await digested(store, 'one', finch, az, noon)
      await store.digests.tell({ incident: az1, room: az }, noon)
      await send(store, az)
      for (let cursor: string | null = ''; cursor !== null; )
        cursor = await store.retention.messages(noon + 100 * quarter, cursor || null)
      await rethinks(store, { message: 'one', at: noon, words: null }, finch, unsaid(seq, seq, finch))
      const [recall] = await store.recalls.lease([az], [], noon, lease, 10)
      expect(recall).toMatchObject({ reason: 'reworded', post: `digest:${az1}:${az}:${seq}` })
    })

    test('are drawn anew with what is left of them', async () => {
      const { store, finch, heron, az } = await begun()
      const first = await digested(store, 'one', finch, az, noon)
      const second = await digested(store, 'two', heron, az, noon)
      await rethinks(store, { message: 'one', at: noon, words: null }, finch, unsaid(first, first, finch))
      const room = { incident: az1, room: az }
      await store.digests.tell(room, noon)
      const key = `digest:${az1}:${az}:${second}`
      expect(await store.digests.lines(key)).toEqual([second])
      expect((await send(store, az)).map(one => [one.key, one.view])).toEqual([[key, drawnLater]])
      await rethinks(store, { message: 'two', at: noon, words: 'new' }, heron, reworded(second, second, 'new'))
      expect((await store.utterances.wordings(az1, [second])).get(second)?.text).toBe('new')
    })
  })
}
