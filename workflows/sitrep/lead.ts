import { type Param, type Phrase, phrase } from '../phrase.ts'
import { type CountyLoad, countyLoads } from '../statistics.ts'
import type { Line } from '../view.ts'
import { hasPart } from '../withheld.ts'
import { arrow, few, isOutside, item, type SitrepContext, section, total } from './context.ts'
import { type Need, needsOf } from './needs.ts'
import { baseOf, newIn } from './numbers.ts'

const mostNeeds = 5
// Less than this is one doubtful report of S2: no place heats up by that.
const heatFrom = 1

/** The bottom line in three sentences at most (what changed, where it heats up, what to decide), then the decisions. */
export function leadLines(context: SitrepContext): readonly Line[] {
  const heat = heatOf(context)
  const changed = phrase('sitrep.changed', { reports: newOf(context), urgent: urgentOf(context) })
  if (!hasPart(context.edition, 'decisions')) {
    return [{ type: 'strong', text: changed }, ...(heat ? [{ type: 'text', text: heat } as const] : [])]
  }
  const needs = needsOf(context)
  return [
    { type: 'strong', text: changed },
    ...(heat ? [{ type: 'text', text: heat } as const] : []),
    { type: 'text', text: decideOf(needs, context) },
    ...section(
      phrase('sitrep.needs'),
      needs.slice(0, mostNeeds).map(need => needLine(need, context)),
    ),
    ...(needs.length > mostNeeds ? [item('sitrep.needs-more', { count: needs.length - mostNeeds })] : []),
  ]
}

function newOf(context: SitrepContext): Phrase {
  const [count, before] = [newIn(0, context), newIn(1, context)]
  const base = baseOf(context)
  if (count === 0) return phrase('sitrep.new-none', { before, base })
  if (context.edition === 'public') {
    return phrase('sitrep.new-plain', { count: few(count, context), before: few(before, context), base })
  }
  const change = { '↑': 'sitrep.new-up', '↓': 'sitrep.new-down', '=': 'sitrep.new-same' } as const
  const key = change[arrow(count, before) as keyof typeof change]
  return phrase(key, { count, before, base })
}

function urgentOf(context: SitrepContext): Phrase {
  const open = context.figures.open.filter(row => row.severity >= 4)
  const count = total(open)
  if (count === 0) return phrase('sitrep.urgent-none')
  // Whether anybody is on them is nobody else's business.
  if (isOutside(context)) return phrase('sitrep.urgent-open', { count: few(count, context) })
  const alone = total(open.filter(row => row.status === 'reported'))
  const who = alone > 0 ? phrase('sitrep.urgent-alone', { count: alone }) : phrase('sitrep.urgent-taken')
  return phrase('sitrep.urgent-some', { count, who })
}

function heatOf(context: SitrepContext): Phrase | null {
  if (context.edition === 'public') return null
  const loads = countyLoads(context.figures.counties)
  if (isOutside(context)) return heatOutside(loads, context)
  const rising = loads.toSorted((one, other) => other.load - other.dayBefore - (one.load - one.dayBefore))[0]
  if (!rising || !loads[0]) return null
  if (rising.load - rising.dayBefore < heatFrom) {
    return loads[0].load < heatFrom ? null : phrase('sitrep.steady', { county: loads[0].county, load: loads[0].load })
  }
  return phrase('sitrep.heating', { county: rising.county, load: rising.load, before: rising.dayBefore })
}

/** Partners read where, and only where three or more came: what one or two reports weigh tells what they were. */
function heatOutside(loads: readonly CountyLoad[], { figures }: SitrepContext): Phrase | null {
  const fresh = (county: string) => total(figures.counties.filter(row => row.within && row.county === county))
  const rising = loads
    .filter(one => fresh(one.county) >= 3 && one.load - one.dayBefore >= heatFrom)
    .toSorted((one, other) => other.load - other.dayBefore - (one.load - one.dayBefore))[0]
  return rising ? phrase('sitrep.heating-outside', { county: rising.county }) : null
}

function decideOf(needs: readonly Need[], { figures }: SitrepContext): Phrase {
  const first = needs[0]
  if (!first) return phrase('sitrep.decide-nothing')
  const { now } = figures.window
  return phrase('sitrep.decide', { count: needs.length, by: first.by <= now ? phrase('sitrep.now') : whenOf(first) })
}

function needLine({ what, owners, by }: Need, { figures }: SitrepContext): Line {
  const owner: Param =
    owners.length > 0 ? owners.slice(0, 2).map(person => ({ person: person.id })) : phrase('sitrep.duty-officer')
  const { now } = figures.window
  const key = by > now ? 'sitrep.need' : by === now ? 'sitrep.need-now' : 'sitrep.need-late'
  return item(key, { what, owner, by: { time: by } })
}

function whenOf(need: Need): Phrase {
  return phrase('sitrep.by', { time: { time: need.by } })
}
