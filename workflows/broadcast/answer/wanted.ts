import type { Answered, AnswerWanted, LocalText } from '../../broadcast.ts'
import type { Language } from '../../directory.ts'
import { type BroadcastId, readBroadcastId } from '../../ids.ts'
import { type Phrase, phrase } from '../../phrase.ts'
import { type Button, buttonId, type Line } from '../../view.ts'

/** What can be answered, in the order in which it stands on the message. */
export function answersTo(wanted: AnswerWanted): readonly Answered[] {
  switch (wanted.type) {
    case 'none':
      return []
    case 'got-it':
      return ['got-it']
    case 'yes-no':
      return ['yes', 'no']
    case 'safety':
      return ['safe', 'help']
    case 'one-of':
      return wanted.options.map((_, index): Answered => `${index + 1}`)
  }
}

/** How an answer reads on its button, in that language; an option that is gone reads as its number. */
export function answerLabel(answer: Answered, wanted: AnswerWanted, language: Language): Phrase {
  switch (answer) {
    case 'got-it':
    case 'yes':
    case 'no':
    case 'safe':
    case 'help':
      return phrase(`answer.button-${answer}`)
    default: {
      const option = wanted.type === 'one-of' ? wanted.options[Number(answer) - 1] : undefined
      return phrase('form.name', { name: { words: (option && optionIn(option, language)) ?? answer } })
    }
  }
}

/** One press for each answer; a press counts for whoever presses it, and the last one holds. */
export function answerButtons(id: BroadcastId, wanted: AnswerWanted, language: Language): readonly Button[] {
  return answersTo(wanted).map(answer => {
    const style = styles[answer] ? { style: styles[answer] } : {}
    return { id: buttonId('answer', id, answer), label: answerLabel(answer, wanted, language), ...style }
  })
}

/**
 * How it is told that an answer is wanted, under the words of the message; nothing where none is. In a `room` only what
 * is written as a reply to it can be one.
 */
export function answerLines(wanted: AnswerWanted, room: boolean): readonly Line[] {
  switch (wanted.type) {
    case 'none':
      return []
    case 'safety':
      return [
        { type: 'note', text: phrase(room ? 'answer.how-safety-room' : 'answer.how-safety') },
        { type: 'note', text: phrase('headcount.danger') },
      ]
    case 'got-it':
      return [{ type: 'note', text: phrase(room ? 'answer.how-one-room' : 'answer.how-one') }]
    case 'yes-no':
    case 'one-of':
      return [{ type: 'note', text: phrase(room ? 'answer.how-room' : 'answer.how') }]
  }
}

/** What a press of such a button answers, and to which broadcast; null if that is none. */
export function readAnswerPress(
  about: string,
  assumed: string,
): { readonly id: BroadcastId; readonly answer: Answered } | null {
  const id = readBroadcastId(about)
  return id && /^(?:got-it|yes|no|safe|help|[1-9])$/.test(assumed) ? { id, answer: assumed as Answered } : null
}

/** Words of an option in that language, else in whichever there is; null if there are none. */
export function optionIn(option: LocalText, language: Language): string | null {
  return option[language] ?? Object.values(option)[0] ?? null
}

const styles: Readonly<Record<string, 'primary' | 'danger'>> = {
  'got-it': 'primary',
  yes: 'primary',
  safe: 'primary',
  help: 'danger',
}
