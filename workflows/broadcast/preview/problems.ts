import type { LocalText, Plan } from '../../broadcast.ts'
import type { Directory, Language } from '../../directory.ts'
import { type Phrase, phrase } from '../../phrase.ts'
import { nearestOf } from '../audience/near.ts'
import { languagesOf, type Meant } from '../audience/resolve.ts'
import {
  braced,
  defaultProblem,
  fillVariables,
  type Variable,
  valueFor,
  variables,
  variablesIn,
} from '../message/variables.ts'
import { mostWords, tooLong } from './fit.ts'

/** What is wrong with a plan, and where it is mended; what `stops` it must be mended before anybody approves it. */
export type PlanProblem = {
  readonly stops: boolean
  readonly where: 'audience' | 'words' | 'defaults' | 'answer'
  readonly text: Phrase
  /** The language that readers have no words in: it may be accepted, and then stops nothing. */
  readonly language?: Language
}

/** How many of those meant read a language that there are no words in, of those who will be written to. */
type Missing = { readonly language: Language; readonly people: number; readonly rooms: number }

/** Everything that is wrong with a plan for those it means now, what stops it first. */
export function planProblems(plan: Plan, meant: readonly Meant[], directory: Directory): readonly PlanProblem[] {
  const found = [
    ...audienceProblems(plan, meant),
    ...languageProblems(plan, meant, directory),
    ...variableProblems(plan, meant, directory),
    ...lengthProblems(plan, meant, directory),
    ...optionProblems(plan),
  ]
  return found.toSorted((one, other) => Number(other.stops) - Number(one.stops))
}

/** The same for other words in the place of the plan's, such as a correction's. */
export function wordProblems(
  words: LocalText,
  plan: Plan,
  meant: readonly Meant[],
  directory: Directory,
): readonly PlanProblem[] {
  const other = { ...plan, words }
  return [...variableProblems(other, meant, directory), ...lengthProblems(other, meant, directory)]
}

/** The languages that readers have no words in, most readers first. */
function missingLanguages(
  plan: Pick<Plan, 'words'>,
  meant: readonly Meant[],
  directory: Directory,
): readonly Missing[] {
  const there = languagesOf(plan)
  const without = meant.filter(one => one.state === 'waiting' && !there.includes(one.language))
  return [...Map.groupBy(without, one => one.language)]
    .map(([language, all]) => ({
      language,
      people: all.filter(one => one.person !== null).length,
      rooms: all.filter(one => one.room !== null).length,
    }))
    .toSorted((one, other) => other.people - one.people || directory.languages.indexOf(one.language))
}

function audienceProblems({ audience }: Plan, meant: readonly Meant[]): PlanProblem[] {
  if (!audience) return [stop('audience', phrase('audience.problem-none'))]
  if (meant.length === 0) return [stop('audience', phrase('audience.problem-empty'))]
  if (meant.every(one => one.state !== 'waiting')) return [stop('audience', phrase('audience.problem-unreachable'))]
  return []
}

function languageProblems(plan: Plan, meant: readonly Meant[], directory: Directory): PlanProblem[] {
  const [first] = languagesOf(plan)
  if (!first) return [stop('words', phrase('audience.problem-no-words'))]
  const falls = directory.languages.find(language => (plan.words[language] ?? '').trim() !== '') ?? first
  return missingLanguages(plan, meant, directory).map(({ language, people, rooms }) => ({
    stops: !plan.without.includes(language),
    where: 'words',
    text: phrase(plan.without.includes(language) ? 'audience.problem-without' : 'audience.problem-missing', {
      count: people + rooms,
      language: phrase(`audience.name-${language}`),
      other: phrase(`audience.name-${falls}`),
    }),
    language,
  }))
}

function variableProblems(plan: Plan, meant: readonly Meant[], directory: Directory): PlanProblem[] {
  const found = languagesOf(plan).map(language => variablesIn(plan.words[language] ?? ''))
  const unknown = [...new Set(found.flatMap(one => one.unknown))]
  const known = [...new Set(found.flatMap(one => one.known))]
  const wrong = Object.entries(plan.defaults).flatMap(([name, value]) => defaultProblem(name, value) ?? [])
  return [
    ...unknown.map(name => stop('words', unknownVariable(name))),
    ...wrong.map(text => stop('defaults', text)),
    ...known.flatMap(variable => valueless(variable, plan, meant, directory)),
  ]
}

function unknownVariable(name: string): Phrase {
  const near = nearestOf(name.toLowerCase(), variables)
  const params = { name: { words: braced(name) }, names: variables.map(one => ({ words: braced(one) })) }
  return near === null
    ? phrase('audience.variable-unknown', params)
    : phrase('audience.variable-near', { ...params, near: { words: braced(near) } })
}

function valueless(variable: Variable, plan: Plan, meant: readonly Meant[], directory: Directory): PlanProblem[] {
  const without = meant.filter(one => one.state === 'waiting' && valueFor(variable, one, plan, directory) === null)
  if (without.length === 0) return []
  const name = { words: braced(variable) }
  const rooms = without.filter(one => one.room !== null).length
  const people = without.length - rooms
  const who = [
    ...(people > 0 ? [phrase('preview.people', { count: people })] : []),
    ...(rooms > 0 ? [phrase('preview.rooms', { count: rooms })] : []),
  ]
  return [stop('defaults', phrase('audience.problem-value', { name, who }))]
}

function lengthProblems(plan: Plan, meant: readonly Meant[], directory: Directory): PlanProblem[] {
  return languagesOf(plan).flatMap(language => {
    const words = plan.words[language] ?? ''
    const over = Math.max(...longestOf(words, meant, plan, directory).map(tooLong))
    if (over <= 0) return []
    const params = { count: over, most: mostWords, language: phrase(`audience.name-${language}`) }
    return [stop('words', phrase('audience.problem-long', params))]
  })
}

/** The words as they are for whoever makes them longest. */
function longestOf(words: string, meant: readonly Meant[], plan: Plan, directory: Directory): readonly string[] {
  if (variablesIn(words).known.length === 0 || meant.length === 0) return [words]
  const size = (one: Meant) =>
    variables.reduce((sum, variable) => sum + (valueFor(variable, one, plan, directory) ?? '').length, 0)
  let longest = meant[0] as Meant
  let most = size(longest)
  for (const one of meant) {
    const now = size(one)
    if (now > most) [longest, most] = [one, now]
  }
  return [words, fillVariables(words, longest, plan, directory)]
}

function optionProblems({ answer, words }: Plan): PlanProblem[] {
  if (answer.type !== 'one-of') return []
  const lacking = languagesOf({ words }).filter(language =>
    answer.options.some(option => (option[language] ?? '').trim() === ''),
  )
  return lacking.map(language =>
    stop('answer', phrase('audience.problem-options', { language: phrase(`audience.name-${language}`) })),
  )
}

function stop(where: PlanProblem['where'], text: Phrase): PlanProblem {
  return { stops: true, where, text }
}
