import { beforeEach, describe, expect, test } from 'vitest'
import { loadTaxonomy } from '../../bot/config.ts'
import { transact } from '../../bot/transact.ts'
import { type Done, tell } from '../../commands/command.ts'
import { blankPlan, planDigest, wordsDigest } from '../../workflows/broadcast/plan.ts'
import type { Broadcast, BroadcastDeed, Plan } from '../../workflows/broadcast.ts'
import { RuleError } from '../../workflows/errors.ts'
import type { BroadcastId, IncidentId } from '../../workflows/ids.ts'
import type { Actor } from '../../workflows/permission.ts'
import { eachHouse } from '../each.ts'
import { type House, noon, openHouse, readAnswer } from '../house.ts'

let house: House
eachHouse(
  opened => {
    house = opened
  },
  ground => openHouse(ground),
)

const taxonomy = loadTaxonomy()
const counted = { people: 25, rooms: 2 }
let keys = 0
beforeEach(() => {
  keys = 0
})

function actor(callsign: string): Actor {
  const person = [...house.store.roster.directory().people.values()].find(one => one.callsign === callsign)
  if (!person) throw new Error(`nobody is called ${callsign}`)
  const { id, roles, regions, vetted } = person
  return { id, callsign, roles, regions, vetted, account: null, platform: 'workspace', language: 'en', zone: 'UTC' }
}

/** Does that through the commit path, as a command or the hub would; gives the broadcast as it stands then. */
async function does(who: string | null, about: BroadcastId | null, deed: BroadcastDeed, key = `k${++keys}`) {
  let done: Done | null = null
  const unit = {
    ...{ key, actor: who === null ? null : actor(who), now: noon, words: { what: null, where: null } },
    action: { type: 'broadcast', about, do: deed } as const,
    say: (given: Done) => {
      done = given
      return tell('hub.no-command', { name: 'x' })
    },
  }
  await transact(unit, { store: house.store, taxonomy, pause: async () => {} })
  const given = done as Done | null
  const id = given?.broadcast?.after.id ?? about
  return (id ? await house.store.broadcasts.find(id) : null) as Broadcast
}

const words = { en: 'The road is open again.', es: 'La carretera está abierta otra vez.' }
const plan = (more: Partial<Plan> = {}) => blankPlan({ title: 'Road', audience: { type: 'everyone' }, words, ...more })
const draft = (more: Partial<Plan> = {}, who = 'Magpie') => does(who, null, { type: 'draft', plan: plan(more) })
const approves = (who: string, { id, plan: of }: Broadcast) =>
  does(who, id, { type: 'approve', plan: planDigest(of), counted })

