import { button, pressId, triageButton } from './button.ts'
import { type CardContext, personCard } from './card.ts'
import type { Destination, Lane, Post } from './change.ts'
import {
  type Account,
  coordinatorsOf,
  type Directory,
  dutyOfficers,
  type Language,
  leaders,
  networkCoordinators,
  onDuty,
  type Person,
  servesRegion,
} from './directory.ts'
import type { Entry, Level } from './event.ts'
import { type CurrentWords, type Incident, isWaiting } from './incident.ts'
import { type Phrase, phrase } from './phrase.ts'
import { isQuiet } from './quiet.ts'
import { sight } from './sight.ts'
import { plainView, type View } from './view.ts'

/**
 * Who is called at once when an S4 or S5 comes in: those on duty; if nobody is, the coordinators; restricted: the
 * named.
 */
export function firstCalled(incident: Incident, directory: Directory, now: number): readonly Person[] {
  if (incident.visibility === 'restricted') return named(incident, directory)
  const duty = onDuty(directory, incident.region, now)
  if (duty.length > 0) return duty
  const coordinators = coordinatorsOf(directory, incident.region)
  return awake(coordinators.length > 0 ? coordinators : networkCoordinators(directory), directory, now)
}

/** Those not in their quiet hours; everybody, if that is nobody: somebody must be reached. Whoever climbs calls all. */
function awake(people: readonly Person[], directory: Directory, now: number): readonly Person[] {
  const up = people.filter(person => !isQuiet(person, directory, now))
  return up.length > 0 ? up : people
}

/** Who answers at the levels of a ladder; a level that nobody holds is answered by the network's coordinators. */
export function called(
  levels: readonly Level[],
  incident: Incident,
  directory: Directory,
  now: number,
): readonly Person[] {
  if (incident.visibility === 'restricted') return named(incident, directory)
  const people = filled(levels, incident, directory, now).flatMap(level => holdersOf(level, incident, directory, now))
  return [...new Set(people)]
}

/** The levels that somebody answers for then; where nobody does, it is all coordinators of the network. */
export function filled(
  levels: readonly Level[],
  incident: Incident,
  directory: Directory,
  now: number,
): readonly Level[] {
  const found = levels.map(level => (holdersOf(level, incident, directory, now).length > 0 ? level : 'network'))
  return [...new Set(found)]
}

/**
 * A fresh direct message with the card, Claim and Cannot, to every account of each person; once for the reason given.
 */
export function alertPosts(
  people: readonly Person[],
  why: { readonly key: string; readonly line: Phrase },
  incident: Incident,
  words: CurrentWords,
  context: Omit<CardContext, 'language'>,
): readonly Post[] {
  const cards = new Map<Language, View>()
  return people.flatMap(person => {
    const known = { incident, words, cards }
    const view = (account: Account) => alertView(why.line, known, person, account, context)
    const posts = toPerson(person, `${incident.id}:${why.key}`, incident, view, laneOf(incident))
    // Whoever is called by a person is called at once.
    return why.line.key === 'post.alert-escalated' ? posts : listed(posts, incident)
  })
}

/** To whom an S4 or S5 was called, but for whoever took it: it is taken, and needs nothing of them. */
export function standDown(entry: Entry, incident: Incident, directory: Directory, now: number): readonly Post[] {
  if (incident.severity < 4 || !entry.by) return []
  const line = phrase('post.stand-down', { id: incident.id, person: { person: entry.by } })
  return firstCalled(incident, directory, now)
    .filter(person => person.id !== entry.by)
    .flatMap(person => {
      const posts = toPerson(person, `${incident.id}:${entry.seq}:taken`, incident, plainView([line]), 'claim')
      // Whoever was woken by the call hears at once that it is taken.
      return listed(posts, incident).map(post => ({ ...post, anytime: true }))
    })
}

/** Notices that may become lines of a list when too many come at once; what is about an S5 never waits. */
function listed(posts: readonly Post[], { severity }: Incident): readonly Post[] {
  return severity === 5 ? posts : posts.map(post => ({ ...post, list: true as const }))
}

/** A view to every account a person has, once for that key; what it shows may differ by the tool. */
export function toPerson(
  person: Person,
  key: string,
  incident: Incident,
  view: View | ((account: Account) => View | null),
  lane: Lane,
): readonly Post[] {
  return person.accounts.flatMap(account => {
    const shown = typeof view === 'function' ? view(account) : view
    return shown ? [post(`${key}:${account.id}`, { account: account.id }, incident, shown, lane)] : []
  })
}

/** The lane of what must be seen because of this incident. */
export function laneOf(incident: Incident): Lane {
  return incident.severity === 5 ? 'S5' : incident.severity === 4 ? 'S4' : 'claim'
}

function post(key: string, to: Destination, incident: Incident, view: View, lane: Lane): Post {
  return { key, to, incident: incident.id, thread: false, lane, view }
}

type Known = {
  readonly incident: Incident
  readonly words: CurrentWords
  /** The whole cards that were drawn so far. */
  readonly cards: Map<Language, View>
}

function alertView(
  line: Phrase,
  { incident, words, cards }: Known,
  person: Person,
  { platform }: Account,
  context: Omit<CardContext, 'language'>,
): View | null {
  const seen = sight(incident, { person, through: platform }, context.directory)
  if (seen === 'nothing') return null
  const language = person.languages[0] ?? 'en'
  // The whole card is the same for all who read that language, and masking its words takes longest.
  const drawn = seen === 'whole' ? cards.get(language) : undefined
  const card = drawn ?? personCard({ incident, words }, person, seen, { ...context, language })
  if (seen === 'whole') cards.set(language, card)
  const cannot = { id: pressId('cannot', incident), label: phrase('button.cannot') }
  return {
    ...card,
    lines: [
      { type: 'strong', text: line },
      ...(isWaiting(incident) ? [{ type: 'note', text: phrase('triage.alert-note') } as const] : []),
      ...card.lines,
    ],
    buttons: isWaiting(incident)
      ? [triageButton('pass', incident), triageButton('no', incident), triageButton('open', incident), cannot]
      : incident.status === 'reported'
        ? [button('claim', incident), cannot, button('more', incident)]
        : card.buttons,
  }
}

function holdersOf(level: Level, incident: Incident, directory: Directory, now: number): readonly Person[] {
  switch (level) {
    case 'RC':
      return coordinatorsOf(directory, incident.region)
    case 'DO':
      return dutyOfficers(directory, now)
    case 'LD':
      // A leader of other regions may not see it, and an alert shows its words.
      return leaders(directory).filter(person => servesRegion(person, incident.region))
    case 'network':
      return networkCoordinators(directory)
  }
}

function named(incident: Incident, directory: Directory): readonly Person[] {
  return incident.allowed.flatMap(id => directory.people.get(id) ?? [])
}
