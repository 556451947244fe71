import { expect } from 'vitest'
import type { Context, Done, Opening, Reply, Request, Showing } from '../../commands/command.ts'
import type { Values } from '../../commands/form.ts'
import { findCommand } from '../../commands/index.ts'
import type { Action } from '../../workflows/action.ts'
import { variableOf } from '../../workflows/broadcast/message/variables.ts'
import { decide } from '../../workflows/decide.ts'
import type { Directory, Room } from '../../workflows/directory.ts'
import type { Entry } from '../../workflows/event.ts'
import type { Health } from '../../workflows/health.ts'
import { type IncidentId, makeIncidentId } from '../../workflows/ids.ts'
import { type Incident, isOpen } from '../../workflows/incident.ts'
import { type Actor, refusal } from '../../workflows/permission.ts'
import type { Phrase, PhraseKey } from '../../workflows/phrase.ts'
import { networkPlaces } from '../../workflows/places/us.ts'
import type { Draft, IncidentFilter, Known, Read } from '../../workflows/ports.ts'
import { enter } from '../../workflows/record.ts'
import { tasksOf } from '../../workflows/run/tasks.ts'
import { stemsOf } from '../../workflows/search/stem.ts'
import { independentSources } from '../../workflows/sources.ts'
import type { Taxonomy } from '../../workflows/taxonomy.ts'
import { say } from '../../workflows/text/say.ts'
import type { Line, View } from '../../workflows/view.ts'
import { countCells, countFigures } from '../workflows/count.ts'
import { at, everybody, finch, noEvidence, roster, taxonomy as shipped, wren } from '../workflows/specification.ts'
import { hub } from '../workflows/wellbeing.ts'
import { batchOf, queueOf } from './queue.ts'

/** A network with two regions that know their counties, and one for everywhere else. */
export function network(duty: readonly Actor[] = [finch, wren]): Directory {
  const maricopa = { type: 'county', fips: '04013', name: 'Maricopa County' } as const
  return {
    ...roster(duty),
    regions: [
      {
        code: 'AZ',
        name: 'Arizona',
        zone: 'America/Phoenix',
        places: [{ type: 'state', state: 'AZ' }, maricopa, { type: 'words', words: ['the border'] }],
      },
      {
        code: 'NV',
        name: 'Nevada',
        zone: 'America/Los_Angeles',
        places: [
          { type: 'state', state: 'NV' },
          { type: 'words', words: ['the border'] },
        ],
      },
      { code: 'US', name: 'Everywhere else', zone: 'America/New_York', places: [{ type: 'anywhere' }] },
    ],
  }
}

/** What somebody asks: typed words, a press with what it assumed, or a form sent in. */
export type Asked = {
  readonly about?: Incident
  readonly words?: string
  readonly assumed?: string
  readonly values?: Values
  readonly minute?: number
  readonly room?: Room
  readonly files?: readonly string[]
  readonly evidence?: Incident['evidence']
}

