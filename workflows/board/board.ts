import { type Directory, regionName } from '../directory.ts'
import type { Drawing } from '../drawing.ts'
import { leaves } from '../edition.ts'
import type { Figures } from '../figures.ts'
import type { Incident } from '../incident.ts'
import type { Actor } from '../permission.ts'
import type { Phrase } from '../phrase.ts'
import { phrase } from '../phrase.ts'
import { countiesOf } from '../picture/counties.ts'
import { pictureOf } from '../picture/picture.ts'
import type { Places } from '../routing.ts'
import { trusted } from '../sight.ts'
import { aheadLines } from '../sitrep/ahead.ts'
import { worstLevel } from '../sitrep/alarms.ts'
import type { SitrepContext } from '../sitrep/context.ts'
import { leadLines } from '../sitrep/lead.ts'
import type { Material } from '../sitrep/material.ts'
import { numberLines } from '../sitrep/numbers.ts'
import { coverageLines, hotSpotLines } from '../sitrep/places.ts'
import { protectionLines } from '../sitrep/protection.ts'
import { positiveLines, verificationLines } from '../sitrep/reports.ts'
import { responseLines } from '../sitrep/response.ts'
import { rumourLines } from '../sitrep/rumours.ts'
import { timingLines } from '../sitrep/timing.ts'
import { trendLines } from '../sitrep/trend.ts'
import { urgentLines } from '../sitrep/urgent.ts'
import type { Taxonomy } from '../taxonomy.ts'
import type { Line } from '../view.ts'
import type { Level } from '../warning.ts'
import { hasPart } from '../withheld.ts'
import { type OpenRow, openRows } from './open.ts'
import { type RunRow, runRows } from './runs.ts'
import type { BoardScope } from './scope.ts'
import { warningLines } from './warnings.ts'

/** One part of a board that is told in lines, the first of them its heading. */
export type BoardPart = { readonly id: string; readonly lines: readonly Line[] }

/** All that a board shows, cut to its edition and its reader: what is not in it, no page made of it can give away. */
export type Board = {
  readonly scope: BoardScope
  readonly title: Phrase
  /** How far it may go, `TLP:AMBER`. */
  readonly mark: string
  readonly level: Level | null
  /** When it was read, epoch ms. */
  readonly at: number
  readonly lead: readonly Line[]
  readonly numbers: readonly Line[]
  readonly warnings: readonly Line[]
  /** Map, days and regions as plain figures; `named` are its counties by code, in the order of their names. */
  readonly drawing: Drawing
  readonly named: readonly (readonly [code: string, name: string])[]
  /** Null where no incident is told by itself; `more`: so many are open besides. */
  readonly open: { readonly rows: readonly OpenRow[]; readonly more: number } | null
  readonly runs: readonly RunRow[] | null
  /** How tense each region is, by its name. */
  readonly levels: readonly { readonly name: string; readonly level: Level }[]
  readonly parts: readonly BoardPart[]
}

/** What a board is made of: figures counted for its edition, and the open incidents of its regions. */
export type BoardGiven = {
  readonly figures: Figures
  readonly material: Material
  readonly incidents: readonly Incident[]
}

/** Who looks at it, and by what it is read. */
export type BoardContext = {
  readonly scope: BoardScope
  readonly actor: Actor
  readonly directory: Directory
  readonly taxonomy: Taxonomy
  readonly places: Places
}

/**
 * Makes a board for one person. Its words are those of the summary of that edition, so that one module decides what is
 * told. Figures for an edition that leaves the network must be without RED. @throws Error otherwise
 */
export function boardOf({ figures, material, incidents }: BoardGiven, context: BoardContext): Board {
  const { scope, actor, directory, taxonomy, places } = context
  const { edition, regions } = scope
  if (leaves(edition) && !figures.window.withoutRed) throw new Error('figures with RED must not leave')
  const [only, ...others] = regions === 'all' ? [] : regions
  const region = only !== undefined && others.length === 0 ? only : 'all'
  const maySeeRed = !leaves(edition) && trusted(actor.platform, directory)
  const told: SitrepContext = {
    ...{ figures, material, directory, taxonomy, edition, region, maySeeRed },
    zone: actor.zone,
  }
  const depicted = { figures, directory, zone: actor.zone, region, edition, warnings: material.warnings } as const
  const outside = leaves(edition)
  const open = outside ? null : openRows(incidents, figures, { ...context, maySeeRed })
  const name = region === 'all' ? directory.name : regionName(directory, region)
  return {
    scope,
    title: phrase('board.title', { name }),
    mark: markOf(figures, open?.rows ?? [], { edition, maySeeRed }),
    level: hasPart(edition, 'alarms') ? worstLevel(told) : null,
    at: figures.window.now,
    lead: leadLines(told),
    numbers: numberLines(told),
    warnings: hasPart(edition, 'alarms') ? warningLines(told) : [],
    drawing: pictureOf(depicted, places, { kind: 'summary' }).drawing,
    named: [...countiesOf(depicted, places).named].toSorted(([, one], [, other]) => one.localeCompare(other)),
    open,
    runs: outside ? null : runRows(figures.running, { ...context, maySeeRed, now: figures.window.now }),
    levels: hasPart(edition, 'alarms') ? levelsOf(material, directory) : [],
    parts: partsOf(told),
  }
}

function partsOf(told: SitrepContext): readonly BoardPart[] {
  const all: readonly BoardPart[] = [
    // Inside the network all that is open stands in a list of its own.
    ...(leaves(told.edition) ? [{ id: 'urgent', lines: urgentLines(told) }] : []),
    { id: 'hot', lines: hotSpotLines(told) },
    { id: 'trends', lines: trendLines(told) },
    { id: 'timing', lines: timingLines(told) },
    { id: 'verification', lines: verificationLines(told) },
    { id: 'rumours', lines: rumourLines(told) },
    { id: 'protection', lines: protectionLines(told) },
    { id: 'coverage', lines: coverageLines(told) },
    { id: 'response', lines: responseLines(told) },
    { id: 'agenda', lines: aheadLines(told) },
    { id: 'positive', lines: positiveLines(told) },
  ]
  return all.filter(part => part.lines.length > 0)
}

function levelsOf({ warnings }: Material, directory: Directory): Board['levels'] {
  return warnings.map(({ region, level }) => ({ name: regionName(directory, region), level }))
}

/** As secret as the most secret thing on it. */
function markOf(
  { urgent, positives, oldestOpen, oldestUnverified }: Figures,
  rows: readonly OpenRow[],
  { edition, maySeeRed }: Pick<BoardScope, 'edition'> & { readonly maySeeRed: boolean },
): string {
  if (edition === 'public') return 'TLP:CLEAR'
  const shown = [...urgent, ...positives, oldestOpen, oldestUnverified].filter(one => one !== null)
  return maySeeRed && (rows.some(row => row.red) || shown.some(one => one.mark === 'RED')) ? 'TLP:RED' : 'TLP:AMBER'
}
