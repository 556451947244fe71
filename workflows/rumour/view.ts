import { type Directory, hasRole, type Person, regionName, servesRegion } from '../directory.ts'
import type { Incident } from '../incident.ts'
import { type Phrase, phrase } from '../phrase.ts'
import type { Rumour, RumourState } from '../rumour.ts'
import type { Taxonomy } from '../taxonomy.ts'
import { lineOf } from '../trigger/view.ts'
import { type Button, buttonId, type Line, type View } from '../view.ts'

/** What is pressed about a rumor. */
export type RumourPress = 'see' | 'describe' | 'answer' | 'same' | 'out' | Exclude<RumourState, 'answered'>

/** What a rumor is shown with: those of its reports that whoever reads may know of, and whether they may change it. */
export type RumourScene = {
  readonly rumour: Rumour
  readonly incidents: readonly Incident[]
  readonly may: boolean
  readonly directory: Directory
  readonly taxonomy: Taxonomy
  /** Said first: what was just done. */
  readonly said?: Phrase
}

/** How a rumor goes. */
export type Trend = 'rising' | 'steady' | 'falling' | 'quiet' | 'once'

const mostNamed = 6
const mostReports = 8
const threeDays = 3

/** True if that person hears of a rumor: it was heard in a region of theirs. */
export function mayHear({ regions }: Rumour, person: Pick<Person, 'regions'>): boolean {
  return person.regions === 'all' || regions.some(region => servesRegion(person, region))
}

/** True if they may say what it is: coordinators of a region in which it was heard. */
export function mayJudge(rumour: Rumour, person: Pick<Person, 'regions' | 'roles'>): boolean {
  return hasRole(person, 'coordinator') && mayHear(rumour, person)
}

/** The rumors of some days, the one that spreads most first, each to be opened. */
export function rumourList(rumours: readonly Rumour[], days: number): View {
  const title = phrase('rumour.list', { count: days })
  if (rumours.length === 0) return { tone: 'plain', title, lines: [text(phrase('rumour.none'))], buttons: [] }
  const lines = rumours.flatMap((rumour): Line[] => [
    { type: 'item', text: phrase('rumour.line', lineParams(rumour)), button: rumourButton('see', rumour) },
  ])
  return { tone: 'plain', title, lines: [...lines, note(phrase('rumour.caveat'))], buttons: [] }
}

/** One rumor: how it stands, what it says in a coordinator's words, how far it came, and what can be done about it. */
export function rumourView(scene: RumourScene): View {
  const { rumour, incidents, may, directory, said } = scene
  const { id, state, incidents: all, about } = rumour
  const shown = [...incidents.slice(0, 1), ...incidents.slice(1).slice(-(mostReports - 1))]
  const more = all.length - shown.length
  return {
    tone: 'plain',
    title: phrase('rumour.title', { id }),
    lines: [
      ...(said ? [strong(said)] : []),
      strong(phrase(`rumour.state-${state}`, { id: rumour.answeredWith ?? '' })),
      about === null
        ? note(phrase(may ? 'rumour.describe-first' : 'rumour.undescribed'))
        : { type: 'quote', text: { words: about } },
      text(
        phrase('rumour.heard', { count: all.length, first: { date: rumour.firstAt }, last: { date: rumour.lastAt } }),
      ),
      ...whereLines(rumour, directory),
      text(phrase('rumour.reach', { days: rumour.reach.join(' '), trend: phrase(`rumour.trend-${trendOf(rumour)}`) })),
      ...(rumour.answeredWith !== null && state !== 'answered'
        ? [text(phrase('rumour.answered-with', { id: rumour.answeredWith }))]
        : []),
      { type: 'rule' },
      ...shown.map(
        (one): Line => ({
          type: 'item',
          text: lineOf(one, scene),
          button: { id: buttonId('incident', one.id), label: phrase('rumour.button-open', { id: one.id }) },
        }),
      ),
      ...(more > 0 ? [note(phrase('rumour.more', { count: more }))] : []),
      note(phrase('rumour.caveat')),
    ],
    buttons: may ? buttonsOf(rumour) : [],
  }
}

/** A button about a rumor: what opens a form, and what is done at once. */
export function rumourButton(press: RumourPress, { id, state }: Pick<Rumour, 'id' | 'state'>): Button {
  const forms: readonly RumourPress[] = ['describe', 'answer', 'same', 'out']
  const command = forms.includes(press) ? 'hearsay' : 'rumour'
  const label = press === 'see' ? phrase('rumour.button-see', { id }) : phrase(`rumour.button-${press}`)
  // What was seen is part of it: a press on an old message never takes a later judgement back unseen.
  return { id: buttonId(command, id, press === 'see' ? 'see' : `${press}.${state}`), label }
}

/** How it goes: the last three days against the three before; `once`: it was reported once and never again. */
export function trendOf({ reach, incidents }: Pick<Rumour, 'reach' | 'incidents'>): Trend {
  if (incidents.length === 1) return 'once'
  const sum = (days: readonly number[]) => days.reduce((total, count) => total + count, 0)
  const [now, before] = [sum(reach.slice(-threeDays)), sum(reach.slice(-2 * threeDays, -threeDays))]
  if (now === 0) return 'quiet'
  return now > before ? 'rising' : now < before ? 'falling' : 'steady'
}

/** What it says as others may read it: a coordinator's description, or that nobody has described it. */
export function aboutText({ about }: Pick<Rumour, 'about'>): Phrase {
  return about === null ? phrase('rumour.no-about') : phrase('rumour.about', { about: { words: about } })
}

function lineParams(rumour: Rumour) {
  const { id, state, incidents, counties, lastAt } = rumour
  return {
    ...{ id, state: phrase(`rumour.is-${state}`), about: aboutText(rumour) },
    reports: phrase('rumour.reports', { count: incidents.length }),
    counties: phrase('rumour.counties', { count: Math.max(1, counties.length) }),
    ...{ trend: phrase(`rumour.trend-${trendOf(rumour)}`), time: { date: lastAt } },
  }
}

function whereLines({ counties, regions }: Rumour, directory: Directory): readonly Line[] {
  const names = regions.map(code => regionName(directory, code))
  if (counties.length === 0) return [text(phrase('rumour.where-regions', { regions: names }))]
  const shown = counties.slice(0, mostNamed)
  const more = counties.length - shown.length
  const where = { count: counties.length, counties: shown, regions: names }
  return [
    text(phrase('rumour.where', where)),
    ...(more > 0 ? [note(phrase('rumour.where-more', { count: more }))] : []),
  ]
}

function buttonsOf(rumour: Rumour): readonly Button[] {
  const states: readonly RumourPress[] = (['checking', 'false', 'true'] as const).filter(one => one !== rumour.state)
  const all: readonly RumourPress[] = ['describe', ...states, 'answer', 'same', ...outOf(rumour)]
  return all.map(press => rumourButton(press, rumour))
}

function outOf({ incidents }: Rumour): readonly RumourPress[] {
  return incidents.length > 1 ? ['out'] : []
}

const text = (said: Phrase): Line => ({ type: 'text', text: said })
const note = (said: Phrase): Line => ({ type: 'note', text: said })
const strong = (said: Phrase): Line => ({ type: 'strong', text: said })
