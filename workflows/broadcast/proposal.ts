import type { Broadcast, Proposal } from '../broadcast.ts'
import type { Directory, Person } from '../directory.ts'
import { type Phrase, phrase } from '../phrase.ts'
import type { Viewer } from '../sight.ts'
import type { Button, Line, View } from '../view.ts'
import { askedFor, mayRead, wordLines } from './approval.ts'
import { changesBetween } from './changes.ts'
import { counting, needsOfBroadcast, type Scope, wantsSenior } from './needs.ts'
import { standingWords, wordsDigest } from './plan.ts'
import { broadcastButton } from './screen/button.ts'
import { nameOf } from './screen/outline.ts'

/** Who is asked to approve new words: as for the broadcast itself, and who approved that. Nobody who has. */
export function askedToSecond(
  broadcast: Broadcast,
  { by, approvals }: Pick<Proposal, 'by' | 'approvals'>,
  scope: Scope,
): readonly Person[] {
  const given = new Set(approvals.map(one => one.by))
  const all = askedFor({ ...broadcast, approvals: [] }, scope, broadcast.approvals)
  return all.filter(({ id }) => id !== by && !given.has(id))
}

/**
 * The question about new words, as that room or person may see it: what people have now beside what they would get, and
 * one press that approves exactly that. Where its incident may not be read, neither may the words.
 */
export function proposalView(broadcast: Broadcast, proposal: Proposal, viewer: Viewer, scope: Scope): View {
  const { id, plan, seq } = broadcast
  const open = mayRead(scope.incident, viewer, scope.directory)
  const press = `${wordsDigest(proposal.words, broadcast)}.${seq.toString(36)}`
  const buttons: readonly Button[] = [
    ...(open ? [broadcastButton('second', id, press)] : []),
    broadcastButton('see', id),
    ...(open ? [broadcastButton('decline', id, press)] : []),
  ]
  return {
    tone: 'plain',
    title: open ? phrase('correction.title', { id, title: nameOf(plan) }) : phrase('correction.title-red', { id }),
    lines: [
      { type: 'text', text: phrase('correction.ask', { person: { person: proposal.by }, id }) },
      ...(open ? sideBySide(broadcast, proposal, scope.directory) : [note(phrase('approval.red'))]),
      ...approvedLines(broadcast, proposal, scope),
    ],
    buttons,
  }
}

/** What people have now, what they would get, and what has changed since other words were proposed. */
export function sideBySide(broadcast: Broadcast, { words }: Proposal, directory: Directory): readonly Line[] {
  const { plan, unproposed } = broadcast
  const now = standingWords(broadcast)
  const lacking = directory.languages.filter(one => (now[one] ?? '').trim() !== '' && (words[one] ?? '').trim() === '')
  const names = lacking.map(one => phrase(`audience.name-${one}`))
  const since = unproposed ? changesBetween({ ...plan, words: unproposed }, { ...plan, words }, directory, 'above') : []
  return [
    strong(phrase('correction.were')),
    ...wordLines({ words: now }),
    strong(phrase('correction.are')),
    ...wordLines({ words }),
    ...(names.length > 0 ? [note(phrase('approval.without', { languages: names }))] : []),
    ...(since.length > 0 ? [strong(phrase('correction.since')), ...since] : []),
  ]
}

/** Who has approved it, and who has to still. */
export function approvedLines(broadcast: Broadcast, { approvals }: Proposal, scope: Scope): readonly Line[] {
  const needs = needsOfBroadcast(broadcast, scope)
  const given = counting(approvals, needs, scope)
  const people = given.map(({ by }) => ({ person: by }))
  const senior = needs.count === 2 && given.length > 0 && wantsSenior(approvals, needs, scope)
  return [
    ...(people.length > 0 ? [note(phrase('approval.given', { people }))] : []),
    note(phrase(senior ? 'broadcast.wants-senior' : 'broadcast.wants-one')),
  ]
}

function strong(text: Phrase): Line {
  return { type: 'strong', text }
}

function note(text: Phrase): Line {
  return { type: 'note', text }
}
