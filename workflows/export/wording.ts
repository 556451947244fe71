import { type Directory, regionName } from '../directory.ts'
import { type Phrase, type PhraseKey, phrase } from '../phrase.ts'
import type { Line } from '../view.ts'
import type { ExportPlan } from './plan.ts'

/** What a plan takes out, in one sentence without its full stop. */
export function planText(plan: ExportPlan, directory: Directory): Phrase {
  const { format, edition, regions, kinds, incident, from, to, sealed, drill } = plan
  const how = { format: phrase(`export.format-${format}`), edition: phrase(`export.edition-${edition}`) }
  const where = regions === 'all' ? phrase('export.everywhere') : regions.map(code => regionName(directory, code))
  let what: Phrase =
    incident === null
      ? phrase('export.what', { ...how, regions: where, from: { date: from }, to: { date: to } })
      : phrase('export.what-one', { ...how, id: incident })
  if (kinds.length > 0) what = phrase('export.what-kinds', { what, kinds })
  if (sealed) what = phrase('export.what-sealed', { what })
  return drill === null ? what : phrase('export.what-drill', { what, drill })
}

/** What a plan leaves behind, one line each, so that whoever agrees knows it. */
export function withheldLines(plan: ExportPlan): readonly Line[] {
  return [
    { type: 'strong', text: phrase('export.withheld') },
    ...withheld(plan).map((key): Line => ({ type: 'item', text: phrase(key) })),
  ]
}

function withheld({ edition, sealed, format }: ExportPlan): readonly PhraseKey[] {
  const ended = edition === 'response' && (format === 'json' || format === 'csv' || format === 'ics214')
  const always: readonly PhraseKey[] = [
    'export.withheld-restricted',
    ...(ended ? [] : (['export.withheld-ended'] as const)),
  ]
  switch (edition) {
    case 'response':
      return sealed ? always : ['export.withheld-words', 'export.withheld-red', ...always]
    case 'leadership':
      return ['export.withheld-words', 'export.withheld-red', ...always]
    case 'partner':
      return [...outside, ...always]
    case 'public':
      return ['export.withheld-consent', ...outside, ...always]
  }
}

const outside: readonly PhraseKey[] = [
  'export.withheld-words',
  'export.withheld-red-all',
  'export.withheld-people',
  'export.withheld-victims',
  'export.withheld-few',
]
