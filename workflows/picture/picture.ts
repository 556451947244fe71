import { type Directory, onDuty, type Region, regionName } from '../directory.ts'
import type { ClaimsDrawing, CoverageDrawing, Drawing, Picture, TrendDrawing } from '../drawing.ts'
import { type Edition, leaves } from '../edition.ts'
import type { Figures } from '../figures.ts'
import type { RegionCode } from '../ids.ts'
import { type Phrase, phrase } from '../phrase.ts'
import type { Places } from '../routing.ts'
import { fewest, quantile, sizeOf } from '../statistics.ts'
import { say } from '../text/say.ts'
import type { Warning } from '../warning.ts'
import { hasPart, shownCount } from '../withheld.ts'
import { formatDate, localParts, zoneName } from '../zone.ts'
import { altText } from './alt.ts'
import { countiesOf, statesOf } from './counties.ts'

/** What a picture is made of: figures that were counted for its edition, and what stands beside them. */
export type Depicted = {
  readonly figures: Figures
  readonly directory: Directory
  /** The zone that names its period and its days. */
  readonly zone: string
  readonly region: 'all' | RegionCode
  readonly edition: Edition
  readonly warnings: readonly Warning[]
}

/** How it is drawn: the whole summary, its map or its days alone; light unless told otherwise. */
export type Wanted = {
  readonly kind: Drawing['kind']
  readonly theme?: Drawing['theme']
  /** Everything in it is made up. */
  readonly exercise?: boolean
}

/**
 * The picture of a summary, cut to its edition: what that does not tell is not in the drawing either, so that whoever
 * draws it cannot give it away. `places` knows the counties by name.
 */
export function pictureOf(depicted: Depicted, places: Places, wanted: Wanted): Picture {
  const { directory, figures, edition, region } = depicted
  const { kind, theme = 'light', exercise = false } = wanted
  const { marks, unplaced, named } = countiesOf(depicted, places)
  const name = region === 'all' ? directory.name : regionName(directory, region)
  const regions = regionsOf(depicted)
  const drawing: Drawing = {
    ...{ kind, edition, theme, exercise },
    title: inBoth(phrase(`picture.title-${kind}`, { name }), depicted),
    subtitle: subtitleOf(depicted),
    map:
      kind === 'trend'
        ? null
        : { codes: statesOf(regions, marks), counties: marks, ...(unplaced > 0 ? { unplaced } : {}) },
    trend: kind === 'map' || !figures.window.days ? null : trendOf(depicted),
    claims: kind === 'summary' && hasPart(edition, 'timing') ? claimsOf(regions, depicted) : null,
    coverage: kind === 'summary' && hasPart(edition, 'coverage') ? coverageOf(regions, depicted) : null,
  }
  return { drawing, alt: { en: altText(drawing, named, 'en'), es: altText(drawing, named, 'es') } }
}

function regionsOf({ directory, figures }: Depicted): readonly Region[] {
  const { regions } = figures.window
  return regions === 'all' ? directory.regions : directory.regions.filter(region => regions.includes(region.code))
}

function inBoth(words: Phrase, { zone, figures }: Depicted): Drawing['title'] {
  const reader = { zone, now: figures.window.now, person: () => null }
  return { en: say(words, { ...reader, language: 'en' }), es: say(words, { ...reader, language: 'es' }) }
}

function subtitleOf({ figures, zone }: Depicted): Drawing['subtitle'] {
  const { from, to, now } = figures.window
  const said = (language: 'en' | 'es') => {
    const reader = { language, zone, now }
    const ends = { from: formatDate(from, reader), to: formatDate(to, reader), zone: zoneName(zone, to, language) }
    return say(phrase('picture.period', ends), { ...reader, person: () => null })
  }
  return { en: said('en'), es: said('es') }
}

const week = 7

function trendOf({ figures, zone, edition }: Depicted): TrendDrawing {
  const { days = [], to } = figures.window
  const counts = days.map((_, day) => {
    const of = (severity: number) =>
      figures.trend.reduce((sum, row) => sum + (row.day === day && row.severity === severity ? row.count : 0), 0)
    return [of(1), of(2), of(3), of(4), of(5)] as const
  })
  const sums = counts.map(each => each.reduce((sum, count) => sum + count, 0))
  const few = sums.map(sum => typeof shownCount(sum, edition, { of: 'reports' }) !== 'number')
  const plain = edition === 'public'
  return {
    ...(plain ? { plain } : {}),
    until: clockOf(to, zone),
    days: days.map((_, at) => {
      const [first, last] = [Math.max(0, at - week + 1), at + 1]
      // A mean of fewer days is none, and one over a day that is not told would tell it.
      const known = last - first === week && !few.slice(first, last).includes(true)
      const mean = known ? sums.slice(first, last).reduce((sum, count) => sum + count, 0) / week : null
      const told = few[at] ? 0 : (sums[at] ?? 0)
      return {
        day: dateOf(days[at + 1] ?? to, zone),
        counts: plain ? [told, 0, 0, 0, 0] : (counts[at] ?? [0, 0, 0, 0, 0]),
        mean,
        ...(few[at] ? { few: true as const } : {}),
      }
    }),
  }
}

/** The date on which a day ends; one that ends at midnight is the day before. */
function dateOf(end: number, zone: string): string {
  const { year, month, day } = localParts(end - 1, zone)
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

function clockOf(at: number, zone: string): string {
  const { hour, minute } = localParts(at, zone)
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

function claimsOf(regions: readonly Region[], { figures, edition }: Depicted): ClaimsDrawing {
  const rows = regions.flatMap(({ code, name }) => {
    // S1 needs no answer: nobody is late for it.
    const claims = figures.claims.filter(row => row.region === code && row.severity >= 2)
    const n = sizeOf(claims)
    // A few reports of a region are not told beyond the network by way of their n either.
    if (n === 0 || (leaves(edition) && n < fewest)) return []
    const half = n < fewest ? null : quantile(claims, 0.5)
    return [{ name, n, median: half?.minutes ?? null, ...(half?.over ? { over: true as const } : {}) }]
  })
  // All that is told beside them must not leave one or two: of a region, or of those that need no answer.
  const rest = freshIn(figures) - rows.reduce((sum, row) => sum + row.n, 0)
  return {
    regions: edition === 'public' && typeof shownCount(rest, edition, { of: 'reports' }) !== 'number' ? [] : rows,
  }
}

function freshIn({ reported, window }: Figures): number {
  const fresh = reported.filter(row => row.period === 0 && !window.setAside.includes(row.status))
  return fresh.reduce((sum, row) => sum + row.count, 0)
}

function coverageOf(regions: readonly Region[], { figures, directory }: Depicted): CoverageDrawing {
  const { now } = figures.window
  const rows = regions.flatMap(region => {
    const { code, name } = region
    // Nobody is expected to report from everywhere else.
    if (region.places.some(place => place.type === 'anywhere')) return []
    const last = figures.lastReports.find(report => report.region === code)
    return [{ name, age: last ? Math.max(0, now - last.at) : null, available: onDuty(directory, code, now).length }]
  })
  return { regions: rows }
}
