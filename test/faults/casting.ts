import { setTimeout as pause } from 'node:timers/promises'
import type { Tool } from '../journeys/net.ts'
import type { Seen, Someone } from '../peers/peer.ts'
import type { Diary } from './diary.ts'
import { createDice } from './dice.ts'
import type { Size, Step } from './plan.ts'
import { type Region, regions, syllables, whoever } from './town.ts'

/** Somebody writes to all of a region and its rooms; later it is corrected, or taken back (`recall`). */
export type CastDeed =
  | {
      readonly type: 'cast'
      readonly c: number
      readonly who: string
      readonly tool: Tool
      readonly region: Region
      readonly word: string
      readonly urgent: boolean
    }
  | { readonly type: 'amend'; readonly c: number; readonly word: string; readonly recall: boolean }

/** A broadcast as whoever wrote it would tell it; `id` stands as soon as they were told it. */
export type Cast = {
  readonly deed: Extract<CastDeed, { type: 'cast' }>
  id: string | null
  /** The words that count now, and those before; `now` null: it was taken back. */
  now: string | null
  former: string | null
}

const minute = 60_000
const patienceMs = 25_000

/** What is written to many in a day, and what of it is amended. */
export function castsOf({ seed, spanMs, reports }: Size): readonly Step[] {
  const dice = createDice(seed ^ 0xca57)
  const steps: Step[] = []
  const count = reports < 50 ? 2 : 8
  for (let c = 0; c < count; c++) {
    const tool = dice.pick(['slack', 'discord'] as const)
    const who = dice.pick(whoever('coordinator', tool)).callsign
    const begun = spanMs * (0.06 + (0.7 * c) / count) + dice.roll() * minute
    const region = dice.pick(regions)
    const deed = { type: 'cast', c, who, tool, region, word: syllables(400_000 + c), urgent: dice.chance(0.4) } as const
    steps.push({ at: Math.round(begun), kind: 'deed', deed })
    if (!dice.chance(0.7)) continue
    const amended = { type: 'amend', c, word: syllables(410_000 + c), recall: dice.chance(0.3) } as const
    steps.push({ at: Math.round(begun + (0.5 + dice.roll() * 4) * minute), kind: 'deed', deed: amended })
  }
  return steps
}

type Doing = {
  readonly diary: Diary
  readonly someone: (who: string, tool: Tool) => Someone
  /** Does it again while nobody answers. */
  readonly insist: (tool: Tool, work: () => Promise<unknown>) => Promise<boolean>
}

/** Writes it by the form, and asks for its approval, which is theirs to give. */
export async function castIt(deed: Extract<CastDeed, { type: 'cast' }>, doing: Doing): Promise<boolean> {
  const { diary, insist } = doing
  const someone = doing.someone(deed.who, deed.tool)
  const cast: Cast = { deed, id: null, now: deed.word, former: null }
  diary.casts.set(deed.c, cast)
  const values = {
    'Who should': `${deed.region} and rooms of ${deed.region}`,
    'The words': saying(deed.word),
    'How urgent': deed.urgent ? 'Urgent' : 'Routine',
    'What answer': 'None',
  }
  const known = async () => {
    const told = (await someone.direct()).findLast(seen => seen.text.includes(deed.word))
    cast.id = idIn(told) ?? cast.id
    return cast.id
  }
  const written = await filled(someone, '/broadcast new', values, known, deed.tool, insist)
  if (!written) return false
  return insist(deed.tool, () => someone.type(`/broadcast ${cast.id} submit`, null))
}

/** Corrects it by the form, or takes it back. */
export async function amendIt(deed: Extract<CastDeed, { type: 'amend' }>, doing: Doing): Promise<boolean> {
  const { diary, insist } = doing
  const cast = diary.casts.get(deed.c)
  if (!cast?.id) return false
  const { who, tool } = cast.deed
  const someone = doing.someone(who, tool)
  const said = deed.recall ? /is taken back|will be taken back|took/ : /corrected|correction/i
  const told = async () =>
    (await someone.direct()).some(seen => seen.text.includes(`${cast.id}`) && said.test(seen.text))
  const line = `/broadcast ${cast.id} ${deed.recall ? 'recall' : 'correct'}`
  const values = { 'The words': deed.recall ? `It was not so, ${deed.word}` : saying(deed.word) }
  const done = await filled(someone, line, values, told, tool, insist)
  if (done) {
    cast.former = cast.deed.word
    cast.now = deed.recall ? null : deed.word
  }
  return done
}

/** Opens a form, fills it, and sends it in until somebody has answered. */
async function filled(
  someone: Someone,
  line: string,
  values: Readonly<Record<string, string>>,
  told: () => Promise<unknown>,
  tool: Tool,
  insist: Doing['insist'],
): Promise<boolean> {
  const opened = await insist(tool, async () => {
    await someone.type(line, null)
    if (!(await within(async () => someone.form(), 8000))) throw new Error('did not respond: no form')
  })
  if (!opened) return false
  let first = true
  return insist(tool, async () => {
    if (await told()) return
    if (first) {
      first = false
      await someone.submit(values)
    } else if ('again' in someone) await (someone as Someone & { again(): Promise<void> }).again()
    else if (someone.form()) await someone.submit({})
    if (!(await within(told, patienceMs))) throw new Error('did not respond: no answer')
  })
}

/** What stands around a word that is written to many. */
function saying(word: string): string {
  return `Please stay where you are, ${word}`
}

function idIn(seen: Seen | undefined): string | null {
  return /B-\d{4}/.exec(seen?.text ?? '')?.[0] ?? null
}

async function within<T>(look: () => Promise<T>, ms: number): Promise<T | null> {
  for (const late = Date.now() + ms; ; ) {
    const found = await look()
    if (found) return found
    if (Date.now() > late) return null
    await pause(700)
  }
}
