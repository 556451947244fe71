import { outsideAgenda } from '../agenda/outside.ts'
import type { Happening } from '../agenda.ts'
import { regionName } from '../directory.ts'
import { type Param, phrase } from '../phrase.ts'
import type { Line } from '../view.ts'
import { localParts } from '../zone.ts'
import { isOutside, item, type SitrepContext, section } from './context.ts'

const mostListed = 8
const day = 86_400_000

/** What is to come in the next 72 hours, soonest first. */
export function aheadLines(context: SitrepContext): readonly Line[] {
  const coming = comingFor(context)
  return section(phrase('sitrep.ahead'), [
    ...coming.slice(0, mostListed).map(one => happeningLine(one, context)),
    coming.length > mostListed ? item('sitrep.ahead-more', { count: coming.length - mostListed }) : null,
  ])
}

/**
 * What an edition tells: partners nothing that is known from a report, and only the kind of what somebody wrote; the
 * public only what the election calendar has.
 */
function comingFor(context: SitrepContext): readonly Happening[] {
  const { material, edition } = context
  if (!isOutside(context)) return material.agenda
  const known = material.agenda.filter(one => one.incident === null)
  if (edition === 'public') return known.filter(one => one.id.startsWith('C-'))
  return outsideAgenda(known, { ...context, states: new Map() })
}

/** How far the next day of voting is, as `E-3`, by the days of that zone; null: none is known. */
export function phaseOf(poll: number | null, now: number, zone: string): string | null {
  if (poll === null) return null
  const days = (at: number) => {
    const { year, month, day: date } = localParts(at, zone)
    return Date.UTC(year, month - 1, date) / day
  }
  const apart = days(now) - days(poll)
  if (apart === 0) return 'E'
  return apart > 0 ? `E+${apart}` : `E-${-apart}`
}

function happeningLine({ name, region, from, allDay }: Happening, context: SitrepContext): Line {
  const where: Param = region === null ? phrase('sitrep.everywhere') : regionName(context.directory, region)
  const said = { en: name.en ?? name.es ?? '', es: name.es ?? name.en ?? '' }
  if (!allDay) return item('sitrep.happening', { name: said, where, time: { date: from } })
  return item('sitrep.happening-day', { name: said, where, day: dayOf(from, context) })
}

/** A day without an hour, in the words of either language. */
function dayOf(at: number, { zone }: SitrepContext): Param {
  const word = (locale: string) =>
    new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone: zone })
      .format(at)
      .replaceAll('.', '')
  return { en: word('en-GB'), es: word('es') }
}
