import { monthOf, weekdays } from '../calendar.ts'
import { plain } from '../spoken.ts'
import { localParts, localTime, type TimeReader } from '../zone.ts'

/**
 * The coming moment (epoch ms) that somebody wrote by the clock of that zone: `18:00`, `6 pm`, `tomorrow 18:00`,
 * `friday 9:30`, `nov 3 18:00`, `3 nov 18:00`, `2026-11-03 18:00`. Without a day it is the next time that the clock
 * shows that; without an hour, and for what is no time at all, null.
 */
export function readMoment(words: string, reader: TimeReader): number | null {
  const text = words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(\d)\s*([ap])\.?\s*m\b\.?/g, '$1$2m')
  const found = [...text.matchAll(/(?<![\d-])(\d{1,2})(?:(?:[:h.](\d{2}))(am|pm)?|(am|pm))(?![\d:-])/g)].at(-1)
  if (!found) return null
  const { 0: whole, 1: hours = '', 2: minutes = '0', 3: half = '', 4: alone = '', index } = found
  const hour = hourOf(Number(hours), half || alone)
  const minute = Number(minutes)
  if (hour === null || minute > 59) return null
  const rest = plain(`${text.slice(0, index)} ${text.slice(index + whole.length)}`)
    .replace(filler, ' ')
    .trim()
  const now = localParts(reader.now, reader.zone)
  const on = (day: Day) => localTime({ ...day, hour, minute }, reader.zone)
  if (rest === '') {
    const today = on(now)
    return today >= reader.now ? today : on({ ...now, day: now.day + 1 })
  }
  const day = dayOf(rest, now, reader)
  return day && on(day)
}

type Day = { readonly year: number; readonly month: number; readonly day: number }

const filler = /(?<!\S)(?:at|on|the|el|la|las|a|de|del|of|next|proximo|este|this|um|h|hours?|horas?)(?!\S)/g

function hourOf(hour: number, half: string): number | null {
  if (half === '') return hour <= 23 ? hour : null
  if (hour < 1 || hour > 12) return null
  return (hour % 12) + (half === 'pm' ? 12 : 0)
}

function dayOf(said: string, now: Day, { language }: TimeReader): Day | null {
  const words = said.split(/\s+/)
  const [one = '', two = '', three = ''] = words
  if (words.length === 1) {
    if (one === 'today' || one === 'hoy') return now
    if (one === 'tomorrow' || one === 'manana') return { ...now, day: now.day + 1 }
    const wanted = weekdayOf(one)
    if (wanted < 0) return null
    const today = new Date(Date.UTC(now.year, now.month - 1, now.day)).getUTCDay()
    return { ...now, day: now.day + ((wanted - today + 7) % 7 || 7) }
  }
  // `tue 3 nov`: the day of the week only repeats the date.
  if (words.length === 3 && weekdayOf(one) >= 0) return dated(two, three, now)
  if (words.length === 3 && /^\d{4}$/.test(one)) return checked(Number(one), Number(two), Number(three))
  if (words.length !== 2) return null
  if (/^\d+$/.test(one) && /^\d+$/.test(two)) {
    const [month, day] = language === 'es' ? [two, one] : [one, two]
    return coming(Number(month), Number(day), now)
  }
  return dated(one, two, now)
}

function dated(one: string, two: string, now: Day): Day | null {
  const month = monthOf(one) ?? monthOf(two)
  const day = Number((monthOf(one) === null ? one : two).replace(/(?:st|nd|rd|th)$/, ''))
  return month === null ? null : coming(month, day, now)
}

/** Of a date without its year the next one is meant. */
function coming(month: number, day: number, now: Day): Day | null {
  const past = Date.UTC(now.year, month - 1, day) < Date.UTC(now.year, now.month - 1, now.day)
  return checked(past ? now.year + 1 : now.year, month, day)
}

function checked(year: number, month: number, day: number): Day | null {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? { year, month, day } : null
}

// Shorter than search takes them: there `mar` is March.
const shortDays = ['dom', 'lun', 'mar', 'mie', 'jue', 'vie', 'sab']

function weekdayOf(word: string): number {
  const short = shortDays.indexOf(word)
  return short < 0 ? weekdays.findIndex(names => names.includes(word)) : short
}
