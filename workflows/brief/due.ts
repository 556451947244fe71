import { momentIn, weekAfter, weekOf } from './week.ts'

/** Something that is due about the brief of a week: people are reminded, or it goes out (epoch ms). */
export type BriefDue = {
  readonly type: 'remind' | 'last' | 'post'
  readonly week: string
  readonly at: number
  readonly until: number
}

const hourMs = 60 * 60_000
// So long may somebody be reminded, or a brief come late, that nobody wonders what it is about.
const remindFor = 36 * hourMs
const lastFor = 14 * hourMs
const postFor = 5 * 24 * hourMs

/**
 * What is due now by the clock of that zone: on Friday at 10 and on Sunday at 17 those who have not finished are
 * reminded, on Monday at 8 the brief of the week before goes out, later where the hub was away.
 */
export function briefDue(now: number, zone: string): readonly BriefDue[] {
  const week = weekOf(now, zone)
  const before = weekAfter(week, -1)
  const friday = momentIn(week, 4, 10, zone)
  const sunday = momentIn(week, 6, 17, zone)
  const monday = momentIn(week, 0, 8, zone)
  const all: readonly BriefDue[] = [
    { type: 'remind', week, at: friday, until: friday + remindFor },
    { type: 'last', week, at: sunday, until: sunday + lastFor },
    { type: 'post', week: before, at: monday, until: monday + postFor },
  ]
  return all.filter(one => one.at <= now && now < one.until)
}
