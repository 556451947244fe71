import type { Drawing } from '../workflows/drawing.ts'
import type { Figures } from '../workflows/figures.ts'
import type { Former } from '../workflows/former.ts'
import { pictureOf } from '../workflows/picture/picture.ts'
import type { Places } from '../workflows/routing.ts'
import { buildSitrep, type Material, type SitrepOptions, toldBy } from '../workflows/sitrep.ts'
import type { View } from '../workflows/view.ts'

/** A summary as it is said: its messages, the first with the picture, and what the next one is compared with. */
export type DrawnSitrep = { readonly views: readonly View[]; readonly told: Pick<Former, 'urgent' | 'hot' | 'levels'> }

/** How a summary is drawn; `places` names the counties of its picture. */
export type SitrepDrawing = Omit<SitrepOptions, 'material'> & {
  readonly places: Places
  readonly theme?: Drawing['theme']
}

/** Draws a summary from what was read for it. */
export function drawSitrep(
  { figures, material }: { readonly figures: Figures; readonly material: Material },
  { places, theme = 'light', ...options }: SitrepDrawing,
): DrawnSitrep {
  const whole = { ...options, material }
  const { directory, zone, region, edition = 'response' } = options
  const depicted = { figures, directory, zone, region, edition, warnings: material.warnings }
  const picture = pictureOf(depicted, places, { kind: 'summary', theme })
  const [first, ...rest] = buildSitrep(figures, whole)
  return { views: first ? [{ ...first, picture }, ...rest] : [], told: toldBy(figures, whole) }
}
