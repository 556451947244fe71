import type { OpenForm } from '../../commands/form.ts'
import { type Phrase, phrase, type Text } from '../../workflows/phrase.ts'
import { inWords } from '../../workflows/text/depicted.ts'
import type { Reader } from '../../workflows/text/say.ts'
import type { View } from '../../workflows/view.ts'
import type { Answer, Image, Outgoing } from '../platform.ts'
import type { Desk } from './desk.ts'
import { drawForm } from './form.ts'
import { drawMessages } from './message.ts'
import type { Carried, Opened } from './opened.ts'
import { drawPage } from './page.ts'
import { codeOf } from './problem.ts'
import type { Spot } from './respond.ts'

/** Where somebody asked something, and in what: `own` is their direct conversation with the hub. */
export type Place = Spot & { readonly own: boolean }

/** What is carried into a form that opens, and by what right of Slack's (which lasts three seconds). */
export type Opening = {
  readonly trigger: string
  /** A page of the hub's own stands in front, on which the form is laid. */
  readonly over?: boolean
  readonly room: string | null
  readonly message: Opened['message']
  readonly files: readonly Carried[]
}

/** The page that is to be turned, or (null) that a new one is opened, by the right of a press. */
export type Page = { readonly trigger: string; readonly id: string | null }

const rememberedMs = 30 * 60_000
const mostRemembered = 2000
// Whoever asked waits for the words.
const holdMs = 6000

/** Shows the hub's answers; it remembers where forms were asked for, since a sent form does not say so. */
export function createAnswers(desk: Desk) {
  const asked = new Map<string, { readonly url: string; readonly at: number }>()

  /** Shows an answer that is no form, and what follows it; the key makes a message of it count once. */
  async function show(answer: Answer, place: Place, key: string): Promise<void> {
    await showOne(answer, place, key)
    if (answer.later) await show(await answer.later, place, `${key}:later`)
  }

  async function showOne(answer: Answer, place: Place, key: string): Promise<void> {
    const { reply, reader } = answer
    const message = (view: View) => ({ view, reader, key: `reply:${key}` })
    switch (reply.type) {
      case 'form':
      case 'nothing':
        return
      case 'view': {
        const shown = await depicted(message(reply.view), answer.image)
        if (reply.private || place.own) return privately(shown, place)
        await desk.poster.answer(place, shown)
        return
      }
      case 'refused':
        return privately(message(lines([reply.phrase])), place)
      case 'failed':
        return privately(message(failedView(reply.phrase, reply.words)), place)
    }
  }

  /** Messages name a picture that was put there before; where it could not be, it is told in words. */
  async function depicted(message: Outgoing, image: Image | undefined): Promise<Outgoing> {
    if (!image) return message
    try {
      const late = desk.pause(holdMs).then(() => Promise.reject(new Error('no answer in time')))
      return { ...message, image: { ...image, held: await Promise.race([desk.hold(image), late]) } }
    } catch (error) {
      desk.log.warn({ code: codeOf(error) }, 'a picture could not be put into Slack')
      return { ...message, view: inWords(message.view) }
    }
  }

  async function privately(message: Outgoing, place: Place): Promise<void> {
    const { view, reader, image } = message
    // On a page of the hub's own there is no channel to show it in.
    if (!place.own && place.channel !== '') {
      let shown = true
      for (const drawn of drawMessages(view, reader, image)) shown = shown && (await desk.respond(place, drawn))
      if (shown) return
    }
    const channel = place.own ? place.channel : await desk.poster.direct(place.account)
    await desk.poster.answer({ channel, thread: place.own ? place.thread : null }, message)
  }

  /** Shows an answer as a page of its own, or in the place of the page that it was asked on. */
  async function turn(answer: Answer, place: Place, { trigger, id }: Page, key: string): Promise<void> {
    const { reply, reader } = answer
    if (reply.type === 'form' || reply.type === 'nothing') return
    const shown = reply.type === 'view' ? inWords(reply.view) : failedView(reply.phrase, null)
    const view = drawPage(shown, reader)
    try {
      if (id === null) await desk.web.now('views.open', { trigger_id: trigger, view })
      else await desk.web.now('views.update', { view_id: id, view })
    } catch (error) {
      desk.log.warn({ code: codeOf(error) }, 'a page could not be shown')
      return show(answer, place, key)
    }
    if (!answer.later) return
    const truth = await answer.later
    if (id === null) await show(truth, place, `${key}:later`)
    else await turn(truth, place, { trigger, id }, `${key}:later`)
  }

  /** Opens a form at once; where Slack will not any more, a button that does is shown, with all that was typed. */
  async function open(form: OpenForm, reader: Reader, place: Place, opening: Opening, key: string): Promise<void> {
    const { trigger, over, room, message, files } = opening
    const { id, command, about } = form
    if (place.responseUrl) remember(id, place.responseUrl)
    const view = drawForm(form, { form: id, command, about, room, message, files }, reader)
    try {
      await desk.web.now(over ? 'views.push' : 'views.open', { trigger_id: trigger, view })
    } catch (error) {
      desk.log.warn({ command, code: codeOf(error) }, 'a form could not be opened')
      await privately({ view: lateView(form), reader, key: `reply:${key}` }, place)
    }
  }

  function remember(form: string, url: string): void {
    const oldest = asked.size >= mostRemembered ? asked.keys().next().value : undefined
    if (oldest !== undefined) asked.delete(oldest)
    asked.set(form, { url, at: desk.clock() })
  }

  return {
    show,
    turn,
    open,
    /** The address at which a form's answer may be shown where it was asked for, if it is still good. */
    urlOf(form: string): string | null {
      const found = asked.get(form)
      return found && desk.clock() - found.at < rememberedMs ? found.url : null
    },
  }
}

/** Shows answers. */
export type Answers = ReturnType<typeof createAnswers>

/** What could not be kept, with the words that came along. */
export function failedView(why: Phrase, words: string | null): View {
  const view = lines([why])
  return words ? { ...view, lines: [...view.lines, { type: 'quote', text: { words } }] } : view
}

function lateView({ command, about, values }: OpenForm): View {
  const typed = Object.values(values).filter(value => typeof value === 'string' && value.trim() !== '')
  const id = [command, about].join(':').replace(/:+$/, '')
  const view = lines(typed.length > 0 ? [phrase('slack.late'), phrase('slack.your-words')] : [phrase('slack.late')])
  return {
    ...view,
    lines: [...view.lines, ...typed.map(value => ({ type: 'quote' as const, text: { words: String(value) } }))],
    buttons: [{ id, label: phrase('slack.open-form'), style: 'primary' }],
  }
}

function lines(texts: readonly Text[]): View {
  return { tone: 'plain', title: null, lines: texts.map(text => ({ type: 'text', text })), buttons: [] }
}
