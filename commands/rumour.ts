import { type BroadcastId, type IncidentId, readBroadcastId, readIncidentId } from '../workflows/ids.ts'
import { readRumourId } from '../workflows/outlook.ts'
import { maySee } from '../workflows/permission.ts'
import { type Phrase, phrase } from '../workflows/phrase.ts'
import { mayHear, mayJudge, rumourList, rumourView } from '../workflows/rumour/view.ts'
import type { Rumour, RumourState } from '../workflows/rumour.ts'
import { plain } from '../workflows/spoken.ts'
import { type Context, type Doing, defineCommand, foresee, type Reply, type Request, refuse, shown } from './command.ts'

const dayMs = 24 * 60 * 60_000
const listedDays = 7
const mostListed = 10
const mostOpened = 40

/** Lists rumors, shows one, and says how it stands; what needs a form is `hearsay`. */
export const rumour = defineCommand({
  name: 'rumour',
  summary: 'command.rumour',
  usage: 'usage.rumour',
  permission: 'read',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async (request, context) => {
    const { of, verb, rest, seen } = wishOf(request)
    if (of === '') return list(context)
    const found = await findRumour(of, context)
    if (!found) return refuse('rumour.unknown', { words: { words: of } })
    if (verb === 'see') return showRumour(found, context)
    if (!mayJudge(found, context.actor)) return refuse('rumour.who', { id: found.id })
    if (seen !== null && seen !== found.state) return showRumour(found, context, phrase('rumour.changed'))
    switch (verb) {
      case 'same':
        return joined(found, await findRumour(rest, context), rest, context)
      case 'add':
        return put(rest, found, context)
      case 'out':
        return takenOut(readIncidentId(rest), found, context)
      case 'answered':
        return answered(found, rest, context)
      default:
        return judged(found, verb, null, context)
    }
  },
})

/** The rumor of that id, or that a report of that id repeats, if whoever asks hears of it; else null. */
export async function findRumour(words: string, { read, actor }: Context): Promise<Rumour | null> {
  const id = readRumourId(words)
  const found = id ? await read.rumours.find(id) : await ofReport(readIncidentId(words), { read, actor })
  return found && mayHear(found, actor) ? found : null
}

/** One rumor as it stands, with what whoever asks may see and do; `said` first. */
export async function showRumour(rumour: Rumour, { read, actor }: Context, said?: Phrase): Promise<Reply> {
  const known = await Promise.all(rumour.incidents.slice(-mostOpened).map(id => read.incidents.find(id)))
  const incidents = known.flatMap(one => (one && maySee(actor, one.incident) ? [one.incident] : []))
  const { directory, taxonomy } = read
  const may = mayJudge(rumour, actor)
  return shown(rumourView({ rumour, incidents, may, directory, taxonomy, ...(said ? { said } : {}) }))
}

/** Says how it stands, and answers with that. */
async function judged(
  rumour: Rumour,
  state: RumourState,
  broadcast: BroadcastId | null,
  context: Context,
): Promise<Doing> {
  const after = { ...rumour, state, answeredWith: broadcast ?? rumour.answeredWith }
  const answer = await showRumour(after, context, phrase('rumour.judged'))
  return foresee({ type: 'judge', rumour: rumour.id, state, with: broadcast }, () => answer)
}

/** Joins the one to the other, which stands from then on. */
export async function joined(
  from: Rumour,
  into: Rumour | null,
  typed: string,
  context: Context,
): Promise<Doing | Reply> {
  if (!into) return refuse('rumour.unknown', { words: { words: typed } })
  if (into.id === from.id) return refuse('rumour.same-itself', { id: from.id })
  if (!mayJudge(into, context.actor)) return refuse('rumour.who', { id: into.id })
  // The older one stands: its number is known to most.
  const [first, other] = from.id < into.id ? [from, into] : [into, from]
  const said = phrase('rumour.joined', { other: other.id, id: first.id })
  const answer = await showRumour({ ...first, ...together(first, other) }, context, said)
  return foresee({ type: 'join', rumour: other.id, into: first.id }, () => answer)
}

/** Takes a report out: from then on it is a rumor of its own. */
export async function takenOut(report: IncidentId | null, rumour: Rumour, context: Context): Promise<Doing | Reply> {
  const id = report ?? ''
  if (!report || !rumour.incidents.includes(report)) return refuse('rumour.not-in', { report: id, id: rumour.id })
  const left = { ...rumour, incidents: rumour.incidents.filter(one => one !== report) }
  const answer = await showRumour(left, context, phrase('rumour.out', { report: id }))
  return foresee({ type: 'put', incident: report, rumour: null }, () => answer)
}

