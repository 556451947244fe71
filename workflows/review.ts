import type { Incident } from './incident.ts'
import { isOpen } from './incident.ts'
import { type Param, type Phrase, phrase } from './phrase.ts'
import {
  type Factor,
  factors,
  isGrave,
  isSpeech,
  isWhole,
  mostPoints,
  type Points,
  type Review,
  type Scores,
  scoresOf,
  totalOf,
} from './speech.ts'
import { type Button, buttonId, type Line, type View } from './view.ts'

/** The factors of each of the two screens, in the order of the Rabat Plan. */
export const screens: readonly [readonly Factor[], readonly Factor[]] = [
  ['context', 'speaker', 'intent'],
  ['form', 'extent', 'likelihood'],
]

const mostReviews = 4

/** What reviewers scored, side by side, what it proposes, and what is still to be done by whoever looks. */
export function speechView(incident: Incident, reader: Review['by']): View {
  const own = scoresOf(incident, reader)
  // Whoever is half-way is not to be led by what others thought.
  const halfway = Object.keys(own).length > 0 && !isWhole(own)
  const reviews = (incident.speech ?? []).filter(({ by }) => !halfway || by === reader).slice(-mostReviews)
  const grave = !halfway && isGrave(reviews) && isOpen(incident) && incident.severity < 4
  return {
    tone: 'plain',
    title: phrase('speech.title', { id: incident.id }),
    lines: [
      { type: 'note', text: phrase('speech.aid') },
      ...(reviews.length > 0 ? [tableOf(reviews), ...comparison(reviews)] : []),
      ...(isGrave(reviews) && !halfway ? [{ type: 'strong' as const, text: phrase('speech.grave') }] : []),
      ...(!halfway && reviews.filter(({ scores }) => isWhole(scores)).length < 2
        ? [{ type: 'text' as const, text: phrase('speech.second') }]
        : []),
    ],
    buttons: [
      ...(isWhole(own) || !isSpeech(incident) ? [] : [nextButton(incident, own)]),
      ...(grave ? [raiseButton(incident)] : []),
      ...(isWhole(own) ? [again(incident)] : []),
    ],
  }
}

/** One line that says how the words were scored; null while nobody did. */
export function speechNote({ id, speech = [] }: Incident): Line | null {
  if (speech.length === 0) return null
  const people = speech.slice(-mostReviews).map((review): Param => phrase('speech.one', totalParams(review)))
  const button = { id: buttonId('reviews', id), label: phrase('button.open') }
  return { type: 'item', text: phrase('speech.note', { people }), button }
}

function nextButton({ id }: Incident, own: Scores): Button {
  const first = screens[0].some(factor => own[factor] === undefined)
  return { id: buttonId(first ? 'rabat' : 'rabat2', id), label: phrase(first ? 'speech.go' : 'speech.go-on') }
}

function again({ id }: Incident): Button {
  return { id: buttonId('rabat', id), label: phrase('speech.again') }
}

function raiseButton({ id, severity }: Incident): Button {
  return { id: buttonId('raise', id, `S${severity}`), label: phrase('speech.raise'), style: 'primary' }
}

function tableOf(reviews: readonly Review[]): Line {
  const name = ({ by }: Review) => phrase('form.person', { person: { person: by } })
  return {
    type: 'table',
    head: [phrase('speech.factor'), ...reviews.map(name)],
    rows: [
      ...factors.map(factor => [nameOf(factor), ...reviews.map(({ scores }) => pointsText(scores[factor]))]),
      [phrase('speech.total'), ...reviews.map(totalText)],
    ],
  }
}

function nameOf(factor: Factor): Phrase {
  return phrase(factor === 'form' ? 'speech.form-short' : `speech.${factor}`)
}

function pointsText(points: Points | undefined) {
  return points === undefined ? phrase('speech.open') : phrase('speech.point', { points })
}

// Half a review has no total: six points of the first three factors would read as little.
function totalText(review: Review): Phrase {
  return isWhole(review.scores) ? phrase('speech.points', totalParams(review)) : phrase('speech.open')
}

function totalParams({ by, scores }: Review): Record<string, Param> {
  return { person: { person: by }, total: totalOf(scores), most: mostPoints }
}

/** Where whole reviews differ, for that is what the two should talk about. */
function comparison(reviews: readonly Review[]): Line[] {
  const whole = reviews.filter(({ scores }) => isWhole(scores))
  if (whole.length < 2) return []
  const differ = factors.filter(factor => new Set(whole.map(({ scores }) => scores[factor])).size > 1)
  const text = differ.length === 0 ? phrase('speech.agree') : phrase('speech.differ', { factors: differ.map(nameOf) })
  return [{ type: 'text', text }]
}
