import type { AnswerWanted, LocalText, Plan } from '../broadcast.ts'
import type { Directory, Language } from '../directory.ts'
import { type Param, type Phrase, phrase } from '../phrase.ts'
import type { Line } from '../view.ts'
import { describeAudience } from './audience/describe.ts'
import { whenText } from './hour.ts'
import { isSamePlan } from './plan.ts'

/**
 * What is otherwise in a plan than in the one that somebody saw before: each part with how it was and how it is, the
 * words of each language as quotes; nothing for what is the same. Words that stand `above` are not repeated.
 */
export function changesBetween(
  was: Plan,
  is: Plan,
  directory: Directory,
  now: 'above' | 'here' = 'here',
): readonly Line[] {
  if (isSamePlan(was, is)) return []
  return [
    ...partLines(was, is, directory).map((text): Line => ({ type: 'text', text })),
    ...languagesOf(was.words, is.words).flatMap(language => wordLines(language, was.words, is.words, now)),
  ]
}

/** As many as were approved, and as many as there are now, where that has changed. */
export function countChange(was: Counts, is: Counts): readonly Phrase[] {
  if (was.people === is.people && was.rooms === is.rooms) return []
  return [phrase('approval.change-count', { was: countText(was), is: countText(is) })]
}

/** So many people and rooms, as they are read: what there is none of is not named, unless there is nobody at all. */
export function countText({ people, rooms }: Counts): Phrase {
  const [many, of] = [phrase('approval.people', { count: people }), phrase('approval.rooms', { count: rooms })]
  return rooms === 0 ? many : people === 0 ? of : phrase('approval.both', { people: many, rooms: of })
}

type Counts = { readonly people: number; readonly rooms: number }

function partLines(was: Plan, is: Plan, directory: Directory): readonly Phrase[] {
  const parts: readonly (readonly [unknown, unknown, Phrase])[] = [
    part(was, is, 'audience', ({ audience }) => describeAudience(audience, directory)),
    part(was, is, 'urgency', ({ urgency }) => phrase(`approval.urgency-${urgency}`)),
    part(was, is, 'when', ({ when }) => whenText(when)),
    part(was, is, 'answer', ({ answer }) => answerText(answer)),
    part(was, is, 'quiet', ({ quiet }) => phrase(`broadcast.quiet-${quiet}`)),
    part(was, is, 'expiresAt', ({ expiresAt: at }) => (at === null ? phrase('approval.usual') : date(at))),
    part(was, is, 'answerWithinMs', ({ answerWithinMs: ms }) =>
      ms === null ? phrase('broadcast.within-never') : phrase('broadcast.within-some', { minutes: minutesOf(ms) }),
    ),
    part(was, is, 'severity', ({ severity }) => name(severity === null ? null : `S${severity}`)),
    part(was, is, 'public', ({ public: yes }) => phrase(yes ? 'approval.yes' : 'approval.no')),
    part(was, is, 'incident', ({ incident }) => name(incident)),
    part(was, is, 'from', ({ from }) => name(from && `${from.message} ${from.version}`)),
    part(was, is, 'defaults', ({ defaults }) => defaultsText(defaults)),
    part(was, is, 'without', ({ without }) => languageText(without)),
  ]
  return parts.flatMap(([one, other, text]) => (JSON.stringify(one) === JSON.stringify(other) ? [] : [text]))
}

type Part = 'audience' | 'urgency' | 'when' | 'answer' | 'quiet' | 'expiresAt' | 'answerWithinMs' | Rest
type Rest = 'severity' | 'public' | 'incident' | 'from' | 'defaults' | 'without'

function part(was: Plan, is: Plan, of: Part, text: (plan: Plan) => Phrase): readonly [unknown, unknown, Phrase] {
  const said = phrase('approval.change', { what: phrase(`approval.part-${of}`), was: text(was), is: text(is) })
  return [was[of], is[of], said]
}

function wordLines(language: Language, was: LocalText, is: LocalText, where: 'above' | 'here'): readonly Line[] {
  const [before, after] = [was[language]?.trim() ?? '', is[language]?.trim() ?? '']
  if (before === after) return []
  const name = phrase(`audience.name-${language}`)
  const old: Line[] = [
    { type: 'text', text: phrase('approval.words-were', { language: name }) },
    { type: 'quote', text: { words: before } },
  ]
  const now: Line[] = [
    { type: 'text', text: phrase(before === '' ? 'approval.words-new' : 'approval.words-are', { language: name }) },
    { type: 'quote', text: { words: after } },
  ]
  const gone: Line[] = [{ type: 'text', text: phrase('approval.words-gone', { language: name }) }]
  const added: Line[] = [{ type: 'text', text: phrase('approval.words-added', { language: name }) }]
  if (where === 'above' && after !== '') return before === '' ? added : old
  return [...(before === '' ? [] : old), ...(after === '' ? gone : now)]
}

function languagesOf(...all: readonly LocalText[]): readonly Language[] {
  return [...new Set(all.flatMap(words => Object.keys(words) as Language[]))]
}

function answerText(answer: AnswerWanted): Phrase {
  if (answer.type !== 'one-of') return phrase(`broadcast.wanted-${answer.type}`)
  const options = answer.options.map((option): Param => ({ words: Object.values(option).join(' / ') }))
  return phrase('broadcast.out-options', { options })
}

function defaultsText(defaults: Plan['defaults']): Phrase {
  const set = Object.entries(defaults).filter(([, value]) => value !== '')
  return set.length === 0
    ? phrase('approval.nothing')
    : phrase('form.name', { name: set.map(([of, words]): Param => ({ words: `{${of}}: ${words}` })) })
}

function languageText(languages: readonly Language[]): Phrase {
  if (languages.length === 0) return phrase('approval.nothing')
  return phrase('form.name', { name: languages.map(one => phrase(`audience.name-${one}`)) })
}

function name(text: string | null): Phrase {
  return text === null ? phrase('approval.nothing') : phrase('form.name', { name: text })
}

function date(at: number): Phrase {
  return phrase('approval.until', { time: { date: at } })
}

function minutesOf(ms: number): Param {
  return { minutes: ms / 60_000 }
}
