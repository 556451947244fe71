import { kindOf } from '../card.ts'
import { regionName } from '../directory.ts'
import { countyOf } from '../figures.ts'
import type { Incident } from '../incident.ts'
import { type Param, type PhraseKey, phrase } from '../phrase.ts'
import type { Line } from '../view.ts'
import type { Disclosure } from '../withheld.ts'
import { item, type SitrepContext, total, whereOf } from './context.ts'

/** One incident as it is told beyond the network: severity, place, kind and verification, as far as they may be. */
export function outsideLine(incident: Incident, shown: Disclosure, context: SitrepContext, as?: PhraseKey): Line {
  const { severity, id, credibility } = incident
  return item(as ?? (shown.id ? 'sitrep.outside-id' : 'sitrep.outside'), {
    severity: `S${severity}`,
    id,
    where: isNear(incident, shown, context)
      ? whereOf(incident, context)
      : regionName(context.directory, incident.region),
    kind: shown.kind === 'kind' ? kindOf(incident, context.taxonomy) : groupOf(incident, context),
    credibility: phrase(`card.credibility-${credibility}`),
  })
}

/** Its county is told where three or more came from: a line of its own would tell what the map holds back. */
function isNear({ place }: Incident, shown: Disclosure, { figures }: SitrepContext): boolean {
  const county = countyOf(place)
  return shown.place !== 'region' && total(figures.counties.filter(row => row.county === county)) >= 3
}

function groupOf({ kind }: Incident, { taxonomy }: SitrepContext): Param {
  const group = taxonomy.groups.find(one => kind?.startsWith(one.code))
  return group?.name ?? phrase('sitrep.no-kind')
}
