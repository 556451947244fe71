import type { types, ViewOutput } from '@slack/bolt'
import { phrase } from '../../workflows/phrase.ts'
import { type Reader, say } from '../../workflows/text/say.ts'
import type { View } from '../../workflows/view.ts'
import type { Answer } from '../platform.ts'
import { type Answers, failedView, type Place } from './answer.ts'
import { incidentField } from './attach.ts'
import { plain } from './block.ts'
import { ask, type Bare, type Desk } from './desk.ts'
import { drawForm, errorsOf, inputBlocks, readState } from './form.ts'
import { nativeNames } from './names.ts'
import { filesOf, incoming, type Opened, readOpened } from './opened.ts'
import { drawPage } from './page.ts'
import { codeOf } from './problem.ts'
import { isOwn } from './typed.ts'

/** What a sent form is answered with at once: it closes (nothing), shows its errors, or shows another view. */
export type Ack =
  | undefined
  | { readonly response_action: 'errors'; readonly errors: Record<string, string> }
  | { readonly response_action: 'update'; readonly view: types.ModalView }

// Slack waits three seconds for the answer; the way there and back is in it.
const patienceMs = 2200

/** Takes a sent form: `ack` is called once, in time; what comes later changes the view or comes as a message. */
export async function takeSubmission(
  account: string,
  view: ViewOutput,
  ack: (answer?: Ack) => Promise<void>,
  answers: Answers,
  desk: Desk,
): Promise<void> {
  const bare = submissionOf(account, view, desk)
  if (!bare) return ack()
  const opened = readOpened(view.private_metadata) as Opened
  const asked = ask(bare, desk)
  const late = desk.pause(patienceMs).then(() => null)
  const first = await Promise.race([asked, late])
  const present = inputBlocks(view.blocks)
  if (first && !first.later) {
    await ack(ackOf(first, opened, present))
    return after(first, bare.key, opened, account, answers, desk)
  }
  await ack({ response_action: 'update', view: first ? savingPage(first) : waitPage(view, desk) })
  const given = first ?? (await asked)
  const answer = (await given.later) ?? given
  const shown = lateView(answer, bare, opened)
  try {
    await desk.web.now('views.update', { view_id: view.id, view: shown })
  } catch (error) {
    desk.log.warn({ code: codeOf(error) }, 'a form that took long could not be answered where it stood')
    await after(answer, bare.key, opened, account, answers, desk)
  }
}

/** Keeps what is typed so far, where Slack says it: when a choice is made or the form is closed. */
export async function takeDraft(account: string, view: unknown, desk: Desk): Promise<void> {
  const { private_metadata: metadata, state } = (view ?? {}) as {
    private_metadata?: unknown
    state?: { values?: unknown }
  }
  const opened = readOpened(metadata)
  const { values } = readState(state?.values)
  if (!opened || Object.values(values).every(value => value.length === 0)) return
  const { form, command, about, room, message } = opened
  const key = `draft:${form}`
  await ask(
    { platform: 'slack', type: 'draft', form, command, about, values, key, account, room, message, at: desk.clock() },
    desk,
  )
}

type Submission = Extract<Bare, { type: 'submission' }>

function submissionOf(account: string, view: ViewOutput, { clock }: Desk): Submission | null {
  const opened = readOpened(view.private_metadata)
  if (!opened) return null
  const { form, command, room, message, files } = opened
  const { values: all, files: added } = readState(view.state?.values)
  const { [incidentField]: picked, ...rest } = all
  const about = opened.about === '' && typeof picked === 'string' && opensAttach(view) ? picked : opened.about
  const values = opensAttach(view) ? rest : all
  return {
    ...{ platform: 'slack', type: 'submission', form, command, about, values, account, room, message, at: clock() },
    key: `slack:form:${form}`,
    files: [...filesOf(added), ...files].map(incoming),
  }
}

