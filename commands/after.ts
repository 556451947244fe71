import { titleOf } from '../workflows/card.ts'
import { phrase } from '../workflows/phrase.ts'
import { type Course, coursesOf } from '../workflows/report/course.ts'
import { reportView } from '../workflows/report/readable.ts'
import { mayReadAll, whyNotReport } from '../workflows/report/reader.ts'
import { running } from '../workflows/run/lookup.ts'
import { plain } from '../workflows/spoken.ts'
import { type Button, buttonId, plainView } from '../workflows/view.ts'
import { zoneName } from '../workflows/zone.ts'
import {
  type Context,
  defineCommand,
  incidentOf,
  type Reply,
  type Request,
  refuse,
  type Showing,
  shown,
} from './command.ts'

const mostShown = 9

type Wish = { readonly run: string | null; readonly page: number; readonly table: boolean }

/** Shows the report of a protocol as it was worked through: to be read page by page, or as a table. */
export const after = defineCommand({
  name: 'after',
  summary: 'after.command',
  permission: 'read',
  about: 'maybe-incident',
  opens: 'work',
  private: true,
  run: async (request, context) => {
    if (!request.incident) return whichOne(context)
    const incident = incidentOf(request)
    const { read, actor, now } = context
    const { id } = incident
    const refused = whyNotReport(incident, actor, read.directory)
    if (refused) return { type: 'refused', phrase: refused }
    const wish = wishOf(request)
    const courses = coursesOf(await read.incidents.timeline(id, incident.seq), read.taxonomy)
    if (courses.length === 0) return refuse('after.none', { id })
    const course = wish.run === null ? latest(courses) : courses.find(one => one.run.id === wish.run)
    if (!course) return refuse('after.unknown-run', { id, run: wish.run ?? '', runs: courses.map(one => one.run.id) })
    if (wish.table) return tableOf(course, request)
    const reading = { directory: read.directory, language: actor.language, mayRead: mayReadAll(incident, actor) }
    const zone = zoneName(actor.zone, now, actor.language)
    const view = reportView({ incident, course, page: wish.page, zone }, reading)
    const others = courses.filter(one => one !== course && wish.run === null)
    return {
      type: 'view',
      private: true,
      view: { ...view, buttons: [...view.buttons, ...others.map(openOther(request))] },
    }
  },
})

/** One that still goes on is picked; of what is over the number is in its thread, and in /incidents. */
async function whichOne(context: Context): Promise<Reply> {
  const going = await running(context)
  if (going.length === 0) return refuse('hub.which-incident', { command: 'protocol report' })
  const buttons = going.slice(0, mostShown).map((one): Button => {
    const label = phrase('form.name', { name: titleOf(one, context.read.taxonomy) })
    return { id: buttonId('after', one.id), label }
  })
  return shown(plainView([phrase('after.which-incident')], buttons))
}

function tableOf({ run: { id: run } }: Course, request: Request): Showing {
  const { id } = incidentOf(request)
  return {
    type: 'show',
    incident: id,
    item: `table:${run}`,
    say: ({ url, until }): Reply => ({
      type: 'view',
      private: true,
      view: {
        tone: 'plain',
        buttons: [],
        title: phrase('after.table-title', { run, id }),
        lines: [
          { type: 'text', text: phrase('after.table-link', { until: { time: until } }) },
          { type: 'link', text: phrase('after.table-open'), url },
        ],
      },
    }),
  }
}

function openOther(request: Request) {
  const { id } = incidentOf(request)
  return ({ run }: Course): Button => ({
    id: buttonId('after', id, `${run.id}.1`),
    label: phrase('after.button-run', { run: run.id }),
  })
}

/** The run that is asked for, and the page of it; `P1.2`, `P1.table`, or typed: `report P1 csv`. */
function wishOf({ from, words, assumed }: Request): Wish {
  if (from === 'press') {
    const [, run = null, what = '1'] = /^([A-Z][A-Z0-9-]*)\.(\w+)$/.exec(assumed) ?? []
    return { run, page: Number(what) || 1, table: what === 'table' }
  }
  const tokens = words.split(/[\s-]*\s[\s-]*|^-+/).filter(token => token !== '' && !verbs.has(plain(token)))
  const run = tokens.find(token => /^[a-z][a-z0-9]{0,7}(?:-\d{1,3})?$/i.test(token) && !tables.has(plain(token)))
  const page = tokens.find(token => /^\d{1,3}$/.test(token))
  return {
    run: run?.toUpperCase() ?? null,
    page: Number(page) || 1,
    table: tokens.some(token => tables.has(plain(token))),
  }
}

function latest(courses: readonly Course[]): Course | undefined {
  return courses.toSorted((one, other) => other.run.startedAt - one.run.startedAt)[0]
}

const verbs = new Set(['report', 'informe'])
const tables = new Set(['csv', 'table', 'tabla'])
