import { toPerson } from '../alert.ts'
import type { AnnounceContext } from '../announce.ts'
import { isWorded, type Post } from '../change.ts'
import { type Account, type Person, roomsFor } from '../directory.ts'
import type { Entry } from '../event.ts'
import type { PersonId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { mask } from '../mask/labels.ts'
import { maySee } from '../permission.ts'
import { type Phrase, phrase } from '../phrase.ts'
import { sight } from '../sight.ts'
import type { Line, View } from '../view.ts'
import { told } from './clock.ts'
import { askedNow, countAt, type StandingCount } from './count.ts'
import { careButton, reachButton } from './press.ts'
import { questionOf } from './question.ts'
import { isOfCount } from './state.ts'
import { toolsOf } from './tools.ts'
import { caresFor, whoseCare } from './whom.ts'

/**
 * What people are told because of an entry of a head count or a check-in: whoever is asked, on every account they have
 * and at any hour; whoever must act, because somebody needs help or is silent.
 */
export function countPosts(entry: Entry, incident: Incident, context: AnnounceContext): readonly Post[] {
  const { event } = entry
  if (event.type !== 'run' || !isOfCount(event.on)) return []
  const { run, on } = event
  const count = countAt(incident, run, on.step)
  const about = { entry, incident, context, run, step: on.step, count }
  switch (on.type) {
    case 'count-asked':
      return count ? asked(on.people, { ...about, count }) : []
    case 'count-answered':
      if (on.answer === 'help') return cried(on.person, about)
      return on.after === 'help' ? calmed(on.person, about) : []
    case 'count-silent':
      return count ? silent(on.people, on.rung, { ...about, count }) : []
    case 'count-back':
    case 'count-over':
      return []
  }
}

type About = Pick<StandingCount, 'run' | 'step'> & {
  readonly entry: Entry
  readonly incident: Incident
  readonly context: AnnounceContext
  readonly count: StandingCount['count'] | null
}
type Standing = About & StandingCount

const mostFirst = 25

function asked(people: readonly PersonId[], about: Standing): readonly Post[] {
  const { entry, incident, context, count } = about
  const seen = String(count.round)
  // Hundreds of questions do not stand before the call to an S5, or a cry for help.
  const lane = people.length > mostFirst ? 'S4' : 'S5'
  return people.flatMap(id => {
    const person = context.directory.people.get(id)
    const view = person ? questionOf(about, incident, person, context, seen) : null
    if (!person || !view) return []
    const posts = toPerson(person, `${incident.id}:${entry.seq}:safe`, incident, view, lane)
    return urgent(posts, incident)
  })
}

/** Whoever must act hears at once, and what they wrote with it, where that tool may carry it. */
function cried(id: PersonId, about: About): readonly Post[] {
  const { entry, incident, context } = about
  const { directory } = context
  const note = entry.words?.note ?? null
  const again = note !== null && about.count !== null && (about.count.help[id] ?? entry.at) < entry.at
  const title = phrase(again ? 'headcount.help-again' : 'headcount.help', { person: { person: id } })
  const tools = toolsOf(id, directory)
  const call = tools.length > 0 ? phrase('headcount.call', { tools }) : phrase('headcount.call-none')
  const shown = (sees: boolean, words: string | null): View => ({
    tone: 'S5',
    title,
    lines: [
      ...(again ? [] : [text(phrase('headcount.help-said', { time: { time: entry.at } }))]),
      ...(words === null ? [] : [{ type: 'quote', text: { words } } as const]),
      text(call),
      ...(sees ? [small(phrase('headcount.of', { id: incident.id }))] : []),
    ],
    buttons: sees && about.count ? [careButton('see', incident.id, { ...about, count: about.count })] : [],
  })
  return toCare([id], 'help', about, (person, account) => {
    const words = note && mask(note, person.languages[0] ?? 'en', directory)
    const whole = sight(incident, { person, through: account.platform }, directory) === 'whole'
    return shown(maySee(person, incident), whole ? words : null)
  })
}

/** Who was told that somebody needs help must not go on looking for them; whoever pressed for them knows. */
function calmed(id: PersonId, about: About): readonly Post[] {
  const { entry, incident } = about
  const own = entry.by === null || entry.by === id
  const params = { person: { person: id }, time: { time: entry.at }, by: { person: entry.by ?? id } }
  return toCare([id], 'calmed', about, person => {
    if (person.id === entry.by) return null
    const sees = maySee(person, incident)
    return {
      tone: 'plain',
      title: phrase('headcount.calmed', { person: { person: id } }),
      lines: [
        text(phrase(own ? 'headcount.calmed-said' : 'headcount.calmed-by', params)),
        ...(sees ? [small(phrase('headcount.of', { id: incident.id }))] : []),
      ],
      buttons: sees && about.count ? [careButton('see', incident.id, { ...about, count: about.count })] : [],
    }
  })
}

const mostNamed = 25
const mostOpened = 5

function silent(people: readonly PersonId[], rung: number, about: Standing): readonly Post[] {
  if (people.length === 0) return []
  return rung === told.partner ? toPartners(people, about) : toCoordinators(people, rung, about)
}

function toPartners(people: readonly PersonId[], about: Standing): readonly Post[] {
  const { entry, incident, context, count, run } = about
  const { directory } = context
  const lead = leadOf(incident, run)
  const others = askedNow(count, directory).filter(one => !people.includes(one))
  const names = people.map(person => ({ person }))
  const said = phrase('headcount.silent-partner', { time: { time: count.at }, people: names })
  const lines: Line[] = [
    text(inTime(said, entry)),
    ...people.map(one => item(one, about)),
    text(phrase('headcount.silent-reach')),
  ]
  return [...new Set([...others, ...(lead ? [lead] : [])])].flatMap(one => {
    const person = directory.people.get(one)
    if (!person) return []
    const view: View = { tone: 'S4', title: null, lines, buttons: [] }
    return urgent(toPerson(person, `${incident.id}:${entry.seq}:partner`, incident, view, 'S5'), incident)
  })
}

function toCoordinators(people: readonly PersonId[], rung: number, about: Standing): readonly Post[] {
  const { entry, incident, context, count, run } = about
  const { directory } = context
  const lead = leadOf(incident, run)
  const last = rung === told.contact
  const shown = (named: readonly PersonId[], sees: boolean, opens: boolean): View => {
    const params = { count: named.length, of: askedNow(count, directory).length, time: { time: count.at } }
    const more = named.length - mostNamed
    return {
      tone: 'S4',
      title: phrase('headcount.silent', params),
      lines: [
        text(inTime(phrase(last ? 'headcount.silent-contact' : 'headcount.silent-call'), entry)),
        ...named.slice(0, mostNamed).map((one, index) => item(one, about, last && opens && index < mostOpened)),
        ...(more > 0 ? [text(phrase('headcount.silent-more', { count: more }))] : []),
        ...(sees ? [small(phrase('headcount.of', { id: incident.id }))] : []),
      ],
      buttons: sees ? [careButton('see', incident.id, about)] : [],
    }
  }
  const name = last ? 'contact' : 'silent'
  const direct = toCare(people, name, about, person => {
    const named = people.filter(one => {
      const theirs = directory.people.get(one)
      return theirs && one !== person.id && caresFor(person, theirs, lead)
    })
    const sees = maySee(person, incident)
    return named.length > 0 ? shown(named, sees, sees && person.roles.includes('coordinator')) : null
  })
  const open = incident.visibility === 'region'
  const rooms = roomsFor(directory, 'coordination').map(
    (room): Post => ({
      key: `${incident.id}:${entry.seq}:${name}:${room.id}`,
      to: { room: room.id },
      incident: incident.id,
      thread: false,
      lane: 'S5',
      view: shown(people, open, open),
    }),
  )
  return [...direct, ...urgent(rooms, incident)]
}

type Shown = (person: Person, account: Account) => View | null

function toCare(people: readonly PersonId[], name: string, about: About, view: Shown): readonly Post[] {
  const { entry, incident, context, run } = about
  const { directory, now } = context
  const care = whoseCare(people, leadOf(incident, run), incident, directory, now)
  return care
    .filter(person => !people.includes(person.id) || people.length > 1)
    .flatMap(person => {
      const shown = (account: Account) => view(person, account)
      return urgent(toPerson(person, `${incident.id}:${entry.seq}:${name}`, incident, shown, 'S5'), incident)
    })
}

function leadOf({ runs = [] }: Incident, run: string): PersonId | null {
  return runs.find(one => one.id === run)?.lead ?? null
}

function item(person: PersonId, { incident, context, run, step }: Standing, opens = false): Line {
  const tools = toolsOf(person, context.directory)
  const where = tools.length > 0 ? tools : phrase('headcount.silent-none')
  const said = phrase('headcount.silent-person', { person: { person }, tools: where })
  return { type: 'item', text: said, ...(opens ? { button: reachButton(incident.id, { run, step }, person) } : {}) }
}

/** What is said because a clock rang; if the hub was away then, since when it was due. */
function inTime(line: Phrase, { event, at }: Entry): Phrase {
  const due = event.type === 'run' && 'late' in event.on ? (event.on.late ?? null) : null
  return due === null ? line : phrase('late.line', { line, due: { time: due }, now: { time: at } })
}

/**
 * They go out at any hour, and whatever becomes of the incident meanwhile: people are asked, and looked for, who may
 * know nothing of it. Only words hang on it, so that they can be taken back; and what is made up, which ends with it.
 */
function urgent(posts: readonly Post[], { drill }: Incident): readonly Post[] {
  const hangs = (post: Post) => drill !== undefined || isWorded(post.view)
  return posts.map(post => ({ ...post, anytime: true, ...(hangs(post) ? {} : { incident: null }) }))
}

function text(said: Phrase): Line {
  return { type: 'text', text: said }
}

function small(said: Phrase): Line {
  return { type: 'note', text: said }
}