// Only the form that adds to an incident asks which one, of the hub.
function opensAttach({ blocks }: ViewOutput): boolean {
  return blocks.some(block => 'element' in block && block.element.type === 'external_select')
}

/** A form with errors stays as it is, with all that was typed and added; another form takes its place. */
function ackOf({ reply, reader }: Answer, opened: Opened, present: readonly string[]): Ack {
  switch (reply.type) {
    case 'form': {
      if (Object.keys(reply.form.errors).length > 0 && present.length > 0) {
        return { response_action: 'errors', errors: errorsOf(reply.form, present, reader) }
      }
      return { response_action: 'update', view: drawForm(reply.form, nextOf(opened, reply.form), reader) }
    }
    case 'refused':
    case 'failed': {
      const [first] = present
      return first
        ? { response_action: 'errors', errors: { [first]: nativeNames(say(reply.phrase, reader)) } }
        : undefined
    }
    case 'view':
    case 'nothing':
      return undefined
  }
}

function nextOf(opened: Opened, { id, command, about }: { id: string; command: string; about: string }): Opened {
  return { ...opened, form: id, command, about, files: id === opened.form ? opened.files : [] }
}

async function after(
  answer: Answer,
  key: string,
  opened: Opened,
  account: string,
  answers: Answers,
  desk: Desk,
): Promise<void> {
  if (answer.reply.type !== 'view') return
  await answers.show(answer, await placeOf(opened, account, answers, desk), key)
  desk.home.touch(account)
}

/** Where the form was asked for: there its answer is shown. */
async function placeOf({ form, room, message }: Opened, account: string, answers: Answers, desk: Desk): Promise<Place> {
  const responseUrl = answers.urlOf(form)
  const thread = message?.thread ?? null
  if (room !== null) return { account, channel: room, thread, responseUrl, own: false }
  if (message && !(await isOwn(account, message.room, desk))) {
    return { account, channel: message.room, thread, responseUrl, own: false }
  }
  return { account, channel: await desk.poster.direct(account), thread, responseUrl: null, own: true }
}

/** What stands in the place of a form that took long: the form again with its reasons, or the answer. */
function lateView({ reply, reader }: Answer, sent: Submission, opened: Opened): types.ModalView {
  switch (reply.type) {
    case 'form':
      return drawForm(reply.form, nextOf(opened, reply.form), reader)
    case 'view':
      return drawPage(reply.view, reader)
    case 'refused':
    case 'failed': {
      const typed = Object.values(sent.values).filter(value => typeof value === 'string' && value !== '')
      return drawPage(failedView(reply.phrase, typed.join('\n')), reader)
    }
    case 'nothing':
      return notice('slack.done-title', 'slack.done-title', reader)
  }
}

function notice(
  title: 'slack.wait-title' | 'slack.done-title',
  text: 'slack.wait' | 'slack.done-title',
  reader: Reader,
) {
  const view: View = { tone: 'plain', title: null, lines: [{ type: 'text', text: phrase(text) }], buttons: [] }
  return { ...drawPage(view, reader), title: plain(say(phrase(title), reader), 24) }
}

function savingPage({ reply, reader }: Answer): types.ModalView {
  const title = plain(say(phrase('slack.wait-title'), reader), 24)
  return reply.type === 'view' ? { ...drawPage(reply.view, reader), title } : waitPageFor(reader)
}

function waitPage(view: ViewOutput, desk: Desk): types.ModalView {
  return waitPageFor(waiting(view, desk))
}

function waitPageFor(reader: Reader): types.ModalView {
  return notice('slack.wait-title', 'slack.wait', reader)
}

// The hub has not answered yet, so the form itself says in which language it was.
function waiting(view: ViewOutput, { clock }: Desk): Reader {
  const spanish = view.close?.text === say(phrase('slack.close'), { ...reader, language: 'es' })
  return { ...reader, language: spanish ? 'es' : 'en', now: clock() }
}

const reader: Reader = { language: 'en', zone: 'UTC', now: 0, person: () => null }
