import type { PracticeMessage } from '../../workflows/delivery.ts'
import type { Network, SummaryPlan } from '../../workflows/network.ts'
import { type House, readMessage } from '../house.ts'

const zone = 'America/New_York'

/** Every morning, to the leaders. */
export const daily: SummaryPlan = {
  ...{ name: 'daily', when: { type: 'at', at: '07:00' }, zone, from: null, until: null },
  ...{ to: 'leadership', region: 'all', edition: 'leadership' },
}

/** On Mondays, of each region by itself, to its own rooms. */
export const weekly: SummaryPlan = {
  ...{ name: 'weekly', when: { type: 'at', at: '08:00', on: 'monday' }, zone, from: null, until: null },
  ...{ to: 'region', region: 'each', edition: 'response' },
}

/** Every hour of the night in which the clocks of New York go back. */
export const hourly: SummaryPlan = {
  ...{ name: 'count', when: { type: 'every', minutes: 60 }, zone },
  ...{ from: '2026-10-31T22:00', until: '2026-11-01T06:00', to: 'coordination', region: 'all', edition: 'response' },
}

/** The sample network with these plans alone. */
export function planned(summaries: readonly SummaryPlan[]) {
  return (network: Network): Network => ({ ...network, summaries })
}

/** A summary as it stands in a room: when it came, what its first message says, and that message. */
export type Posted = { readonly at: number; readonly text: string; readonly message: PracticeMessage }

/** The top-level messages of a room. */
export async function posted(house: House, room: string): Promise<readonly Posted[]> {
  const all = await house.store.practice.list(room, 2000)
  return all.map(message => ({ at: message.at, text: readMessage(message), message }))
}

/** The keys of the summaries' windows among them. */
export function keysOf(found: readonly Posted[]): readonly string[] {
  return found.flatMap(({ message }) => /^hub:(summary:.+):[^:]+:0$/.exec(message.key ?? '')?.[1] ?? [])
}

/** The local date and time in that zone, by the machine's own calendar. */
export function local(at: number, timeZone = zone): string {
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const
  return new Intl.DateTimeFormat('sv-SE', { timeZone, ...parts }).format(at)
}

/** Lets the schedule look once, and delivers what it posts. */
export async function look(house: House): Promise<void> {
  if ((await house.schedule.runSummaries()) > 0) await house.settle()
}
