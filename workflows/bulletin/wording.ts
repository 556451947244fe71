import type { BulletinPlan, Outside } from '../bulletin.ts'
import type { Directory } from '../directory.ts'
import { regionName } from '../directory.ts'
import type { Figures } from '../figures.ts'
import { type Phrase, phrase } from '../phrase.ts'
import type { Line } from '../view.ts'
import { hasPart, type Part } from '../withheld.ts'

/** What a bulletin is of, in one line: for whom, which regions, which time. */
export function planText({ edition, from, to, regions, codes }: BulletinPlan, directory: Directory): Phrase {
  const names = regions === 'all' ? [directory.name] : regions.map(code => regionName(directory, code))
  const what = phrase(`bulletin.for-${edition}`, { names: names.join(', '), from: { date: from }, to: { date: to } })
  return codes.length === 0 ? what : phrase('bulletin.only', { what, codes: codes.join(', ') })
}

const told = ['decisions', 'urgent', 'alarms', 'protection', 'coverage'] as const satisfies readonly Part[]

/**
 * What an edition that leaves holds back of a summary, one line each: counted where it can be. `whole` are the figures
 * that the network itself would read, `cut` those of the edition.
 */
export function withheldLines(whole: Figures, cut: Figures, edition: Outside): readonly Line[] {
  const red = reportsIn(whole) - reportsIn(cut)
  const few = [...Map.groupBy(cut.counties, row => row.county).values()].filter(rows => {
    const count = rows.reduce((sum, row) => sum + row.count, 0)
    return count > 0 && count < 3
  }).length
  const parts = told.filter(part => !hasPart(edition, part)).map(part => phrase(`bulletin.part-${part}`))
  return [
    { type: 'strong', text: phrase('bulletin.withheld') },
    item(phrase('bulletin.withheld-people')),
    item(phrase('bulletin.withheld-places')),
    ...(red > 0 ? [item(phrase('bulletin.withheld-red', { count: red }))] : []),
    ...(few > 0 ? [item(phrase('bulletin.withheld-few', { count: few }))] : []),
    ...(edition === 'public' ? [item(phrase('bulletin.withheld-consent'))] : []),
    ...(parts.length > 0 ? [item(phrase('bulletin.withheld-parts', { parts }))] : []),
  ]
}

function reportsIn({ reported }: Figures): number {
  return reported.reduce((sum, row) => sum + (row.period === 0 ? row.count : 0), 0)
}

function item(text: Phrase): Line {
  return { type: 'item', text }
}
