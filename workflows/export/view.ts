import type { Directory } from '../directory.ts'
import { type PhraseKey, phrase } from '../phrase.ts'
import { type Button, buttonId, type Line, type View } from '../view.ts'
import { endingOf, isIdentifiable } from './plan.ts'
import type { Export, ExportId } from './request.ts'
import { planText, withheldLines } from './wording.ts'

/** What a one-time link to the file of an export stands for. */
export const exportItem = 'export'

/** The button that gives whoever asked the link to the file. */
export function openButton(id: ExportId): Button {
  return { id: buttonId('export', id, 'open'), label: phrase('export.button-open'), style: 'primary' }
}

/** The button that opens the form of an export that is over, filled in as it was. */
export function againButton(id: ExportId): Button {
  return { id: buttonId('export', id, 'again'), label: phrase('export.button-again') }
}

/** The one-time link to a file, what stays behind, and where its pass-phrase is to be had. */
export function exportView(
  { id, plan }: Export,
  { url, until }: { readonly url: string; readonly until: number },
  directory: Directory,
): View {
  const locked = isIdentifiable(plan)
  return {
    tone: 'plain',
    title: phrase('export.page-title', { id }),
    lines: [
      { type: 'text', text: phrase('export.ready', { id, what: planText(plan, directory) }) },
      ...withheldLines(plan),
      { type: 'text', text: locked ? phrase('export.locked', { id }) : phrase('export.open') },
      { type: 'link', text: phrase('export.link', { id }), url },
      { type: 'note', text: phrase('export.link-once', { id, until: { time: until } }) },
    ],
    buttons: locked ? [{ id: buttonId('export', id, 'phrase'), label: phrase('export.button-phrase') }] : [],
  }
}

/** The pass-phrase of a file, for whoever asked for it alone. */
export function passphraseView({ id, plan }: Pick<Export, 'id' | 'plan'>, passphrase: string): View {
  return {
    tone: 'plain',
    title: null,
    lines: [
      { type: 'text', text: phrase('export.phrase', { id }) },
      { type: 'quote', text: { words: passphrase } },
      { type: 'note', text: phrase('export.phrase-how', { id, ending: endingOf(plan) }) },
    ],
    buttons: [],
  }
}

/** The last exports as a list: who asked for what, when, and what came of it. */
export function exportList(all: readonly Export[], now: number, directory: Directory): View {
  const lines = all.map((one): Line => {
    const over = one.until <= now && (one.state === 'asked' || one.state === 'ready')
    const state = phrase(`export.state-${over ? 'over' : one.state}` as PhraseKey)
    const what = planText(one.plan, directory)
    const params = { id: one.id, person: { person: one.by }, time: { date: one.at }, state, what }
    return { type: 'item', text: phrase('export.list-line', params) }
  })
  const none: Line = { type: 'text', text: phrase('reply.list-none') }
  return {
    tone: 'plain',
    title: phrase('export.list-title'),
    lines: lines.length > 0 ? lines : [none],
    buttons: [],
  }
}
