import type { Happening } from '../agenda.ts'
import { type Directory, regionName, regionOf } from '../directory.ts'
import { type Phrase, phrase } from '../phrase.ts'
import type { InLanguages } from '../taxonomy.ts'
import { buttonId, type Line, type View } from '../view.ts'
import { localParts } from '../zone.ts'

/** What whoever reads the agenda may do with it, and for how long it looks ahead. */
export type AgendaScene = {
  readonly happenings: readonly Happening[]
  readonly hours: number
  /** Whether they may open, or change, one of these. */
  readonly opens: (one: Happening) => boolean
  readonly changes: (one: Happening) => boolean
  /** Whether they may add to it at all. */
  readonly adds: boolean
  readonly directory: Directory
  /** By whose clock hours are read. */
  readonly zone: string
}

const mostShown = 20
const hourMs = 60 * 60_000

/** What is to come, soonest first: when, what and where; from a calendar, from reports, and from what people told. */
export function agendaView({ happenings, hours, opens, changes, adds, directory, zone }: AgendaScene): View {
  const shown = happenings.slice(0, mostShown)
  const more = happenings.length - shown.length
  return {
    tone: 'plain',
    title: phrase('agenda.title', { hours: { minutes: hours * 60 } }),
    lines: [
      ...(shown.length === 0 ? [{ type: 'text', text: phrase('agenda.none') } as const] : []),
      ...shown.map((one): Line => ({ type: 'item', text: happeningText(one, directory, zone), ...buttonOf(one) })),
      ...(more > 0 ? [{ type: 'note', text: phrase('agenda.more', { count: more }) } as const] : []),
      { type: 'note', text: phrase('agenda.caveat') },
    ],
    buttons: [
      ...(adds ? [{ id: 'plan', label: phrase('agenda.button-add') }] : []),
      { id: buttonId('agenda', '', 'link'), label: phrase('agenda.button-link') },
    ],
  }

  function buttonOf(one: Happening) {
    if (one.incident !== null && opens(one)) {
      const label = phrase('agenda.button-open', { id: one.incident })
      return { button: { id: buttonId('incident', one.incident), label } }
    }
    if (one.incident !== null || !changes(one)) return {}
    return { button: { id: buttonId('agenda', one.id, 'off'), label: phrase('agenda.button-off', { id: one.id }) } }
  }
}

/** One line of it: `Tue 3 Nov 06:00 to 19:00 · Polls are open · Arizona`. */
export function happeningText(one: Happening, directory: Directory, zone: string): Phrase {
  const { name, region, incident } = one
  const what: InLanguages = { en: name.en ?? name.es ?? '', es: name.es ?? name.en ?? '' }
  const where = region === null ? phrase('agenda.everywhere') : regionName(directory, region)
  const params = { when: whenOf(one, directory, zone), what, where }
  return incident === null ? phrase('agenda.line', params) : phrase('agenda.line-report', { ...params, id: incident })
}

function whenOf({ from, to, allDay, region }: Happening, directory: Directory, reader: string): Phrase {
  if (!allDay) return hoursOf(from, to, reader)
  const zone = (region && regionOf(directory, region)?.zone) || directory.zone
  // It ends with the midnight after its last day.
  const [first, last] = [dayOf(from, zone), dayOf(to - 1, zone)]
  return first.en === last.en ? phrase('agenda.day', { day: first }) : phrase('agenda.days', { day: first, last })
}

/** Of what nobody said how long it takes, an hour is taken for granted, and not told. */
function hoursOf(from: number, to: number, zone: string): Phrase {
  if (to - from <= hourMs) return phrase('agenda.when', { from: { date: from } })
  const [begins, ends] = [localParts(from, zone), localParts(to, zone)]
  const two = (number: number) => String(number).padStart(2, '0')
  const clock = `${two(ends.hour)}:${two(ends.minute)}`
  return phrase('agenda.when-to', { from: { date: from }, to: begins.day === ends.day ? clock : { date: to } })
}

/** A day without an hour, by the clock of where it falls. */
function dayOf(at: number, timeZone: string): InLanguages {
  const format = { weekday: 'short', day: 'numeric', month: 'short', timeZone } as const
  const words = (locale: string) => new Intl.DateTimeFormat(locale, format).format(at).replace(/[.,]/g, '')
  return { en: words('en-GB'), es: words('es') }
}
