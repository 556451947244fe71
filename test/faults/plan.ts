import { createHash } from 'node:crypto'
import type { Tool } from '../journeys/net.ts'
import { type CastDeed, castsOf } from './casting.ts'
import { createDice, type Dice } from './dice.ts'
import { type Region, regions, syllables, tools, whoever } from './town.ts'

/** What somebody does; `n` is the report that it is about, `line` what was said before. Words stand for themselves. */
export type Deed =
  | { readonly type: 'duty'; readonly who: string; readonly tool: Tool }
  | {
      readonly type: 'report'
      readonly n: number
      readonly who: string
      readonly tool: Tool
      readonly region: Region
      readonly word: string
      readonly where: string
      readonly danger: Danger
      readonly contact: Contact
      readonly photo: boolean
    }
  | { readonly type: 'claim'; readonly n: number; readonly who: readonly [string, string] }
  | {
      readonly type: 'say'
      readonly n: number
      readonly line: number
      readonly who: string
      readonly tool: Tool
      readonly word: string
    }
  | { readonly type: 'reword'; readonly line: number; readonly word: string }
  | { readonly type: 'unsay'; readonly line: number }
  | { readonly type: 'update'; readonly n: number; readonly word: string }
  | { readonly type: 'resolve'; readonly n: number }
  /** Starts the town's protocol for it; two press Done on its card at the same moment, each on their tool. */
  | { readonly type: 'protocol'; readonly n: number; readonly who: string; readonly tool: Tool }
  | { readonly type: 'press'; readonly n: number; readonly who: readonly [string, string] }
  | CastDeed

/** How dangerous it is, and whether the reporter may be written to, as the form asks it. */
export type Danger = 'now' | 'hurt' | 'soon' | 'no'
/** Whether the reporter may be written to. */
export type Contact = 'yes' | 'after' | 'no'

/** What goes wrong; times in ms of the day's clock. */
export type Trouble =
  | { readonly type: 'kill'; readonly process: number; readonly awayMs: number }
  | { readonly type: 'freeze'; readonly process: number; readonly forMs: number }
  | { readonly type: 'step'; readonly process: number; readonly byMs: number }
  | { readonly type: 'busy' | 'broken' | 'hang' | 'lose'; readonly tool: Tool; readonly times: number }
  | { readonly type: 'cut' | 'half-open'; readonly tool: Tool }
  | { readonly type: 'session-lost' }
  | { readonly type: 'shuffle'; readonly tool: Tool; readonly forMs: number }
  | { readonly type: 'limited'; readonly forMs: number }
  | { readonly type: 'down'; readonly tool: Tool; readonly forMs: number }
  | { readonly type: 'database-restart'; readonly awayMs: number }
  | { readonly type: 'disk-full'; readonly forMs: number }

/** Something that happens at a time, ms from the beginning of the day. */
export type Step = { readonly at: number } & (
  | { readonly kind: 'deed'; readonly deed: Deed }
  | { readonly kind: 'trouble'; readonly trouble: Trouble }
)

/** How long a day is, how much is in it, and what it runs on. */
export type Size = {
  readonly seed: number
  readonly engine: 'sqlite' | 'postgres'
  readonly spanMs: number
  readonly reports: number
  readonly kills: number
  /** Nothing goes wrong at all: whether the checks themselves are right. */
  readonly calm?: boolean
}

/** A day: all that happens in it, in order, made of its size alone. */
export type Plan = { readonly steps: readonly Step[]; readonly hash: string; readonly processes: number }

const minute = 60_000
const places: Readonly<Record<Region, readonly string[]>> = {
  AZ: ['Maricopa County, AZ', 'Pima County, AZ', '85004', 'Coconino County, AZ', 'Yuma, AZ'],
  GA: ['Fulton County, GA', 'Cobb County, GA', 'Savannah, GA', 'DeKalb County, GA'],
}

/** Plans a day from its seed: who does what when, and what goes wrong when. */
export function planDay(size: Size): Plan {
  const processes = size.engine === 'postgres' ? 3 : 1
  const steps = [
    ...deedsOf(size),
    ...runsOf(size),
    ...castsOf(size),
    ...(size.calm ? [] : troublesOf(size, processes)),
  ].toSorted((one, other) => one.at - other.at)
  const hash = createHash('sha256').update(JSON.stringify(steps)).digest('hex').slice(0, 12)
  return { steps, hash, processes }
}