/** A hub without platforms or database: incidents as plain data, the real rules, and every command. */
export function desk(incidents: readonly Incident[] = [], options: Partial<Desk> = {}) {
  const {
    directory = network(),
    timeline = [],
    draft = null,
    words = current,
    connections = [],
    health = hub(),
    taxonomy = shipped,
  } = options

  function readAt(): Read {
    return {
      directory,
      taxonomy,
      places: networkPlaces(directory.regions),
      evidence: async () => [],
      held: async () => nothingHeld,
      proposals: { find: async () => null, open: async () => [] },
      warnings: options.warnings ?? noWarnings,
      broadcasts: noBroadcasts,
      library: options.library ?? noLibrary,
      exports: options.exports ?? { find: async () => null, latest: async () => [], count: async () => 1 },
      bulletins: options.bulletins ?? { find: async () => null },
      messengers: options.messengers ?? noMessengers,
      triage: queueOf(incidents, at(15)),
      tasks: {
        list: async (person, limit) =>
          incidents
            .flatMap(incident => tasksOf(incident, taxonomy).map(task => ({ ...task, incident })))
            .filter(task => task.person === person)
            .slice(0, limit),
      },
      hidden: async () => [],
      recurring: { standings: async () => new Map() },
      rumours: options.rumours ?? { list: async () => [], find: async () => null, of: async () => null },
      briefs: options.briefs ?? { latest: async () => [], find: async () => null, draft: async () => null },
      agenda: options.agenda ?? { between: async () => [] },
      drills: { latest: async () => [], incidents: async () => [], progress: async () => null },
      stuck: { list: async () => [], casts: async () => [], traces: async () => [] },
      parked: { list: async () => [], find: async () => null },
      invites: async () => [],
      connections,
      acquainted: async () => new Set(),
      health: async () => health,
      draft: async () => draft,
      incidents: {
        find: async id =>
          known(
            incidents.find(one => one.id === id),
            words,
          ),
        timeline: async (_, limit) => timeline.slice(-limit),
        list: async filter => page(incidents, filter, stemsOf(`${words.what} ${words.where}`)),
        similar: async ({ id, region, visibility }, limit) =>
          incidents
            .filter(one => one.id !== id && isOpen(one) && one.region === region && one.visibility === visibility)
            .slice(0, limit)
            .map(incident => ({ incident, words, shared: false })),
        counting: async () => [],
        figures: async window => countFigures(incidents, window),
        cells: async window => countCells(incidents, window),
      },
    }
  }

  async function ask(actor: Actor, name: string, from: Request['from'], asked: Asked = {}): Promise<Heard> {
    const command = findCommand(name)
    if (!command) throw new Error(`there is no command ${name}`)
    const incident = known(asked.about, words)
    const no = refusal(command.permission, actor, incident?.incident ?? null, 'Arizona')
    if (no) return heard({ type: 'refused', phrase: no })
    const { words: typed = '', assumed = '', values = {}, files = [], evidence = noEvidence } = asked
    const request: Request = { from, incident, words: typed, assumed, values, files, evidence }
    const now = at(asked.minute ?? 10)
    const context: Context = { read: readAt(), actor, room: asked.room ?? null, now }
    const opens = typeof command.opens === 'function' ? command.opens(request) : command.opens
    if (from !== 'form' && opens === 'form') {
      const opening = (await command.open?.(request, context)) ?? {}
      if (opening !== 'run') return 'type' in opening ? heard(opening) : { ...heard({ type: 'nothing' }), opening }
    }
    const outcome = await command.run(request, context)
    if (outcome.type === 'lease') return heard(await outcome.show(batchOf(incidents, at(15)), null))
    if (outcome.type === 'show') {
      return { ...heard(outcome.say({ url: 'https://hub.example.org/evidence/x', until: at(20) })), showing: outcome }
    }
    if (outcome.type === 'issue') return heard({ type: 'nothing' })
    if (outcome.type !== 'do') return heard(outcome)
    const about = asked.about ?? outcome.known?.incident ?? null
    const done = carryOut(outcome.action, about, actor, now, directory, taxonomy)
    return { ...heard(outcome.say(done)), action: outcome.action, done }
  }

  return {
    types: (actor: Actor, name: string, asked?: Asked) => ask(actor, name, 'typed', asked),
    presses: (actor: Actor, name: string, asked?: Asked) => ask(actor, name, 'press', asked),
    sends: (actor: Actor, name: string, values: Values, asked?: Asked) =>
      ask(actor, name, 'form', { ...asked, values }),
  }
}

const noWarnings: Read['warnings'] = {
  standing: async regions =>
    (regions === 'all' ? [] : regions).map(region => ({ region, level: 'green', since: 0, alarms: [], alert: null })),
  find: async () => null,
  found: async () => [],
}

const noLibrary: Read['library'] = {
  list: async () => [],
  find: async () => null,
  version: async () => null,
  uses: async () => [],
}

const noMessengers: Read['messengers'] = {
  list: async () => [],
  find: async () => null,
  of: async () => [],
  handouts: async () => [],
  handout: async () => null,
}

/** What can be set of a desk besides its incidents. */
export type Desk = {
  readonly directory: Directory
  readonly timeline: readonly Entry[]
  readonly draft: Draft | null
  readonly connections: Read['connections']
  /** How it stands with the hub itself. */
  readonly health: Health
  readonly taxonomy: Taxonomy
  readonly words: Known['words']
  readonly library: Read['library']
  readonly exports: Read['exports']
  readonly bulletins: Read['bulletins']
  readonly messengers: Read['messengers']
  readonly rumours: Read['rumours']
  readonly briefs: Read['briefs']
  readonly agenda: Read['agenda']
  readonly warnings: Read['warnings']
}

/** What somebody hears, and what was decided for it. */
export type Heard = {
  readonly reply: Reply
  readonly opening: Opening | null
  readonly action: Action | null
  readonly done: Done | null
  /** What would be shown on a page of its own. */
  readonly showing?: Showing
  /** Every sentence of the answer in English, in reading order; buttons in brackets. */
  readonly text: string
  readonly buttons: readonly string[]
}

/** What an incident's action is, once it was asked. */
export function deed(heard: Heard) {
  if (heard.action?.type !== 'incident') throw new Error(`nothing was asked of an incident: ${heard.text}`)
  return heard.action.do
}

/** The sentences of a text in both languages; fails if one has a hole or no words. */
export function sentences(phrase: Phrase): { en: string; es: string } {
  const [en = '', es = ''] = (['en', 'es'] as const).map(language => {
    const said = say(phrase, { language, zone: 'UTC', now: at(10), person: named })
    // The one sentence that tells which gaps can be written, as they are written.
    const shows = phrase.key === 'broadcast.form-words-hint'
    const text = shows ? said.replace(/\{([^{}]+)\}/g, (gap, name) => variableOf(name) ?? gap) : said
    expect(text, phrase.key).not.toMatch(/[{}]|undefined|^(?:reply|form|command|usage)\./)
    return text
  })
  return { en, es }
}

