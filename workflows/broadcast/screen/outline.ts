import type { AnswerWanted, Broadcast, Plan } from '../../broadcast.ts'
import type { Directory, Language } from '../../directory.ts'
import { type Phrase, phrase, type Text } from '../../phrase.ts'
import type { Line } from '../../view.ts'
import { optionIn } from '../answer/wanted.ts'
import { describeAudience } from '../audience/describe.ts'
import { whenText } from '../hour.ts'
import { isAsked } from '../state.ts'

/** What was said of a plan besides its words: to whom, how urgent, when, what it asks; what is usual is left out. */
export function outlineLines({ plan, recurring, state }: Broadcast, directory: Directory): readonly Line[] {
  const waits = state === 'draft' || isAsked({ state })
  const [about, sent, kept] = [aboutOf(plan), sentOf(plan, waits), keptOf(plan, recurring)]
  return [
    { type: 'text', text: phrase('broadcast.out-whom', { audience: describeAudience(plan.audience, directory) }) },
    ...[sent, about, kept].flatMap(all => sentences(all)),
  ]
}

/** What it is called where it stands in a list: its title, else how its words begin. */
export function nameOf({ title, words }: Pick<Plan, 'title' | 'words'>): Text {
  const [first = ''] = Object.values(words).filter(text => text.trim() !== '')
  const name = title.trim() || first.trim().replace(/\s+/g, ' ')
  if (name === '') return phrase('broadcast.untitled')
  return { words: name.length > longest ? `${name.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…` : name }
}

/** What it asks of people, in a word or two; the answers to choose from in that language. */
export function wantedText(answer: AnswerWanted, language: Language): Phrase {
  if (answer.type !== 'one-of') return phrase(`broadcast.wanted-${answer.type}`)
  const options = answer.options.map(option => ({ words: optionIn(option, language) ?? '' }))
  return phrase('broadcast.out-options', { options })
}

/** The same as a sentence for every reader. */
function asksText(answer: AnswerWanted): Phrase {
  if (answer.type !== 'one-of')
    return phrase('broadcast.out-answer', { answer: phrase(`broadcast.wanted-${answer.type}`) })
  if (answer.options.length === 0) return phrase('broadcast.out-options-none')
  const options = answer.options.map(option => {
    const [any = ''] = Object.values(option)
    return { en: option.en ?? any, es: option.es ?? any }
  })
  return phrase('broadcast.out-options', { options })
}

const longest = 60

/** Several sentences on one line. */
function sentences([first, ...rest]: readonly Phrase[]): readonly Line[] {
  if (!first) return []
  return [{ type: 'note', text: rest.reduce((one, two) => phrase('broadcast.both', { one, two }), first) }]
}

function sentOf({ urgency, when, expiresAt, answer }: Plan, waits: boolean): Phrase[] {
  return [
    phrase('broadcast.out-urgency', { urgency: phrase(`broadcast.urgency-${urgency}`) }),
    ...(waits || when.type !== 'now' ? [phrase('broadcast.out-when', { when: whenText(when) })] : []),
    ...(expiresAt === null ? [] : [phrase('broadcast.out-expires', { time: { date: expiresAt } })]),
    ...(answer.type === 'none' ? [] : [asksText(answer)]),
  ]
}

function keptOf(plan: Plan, recurring: string | null): Phrase[] {
  const { quiet, urgency, answerWithinMs, from, defaults } = plan
  const gaps = Object.entries(defaults)
    .map(([name, value]) => `{${name}} = ${value}`)
    .join(', ')
  return [
    ...(quiet === 'pass' && urgency !== 'life-safety' ? [phrase('broadcast.out-quiet')] : []),
    ...(answerWithinMs === null
      ? []
      : [phrase('broadcast.out-within', { minutes: { minutes: answerWithinMs / 60_000 } })]),
    ...(gaps === '' ? [] : [phrase('broadcast.out-gaps', { gaps: { words: gaps } })]),
    ...(from ? [phrase('broadcast.out-from', { message: from.message, version: from.version })] : []),
    ...(recurring ? [phrase('broadcast.out-recurring', { name: recurring.split(/[@:]/)[0] ?? recurring })] : []),
  ]
}

function aboutOf({ incident, severity, public: isPublic }: Plan): Phrase[] {
  return [
    ...(incident ? [phrase('broadcast.out-incident', { id: incident })] : []),
    ...(severity ? [phrase('broadcast.out-severity', { severity: `S${severity}` })] : []),
    ...(isPublic ? [phrase('broadcast.out-public')] : []),
  ]
}
