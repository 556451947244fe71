import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeChanges, passedOn, unmergeChanges } from '../../bot/union.ts'
import type { StoreTx } from '../../db/store.ts'
import type { IncidentAction } from '../../workflows/action.ts'
import type { IncidentChange } from '../../workflows/change.ts'
import { decide } from '../../workflows/decide.ts'
import { InputError, RuleError } from '../../workflows/errors.ts'
import { type IncidentId, makeIncidentId, type PersonId } from '../../workflows/ids.ts'
import { type Evidence, type Incident, isOpen } from '../../workflows/incident.ts'
import type { Actor } from '../../workflows/permission.ts'
import { enter } from '../../workflows/record.ts'
import { independent, sourcesOf } from '../../workflows/sources.ts'
import { at, crane, finch, heron, noEvidence, reporting, roster, taxonomy, wren } from '../workflows/specification.ts'

type Move =
  | { readonly type: 'merge'; readonly from: number; readonly into: number }
  | { readonly type: 'unmerge'; readonly about: number; readonly wait: number }
  | { readonly type: 'withdraw' | 'dismiss' | 'add' | 'detail'; readonly about: number }
  | { readonly type: 'severity'; readonly about: number; readonly to: 1 | 2 | 3 | 4 | 5 }

const many = 6
const reporters = [heron, finch, wren, crane, heron, finch]
const number = fc.integer({ min: 0, max: many - 1 })
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant('merge' as const), from: number, into: number }) },
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant('unmerge' as const), about: number, wait: fc.constantFrom(0, 0, 5) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constantFrom('withdraw', 'dismiss', 'add', 'add', 'detail'), about: number }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('severity' as const),
      about: number,
      to: fc.constantFrom<1 | 5>(1, 5),
    }),
  },
)

/** A network of incidents in memory, with the real rules; nothing is written where one of them says no. */
function world() {
  const standing = new Map<IncidentId, Incident>()
  const tx = {
    incident: async (id: IncidentId) => standing.get(id) ?? null,
    filesBy: async () => [],
    originals: async () => new Map<PersonId, ReadonlySet<string>>(),
  } as unknown as StoreTx
  let minute = 0

  function apply(actor: Actor) {
    return (before: Incident | null, action: IncidentAction): IncidentChange[] => {
      const context = { now: at(minute), actor, taxonomy, directory: roster() }
      const decisions = decide(action, before, context)
      if (decisions.length === 0) return []
      const { after, entries } = enter(before, decisions, context)
      return [{ before, after, entries, shred: null, recall: null, effects: { cards: [], posts: [], timers: [] } }]
    }
  }

  async function attempt(change: () => Promise<IncidentChange[]>): Promise<boolean> {
    try {
      const changes = await change()
      for (const { after } of changes) standing.set(after.id, after)
      return changes.length > 0
    } catch (error) {
      if (!(error instanceof RuleError || error instanceof InputError)) throw error
      return false
    }
  }

  return {
    standing,
    pass: (minutes: number) => {
      minute += minutes
    },
    report: (index: number) =>
      attempt(async () => {
        const id = makeIncidentId('AZ', index + 1)
        const severity = ((index % 4) + 1) as 1 | 2 | 3 | 4
        const action = reporting({ id, severity, evidence: { ...noEvidence, photo: index } })
        return apply(reporters[index] as Actor)(null, action)
      }),
    merge: (from: IncidentId, into: IncidentId) => attempt(() => mergeChanges(tx, { from, into }, apply(crane))),
    unmerge: (id: IncidentId) => attempt(() => unmergeChanges(tx, id, apply(crane))),
    does: (id: IncidentId, actor: Actor, action: IncidentAction) =>
      attempt(async () => {
        const changes = apply(actor)(standing.get(id) as Incident, action)
        return [...changes, ...(await passedOn(tx, changes[0], apply(actor)))]
      }),
  }
}

type World = ReturnType<typeof world>

async function make(move: Move, net: World): Promise<boolean> {
  const id = (index: number) => makeIncidentId('AZ', index + 1)
  switch (move.type) {
    case 'merge':
      return net.merge(id(move.from), id(move.into))
    case 'unmerge':
      net.pass(move.wait)
      return net.unmerge(id(move.about))
    case 'severity':
      return net.does(id(move.about), crane, { type: 'severity', to: move.to, reason: 'so' })
    case 'dismiss':
      return net.does(id(move.about), crane, { type: 'dismiss', reason: '' })
    case 'add': {
      const evidence = { ...noEvidence, voice: 1 }
      return net.does(id(move.about), finch, { type: 'add', text: 'more', evidence })
    }
    case 'detail':
      return net.does(id(move.about), reporters[move.about] as Actor, { type: 'detail', details: { known: 'online' } })
    case 'withdraw':
      return net.does(id(move.about), reporters[move.about] as Actor, { type: 'withdraw' })
  }
}

