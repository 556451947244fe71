import { hash } from 'node:crypto'
import { Hono } from 'hono'
import type { Feed, Feeds } from '../../workflows/agenda/feed.ts'
import type { Happening } from '../../workflows/agenda.ts'
import { type Directory, regionName, regionOf } from '../../workflows/directory.ts'
import { phrase } from '../../workflows/phrase.ts'
import { say } from '../../workflows/text/say.ts'
import { localParts } from '../../workflows/zone.ts'

/** What the calendars are made of. */
export type CalendarOptions = {
  readonly feeds: Pick<Feeds, 'find'>
  readonly clock: () => number
  readonly logger: { error(context: { err: unknown }, message: string): void }
}

const dayMs = 24 * 60 * 60_000
const everyHours = 2

/**
 * The calendar of what is to come, behind the one secret link of a person: iCalendar, which calendar programs ask for
 * again and again. A link that is none, or holds no more, is not told from any other path.
 */
export function calendarRoutes({ feeds, clock, logger }: CalendarOptions): Hono {
  const routes = new Hono()
  routes.get('/calendar/:file{[\\w-]{43}\\.ics}', async c => {
    try {
      const secret = c.req.param('file').slice(0, -'.ics'.length)
      const feed = await feeds.find(secret)
      if (!feed) return c.notFound()
      return c.body(await calendarText(feed, secret, clock()), 200, {
        'Content-Type': 'text/calendar; charset=utf-8',
        'Content-Disposition': 'inline; filename="trust-hub.ics"',
        'Cache-Control': 'private, no-store',
        'Referrer-Policy': 'no-referrer',
        'X-Content-Type-Options': 'nosniff',
        'X-Robots-Tag': 'noindex',
      })
    } catch (err) {
      logger.error({ err }, 'a calendar could not be given')
      return c.text('', 503, { 'Retry-After': '600' })
    }
  })
  return routes
}

/** The calendar as a text (RFC 5545); days stand as days, so that no zone moves them. */
async function calendarText({ happenings, language, directory }: Feed, secret: string, now: number): Promise<string> {
  // Only who asks for a calendar pays for it.
  const { ICalCalendar } = await import('ical-generator')
  const reader = { language, zone: directory.zone, now, person: () => null }
  const words = (key: Parameters<typeof phrase>[0], params = {}) => say(phrase(key, params), reader)
  const calendar = new ICalCalendar({
    name: words('agenda.feed-name', { network: directory.name }),
    prodId: { company: 'Trust Hub', product: 'agenda', language: language.toUpperCase() },
    ttl: everyHours * 60 * 60,
  })
  for (const one of happenings) {
    const other = language === 'en' ? one.name.es : one.name.en
    calendar.createEvent({
      // The same whenever it is asked for, and no number of a report.
      id: `${hash('sha256', `${secret}:${one.id}`).slice(0, 32)}@trust-hub`,
      stamp: new Date(now),
      ...timesOf(one, directory),
      allDay: one.allDay,
      summary: one.name[language] ?? other ?? '',
      location: one.region === null ? words('agenda.feed-where') : regionName(directory, one.region),
      description: words('agenda.caveat'),
    })
  }
  return calendar.toString()
}

function timesOf({ from, to, allDay, region }: Happening, directory: Directory) {
  if (!allDay) return { start: new Date(from), end: new Date(Math.max(to, from)) }
  const zone = (region && regionOf(directory, region)?.zone) || directory.zone
  const [first, last] = [dateOf(from, zone), dateOf(to - 1, zone)]
  // The end is the day after the last.
  return { start: new Date(first), end: new Date(last + dayMs) }
}

/** The midnight of UTC of the day that it is there: a date and nothing more. */
function dateOf(at: number, zone: string): number {
  const { year, month, day } = localParts(at, zone)
  return Date.UTC(year, month - 1, day)
}
