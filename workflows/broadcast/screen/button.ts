import type { Broadcast } from '../../broadcast.ts'
import type { Language } from '../../directory.ts'
import type { BroadcastId, PlatformName } from '../../ids.ts'
import { type Phrase, phrase } from '../../phrase.ts'
import { type Button, buttonId } from '../../view.ts'

/** What is pressed about a broadcast while it is written, approved and sent. */
export type BroadcastPress =
  | ('see' | 'text' | 'whom' | 'when' | 'answer' | 'about' | 'discard')
  | ('submit' | 'approve' | 'alone' | 'reject')
  | ('pause' | 'resume' | 'cancel' | 'correct' | 'recall')
  | ('second' | 'decline')

/**
 * A button about a broadcast. `seen` is what it takes for granted: the plan's digest with `submit`, `approve` and
 * `alone`, that of the proposed words with `second` and `decline`; else
 * how many things had happened, so that it counts once per situation.
 */
export function broadcastButton(press: BroadcastPress, id: BroadcastId, seen: string | number = ''): Button {
  const assumed = [press, ...(seen === '' ? [] : [typeof seen === 'number' ? seen.toString(36) : seen])].join('.')
  const style = styles[press] ? { style: styles[press] } : {}
  const confirm = press === 'discard' ? { confirm: phrase('broadcast.confirm-discard', { id }) } : {}
  return {
    id: buttonId(commandOf[press], id, assumed),
    label: phrase(
      press === 'second' || press === 'decline' ? `correction.button-${press}` : `broadcast.button-${press}`,
    ),
    ...style,
    ...confirm,
  }
}

/** What a press of such a button was, and what it took for granted. */
export function readBroadcastPress(assumed: string): { readonly press: string; readonly seen: string } {
  const [press = '', seen = ''] = assumed.split('.')
  return { press, seen }
}

const commandOf: Readonly<Record<BroadcastPress, string>> = {
  ...{ see: 'broadcast', text: 'broadcast' },
  ...{ whom: 'whom', when: 'when', answer: 'wanted', about: 'topic', discard: 'discard' },
  ...{ submit: 'approve', approve: 'approve', alone: 'alone', reject: 'reject' },
  ...{ pause: 'steer', resume: 'steer', cancel: 'steer', correct: 'correct', recall: 'correct' },
  ...{ second: 'approve', decline: 'reject' },
}
const styles: Readonly<Partial<Record<BroadcastPress, 'primary' | 'danger'>>> = {
  ...({ submit: 'primary', approve: 'primary', resume: 'primary', second: 'primary' } as const),
  ...({ discard: 'danger', cancel: 'danger', recall: 'danger', alone: 'danger' } as const),
}

/** The button that accepts that some read words in another language than theirs. */
export function withoutButton(language: Language, { id, seq }: Pick<Broadcast, 'id' | 'seq'>): Button {
  return {
    id: buttonId('without', id, `${language}.${seq.toString(36)}`),
    label: phrase('broadcast.button-without', { language: phrase(`audience.name-${language}`) }),
  }
}

/** A button that shows its words on one tool (`there`), or in one language (`words`). */
export function lookButton(
  how: 'there' | 'words',
  id: BroadcastId,
  where: PlatformName | Language,
  label: Phrase,
): Button {
  return { id: buttonId('broadcast', id, `${how}.${where}`), label }
}

/** The button that begins a new one. */
export function newButton(): Button {
  return { id: buttonId('broadcast', '', 'new'), label: phrase('broadcast.button-new'), style: 'primary' }
}
