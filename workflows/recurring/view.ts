import { wordLines } from '../broadcast/approval.ts'
import { describeAudience } from '../broadcast/audience/describe.ts'
import type { Circumstances } from '../broadcast/audience/resolve.ts'
import { countText } from '../broadcast/changes.ts'
import type { Needs } from '../broadcast/needs.ts'
import { wantedText } from '../broadcast/screen/outline.ts'
import type { Counted } from '../broadcast.ts'
import type { Directory, Language } from '../directory.ts'
import type { KeptMessage } from '../library.ts'
import { type Param, type Phrase, phrase } from '../phrase.ts'
import type { RecurringApproval, RecurringPlan, RecurringStanding } from '../recurring.ts'
import { type Button, buttonId, type Line, type View } from '../view.ts'
import type { Meaning } from './plan.ts'
import type { RecurringWindow } from './when.ts'

/** All that is known of a recurring plan at a moment; `approvals` are those that count, `next` when it comes first. */
export type RecurringScene = {
  readonly plan: RecurringPlan
  readonly meaning: Meaning
  readonly standing: RecurringStanding | null
  readonly approvals: readonly RecurringApproval[]
  readonly needs: Needs
  readonly counted: Counted
  readonly cleared: boolean
  readonly next: RecurringWindow | null
  /** What it was judged by. */
  readonly message: KeptMessage | null
  readonly about: Omit<Circumstances, 'urgency' | 'languages'>
}

/** What is pressed about a recurring plan; `approve` takes for granted what it says and for how many. */
export function recurringButton(press: 'see' | 'approve' | 'pause' | 'resume', scene: RecurringScene): Button {
  const { plan, meaning, standing, approvals } = scene
  const digest = 'digest' in meaning ? meaning.digest : ''
  const round = standing?.pausedAt ?? Math.max(0, ...approvals.map(one => one.at))
  const assumed = press === 'see' ? 'see' : `${press}.${digest}.${round.toString(36)}`
  const label = phrase(`recurring.button-${press}`)
  const style = press === 'approve' ? ({ style: 'primary' } as const) : {}
  return { id: buttonId('recurring', slugOf(plan.name), assumed), label, ...style }
}

/** A name as it stands in a button: short, and of nothing that means something there. */
export function slugOf(name: string): string {
  return encodeURIComponent(name.toLowerCase().replace(/\s+/g, '-')).slice(0, 40)
}

/** What a press of such a button was, and the wording it was for. */
export function readRecurringPress(assumed: string): { readonly press: string; readonly digest: string } {
  const [press = '', digest = ''] = assumed.split('.')
  return { press, digest }
}

/**
 * Why it is asked whether a plan may go out: it is new, it was approved for fewer (`grown`), or by somebody who may no
 * more (`lost`).
 */
export type WhyAsked = 'new' | 'grown' | 'lost'

/** The question whether a recurring plan may go out, and go out again. */
export function recurringAsk(scene: RecurringScene, directory: Directory, why: WhyAsked): View {
  const name = { words: scene.plan.name }
  const asks = phrase(`recurring.ask-${why}`, { count: countText(scene.counted) })
  return {
    tone: 'plain',
    title: phrase('recurring.title', { name }),
    lines: [text(asks), ...aboutLines(scene, directory, directory.languages[0] ?? 'en'), ...needLines(scene)],
    buttons: [recurringButton('approve', scene), recurringButton('see', scene)],
  }
}

/** One plan as it stands, with what whoever reads it may do. */
export function recurringView(scene: RecurringScene, directory: Directory, may: boolean, language: Language): View {
  const { plan, standing, cleared, counted, meaning } = scene
  const rests = standing?.pausedAt != null
  const press = 'problem' in meaning ? [] : cleared ? [] : [recurringButton('approve', scene)]
  return {
    tone: 'plain',
    title: phrase('recurring.title', { name: { words: plan.name } }),
    lines: [
      stateLine(scene),
      ...aboutLines(scene, directory, language),
      ...('problem' in meaning ? [] : [text(phrase('recurring.counted', { count: countText(counted) }))]),
      ...(cleared || 'problem' in meaning ? [] : needLines(scene)),
    ],
    buttons: may ? [...press, recurringButton(rests ? 'resume' : 'pause', scene)] : [],
  }
}

/** All of them in a list, each to be opened. */
export function recurringList(scenes: readonly RecurringScene[]): View {
  const lines = scenes.map(
    (scene): Line => ({
      type: 'item',
      text: phrase('recurring.line', {
        name: { words: scene.plan.name },
        when: whenSaid(scene.plan),
        state: stateText(scene),
      }),
      button: recurringButton('see', scene),
    }),
  )
  const title = phrase('recurring.list')
  return lines.length > 0
    ? { tone: 'plain', title, lines, buttons: [] }
    : { tone: 'plain', title, lines: [text(phrase('recurring.none'))], buttons: [] }
}

/** When it comes, in words. */
function whenSaid({ days, at }: Pick<RecurringPlan, 'days' | 'at'>): Phrase {
  if (days.type === 'before') {
    const event = { words: days.event }
    return days.days === 0
      ? phrase('recurring.when-event', { event, at })
      : phrase('recurring.when-before', { count: days.days, event, at })
  }
  const names = days.days.map((day): Param => phrase(`recurring.day-${day as 0 | 1 | 2 | 3 | 4 | 5 | 6}`))
  if (days.days.length === 7) return phrase('recurring.when-daily', { at })
  return days.weeks === 1
    ? phrase('recurring.when-weekly', { days: names, at })
    : phrase('recurring.when-weeks', { weeks: String(days.weeks), days: names, at })
}

function aboutLines({ plan, meaning }: RecurringScene, directory: Directory, language: Language): readonly Line[] {
  const when = text(phrase('recurring.comes', { when: whenSaid(plan) }))
  if ('problem' in meaning) return [when, { type: 'strong', text: meaning.problem }]
  return [
    when,
    text(phrase('recurring.whom', { audience: describeAudience(meaning.audience, directory) })),
    ...(plan.trial ? [text(phrase('recurring.trial'))] : []),
    text(phrase('recurring.asks', { answer: wantedText(plan.answer, language) })),
    ...(meaning.from ? [text(phrase('recurring.from', { id: meaning.from.message }))] : []),
    ...wordLines(meaning),
  ]
}

function needLines({ needs, approvals }: RecurringScene): readonly Line[] {
  return [
    ...(approvals.length > 0
      ? [note(phrase('recurring.given', { people: approvals.map(one => ({ person: one.by })) }))]
      : []),
    note(phrase(needs.count === 2 ? 'recurring.two' : 'recurring.one')),
  ]
}

function stateLine(scene: RecurringScene): Line {
  return { type: 'strong', text: stateText(scene) }
}

function stateText({ meaning, standing, cleared, next }: RecurringScene): Phrase {
  if ('problem' in meaning) return phrase('recurring.is-wrong')
  if (standing?.pausedAt != null) {
    const person: Param = standing.pausedBy ? { person: standing.pausedBy } : phrase('hub.someone')
    return phrase('recurring.is-paused', { person, time: { date: standing.pausedAt } })
  }
  if (!cleared) return phrase('recurring.is-waiting')
  return next ? phrase('recurring.is-next', { time: { date: next.dueAt } }) : phrase('recurring.is-over')
}

function text(said: Phrase): Line {
  return { type: 'text', text: said }
}

function note(said: Phrase): Line {
  return { type: 'note', text: said }
}