function deedsOf({ seed, spanMs, reports }: Size): readonly Step[] {
  const dice = createDice(seed)
  const steps: Step[] = []
  const at = (time: number, deed: Deed) => steps.push({ at: Math.round(time), kind: 'deed', deed })
  const one = (role: 'mediator' | 'responder', tool: Tool) => dice.pick(whoever(role, tool)).callsign
  for (const [n, person] of whoever('responder', 'slack').entries()) {
    if (n < 2) at(n * 500, { type: 'duty', who: person.callsign, tool: 'slack' })
  }
  at(1500, { type: 'duty', who: one('responder', 'discord'), tool: 'discord' })
  let lines = 0
  for (let n = 0; n < reports; n++) {
    const begun = spanMs * (0.03 + (0.82 * (n + dice.roll())) / reports)
    const tool = dice.pick(tools)
    const region = dice.pick(regions)
    at(begun, {
      ...{ type: 'report', n, who: one('mediator', tool), tool, region, word: syllables(n) },
      ...{ where: dice.pick(places[region]), danger: dangerOf(dice), contact: contactOf(dice, tool) },
      photo: dice.chance(0.1),
    })
    const later = (least: number, most: number) => begun + (least + dice.roll() * (most - least)) * minute
    const claims = dice.chance(0.5)
    if (claims) at(later(0.5, 3), { type: 'claim', n, who: [one('responder', 'slack'), one('responder', 'discord')] })
    for (let said = dice.whole(0, 2); said > 0; said--) {
      const line = lines++
      const from = dice.pick(tools)
      const first = later(1, 4)
      const word = syllables(100_000 + line)
      at(first, { type: 'say', n, line, who: one('responder', from), tool: from, word })
      const change = dice.roll()
      if (change < 0.2)
        at(first + dice.whole(20, 150) * 1000, { type: 'reword', line, word: syllables(200_000 + line) })
      else if (change < 0.3) at(first + dice.whole(20, 150) * 1000, { type: 'unsay', line })
    }
    if (claims && dice.chance(0.5)) at(later(3, 6), { type: 'update', n, word: syllables(300_000 + n) })
    if (claims && dice.chance(0.5)) at(later(6, 9), { type: 'resolve', n })
  }
  return steps
}

/** For some reports a coordinator starts a protocol, and its steps are pressed from two tools. */
function runsOf({ seed, spanMs, reports }: Size): readonly Step[] {
  const dice = createDice(seed ^ 0x9a17)
  const steps: Step[] = []
  for (let n = 0; n < reports; n++) {
    if (!dice.chance(reports < 50 ? 0.4 : 0.1)) continue
    const tool = dice.pick(['slack', 'discord'] as const)
    const who = dice.pick(whoever('coordinator', tool)).callsign
    const begun = spanMs * (0.03 + (0.82 * (n + 1)) / reports) + dice.roll() * minute
    steps.push({ at: Math.round(begun), kind: 'deed', deed: { type: 'protocol', n, who, tool } })
    for (let presses = dice.whole(1, 3); presses > 0; presses--) {
      const pair = (['slack', 'discord'] as const).map(one => dice.pick(whoever('responder', one)).callsign)
      const at = Math.round(begun + (0.5 + dice.roll() * 6) * minute)
      steps.push({ at, kind: 'deed', deed: { type: 'press', n, who: pair as unknown as readonly [string, string] } })
    }
  }
  return steps
}

function dangerOf({ roll }: Dice): Danger {
  const rolled = roll()
  return rolled < 0.05 ? 'now' : rolled < 0.2 ? 'hurt' : rolled < 0.5 ? 'soon' : 'no'
}

// A coded line on Signal leaves it at yes; only the form asks.
function contactOf({ roll }: Dice, tool: Tool): Contact {
  const rolled = roll()
  return tool === 'signal' || rolled < 0.8 ? 'yes' : rolled < 0.9 ? 'after' : 'no'
}

function troublesOf({ seed, engine, spanMs, kills }: Size, processes: number): readonly Step[] {
  const dice = createDice(seed ^ 0x5eed)
  const steps: Step[] = []
  const some = (count: number, make: (tool: Tool) => Trouble) => {
    for (let n = 0; n < count; n++) {
      const at = Math.round(spanMs * (0.05 + (0.85 * (n + dice.roll())) / count))
      steps.push({ at, kind: 'trouble', trouble: make(dice.pick(tools)) })
    }
  }
  const process = () => dice.whole(0, processes - 1)
  const short = () => dice.whole(5, 40) * 1000
  some(kills, () => ({
    type: 'kill',
    process: process(),
    awayMs: dice.chance(0.2) ? 2 * minute : dice.whole(0, 15_000),
  }))
  const each = Math.max(1, Math.round(spanMs / (12 * minute)))
  for (const type of ['busy', 'broken', 'hang', 'lose'] as const) {
    some(each * 2, tool => ({ type, tool, times: dice.whole(1, 4) }))
  }
  for (const type of ['cut', 'half-open'] as const) some(each, tool => ({ type, tool }))
  some(each, tool => ({ type: 'shuffle', tool, forMs: dice.whole(1, 4) * minute }))
  some(Math.ceil(each / 3), () => ({ type: 'session-lost' }))
  some(Math.ceil(each / 3), () => ({ type: 'limited', forMs: short() }))
  // Each tool is away once for minutes, one after the other: a network keeps two for that.
  const order = [...tools].toSorted(() => dice.roll() - 0.5)
  for (const [n, tool] of order.entries()) {
    const at = Math.round(spanMs * (0.15 + 0.27 * n + 0.05 * dice.roll()))
    // What lasts over five minutes is told to people.
    const forMs = Math.round(Math.min(spanMs * 0.09, dice.whole(6, 9) * minute))
    steps.push({ at, kind: 'trouble', trouble: { type: 'down', tool, forMs } })
  }
  some(Math.ceil(each / 3), () => ({ type: 'freeze', process: process(), forMs: short() }))
  some(Math.ceil(each / 3), () => ({ type: 'step', process: process(), byMs: dice.pick([-90, -20, 20, 90]) * 1000 }))
  if (engine === 'postgres') some(Math.ceil(each / 2), () => ({ type: 'database-restart', awayMs: short() }))
  else some(Math.ceil(each / 2), () => ({ type: 'disk-full', forMs: short() }))
  return steps
}
