import type { MessageRef } from '../../workflows/delivery.ts'
import { phrase } from '../../workflows/phrase.ts'
import { aboutOf } from './actions.ts'
import { messageRef, roomOf } from './address.ts'
import type { Standing } from './board.ts'
import type { Heard } from './heard.ts'
import { readReaction } from './meaning.ts'
import { broadcastOf, mayAnswer, signedAnswer } from './signing.ts'
import type { Tools, Visit } from './visit.ts'

/** A sign that somebody put on a message, or took away. */
export type Sign = Pick<Extract<Heard, { type: 'reaction' }>, 'emoji' | 'author' | 'target' | 'removed'>

/**
 * Does what a sign on a message of the hub means: a raised hand claims, and taking it away undoes nothing; two others
 * are asked back in private, since to most people they mean "seen".
 */
export async function hearSign(sign: Sign, visit: Visit, tools: Tools): Promise<void> {
  const { heard } = visit
  const meant = readReaction(sign.emoji)
  if ((!meant && !mayAnswer(sign.emoji)) || sign.author !== tools.number) return
  const ref = messageRef(roomOf(heard), sign.author, sign.target)
  const standing = await tools.board.read(ref)
  if (standing && asks(standing)) return sign.removed ? undefined : hearAnswer(sign.emoji, ref, standing, visit)
  if (!meant) return
  const about = standing?.under ?? ref
  const card = `${ref.room}/${ref.id}`
  if (sign.removed) {
    const hand = visit.desk().hands.find(one => one.card === card)
    if (meant !== 'claim' || !hand) return
    visit.keep({ hands: visit.desk().hands.filter(one => one.card !== card) })
    visit.remark(hand.id ? phrase('signal.hand-gone', { id: hand.id }) : phrase('signal.hand-gone-some'))
    return
  }
  const known = standing?.actions.map(({ id }) => aboutOf(id)).find(id => id !== null) ?? null
  const words = heard.group === null ? (known ?? '') : ''
  if (heard.group === null && !known) return
  if (meant !== 'claim') return askBack(meant, about, words, visit)
  const offered = standing?.actions.find(({ id }) => id.startsWith('claim:'))
  const answered = await visit.ask(
    offered
      ? { type: 'press', button: offered.id, message: about }
      : { type: 'command', name: 'claim', words, message: about },
  )
  if (answered.reply.type === 'view') visit.keep({ hands: [...visit.desk().hands, { card, id: known }] })
  visit.answer(answered)
}

/** True if a sign means something on a message of the hub on which that stands. */
export function isSignOn(emoji: string, standing: Standing | null): boolean {
  return standing && asks(standing) ? mayAnswer(emoji) : readReaction(emoji) !== null
}

function asks({ actions }: Standing): boolean {
  return broadcastOf(actions) !== null
}

/** A sign is seen where it was put, so that nothing is said to it, but to whoever needs help. */
async function hearAnswer(emoji: string, ref: MessageRef, { actions }: Standing, visit: Visit): Promise<void> {
  const button = signedAnswer(emoji, actions)
  if (!button) return
  const answered = await visit.ask({ type: 'press', button, message: ref })
  if (answered.reply.type !== 'view' || button.endsWith(':help')) visit.answer(answered)
}

/** Who may not do it hears nothing: they may have meant nothing by it. */
async function askBack(name: 'resolve' | 'escalate', ref: MessageRef, words: string, visit: Visit): Promise<void> {
  const { reply } = await visit.ask({ type: 'command', name, words, message: ref })
  if (reply.type !== 'form') return
  const id = reply.form.about.split(':')[0] ?? ''
  const field = reply.form.form.fields.outcome
  if (name === 'escalate' || field?.type !== 'choice') {
    visit.tell(phrase(`signal.${name}`, { id }), [
      { number: 1, id: `${name}:${id}`, label: visit.words(phrase('signal.yes')) },
    ])
    return
  }
  const outcomes = field.choices.map(({ value, label }, index) => ({
    number: index + 1,
    id: `/resolve ${id} ${value}`,
    label: visit.words(label),
  }))
  visit.tell(phrase('signal.resolve', { id }), outcomes)
}