const current: Known['words'] = { what: 'Three men with rifles', where: 'library' }

function known(incident: Incident | undefined, words: Known['words']): Known | null {
  return incident ? { incident, words } : null
}

function carryOut(
  action: Action,
  about: Incident | null,
  actor: Actor,
  now: number,
  directory: Directory,
  taxonomy: Taxonomy,
): Done {
  if (action.type === 'incident') {
    const context = { now, actor, taxonomy, directory }
    const { after, entries } = enter(about, decide(action.do, about, context), context)
    return { incident: after, entries }
  }
  if (action.type === 'report') {
    const context = { now, actor, taxonomy, directory }
    const report = { ...action.do, type: 'report', id: makeIncidentId(action.do.region, 412) } as const
    const { after, entries } = enter(null, decide(report, null, context), context)
    return { incident: after, entries }
  }
  return { incident: null, entries: [] }
}

function page(all: readonly Incident[], filter: IncidentFilter, held: readonly string[]) {
  const fits = all
    .filter(one => filter.regions === 'all' || filter.regions.includes(one.region))
    .filter(one => one.visibility === 'region' || one.allowed.includes(filter.viewer) || one.reporter === filter.viewer)
    .filter(one => filter.open === undefined || isOpen(one) === filter.open)
    .filter(one => !filter.status || filter.status.includes(one.status))
    .filter(one => filter.severity === undefined || [filter.severity].flat().includes(one.severity))
    .filter(one => filter.kind === undefined || one.kind === filter.kind)
    .filter(() => (filter.words ?? []).every(word => held.includes(word)))
    .filter(one => one.reportedAt >= (filter.since ?? 0) && one.reportedAt < (filter.until ?? Number.POSITIVE_INFINITY))
    .filter(one => !filter.second || (one.severity >= 3 && needsSecond(one)))
    .filter(one => filter.claimer === undefined || one.claim?.by === filter.claimer)
    .filter(one => filter.reporter === undefined || one.reporter === filter.reporter)
    .toSorted((a, b) => b.severity - a.severity || a.reportedAt - b.reportedAt)
  const start = Number(filter.after ?? filter.skip ?? 0)
  const end = start + filter.limit
  return { items: fits.slice(start, end), total: fits.length, next: end < fits.length ? String(end) : null }
}

function needsSecond(one: Incident): boolean {
  return (one.credibility === 'unverified' || one.credibility === 'checking') && independentSources(one) < 2
}

function heard(reply: Reply): Heard {
  const view = reply.type === 'view' ? reply.view : null
  const texts = view ? textsOf(view) : 'phrase' in reply ? [sentences(reply.phrase).en] : []
  if (view) expect(reply.type === 'view' && reply.private).toBe(true)
  return {
    reply,
    opening: null,
    action: null,
    done: null,
    text: texts.join('\n'),
    buttons: view?.buttons.map(button => button.id) ?? [],
  }
}

function textsOf(view: View): string[] {
  for (const { id, label } of buttonsOf(view)) {
    expect(id.length, id).toBeLessThanOrEqual(100)
    for (const text of Object.values(sentences(label))) expect(text.length, text).toBeLessThanOrEqual(75)
  }
  const title = view.title ? [read(view.title)] : []
  const lines = view.lines.flatMap(line => ('text' in line ? [read(line.text)] : []))
  return [...title, ...lines, ...view.buttons.map(button => `[${read(button.label)}]`)]
}

function buttonsOf(view: View) {
  const ofLine = (line: Line) => (line.type === 'item' && line.button ? [line.button] : [])
  return [...view.buttons, ...view.lines.flatMap(ofLine)]
}

function read(text: Phrase | { readonly words: string }): string {
  return 'key' in text ? sentences(text).en : text.words
}

function named(id: string): string | null {
  return everybody.find(person => person.id === id)?.callsign ?? null
}

/** The key of a refusal. */
export function refusedWith({ reply }: Heard): PhraseKey | null {
  return reply.type === 'refused' ? reply.phrase.key : null
}

/** An incident's id by number. */
export function idOf(number: number): IncidentId {
  return makeIncidentId('AZ', number)
}

const noBroadcasts: Read['broadcasts'] = {
  find: async () => null,
  latest: async () => [],
  entries: async () => [],
  recipients: async () => ({ items: [], next: null }),
  tally: async () => ({ people: {}, rooms: {}, platforms: [], answers: {}, wrote: 0, silent: 0, lastSentAt: null }),
  asking: async () => [],
}

const nothingHeld = {
  name: true,
  contact: false,
  platforms: ['workspace'],
  reports: { count: 0, first: null, last: null },
  broadcasts: { count: 0, last: null, answers: 0, said: 0 },
  drafts: 0,
  asides: 0,
  files: 0,
  opened: [],
} as const
