import { regionName } from '../directory.ts'
import type { Correction } from '../former.ts'
import type { RegionCode } from '../ids.ts'
import { type Param, phrase } from '../phrase.ts'
import { kindInfo } from '../taxonomy.ts'
import type { Line } from '../view.ts'
import { hasPart } from '../withheld.ts'
import { item, type SitrepContext, section } from './context.ts'

const mostLines = 6

/** What of the last summary is otherwise by now, and which of its open S4 and S5 are not open so any more. */
export function correctedLines(context: SitrepContext): readonly Line[] {
  const { former } = context.material
  if (!former) return []
  const lines = former.corrected.flatMap(one => correctionLine(one, context))
  const settled = hasPart(context.edition, 'decisions') ? settledLine(context) : []
  return section(phrase('sitrep.corrected'), [
    ...settled,
    ...lines.slice(0, mostLines),
    lines.length > mostLines ? item('sitrep.corrected-more', { count: lines.length - mostLines }) : null,
  ])
}

function correctionLine({ of, name, was, is }: Correction, context: SitrepContext): readonly Line[] {
  const { edition, directory, taxonomy } = context
  // The public would see from the difference what a small count was.
  if (edition === 'public' && (of !== 'reports' || was < 3 || is < 3 || Math.abs(was - is) < 3)) return []
  if (edition === 'partner' && of === 'kind') return []
  const called: Param =
    of === 'region'
      ? regionName(directory, name as RegionCode)
      : of === 'kind'
        ? (kindInfo(taxonomy, name)?.name ?? phrase('sitrep.no-kind'))
        : name
  return [item(`sitrep.corrected-${of}`, { name: called, was, is })]
}

/** Those listed last time that are closed, lowered or part of another by now. */
function settledLine({ material, figures }: SitrepContext): readonly Line[] {
  const open = new Set(figures.urgent.map(one => one.id))
  const gone = (material.former?.told.urgent ?? []).filter(id => !open.has(id))
  // More are open than are listed: then nobody can tell from the list.
  if (gone.length === 0 || figures.urgent.length >= figures.window.most.urgent) return []
  return [item('sitrep.settled', { ids: gone.slice(0, 12) })]
}
