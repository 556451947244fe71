import { isDeepStrictEqual } from 'node:util'
import type { Command, Reply } from '../../commands/command.ts'
import {
  begin,
  forget,
  hear,
  holdsMore,
  refill,
  repeat,
  type Told,
  type Turn,
  wake,
} from '../../commands/conversation.ts'
import type { OpenForm } from '../../commands/form.ts'
import type { MessageRef } from '../../workflows/delivery.ts'
import { type Phrase, phrase } from '../../workflows/phrase.ts'
import { type Reader, say as sayText } from '../../workflows/text/say.ts'
import { tongueOf } from '../../workflows/text/tongue.ts'
import type { View } from '../../workflows/view.ts'
import type { Answer, Host, Image, Interaction, Origin } from '../platform.ts'
import type { Numbered } from './actions.ts'
import type { Board } from './board.ts'
import { type Desk, type Filling, readerAt, type Saying } from './desk.ts'
import type { Heard, SignalFile } from './heard.ts'
import { writeLines, writeText } from './text.ts'

/** What answering somebody needs. */
export type Tools = {
  readonly host: Pick<Host, 'receive' | 'rooms' | 'threads'>
  readonly commands: readonly Command[]
  readonly board: Pick<Board, 'read' | 'newest'>
  /** The hub's own number, which is the author of its messages. */
  readonly number: string
  readonly clock: () => number
  /** Says something right now, beside what is kept to be said; never rejects. */
  readonly aside: (saying: Saying) => Promise<void>
}

type Part<T extends Interaction = Interaction> = T extends Interaction ? Omit<T, keyof Origin> : never
/** What is asked of the hub, without who asks and where; the message it is about, if any. */
export type Asked = Part & { readonly message?: MessageRef | null; readonly room?: string | null }

/** How an answer is told: what stands before it, and whether a refusal is kept from them, who asked for nothing. */
export type Manner = { readonly lead?: Phrase; readonly meek?: boolean }

/** One thing that somebody did, from what is known of them to what is known and said after it. */
export type Visit = ReturnType<typeof receiveVisit>

// Anything shorter is typed anew in a moment.
const longWords = 20
// As long as an answer by number, or yes and no.
const briefWords = 3

