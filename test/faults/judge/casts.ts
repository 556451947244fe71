import type { Reached, RecipientStanding } from '../../../workflows/broadcast/standing.ts'
import type { Tool } from '../../journeys/net.ts'
import type { Cast } from '../casting.ts'
import { everybody, regions, rooms, tools } from '../town.ts'
import type { Check, Evidence, Verdict } from './verdict.ts'

/** Of every broadcast the hub tells of each who was to get it exactly what they see: once, with the words that count. */
export const casts: Check = async (evidence, verdict) => {
  for (const cast of evidence.diary.casts.values()) {
    // Who was never told a number may have written nothing.
    if (!cast.id) continue
    const list = await listOf(cast.id, evidence)
    const standing = await evidence.witness.store.broadcasts.find(cast.id as never)
    if (standing?.startedAt === null || !standing) continue
    verdict.check('a broadcast that began has a list of who is to get it', list.length > 0, () => cast.id ?? '')
    const keys = new Set(list.map(one => one.key))
    verdict.check('nobody stands on a list twice', keys.size === list.length, () => cast.id ?? '')
    const last = standing.corrections.at(-1)
    const said = [standing.plan.words.en ?? '', ...standing.corrections.map(one => one.words.en ?? '')]
    const words = { now: last?.words.en ?? standing.plan.words.en ?? '', all: said.filter(Boolean) }
    for (const one of list) await judgeOne(cast, one, words, evidence, verdict)
    await judgeOthers(cast, words.all, evidence, verdict)
    live(cast, evidence, verdict)
  }
}

type Words = { readonly now: string; readonly all: readonly string[] }

const had: readonly Reached[] = ['sent', 'delivered', 'read']

async function judgeOne(
  { id }: Cast,
  one: RecipientStanding,
  { now, all }: Words,
  evidence: Evidence,
  { check, allow }: Verdict,
): Promise<void> {
  const seen = (await seenBy(one, evidence)).filter(text => !/B-\d{4}/.test(text.split('\n')[0] ?? ''))
  const carry = seen.filter(text => all.some(words => text.includes(words)))
  const newest = seen.filter(text => text.includes(now))
  const older = all.filter(words => words !== now)
  const stale = seen.filter(text => older.some(words => text.includes(words)) && !text.includes(now))
  const name = `${id} to ${one.platform ?? 'nowhere'}, ${one.reached}`
  if (had.includes(one.reached)) {
    const wanted = newest.length
    check('who has a broadcast sees it', wanted > 0, () => `${name}: ${seen.length} messages`)
    // An edit makes no sound: what is urgent is corrected aloud too. A lost answer on Signal may have it come twice.
    const aloud = /You may get this twice|correction of what|We take back what/i
    const twice = wanted === 2 && newest.filter(text => aloud.test(text)).length === 1
    if (twice) allow('a correction of what is urgent beside the edit, or what may have come twice and says so')
    check('who has a broadcast has it once', wanted <= 1 || twice, () => `${name}: ${newest.join(' | ')}`)
    check('words that were corrected stand nowhere', stale.length === 0, () => `${name}: ${stale.join(' | ')}`)
    return
  }
  if (one.reached === 'unsure') {
    allow('a broadcast on Signal of which nobody can tell if it arrived')
    check('what may have arrived did not arrive twice', carry.length <= 2, () => `${name}: ${carry.length} times`)
    return
  }
  check('who has not got a broadcast sees none of it', carry.length === 0, () => `${name}: ${carry.join(' | ')}`)
}

/** Nobody else reads it: no room of the other region. */
function judgeOthers({ id, deed }: Cast, all: readonly string[], { stage }: Evidence, { check }: Verdict): void {
  for (const region of regions.filter(code => code !== deed.region)) {
    for (const tool of tools) {
      const texts = stage.written(tool, rooms[region][tool])
      const found = texts.filter(text => all.some(words => text.includes(words)))
      check('nobody else gets a broadcast', found.length === 0, () => `${id} in ${region} on ${tool}`)
    }
  }
}

/** The live message stands once in the coordinators' room on Slack, and tells how it ended. */
function live({ id }: Cast, { stage }: Evidence, { check }: Verdict): void {
  const told = stage.written('slack', 'C0COORD').filter(text => text.startsWith(`${id}`) && /people have it/.test(text))
  check('how a broadcast comes on is told once', told.length === 1, () => `${id}: ${told.length} times`)
}

async function seenBy({ person, room }: RecipientStanding, { stage, witness }: Evidence): Promise<readonly string[]> {
  const directory = witness.store.roster.directory()
  const place = directory.rooms.find(one => one.id === room)
  if (place) return stage.written(place.platform as Tool, place.address)
  const callsign = person && directory.people.get(person)?.callsign
  const accounts = everybody.find(one => one.callsign === callsign)?.accounts ?? {}
  const all = await Promise.all(
    tools.filter(tool => accounts[tool]).map(tool => stage.someone(callsign ?? '', tool).direct()),
  )
  return all.flat().map(seen => seen.text)
}

async function listOf(id: string, { witness }: Evidence): Promise<readonly RecipientStanding[]> {
  const found: RecipientStanding[] = []
  for (let after: string | null = null; ; ) {
    const page = { limit: 100, ...(after === null ? {} : { after }) }
    const { items, next } = await witness.store.broadcasts.recipients(id as never, page)
    found.push(...items)
    if (next === null) return found
    after = next
  }
}