async function list({ read, actor, now }: Context): Promise<Reply> {
  const regions = actor.regions
  return shown(
    rumourList(await read.rumours.list({ since: now - listedDays * dayMs, regions }, mostListed), listedDays),
  )
}

async function put(typed: string, rumour: Rumour, context: Context): Promise<Doing | Reply> {
  const id = readIncidentId(typed)
  const known = id && (await context.read.incidents.find(id))
  if (!known || !maySee(context.actor, known.incident)) return refuse('rumour.no-report', { words: { words: typed } })
  const report = known.incident.id
  const incidents = rumour.incidents.includes(report) ? rumour.incidents : [...rumour.incidents, report]
  const answer = await showRumour({ ...rumour, incidents }, context, phrase('rumour.put', { report, id: rumour.id }))
  return foresee({ type: 'put', incident: report, rumour: rumour.id }, () => answer)
}

/** Says that a broadcast which went out answered it. */
export async function answered(rumour: Rumour, typed: string, context: Context): Promise<Doing | Reply> {
  const id = readBroadcastId(typed)
  const broadcast = id && (await context.read.broadcasts.find(id))
  if (!broadcast?.startedAt) return refuse('rumour.no-broadcast', { words: { words: typed } })
  return judged(rumour, 'answered', broadcast.id, context)
}

async function ofReport(
  id: IncidentId | null,
  { read, actor }: Pick<Context, 'read' | 'actor'>,
): Promise<Rumour | null> {
  const known = id && (await read.incidents.find(id))
  if (!known || !maySee(actor, known.incident)) return null
  return read.rumours.of(known.incident.id)
}

/** How the two stand as one, until it is read anew. */
function together(first: Rumour, other: Rumour): Partial<Rumour> {
  const both = <One>(of: (one: Rumour) => readonly One[]) => [...new Set([...of(first), ...of(other)])]
  return {
    about: first.about ?? other.about,
    state: first.state === 'new' ? other.state : first.state,
    answeredWith: first.answeredWith ?? other.answeredWith,
    incidents: both(one => one.incidents),
    regions: both(one => one.regions),
    counties: both(one => one.counties),
    firstAt: Math.min(first.firstAt, other.firstAt),
    lastAt: Math.max(first.lastAt, other.lastAt),
    reach: first.reach.map((count, day) => count + (other.reach[day] ?? 0)),
  }
}

type Verb = 'see' | 'same' | 'add' | 'out' | RumourState

const verbs: Readonly<Record<string, Verb>> = {
  ...{ see: 'see', open: 'see', ver: 'see', abrir: 'see', new: 'new', unchecked: 'new', 'sin-verificar': 'new' },
  ...{ checking: 'checking', check: 'checking', verificando: 'checking', revisando: 'checking' },
  ...{ false: 'false', falso: 'false', true: 'true', cierto: 'true', verdadero: 'true' },
  ...{ answered: 'answered', answer: 'answered', respondido: 'answered', same: 'same', join: 'same', igual: 'same' },
  ...{ add: 'add', agregar: 'add', out: 'out', without: 'out', remove: 'out', sin: 'out', sacar: 'out' },
}

type Wish = { readonly of: string; readonly verb: Verb; readonly rest: string; readonly seen: string | null }

/** `R-0012`, `r12 false`, `AZ-0412`, `R-12 same R-15`, or what was pressed. */
function wishOf({ from, words, assumed }: Request): Wish {
  if (from === 'press') {
    const [press = '', seen = null] = assumed.split('.')
    return { of: words.trim(), verb: verbs[press] ?? 'see', rest: '', seen }
  }
  const [, of = '', rest = ''] = /^\s*(#?[a-z]{1,5}[\s-]*\d+)?\s*([\s\S]*)$/i.exec(words) ?? []
  const [, verb = '', more = ''] = /^(\S+)\s*([\s\S]*)$/.exec(rest.trim()) ?? []
  const known = verbs[plain(verb)]
  if (of === '') return { of: words.trim(), verb: 'see', rest: '', seen: null }
  return { of: of.trim(), verb: known ?? 'see', rest: more.trim(), seen: null }
}