function holderOf(net: World, incident: Incident): Incident {
  let held = incident
  for (let steps = 0; held.mergedInto; steps++) {
    if (steps > many) throw new Error(`${incident.id} stands in a circle`)
    held = net.standing.get(held.mergedInto) as Incident
  }
  return held
}

function check(net: World): void {
  const all = [...net.standing.values()]
  const roots = all.filter(one => one.mergedInto === null)
  // Every report that was not taken back stands once, in the one where its event stands now.
  for (const one of all) {
    const own = sourcesOf(one).find(source => source.report === one.id)
    const root = holderOf(net, one)
    const there = sourcesOf(root).filter(source => source.report === one.id)
    expect(there.length, `${one.id} in ${root.id}`).toBe(own ? 1 : 0)
    if (own) expect(there[0]?.known).toBe(own.known)
    if (one.mergedInto) {
      expect(isOpen(one)).toBe(false)
      expect(net.standing.get(one.mergedInto)?.merged).toContain(one.id)
    }
    for (const id of one.merged) expect(net.standing.get(id)?.mergedInto).toBe(one.id)
  }
  const counted = roots.reduce((sum, root) => sum + sourcesOf(root).length, 0)
  expect(counted).toBe(all.reduce((sum, one) => sum + (one.reporter === null ? 0 : 1), 0))
  for (const one of all) {
    expect(independent(sourcesOf(one))).toBeLessThanOrEqual(new Set(sourcesOf(one).map(({ by }) => by)).size)
    for (const kind of ['photo', 'voice'] as const) expect(one.evidence[kind]).toBe(held(net, one, kind))
  }
}

/** What evidence stands with it: its own and that of all it holds. */
function held(net: World, one: Incident, kind: keyof Evidence): number {
  const own = kind === 'photo' ? Number(one.id.slice(-1)) - 1 : ((net as World & Added).added.get(one.id) ?? 0)
  return one.merged.reduce((sum, id) => sum + held(net, net.standing.get(id) as Incident, kind), own)
}

type Added = { readonly added: Map<IncidentId, number> }

test('whatever is merged, parted, withdrawn and added: no report is lost, counts twice, or goes round', async () => {
  let done = 0
  let circled = 0
  await fc.assert(
    fc.asyncProperty(fc.array(move, { maxLength: 40, size: 'max' }), async moves => {
      const net = { ...world(), added: new Map<IncidentId, number>() }
      for (let index = 0; index < many; index++) await net.report(index)
      check(net)
      for (const one of moves) {
        const happened = await make(one, net)
        if (happened) done++
        else if (one.type === 'merge') circled++
        if (happened && one.type === 'add') {
          const id = makeIncidentId('AZ', one.about + 1)
          net.added.set(id, (net.added.get(id) ?? 0) + 1)
        }
        check(net)
      }
    }),
    { numRuns: 300, seed: 7 },
  )
  expect(done).toBeGreaterThan(1000)
  expect(circled).toBeGreaterThan(300)
})

test('a merge that is taken back at once leaves both exactly as they were', async () => {
  const net = world()
  for (let index = 0; index < 3; index++) await net.report(index)
  const [first, second] = [makeIncidentId('AZ', 1), makeIncidentId('AZ', 3)]
  await net.does(first, reporters[0] as Actor, { type: 'detail', details: { known: 'saw' } })
  await net.does(second, finch, { type: 'claim' })
  await net.does(second, finch, { type: 'handover', to: wren.id, note: '' })
  const before = [first, second].map(id => net.standing.get(id) as Incident)
  expect(await net.merge(second, first)).toBe(true)
  expect(net.standing.get(first)).toMatchObject({ severity: 3, credibility: 'corroborated' })
  expect(await net.unmerge(second)).toBe(true)
  const plain = ({
    seq: _,
    updatedAt: __,
    apart: ___,
    also = [],
    taken = [],
    mergedInto = null,
    ...rest
  }: Incident) => ({ ...rest, also, taken, mergedInto })
  expect([first, second].map(id => plain(net.standing.get(id) as Incident))).toEqual(before.map(plain))
})
