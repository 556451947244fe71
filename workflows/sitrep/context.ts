import type { Directory, Region } from '../directory.ts'
import { type Edition, leaves } from '../edition.ts'
import { countyOf, type Figures } from '../figures.ts'
import type { RegionCode } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { type Param, type Phrase, type PhraseKey, phrase } from '../phrase.ts'
import type { Taxonomy } from '../taxonomy.ts'
import type { Line } from '../view.ts'
import { type Disclosure, disclosed, shownCount } from '../withheld.ts'
import type { Material } from './material.ts'

/** What a summary is drawn with, besides its figures. */
export type SitrepOptions = {
  readonly directory: Directory
  readonly taxonomy: Taxonomy
  /** The zone that names the period, as of the summary's schedule or its reader. */
  readonly zone: string
  readonly region: 'all' | RegionCode
  /** True if whoever reads it may see RED incidents; else only id, county, severity and kind of them are shown. */
  readonly maySeeRed: boolean
  /** True if it was due more than five minutes before it was built. */
  readonly late?: boolean
  /** How many earlier summaries were skipped. */
  readonly missed?: number
  /** For whom it is; absent: those who respond. */
  readonly edition?: Edition
  /** What it tells besides its figures; absent: nothing. */
  readonly material?: Material
}

/** Figures together with what they are drawn with: what every section is made from. */
export type SitrepContext = SitrepOptions & {
  readonly figures: Figures
  readonly edition: Edition
  readonly material: Material
}

/** The regions that a summary speaks of. */
export function regionsOf({ directory, figures }: SitrepContext): readonly Region[] {
  const { regions } = figures.window
  return regions === 'all' ? directory.regions : directory.regions.filter(region => regions.includes(region.code))
}

/** Where an incident is, no nearer than its county. */
export function whereOf(incident: Incident, { directory }: SitrepContext): string {
  const region = directory.regions.find(region => region.code === incident.region)
  return countyOf(incident.place) ?? region?.name ?? incident.region
}

/** True if nothing but id, county, severity and kind of it may be shown. */
export function isHidden(incident: Incident, { maySeeRed }: SitrepContext): boolean {
  return incident.mark === 'RED' && !maySeeRed
}

/** What may be shown of an incident by itself; null: nothing. */
export function shownOf(incident: Incident, { edition, taxonomy, maySeeRed }: SitrepContext): Disclosure | null {
  return disclosed(incident, edition, { taxonomy, maySeeRed })
}

/** True if it leaves the network. */
export function isOutside({ edition }: Pick<SitrepContext, 'edition'>): boolean {
  return leaves(edition)
}

/** A count of reports as the edition shows it. */
export function few(count: number, { edition }: Pick<SitrepContext, 'edition'>): Param {
  return shownCount(count, edition, { of: 'reports' })
}

/** Marks a line that the last summary of the plan did not have; as it is where there was none. */
export function marked(line: Line, isNew: boolean, { material }: Pick<SitrepContext, 'material'>): Line {
  if (!isNew || !material.former || line.type !== 'item' || !('key' in line.text)) return line
  return { ...line, text: phrase('sitrep.marked', { line: line.text }) }
}

/** How many minutes an incident has stood since it was reported. */
export function ageOf(incident: Incident, { figures }: SitrepContext): number {
  return (figures.window.now - incident.reportedAt) / 60_000
}

/** The sum of some counts. */
export function total(rows: readonly { readonly count: number }[]): number {
  return rows.reduce((sum, row) => sum + row.count, 0)
}

/** An arrow for a number against another: up, down, or the same. */
export function arrow(count: number, before: number): string {
  if (count === before) return '='
  return count > before ? '↑' : '↓'
}

/** A section: its heading and its lines, or nothing at all if it has nothing to say. */
export function section(heading: Phrase, lines: readonly (Line | null)[]): readonly Line[] {
  const said = lines.filter(line => line !== null)
  return said.length > 0 ? [{ type: 'strong', text: heading }, ...said] : []
}

/** One line of a section. */
export function item(key: PhraseKey, params?: Readonly<Record<string, Param>>): Line {
  return { type: 'item', text: phrase(key, params) }
}
