import { combine } from '../detect/level.ts'
import { coordinatorsOf, dutyOfficers, onDuty, type Person, regionName } from '../directory.ts'
import type { RegionCode } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { type Param, type Phrase, type PhraseKey, phrase } from '../phrase.ts'
import { clocksFor } from '../taxonomy.ts'
import type { Warning } from '../warning.ts'
import { isHidden, regionsOf, type SitrepContext, whereOf } from './context.ts'

/** A decision that waits for somebody: what, who owes it, by when (epoch ms; in the past: now). */
export type Need = { readonly what: Phrase; readonly owners: readonly Person[]; readonly by: number }

const minute = 60_000

/** When the next claim, news or end of the lease of an open incident is due; null if no clock runs. */
export function nextClock(incident: Incident, context: SitrepContext): { type: ClockName; at: number } | null {
  if (incident.status === 'reported') {
    const claim = clocksFor(context.taxonomy, incident.severity).claim
    return claim === null ? null : { type: 'claim', at: incident.poolSince + claim * minute }
  }
  if (!incident.claim) return null
  const { since, until } = incident.claim
  const update = clocksFor(context.taxonomy, incident.severity).update
  if (update === null) return { type: 'lease', at: until }
  const news = Math.max(since, incident.updatedAt) + update * minute
  return news <= until ? { type: 'update', at: news } : { type: 'lease', at: until }
}

/** What the next clock of an incident asks for. */
export type ClockName = 'claim' | 'update' | 'lease'

/** The decisions that are needed, most pressing first: on S5, S4, alerts, and regions without anyone on duty. */
export function needsOf(context: SitrepContext): readonly Need[] {
  const { urgent } = context.figures
  return [
    ...urgent.flatMap(incident => needsFor(incident, context)),
    ...context.material.warnings.flatMap(warning => needsAlert(warning, context)),
    ...context.material.unapproved.map(id => {
      return { what: phrase('sitrep.need-broadcast', { id }), owners: [], by: context.figures.window.now }
    }),
    ...regionsOf(context).flatMap(region => needsDuty(region.code, region.name, context)),
  ]
}

function needsFor(incident: Incident, context: SitrepContext): Need[] {
  const { now } = context.figures.window
  const clock = nextClock(incident, context)
  const params = { severity: `S${incident.severity}`, id: incident.id, where: whereOf(incident, context) }
  const need = (key: PhraseKey, by: number, more: Record<string, Param> = {}): Need => ({
    what: phrase(key, { ...params, ...more }),
    owners: ownersOf(incident.region, now, context).filter(person => person.id !== incident.lowering?.by),
    by,
  })
  if (incident.status === 'reported') return [need('sitrep.need-claim', clock?.at ?? now)]
  if (isHidden(incident, context)) return []
  const needs: Need[] = []
  if (incident.lowering) {
    const { by, to } = incident.lowering
    needs.push(need('sitrep.need-lowering', now, { person: { person: by }, to: `S${to}` }))
  }
  if (clock?.type === 'update' && clock.at < now && incident.claim)
    needs.push(need('sitrep.need-news', now, { person: { person: incident.claim.by }, at: { time: clock.at } }))
  return needs
}

/** Several ways of looking agree, and nobody has said whether it is an alert. */
function needsAlert({ region, alarms, alert }: Warning, context: SitrepContext): Need[] {
  const { now } = context.figures.window
  if (!combine(alarms, alert, now).proposesAlert) return []
  const what = phrase('sitrep.need-alert', { region: regionName(context.directory, region) })
  return [{ what, owners: ownersOf(region, now, context), by: now }]
}

function needsDuty(code: RegionCode, region: string, context: SitrepContext): Need[] {
  const { directory, figures } = context
  const count = figures.open
    .filter(row => row.region === code && row.status === 'reported' && row.severity >= 2)
    .reduce((sum, row) => sum + row.count, 0)
  const { now } = figures.window
  if (count === 0 || onDuty(directory, code, now).length > 0) return []
  return [{ what: phrase('sitrep.need-duty', { region, count }), owners: ownersOf(code, now, context), by: now }]
}

function ownersOf(region: RegionCode, now: number, { directory }: SitrepContext): readonly Person[] {
  const near = coordinatorsOf(directory, region)
  return near.length > 0 ? near : dutyOfficers(directory, now)
}
