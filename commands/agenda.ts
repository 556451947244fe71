import { mayPlan } from '../workflows/agenda/right.ts'
import { agendaView } from '../workflows/agenda/view.ts'
import type { Happening } from '../workflows/agenda.ts'
import { readLength } from '../workflows/broadcast/hour.ts'
import { hasRole, regionOf, servesRegion } from '../workflows/directory.ts'
import { type IncidentId, type RegionCode, readIncidentId } from '../workflows/ids.ts'
import { isOpen, isWaiting } from '../workflows/incident.ts'
import { readHappeningId } from '../workflows/outlook.ts'
import { actsAs, maySee } from '../workflows/permission.ts'
import { phrase } from '../workflows/phrase.ts'
import { readMoment } from '../workflows/run/moment.ts'
import { plain, readHours } from '../workflows/spoken.ts'
import { plainView } from '../workflows/view.ts'
import { type Context, type Doing, defineCommand, foresee, type Reply, refuse, shown, tell } from './command.ts'

const hourMs = 60 * 60_000
const usual = 72
const mostDays = 60

/** Shows what is to come, says when a reported event is, takes something off, and gives a link for a calendar. */
export const agenda = defineCommand({
  name: 'agenda',
  summary: 'command.agenda',
  usage: 'usage.agenda',
  permission: 'read',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async (request, context) => {
    const pressed = request.from === 'press'
    if (pressed && request.assumed === 'link') return link()
    if (pressed && request.assumed === 'off') return takenOff(request.words, context)
    const [first = '', ...others] = request.words.trim().split(/\s+/)
    const verb = plain(first)
    if (links.has(verb)) return offs.has(plain(others[0] ?? '')) ? unlink() : link()
    if (offs.has(verb)) return takenOff(others.join(' '), context)
    const [, id = '', rest = ''] = /^\s*(#?[a-z]{2,5}[\s-]*\d{1,9})(?!\w)\s*([\s\S]*)$/i.exec(request.words) ?? []
    const report = readIncidentId(id)
    if (report && rest !== '') return set(report, rest, context)
    return list(request.words, context)
  },
})

/** The calendar as whoever asks may see and change it. */
async function showAgenda(
  context: Context,
  asked: { readonly regions: 'all' | readonly RegionCode[]; readonly hours: number },
): Promise<Reply> {
  const { read, actor, now } = context
  const happenings = await read.agenda.between({ from: now, to: now + asked.hours * hourMs }, asked.regions)
  const named = happenings.flatMap(one => one.incident ?? [])
  const known = await Promise.all(named.map(id => read.incidents.find(id)))
  const seen = new Set(known.flatMap(one => (one && maySee(actor, one.incident) ? [one.incident.id] : [])))
  const { directory } = read
  return shown(
    agendaView({
      // What they may not know of is not told as something to come either.
      happenings: happenings.filter(one => one.incident === null || seen.has(one.incident)),
      hours: asked.hours,
      opens: one => one.incident !== null && seen.has(one.incident),
      changes: one => readHappeningId(one.id) !== null && mayPlan(one.region, actor),
      ...{ adds: hasRole(actor, 'coordinator'), directory, zone: actor.zone },
    }),
  )
}

async function list(words: string, context: Context): Promise<Reply> {
  const { read, actor } = context
  const own = actor.regions
  let hours = usual
  const regions: RegionCode[] = []
  for (const word of words.split(/[\s,;]+/).filter(each => each !== '')) {
    const region = read.directory.regions.find(one => plain(one.code) === plain(word))
    const said = readLength(word) ?? (readHours(word)?.value ?? Number.NaN) * 60
    if (region && (own === 'all' || own.includes(region.code))) regions.push(region.code)
    else if (Number.isFinite(said)) hours = Math.ceil(said / 60)
    else if (plain(word) !== 'all' && plain(word) !== 'todo')
      return refuse('agenda.unknown', { words: { words: word } })
  }
  if (hours < 1 || hours > mostDays * 24) return tell('agenda.hours', { count: mostDays })
  return showAgenda(context, { regions: regions.length > 0 ? regions : own, hours })
}

/** Says when a reported event is. */
async function set(id: IncidentId, words: string, context: Context): Promise<Doing | Reply> {
  const { read, actor, now } = context
  const known = await read.incidents.find(id)
  if (!known || !maySee(actor, known.incident)) return refuse('refusal.unknown', { id })
  const { incident } = known
  if (!actsAs(actor, 'responder') || !servesRegion(actor, incident.region)) return refuse('agenda.who-report', { id })
  if (incident.visibility !== 'region' || isWaiting(incident)) return refuse('agenda.hidden', { id })
  if (!isOpen(incident)) return refuse('agenda.ended', { id })
  const zone = regionOf(read.directory, incident.region)?.zone ?? read.directory.zone
  const from = readMoment(words, { language: actor.language, zone, now })
  if (from === null) return refuse('agenda.when-not')
  if (from < now) return refuse('agenda.past')
  const planned = {
    kind: 'rally',
    name: null,
    region: incident.region,
    from,
    to: from + hourMs,
    allDay: false,
  } as const
  return foresee({ type: 'plan', ...planned, incident: id }, () => tell('agenda.set', { id, time: { date: from } }))
}

async function takenOff(words: string, context: Context): Promise<Doing | Reply> {
  const { read, actor, now } = context
  const id = readHappeningId(words)
  const span = { from: now - hourMs, to: now + mostDays * 24 * hourMs }
  const found = (await read.agenda.between(span, actor.regions)).find((one: Happening) => one.id === id)
  if (!found) return refuse('agenda.unknown', { words: { words } })
  if (!mayPlan(found.region, actor)) return refuse('agenda.who')
  return foresee({ type: 'unplan', id: found.id }, () => tell('agenda.off', { id: found.id }))
}

function link(): Doing {
  return {
    ...foresee({ type: 'feed', on: true }, () => tell('agenda.link-open')),
    sequel: {
      type: 'feed',
      show: ({ url, until }) =>
        shown({
          ...plainView([phrase('agenda.link')]),
          lines: [
            { type: 'text', text: phrase('agenda.link') },
            { type: 'link', text: phrase('agenda.link-url'), url },
            { type: 'note', text: phrase('agenda.link-keep', { time: { date: until } }) },
          ],
        }),
    },
  }
}

function unlink(): Doing {
  return foresee({ type: 'feed', on: false }, () => tell('agenda.link-off'))
}

const links = new Set(['link', 'enlace', 'calendar', 'calendario'])
const offs = new Set(['off', 'remove', 'quitar', 'fuera'])
