import type { Post } from './change.ts'
import type { Directory } from './directory.ts'
import { type Limits, usualLimits } from './network/limits.ts'
import { type Phrase, phrase } from './phrase.ts'
import type { Severity } from './taxonomy.ts'

/** Spans that reports are counted over, in ms. */
export const counted = { short: 10 * 60_000, day: 24 * 60 * 60_000, burst: 5 * 60_000 } as const

/** The limits of a network. */
export function limitsOf(directory: Directory): Limits {
  return directory.limits ?? usualLimits
}

/** How far back, and how many of the newest reports, must be known to tell whether one more may come; null: no need. */
export function lookBack(
  sender: { readonly vetted: boolean },
  severity: Severity,
  limits: Limits,
): { readonly since: number; readonly most: number } | null {
  if (!sender.vetted) return { since: counted.day, most: Math.max(limits.stranger, limits.stranger_day) }
  // Somebody the network trusts, who says that people are in danger, is never told to wait.
  return severity >= 4 ? null : { since: counted.short, most: limits.roster }
}

/** When one more may come (epoch ms), given when the sender's newest came, newest first; null: now. */
export function nextAllowed(
  sender: { readonly vetted: boolean },
  sent: readonly number[],
  limits: Limits,
  now: number,
): number | null {
  const spans = sender.vetted
    ? [{ ms: counted.short, most: limits.roster }]
    : [
        { ms: counted.short, most: limits.stranger },
        { ms: counted.day, most: limits.stranger_day },
      ]
  const waits = spans.flatMap(({ ms, most }) => {
    const within = sent.filter(at => at > now - ms)
    const oldest = within[most - 1]
    return oldest === undefined ? [] : [oldest + ms]
  })
  return waits.length > 0 ? Math.max(...waits) : null
}

/** What somebody reads who has sent too many in a short time: nothing they wrote is lost. */
export function patience(sender: { readonly vetted: boolean }, until: number, kept: boolean): Phrase {
  const key = sender.vetted ? 'triage.patience' : kept ? 'triage.patience-stranger' : 'triage.patience-all'
  return phrase(key, { until: { time: until } })
}

/** When notices that come too thick now are told in one list, epoch ms: at the end of the running five minutes. */
export function gatherTime(now: number): number {
  return (Math.floor(now / counted.burst) + 1) * counted.burst
}

/** The posts, those that may wait gathered for that time. */
export function gathered(posts: readonly Post[], gatherAt: number): readonly Post[] {
  return posts.map(post => (mayGather(post) ? { ...post, gatherAt } : post))
}

/** True for a notice to a person that can stand in a list; what is about an S5 never waits. */
export function mayGather(post: Post): boolean {
  return post.list === true && 'account' in post.to
}