describe('a broadcast', () => {
  test('goes from its draft to its approvals through the commit, and asks leaders directly', async () => {
    const one = await draft()
    expect(one.id).toMatch(/^B-\d{4}$/)
    expect((await does('Magpie', one.id, { type: 'submit', counted })).state).toBe('submitted')
    await house.settle()
    const asked = (await house.direct('eagle')).at(-1)
    expect(asked).toContain(`Please approve ${one.id}: Road`)
    expect(asked).toContain('The road is open again.')
    expect(asked).toContain('La carretera está abierta otra vez.')
    expect(await approves('Eagle', one)).toMatchObject({ state: 'approved', seq: 5 })
    await house.settle()
    expect((await house.direct('magpie')).join()).toContain('is approved by Magpie, Eagle. It goes out now.')
    expect(await Array.fromAsync(house.store.audit.verify())).toEqual([])
  })

  test('takes a press once, however often it comes, and the second of two at once as it stands by then', async () => {
    const one = await draft()
    const submit = { type: 'submit', counted } as const
    await Promise.all([does('Magpie', one.id, submit, 'same'), does('Magpie', one.id, submit, 'same')])
    expect(await house.store.broadcasts.entries(one.id)).toHaveLength(3)
    const both = await Promise.allSettled([approves('Eagle', one), approves('Owl', one)])
    expect(both.map(each => each.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const lost = both.flatMap(each => (each.status === 'rejected' ? [each.reason.message] : []))
    expect(lost).toEqual(['approval.is-approved'])
    expect(await house.store.broadcasts.entries(one.id)).toHaveLength(5)
  })

  test('that says the same to the same people as another on its way is not sent in, unless its words change', async () => {
    const one = await draft()
    const submit = { type: 'submit', counted } as const
    await does('Magpie', one.id, submit)
    const other = await draft({ title: 'Written at the same time' }, 'Crane')
    await expect(does('Crane', other.id, submit)).rejects.toThrow('approval.twin')
    await does('Crane', other.id, { type: 'edit', plan: { words: { en: 'The road to the north is open.' } } })
    expect((await does('Crane', other.id, submit)).state).toBe('submitted')
  })

  test('refuses whom it does not concern, and says nothing of itself', async () => {
    await expect(does('Magpie', 'B-9999' as BroadcastId, { type: 'pause' })).rejects.toThrow('approval.unknown')
    const one = await draft()
    await expect(does('Heron', one.id, { type: 'edit', plan: { title: 'Mine' } })).rejects.toThrow(RuleError)
  })

  test('stands in the timeline of the incident that it is about, and in its thread', async () => {
    const filed = readAnswer(
      await house.fill('heron', '/report', {
        what: 'A tree on the road.',
        where: 'Maricopa County, AZ',
        danger: 'soon',
        contact: 'yes',
      }),
    )
    const incident = /[A-Z]{2}-\d{4}/.exec(filed)?.[0] as IncidentId
    const one = await draft({ incident })
    await does('Magpie', one.id, { type: 'submit', counted })
    await approves('Eagle', one)
    await does(null, one.id, { type: 'begin', counted })
    const words = { en: 'It is closed.' }
    await does('Magpie', one.id, { type: 'correct', words, recall: false })
    await does('Eagle', one.id, { type: 'second', words: wordsDigest(words, { corrections: [] }) })
    const entries = await house.store.incidents.timeline(incident, 10)
    expect(entries.flatMap(({ event, by }) => (event.type === 'broadcast' ? [{ ...event, by }] : []))).toEqual([
      { type: 'broadcast', id: one.id, what: 'begun', by: null },
      { type: 'broadcast', id: one.id, what: 'corrected', by: actor('Eagle').id },
    ])
    const shown = readAnswer(await house.type('magpie', `/incident ${incident}`))
    expect(shown).toContain(`broadcast ${one.id}`)
    expect(await Array.fromAsync(house.store.audit.verify())).toEqual([])
  })

  test('is held, and everybody asked again, when it grew between approval and its hour', async () => {
    const fewer = { people: 12, rooms: 2 }
    const one = await draft()
    await does('Magpie', one.id, { type: 'submit', counted: fewer })
    await does('Eagle', one.id, { type: 'approve', plan: planDigest(one.plan), counted: fewer })
    await house.settle()
    expect((await house.store.broadcasts.find(one.id))?.state).toBe('held')
    for (const who of ['magpie', 'eagle', 'owl'])
      expect((await house.direct(who)).at(-1), who).toMatch(/12 people and 2 rooms then, \d\d people now/)
  })

  test('of an exercise reaches and asks only who is in it, and comes to rest with it', async () => {
    await house.type('magpie', '/drill start P1 in AZ')
    await house.settle()
    const [drill] = house.store.roster.directory().drills ?? []
    expect(drill?.people).toContain(actor('Magpie').id)
    const heard = async () =>
      Promise.all(['eagle', 'owl', 'thrasher'].map(async who => (await house.direct(who)).length))
    const before = await heard()
    const drafted = { drill: drill?.id ?? '' }
    const one = await does('Magpie', null, { type: 'draft', plan: plan(), ...drafted })
    await does('Magpie', one.id, { type: 'submit', counted })
    await house.settle()
    expect((await house.store.broadcasts.find(one.id))?.state).toBe('sent')
    const tomorrow = { type: 'at', at: noon + 24 * 3_600_000 } as const
    const later = await does('Magpie', null, { type: 'draft', plan: plan({ when: tomorrow }), ...drafted })
    expect((await does('Magpie', later.id, { type: 'submit', counted })).state).toBe('approved')
    await house.type('magpie', '/drill stop')
    await house.pass(1)
    expect(await heard()).toEqual(before)
    expect((await house.store.broadcasts.find(later.id))?.state).toBe('expired')
    await expect(does('Magpie', later.id, { type: 'edit', plan: { title: 'x' } })).rejects.toThrow('drill.ended')
  })
})
