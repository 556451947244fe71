import type { Broadcast, Correction } from '../../broadcast.ts'
import type { Language } from '../../directory.ts'
import type { PlatformName } from '../../ids.ts'
import { type Phrase, type PhraseKey, phrase } from '../../phrase.ts'
import { toolName } from '../../sight.ts'
import { type Button, buttonId, type Line, type View } from '../../view.ts'
import { sinceLines } from '../approval.ts'
import { countText } from '../changes.ts'
import { whenText } from '../hour.ts'
import { wantsSenior } from '../needs.ts'
import { planDigest, wordsDigest } from '../plan.ts'
import { deliveryButton } from '../progress/ledger.ts'
import { progressView } from '../progress/view.ts'
import { approvedLines, sideBySide } from '../proposal.ts'
import type { Tally } from '../standing.ts'
import { isAsked, isOver } from '../state.ts'
import { broadcastButton, lookButton, withoutButton } from './button.ts'
import { nameOf, outlineLines } from './outline.ts'
import type { Scene } from './scene.ts'

/** What is shown beside the broadcast itself. */
export type Beside = {
  readonly now: number
  /** What comes before all else, such as what was just done. */
  readonly first?: readonly Phrase[]
  /** Who would get it, where, and as what. */
  readonly preview?: View | null
  /** How far it has come, once it has begun. */
  readonly tally?: Tally | null
  /** The tools on which it may be looked at. */
  readonly tools?: readonly PlatformName[]
  /** Languages that some read and that it has no words in, which may be accepted. */
  readonly missing?: readonly Language[]
  /** What it is about may not be read here: neither may its words. */
  readonly hidden?: boolean
}

/** A broadcast as its writer and its approvers see it: how it stands, to whom and what, who approved, what is next. */
export function broadcastView(scene: Scene, beside: Beside): View {
  const { broadcast } = scene
  const { id, plan, drill } = broadcast
  const { hidden = false, preview } = beside
  const words = preview
    ? [rule, ...preview.lines]
    : [...wordLines(broadcast), ...correctionLines(broadcast), ...proposalLines(scene)]
  return {
    tone: 'plain',
    title: hidden ? { words: id } : phrase('broadcast.title', { id, title: nameOf(plan) }),
    lines: [
      ...(beside.first ?? []).map((text): Line => ({ type: 'strong', text })),
      ...(drill === undefined ? [] : [note(phrase('broadcast.exercise'))]),
      ...stateLines(scene, beside),
      ...outlineLines(broadcast, scene.directory),
      ...approvalLines(scene),
      ...(broadcast.state === 'draft' || isAsked(broadcast) ? sinceLines(broadcast, null, scene.directory) : []),
      ...(hidden ? [note(phrase('broadcast.hidden', { id }))] : words),
    ],
    buttons: hidden ? steering(broadcast) : [...buttonsOf(scene), ...besides(broadcast, beside)],
  }
}

const rule: Line = { type: 'rule' }
// Words that are longer in all are read language by language.
const longest = 2400

/** Whoever may not read it here may still keep it from going on. */
function steering(broadcast: Broadcast): readonly Button[] {
  return sentButtons(broadcast).filter(({ id }) => /^(?:steer|table|delivery):/.test(id))
}

/** What is missing to be accepted, and other ways to look at it. */
function besides(broadcast: Broadcast, { tools = [], missing = [] }: Beside): readonly Button[] {
  const { id, plan } = broadcast
  const words = Object.entries(plan.words) as [Language, string][]
  const long = words.reduce((sum, [, text]) => sum + text.length, 0) > longest
  return [
    ...missing.map(language => withoutButton(language, broadcast)),
    ...tools.map(tool => lookButton('there', id, tool, phrase('broadcast.button-there', { tool: toolName(tool) }))),
    ...(long ? words : []).map(([language]) => {
      const label = phrase('broadcast.button-words', { language: phrase(`audience.name-${language}`) })
      return lookButton('words', id, language, label)
    }),
  ]
}

/** What can be done with it next by whoever looks at it, in the order that never changes. */
export function buttonsOf(scene: Scene): readonly Button[] {
  const { broadcast, may, given } = scene
  const { id, seq, state, plan } = broadcast
  const digest = `${planDigest(plan)}.${seq.toString(36)}`
  const saves = plan.urgency === 'life-safety' && may ? [broadcastButton('alone', id, digest)] : []
  const screens = (['text', 'whom', 'when', 'answer', 'about'] as const).map(one => broadcastButton(one, id, seq))
  const discard = broadcastButton('discard', id, seq)
  switch (state) {
    case 'draft':
      return [broadcastButton('submit', id, digest), ...saves, ...screens, discard]
    case 'submitted':
    case 'held': {
      const waits = may && !given
      const approve = waits ? [broadcastButton('approve', id, digest)] : []
      const reject = may ? [broadcastButton('reject', id, seq)] : []
      return [...approve, ...saves, ...reject, ...screens, discard]
    }
    case 'approved':
      return [...screens, discard]
    case 'sending':
    case 'paused':
    case 'sent':
    case 'cancelled':
    case 'expired':
      return [...proposalButtons(scene), ...sentButtons(broadcast, may)]
  }
}

