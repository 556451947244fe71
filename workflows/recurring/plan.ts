import { hash } from 'node:crypto'
import type { Audience } from '../audience.ts'
import type { Meant } from '../broadcast/audience/resolve.ts'
import { readAudience } from '../broadcast/audience/typed.ts'
import { blankPlan } from '../broadcast/plan.ts'
import type { LocalText, Plan } from '../broadcast.ts'
import type { Directory } from '../directory.ts'
import type { PlatformName } from '../ids.ts'
import { isLate } from '../late.ts'
import { type KeptMessage, wordingFor } from '../library.ts'
import { type Phrase, phrase } from '../phrase.ts'
import type { RecurringApproval, RecurringPlan, RecurringStanding } from '../recurring.ts'
import { say } from '../text/say.ts'
import type { RecurringWindow } from './when.ts'

/** What a plan says to whom as the network stands, or why it cannot be sent; `digest` stands for just this. */
export type Meaning =
  | { readonly audience: Audience; readonly words: LocalText; readonly from: Plan['from']; readonly digest: string }
  | { readonly problem: Phrase }

/** What a plan means now; `message` is the approved version of the prepared message that it names, if there is one. */
export function meaningOf(plan: RecurringPlan, message: KeptMessage | null, directory: Directory): Meaning {
  const read = readAudience(plan.audience, directory)
  if ('problem' in read) return read
  const missing = plan.days.type === 'before' && !directory.events?.some(one => one.name === eventOf(plan))
  if (missing) return { problem: phrase('recurring.no-event', { event: { words: eventOf(plan) ?? '' } }) }
  if (plan.message !== null && !message) return { problem: phrase('recurring.no-message', { id: plan.message }) }
  const from = message ? { message: message.id, version: message.version } : null
  const words = message ? (wordingFor(message, 'network')?.words ?? {}) : plan.words
  const event = directory.events?.find(one => one.name === eventOf(plan)) ?? null
  const whole = JSON.stringify([{ ...plan, words }, read.audience, from, event])
  return { audience: read.audience, words, from, digest: hash('sha256', whole, 'base64url').slice(0, 12) }
}

/** Some of those whom a plan means: of one zone and, in a trial, of one tool; with the key of their broadcast. */
export type Part = { readonly key: string; readonly audience: Audience; readonly platform: PlatformName | null }

/** The parts in which a window of one zone goes out: one, or one a tool where each account is to be proved. */
export function partsOf(
  plan: RecurringPlan,
  { key, zone }: RecurringWindow,
  audience: Audience,
  directory: Directory,
  platforms: readonly PlatformName[],
): readonly Part[] {
  const local = inZone(audience, zone, directory)
  if (!plan.trial) return [{ key, audience: local, platform: null }]
  return platforms.map(platform => ({
    key: `${key}:${platform}`,
    audience: { type: 'and', of: [local, { type: 'platform', platform }] },
    platform,
  }))
}

/** The zones in which somebody lives by the clock: those of the regions, and the network's own. */
export function zonesOf({ regions, zone }: Directory): readonly string[] {
  return [...new Set([...regions.map(region => region.zone), zone])]
}

/** By which clock that one lives: as the parts have them. */
export function zoneOfMeant({ person, room }: Pick<Meant, 'person' | 'room'>, directory: Directory): string {
  const regions = person ? directory.people.get(person)?.regions : undefined
  const own = directory.rooms.find(one => one.id === room)?.region
  const code = room ? own : regions === 'all' ? undefined : regions?.[0]
  return directory.regions.find(region => region.code === code)?.zone ?? directory.zone
}

/** The broadcast of a part of a window; without a window, the plan as a whole, as it is approved. */
export function planOf(
  plan: RecurringPlan,
  meaning: Exclude<Meaning, { problem: Phrase }>,
  at: { readonly window: RecurringWindow; readonly part: Part; readonly now: number } | null,
): Plan {
  const words = at && isLate(at.window.dueAt, at.now) ? lateWords(meaning.words, at.window, at.now) : meaning.words
  return blankPlan({
    title: plan.name,
    audience: at?.part.audience ?? meaning.audience,
    words,
    urgency: plan.urgency,
    answer: plan.answer,
    quiet: plan.quiet,
    from: meaning.from,
    expiresAt: at?.window.until ?? null,
  })
}

/** The approvals that hold: of this digest, and of no audience that has grown by more than a tenth since. */
export function standingApprovals(
  standing: RecurringStanding | null,
  digest: string,
  now: { readonly people: number; readonly rooms: number },
): readonly RecurringApproval[] {
  if (!standing || standing.digest !== digest) return []
  return standing.approvals.filter(one => now.people <= one.people * grown && now.rooms <= one.rooms * grown)
}

const grown = 1.1

function eventOf({ days }: RecurringPlan): string | null {
  return days.type === 'before' ? days.event : null
}

/** Everybody is in exactly one zone; those whom no region places live by the network's clock. */
function inZone(audience: Audience, zone: string, directory: Directory): Audience {
  const others = directory.regions.filter(region => region.zone !== zone).map(region => region.code)
  const own = directory.regions.filter(region => region.zone === zone).map(region => region.code)
  if (others.length === 0 && zone === directory.zone) return audience
  const part: Audience =
    zone === directory.zone ? { type: 'not', of: { type: 'home', regions: others } } : { type: 'home', regions: own }
  return { type: 'and', of: [audience, part] }
}

function lateWords(words: LocalText, { dueAt, zone }: RecurringWindow, now: number): LocalText {
  const each = Object.entries(words).map(([name, text]) => {
    const language = name as keyof LocalText
    const reader = { language, zone, now, person: () => null }
    return [language, `${say(phrase('recurring.late', { time: { time: dueAt } }), reader)}\n${text}`] as const
  })
  return Object.fromEntries(each)
}
