import type { Happening } from '../agenda.ts'
import type { LocalText } from '../broadcast.ts'
import type { Directory } from '../directory.ts'
import { countyOf } from '../figures.ts'
import type { IncidentId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { kindInfo, type Taxonomy } from '../taxonomy.ts'
import { type Disclosure, disclosed } from '../withheld.ts'

/** By what a calendar outside the network is cut: the incidents that it names, as they stand. */
export type Outside = {
  readonly states: ReadonlyMap<IncidentId, Incident>
  readonly taxonomy: Taxonomy
  readonly directory: Pick<Directory, 'regions' | 'zone'>
}

const dayMs = 24 * 60 * 60_000

/**
 * What is to come as it may stand in somebody's calendar, which lies with whoever keeps it: as partners may see it.
 * What people of the network wrote is only its kind; a report stands without its number and by the day, if at all.
 */
export function outsideAgenda(happenings: readonly Happening[], outside: Outside): readonly Happening[] {
  return happenings.flatMap((one): Happening[] => {
    if (one.incident === null) return [isTold(one) ? { ...one, name: kindNames[one.kind] } : one]
    const incident = outside.states.get(one.incident)
    const shown = incident && disclosed(incident, 'partner', { taxonomy: outside.taxonomy, maySeeRed: false })
    if (!incident || !shown) return []
    return [{ ...one, ...daysOf(one), name: nameOf(incident, shown, outside), incident: null }]
  })
}

/** What each kind is called. */
export const kindNames: Readonly<Record<Happening['kind'], LocalText>> = {
  rally: { en: 'Rally or march', es: 'Mitin o marcha' },
  count: { en: 'Count or certification', es: 'Conteo o certificación' },
  deadline: { en: 'Deadline', es: 'Fecha límite' },
  court: { en: 'Court', es: 'Tribunal' },
  holiday: { en: 'Holiday', es: 'Día festivo' },
  poll: { en: 'Voting', es: 'Votación' },
  other: { en: 'Event', es: 'Evento' },
}

// What people told has a number of its own; files and the network's days have longer names.
function isTold({ id }: Happening): boolean {
  return /^E-\d+$/.test(id)
}

function nameOf({ kind, place }: Incident, { kind: how, place: near }: Disclosure, { taxonomy }: Outside): LocalText {
  const info = kind === null ? null : kindInfo(taxonomy, kind)
  const group = taxonomy.groups.find(one => one.code === info?.group)
  const name = how === 'kind' ? info?.name : group?.name
  const county = near === 'region' ? null : countyOf(place)
  const named = (words: string) => [words, ...(county === null ? [] : [county])].join(', ')
  return { en: named(name?.en ?? 'Planned event'), es: named(name?.es ?? 'Acto previsto') }
}

/** The whole days that it touches, counted from its beginning: the hour is told inside the network only. */
function daysOf({ from, to }: Happening) {
  return { from, to: Math.max(to, from + dayMs), allDay: true }
}