/** New words that wait are approved by who has not yet, and sent back by who may, or wrote them. */
function proposalButtons({ broadcast, may, actor }: Scene): readonly Button[] {
  const { id, seq, proposed } = broadcast
  if (!proposed) return []
  const waits = may && !proposed.approvals.some(one => one.by === actor)
  const seen = `${wordsDigest(proposed.words, broadcast)}.${seq.toString(36)}`
  return [
    ...(waits ? [broadcastButton('second', id, seen)] : []),
    ...(may || proposed.by === actor ? [broadcastButton('decline', id, seen)] : []),
  ]
}

function sentButtons(broadcast: Broadcast, may = true): readonly Button[] {
  const { id, seq, state, startedAt, corrections, plan } = broadcast
  if (startedAt === null) return []
  const press = (name: 'pause' | 'resume' | 'cancel' | 'correct' | 'recall') => broadcastButton(name, id, seq)
  const going = state === 'sending' ? [press('pause')] : state === 'paused' ? [press('resume')] : []
  const recalled = corrections.some(one => one.recall)
  return [
    ...going,
    ...(isOver(broadcast) ? [] : [press('cancel')]),
    ...(plan.answer.type === 'none' ? [] : [tableButton(broadcast)]),
    deliveryButton(id),
    ...(recalled ? [] : [press('correct'), ...(may ? [press('recall')] : [])]),
  ]
}

/** The button that opens who answered what. */
function tableButton({ id }: Broadcast): Button {
  return { id: buttonId('table', id), label: phrase('broadcast.button-table') }
}

function stateLines({ broadcast }: Scene, { tally, now }: Beside): readonly Line[] {
  const { state, by, plan, startedAt } = broadcast
  if (startedAt !== null && tally) {
    const speed = { perMinute: 0, doneAt: null, held: [] }
    return progressView({ broadcast, tally, amended: null, speed, now, whole: true }).lines
  }
  const time = { time: broadcast.endedAt ?? startedAt ?? broadcast.createdAt }
  const stands = state === 'cancelled' && startedAt === null ? 'discarded' : state
  const said = phrase(`broadcast.state-${stands}`, { person: { person: by }, when: whenText(plan.when, true), time })
  return [{ type: 'strong', text: said }]
}

function approvalLines({ broadcast, directory, incident, needs }: Scene): readonly Line[] {
  const { approvals, state, plan } = broadcast
  const given = approvals.map(({ by, at, people, rooms, alone }) =>
    alone
      ? phrase('broadcast.approved-alone', {
          ...{ person: { person: by }, time: { time: at }, reason: { words: alone.reason } },
        })
      : phrase('broadcast.approved-by', {
          person: { person: by },
          time: { time: at },
          count: countText({ people, rooms }),
        }),
  )
  const why = needs.why.map(one => phrase(`broadcast.why-${one}`))
  const wants =
    state === 'draft' && plan.audience !== null && needs.count === 2
      ? [phrase('broadcast.wants-two', { why })]
      : isAsked(broadcast)
        ? [
            phrase(
              wantsSenior(approvals, needs, { directory, incident }) ? 'broadcast.wants-senior' : 'broadcast.wants-one',
            ),
          ]
        : []
  return [...given, ...wants].map(note)
}

/** The words as they were written, in each language that there are some in. */
function wordLines({ plan }: Broadcast): readonly Line[] {
  return Object.entries(plan.words).flatMap(([language, words]): Line[] => {
    if (words.trim() === '') return []
    return [note(phrase(`audience.name-${language as Language}`)), { type: 'quote', text: { words } }]
  })
}

function correctionLines({ corrections }: Broadcast): readonly Line[] {
  return corrections.flatMap((correction): Line[] => {
    const { by, at, words, reason = '', with: others = [] } = correction
    const texts = Object.values(words).filter(text => text.trim() !== '')
    const people = others.map(person => ({ person }))
    return [
      note(
        phrase(saidOf(correction), { person: { person: by }, people, time: { time: at }, reason: { words: reason } }),
      ),
      ...texts.map((text): Line => ({ type: 'quote', text: { words: text } })),
    ]
  })
}

function saidOf({ recall, reason, with: others = [] }: Correction): PhraseKey {
  if (recall) return reason === undefined ? 'broadcast.recalled-at' : 'correction.recalled-why'
  if (reason !== undefined) return 'correction.corrected-alone'
  return others.length > 0 ? 'correction.corrected-with' : 'broadcast.corrected-at'
}

function proposalLines({ broadcast, directory, incident }: Scene): readonly Line[] {
  const { proposed } = broadcast
  if (!proposed) return []
  const { by, at } = proposed
  return [
    { type: 'strong', text: phrase('correction.proposed-at', { person: { person: by }, time: { time: at } }) },
    ...sideBySide(broadcast, proposed, directory),
    ...approvedLines(broadcast, proposed, { directory, incident }),
  ]
}

function note(text: Phrase): Line {
  return { type: 'note', text }
}
