import { expect, test } from 'vitest'
import { RuleError } from '../../workflows/errors.ts'
import type { ExportFilter, ExportPlan } from '../../workflows/export/plan.ts'
import { type ExportChange, type ExportId, makeExportId } from '../../workflows/export/request.ts'
import type { Exported } from '../../workflows/export/row.ts'
import { keep, noon, reported, type Start } from './incidents.ts'
import type { Scene } from './store.ts'

const all: ExportFilter = {
  from: 0,
  to: noon + 1,
  regions: 'all',
  kinds: [],
  incident: null,
  drill: null,
  withoutRed: false,
}
const plan: ExportPlan = { ...all, format: 'csv', edition: 'response', sealed: true }
const id = makeExportId(7)
const hour = 3_600_000

/** What is read to leave the hub, and what is kept of who asked for it. */
export function exportTests(scene: () => Scene): void {
  const put = (name: string, start: Start = {}) => keep(scene().store, null, reported(name, start))

  async function read(filter: Partial<ExportFilter>, wish = { words: false, timeline: false }): Promise<Exported[]> {
    const found: Exported[] = []
    for await (const page of scene().store.exports.pages({ ...all, ...filter }, wish)) found.push(...page)
    expect(await scene().store.exports.count({ ...all, ...filter })).toBe(found.length)
    return found
  }
  const ids = async (filter: Partial<ExportFilter>) => (await read(filter)).map(one => one.incident.id)

  test('what leaves is read oldest first, and only what fits', async () => {
    await put('AZ-0001', { at: noon - 3 * hour, kind: 'VI-2' })
    await put('AZ-0002', { at: noon - 2 * hour, kind: 'AR-1', mark: 'RED' })
    await put('GA-0001', { at: noon - 2 * hour, kind: 'VI-1' })
    await put('GA-0002', { at: noon })
    await put('AZ-0003', { visibility: 'restricted', allowed: [] })
    await put('AZ-0004', { waiting: true })
    await put('DRILL-0001', { drill: 'D1', region: 'AZ' })
    expect(await ids({})).toEqual(['AZ-0001', 'AZ-0002', 'GA-0001', 'GA-0002'])
    expect(await ids({ to: noon })).toEqual(['AZ-0001', 'AZ-0002', 'GA-0001'])
    expect(await ids({ from: noon - 2 * hour })).toEqual(['AZ-0002', 'GA-0001', 'GA-0002'])
    expect(await ids({ regions: ['GA'] })).toEqual(['GA-0001', 'GA-0002'])
    expect(await ids({ regions: [] })).toEqual([])
    expect(await ids({ kinds: ['VI'] })).toEqual(['AZ-0001', 'GA-0001'])
    expect(await ids({ kinds: ['VI-2', 'AR-1'] })).toEqual(['AZ-0001', 'AZ-0002'])
    expect(await ids({ withoutRed: true })).toEqual(['AZ-0001', 'GA-0001', 'GA-0002'])
    expect(await ids({ incident: 'GA-0002' as never })).toEqual(['GA-0002'])
    expect(await ids({ drill: 'D1' })).toEqual(['DRILL-0001'])
  })

  test('more than a page is read once each, also where many came in the same moment', async () => {
    const { store } = scene()
    for (let at = 0; at < 612; at++) {
      const name = `AZ-${String(at + 1).padStart(4, '0')}`
      await keep(store, null, reported(name, { at: noon - (at < 400 ? hour : at) }))
    }
    const found = await ids({})
    expect(found).toHaveLength(612)
    expect(new Set(found).size).toBe(612)
  })

  test('words and what happened come only where they are wanted', async () => {
    const { person } = scene()
    await put('AZ-0001', { what: 'They shout', by: person('Heron') })
    const [plain] = await read({})
    expect([plain?.words, plain?.timeline]).toEqual([null, null])
    const [log] = await read({}, { words: false, timeline: true })
    expect(log?.timeline).toMatchObject([{ seq: 1, by: person('Heron'), event: { type: 'reported' }, words: null }])
    expect(log?.words).toEqual({ what: null, where: null })
    const [whole] = await read({}, { words: true, timeline: true })
    expect(whole?.words).toEqual({ what: 'They shout', where: 'by the library' })
    expect(whole?.timeline?.[0]?.words).toMatchObject({ what: 'They shout' })
  })

  const deed = (change: Partial<ExportChange> & Pick<ExportChange, 'do'>): ExportChange => ({
    by: scene().person('Finch'),
    at: noon,
    until: noon + hour,
    made: null,
    ...change,
  })
  const write = (change: ExportChange) =>
    scene().store.transaction(tx =>
      tx.commit({ key: null, person: change.by, now: change.at, answer: null, incidents: [], export: change }),
    )
  const asked = (waits: boolean) =>
    write(deed({ do: { type: 'ask', plan, reason: 'A court asked for it', platform: 'signal', waits }, made: id }))
  const agree = (by: string, at = noon + 1) =>
    write(
      deed({
        do: { type: 'agree', id, of: { by: scene().person('Finch'), platform: 'signal' } },
        by: scene().person(by),
        at,
        until: at + hour,
      }),
    )

  test('what needs a second person cannot be taken before one agreed, who is not whoever asked', async () => {
    const { store } = scene()
    await asked(true)
    expect(await store.exports.find(id)).toMatchObject({ state: 'asked', reason: 'A court asked for it', plan })
    expect(await store.exports.take(id, noon + 1, noon - hour)).toBe(false)
    expect(await store.exports.secret(id, 'words', noon + 1)).toBeNull()
    await expect(agree('Finch')).rejects.toThrow(RuleError)
    await agree('Owl')
    await expect(agree('Owl')).rejects.toThrow(RuleError)
    expect(await store.exports.find(id)).toMatchObject({ state: 'ready', settledBy: scene().person('Owl') })
    expect((await store.deeds.latest(9)).map(one => one.facts.did)).toEqual(['agree', 'ask'])
  })

  test('agreeing comes too late once it has run out', async () => {
    await asked(true)
    await expect(agree('Owl', noon + hour)).rejects.toThrow(RuleError)
  })

  test('a file is taken, again within the hour, and opened by the same words before and after', async () => {
    const { store } = scene()
    await asked(false)
    expect(await store.exports.secret(id, 'first', noon)).toBe('first')
    expect(await store.exports.take(id, noon, noon - hour)).toBe(true)
    expect(await store.exports.take(id, noon + hour / 2, noon - hour / 2)).toBe(true)
    expect(await store.exports.take(id, noon + hour / 2, noon)).toBe(false)
    expect(await store.exports.take(id, noon + hour, noon - 1)).toBe(false)
    expect((await store.deeds.latest(2)).map(one => one.facts.did)).toEqual(['take-again', 'take'])
    await store.exports.gone(id, 12)
    expect(await store.exports.find(id)).toMatchObject({ state: 'taken', takenAt: noon, rows: 12 })
    expect(await store.exports.secret(id, 'second', noon + 1)).toBe('first')
    expect(await store.exports.secret(id, 'third', noon + hour)).toBeNull()
    // What opens it is gone for good then: even the clock of before finds nothing of it.
    await store.exports.forget(noon + hour - 1)
    expect(await store.exports.secret(id, 'third', noon + 1)).toBe('first')
    await store.exports.forget(noon + hour)
    expect(await store.exports.secret(id, 'third', noon + 1)).toBe('third')
    expect((await store.exports.latest(5)).map(one => one.id)).toEqual([id])
    expect(await store.exports.find('X-0099' as ExportId)).toBeNull()
  })
}