/** Starts to answer: everything asked of the hub counts once by the key of what was heard. */
export function receiveVisit(heard: Heard, before: Desk, { host, clock, aside }: Tools) {
  const now = clock()
  const says: Saying[] = []
  const files = heard.type === 'text' ? heard.files : []
  let desk = before
  let reader: Reader = readerAt(before, now)

  /** What is asked for, or answered, in this message is done with it: changing it later changes nothing. */
  function acted(): void {
    if (heard.type === 'text') desk = { ...desk, acted: [...desk.acted, heard.at] }
  }

  async function ask({ message = null, room = heard.group, ...part }: Asked): Promise<Answer> {
    const { key, account, number, at } = heard
    const also = number !== null && number !== account ? { also: number } : {}
    const spoken = (heard.type === 'text' && tongueOf(heard.words)) || desk.language
    const tongue = spoken === null ? {} : { language: spoken }
    const origin = { platform: 'signal', key, account, ...also, ...tongue, room, message, at } as const
    const first = await host.receive({ ...origin, ...part } as Interaction)
    if (first.later) await hurry(first)
    const answer = (await first.later) ?? first
    reader = answer.reader
    const { language, zone } = reader
    if (desk.language !== language || desk.zone !== zone) desk = { ...desk, language, zone }
    // A form that was opened has done nothing yet.
    if ((part.type === 'command' || part.type === 'press') && answer.reply.type === 'view') acted()
    return answer
  }

  /** Says at once that it is being saved; all else is said once it is done. */
  async function hurry({ reply, reader: theirs }: Answer): Promise<void> {
    if (reply.type !== 'view') return
    const to = { type: 'direct', account: heard.account } as const
    await aside({ to, written: writeText(reply.view, theirs, 'whole'), key: `wait:${heard.key}`, asks: false })
  }

  /** Says something to them alone, whoever else heard what they said. */
  function say(
    written: Saying['written'],
    asks = false,
    to: Saying['to'] = { type: 'direct', account: heard.account },
  ) {
    const key = says.length === 0 ? `reply:${heard.key}` : `reply:${heard.key}:${says.length}`
    if (written.pieces.length > 0) says.push({ to, written, key, asks })
  }

  function tell(line: Phrase, actions: readonly Numbered[] = []): void {
    say(writeLines([words(line)], actions, actions.length > 0 ? words(phrase('signal.how')) : undefined))
  }

  /** Shows the picture of what was just said. */
  function depict(image: Image, to: Saying['to'] = { type: 'direct', account: heard.account }): void {
    says.push({ to, written: writeLines([image.alt]), key: `reply:${heard.key}:${says.length}`, asks: false, image })
  }

  /** Says something beside the point: a question that waits stands last again. */
  function remark(line: Phrase): void {
    tell(line)
    waits()
  }

  function words(line: Phrase): string {
    return sayText(line, reader)
  }

  /** A line that leads in stands under the title: what must be answered, or is named, stays on top. */
  function show(view: View, asks: boolean, lead?: Phrase): void {
    const lines = lead ? [{ type: 'text', text: lead } as const, ...view.lines] : view.lines
    say(writeText({ ...view, lines }, reader, 'whole'), asks)
  }

  /** Tells what the hub answered; a form becomes a conversation, and one that waits is asked again behind all else. */
  function answer({ reply, image }: Answer, { lead, meek = false }: Manner = {}): void {
    switch (reply.type) {
      case 'nothing':
        return
      case 'form':
        open(reply.form, lead)
        return
      case 'view':
        if (reply.private) show(reply.view, false, lead)
        else say(writeText(reply.view, reader, 'whole'), false, publicly())
        if (image) depict(image, reply.private ? undefined : publicly())
        break
      case 'refused':
        if (!meek) remark(reply.phrase)
        return
      case 'failed':
        failed(reply)
        break
    }
    waits()
  }

  function publicly(): Saying['to'] {
    return heard.group === null ? { type: 'direct', account: heard.account } : { type: 'room', room: heard.group }
  }

  function failed({ phrase: why, words: typed }: Extract<Reply, { type: 'failed' }>): void {
    say(writeLines([words(why), ...(typed === null ? [] : [words(phrase('signal.your-words')), typed])]))
  }

  /** What was asked before stands last again, so that a number answers it and nothing else. */
  function waits(): void {
    const top = desk.forms.at(-1)
    if (top) show(repeat(top.talk, reader), true, phrase('signal.waits'))
  }

  function open(form: OpenForm, lead?: Phrase): void {
    const top = desk.forms.at(-1)
    const same = top?.talk.open.command === form.command && top.talk.open.about === form.about ? top : null
    const some = same !== null && (Object.keys(same.talk.answers).length > 0 || same.talk.files.length > 0)
    if (same && some && same.talk.open.id !== form.id) {
      take(wake(same.talk, { instead: form }, reader), same, lead)
      return
    }
    const others = same ? desk.forms.slice(0, -1) : desk.forms
    const turn = begin<SignalFile>(form, reader, now)
    if (turn.type !== 'going') return
    const room = same?.room ?? heard.group
    const filling = { talk: turn.state, room, told: [], since: heard.taken }
    desk = { ...desk, forms: [...others, filling] }
    take(files.length === 0 ? turn : hear(turn.state, { words: '', files }, reader, now), filling, lead)
  }

  /** What a turn of the conversation leaves of the form on top; sending in is done by `converse`. */
  function take(turn: Turn<SignalFile>, filling: Filling, lead?: Phrase): void {
    const below = desk.forms.slice(0, -1)
    switch (turn.type) {
      case 'going':
        desk = { ...desk, forms: [...below, asking(filling, turn.state)] }
        show(turn.view, true, lead)
        return
      case 'over':
        desk = { ...desk, forms: below }
        show(turn.view, false)
        waits()
        return
      case 'send':
        return
    }
  }

  /** Gives what was written to the form that waits. */
  async function converse(told: Told<SignalFile>): Promise<void> {
    const top = desk.forms.at(-1)
    if (!top) return
    // What was written before the question was asked, and came late, is no answer to it.
    const typed = heard.type === 'text' ? heard.words : told.words
    if (overtaken(typed, top)) return remark(phrase('signal.overtaken', { words: { words: typed } }))
    acted()
    const { step } = top.talk
    const field = step.type === 'ask' ? step.field : null
    const answered = { ...top, since: heard.taken }
    const filling = field === null ? answered : { ...answered, told: [...top.told, { at: heard.at, field }] }
    const turn = hear(top.talk, told, reader, now)
    if (turn.type === 'send') return submit(filling)
    const first = field === null || turn.type !== 'going' ? undefined : turn.state.answers[field]
    if (turn.type === 'going' && typeof first === 'string' && holdsMore(top.talk)) {
      const { reply } = await ask({ type: 'command', name: top.talk.open.command, words: first, room: top.room })
      if (reply.type === 'form') {
        take(refill(turn.state, reply.form, reader, now), filling)
        return
      }
    }
    take(turn, filling)
  }

  /** A number that was here before its question was said is meant for another; sentences speak for themselves. */
  function overtaken(typed: string, { since = 0, askedAt = 0 }: Filling): boolean {
    if (heard.taken < since) return true
    return typed.trim().length <= briefWords && heard.keptAt !== undefined && heard.keptAt < askedAt
  }

  async function submit(filling: Filling): Promise<void> {
    const { talk, room } = filling
    const { id: form, command, about } = talk.open
    const part = { type: 'submission', form, command, about, values: talk.answers, files: talk.files } as const
    const { reply } = await ask({ ...part, room })
    const below = desk.forms.slice(0, -1)
    if (reply.type === 'failed') {
      // It stands as it was, to be sent again: it counts once.
      tell(reply.phrase)
      show(repeat(talk, reader), true)
      return
    }
    if (reply.type === 'form' && reply.form.id === form) {
      take(begin(reply.form, reader, now, talk.files), { ...filling, told: [] })
      return
    }
    desk = { ...desk, forms: below }
    const typed = Object.values(talk.answers).filter(one => typeof one === 'string' && one.length > longWords)
    const lost = reply.type === 'refused' && typed.length > 0
    answer({ reply: lost ? { type: 'failed', phrase: reply.phrase, words: typed.join('\n') } : reply, reader })
  }

  /** Hears an answer anew that was changed, or forgets one that was taken back; false if the message was none. */
  function mend(at: number, rewritten: string | null): boolean {
    const top = desk.forms.at(-1)
    const field = top?.told.findLast(one => one.at === at)?.field
    if (!top || field === undefined || !(field in top.talk.open.form.fields)) return false
    const again = { ...top.talk, step: { type: 'ask', field } } as const
    const turn =
      rewritten === null ? forget(again, field, reader, now) : hear(again, { words: rewritten, files: [] }, reader, now)
    take(turn, top)
    return true
  }

  return {
    heard,
    now,
    ask,
    answer,
    tell,
    remark,
    words,
    converse,
    mend,
    desk: () => desk,
    keep(change: Partial<Desk>) {
      desk = { ...desk, ...change }
    },
    says: () => says,
  }
}

/** The conversation goes on; a question that is asked anew was said when it was said first. */
function asking({ askedAt, ...filling }: Filling, talk: Filling['talk']): Filling {
  const same = isDeepStrictEqual(filling.talk.step, talk.step)
  return { ...filling, talk, ...(same && askedAt !== undefined ? { askedAt } : {}) }
}
