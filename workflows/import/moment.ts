import { localTime } from '../zone.ts'

/** How a table writes its days: 2026-11-03, 11/3/2026 (month first), or 3/11/2026 and 3.11.2026 (day first). */
export type Dates = 'iso' | 'us' | 'eu'

const clock = String.raw`(?:[T ,]+(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*([ap]\.?m\.?)?)?`
const offset = String.raw`\s*(Z|UTC|[+-]\d{2}:?\d{2})?`
const iso = new RegExp(String.raw`^(\d{4})-(\d{1,2})-(\d{1,2})${clock}${offset}$`, 'i')
const other = new RegExp(String.raw`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})${clock}$`, 'i')

/**
 * The moment (epoch ms) that a cell tells, in a zone where it names none; a day without an hour is its noon, so that
 * it stays that day in neighbouring zones. Null for what is none: 30 February, 25:00, another order of day and month.
 */
export function readMoment(cell: string, dates: Dates, zone: string): number | null {
  const found = (dates === 'iso' ? iso : other).exec(cell.trim())
  if (!found) return null
  const numbers = found.slice(1, 4).map(Number)
  const [first = 0, second = 0, third = 0] = numbers
  const [year, month, day] =
    dates === 'iso' ? numbers : dates === 'us' ? [third, first, second] : [third, second, first]
  const hour = hourOf(found[4], found[6])
  const minute = Number(found[5] ?? 0)
  if (year === undefined || month === undefined || day === undefined || hour === null || minute > 59) return null
  const shown = new Date(Date.UTC(year, month - 1, day))
  if (shown.getUTCMonth() !== month - 1 || shown.getUTCDate() !== day) return null
  const shift = found[7]
  if (!shift) return localTime({ year, month, day, hour, minute }, zone)
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})$/.exec(shift) ?? []
  const east = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1)
  return Date.UTC(year, month - 1, day, hour, minute) - east
}

/** True if that is the name of a zone, as `America/Phoenix`. */
export function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null
  } catch {
    return false
  }
}

function hourOf(written: string | undefined, half: string | undefined): number | null {
  if (written === undefined) return 12
  const hour = Number(written)
  if (!half) return hour < 24 ? hour : null
  if (hour < 1 || hour > 12) return null
  return (hour % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0)
}
