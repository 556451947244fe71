import type { App } from '@slack/bolt'
import { createAnswers } from './answer.ts'
import { ask, type Desk } from './desk.ts'
import { readPress } from './press.ts'
import { takeDraft, takeSubmission } from './sent.ts'
import { isOwn, suggest, takeCommand, takeShortcut } from './typed.ts'

/** What is in hand: every piece of work is counted, so that a stop can wait for it. */
export type Work = (what: string, work: Promise<void>) => void

/**
 * Listens to what people do: commands, buttons, forms, shortcuts. Slack is told within three seconds, before anything
 * that could be slow; a form in time to be answered in its place.
 */
export function listen(app: App, desk: Desk, work: Work): void {
  const answers = createAnswers(desk)

  app.command(/./, async ({ ack, body }) => {
    await ack()
    work('a command', takeCommand(body, answers, desk))
  })

  app.shortcut(/./, async ({ ack, body }) => {
    await ack()
    work('a shortcut', takeShortcut(body, answers, desk))
  })

  app.action(/^press:/, async ({ ack, body }) => {
    await ack()
    work('a press', press(body))
  })

  // A choice in an open form.
  app.action(/^field:/, async ({ ack, body }) => {
    await ack()
    work('a draft', takeDraft(body.user.id, 'view' in body ? body.view : null, desk))
  })

  app.options(/./, async ({ ack, body }) => {
    const options = await suggest(body.user.id, body.value, desk).catch(() => [])
    await ack({ options })
  })

  app.view({ callback_id: /./, type: 'view_submission' }, async ({ ack, body, view }) => {
    const told = async (answer?: Parameters<Parameters<typeof takeSubmission>[2]>[0]) => (answer ? ack(answer) : ack())
    const taken = takeSubmission(body.user.id, view, told, answers, desk)
    work('a form', taken)
    await taken.catch(() => {})
  })

  app.view({ callback_id: /./, type: 'view_closed' }, async ({ ack, body, view }) => {
    await ack()
    work('a draft', takeDraft(body.user.id, view, desk))
  })

  async function press(body: unknown): Promise<void> {
    const pressed = readPress(body)
    if (!pressed) return
    const { button, key, trigger, account, room, message, at } = pressed
    const answer = await ask(
      { platform: 'slack', type: 'press', button, key, account, room, message, at: desk.clock() },
      desk,
    )
    const opening = { trigger, room, message, files: [] }
    if (at.type === 'page') {
      const place = { account, channel: '', thread: null, responseUrl: null, own: false }
      if (answer.reply.type === 'form')
        await answers.open(answer.reply.form, answer.reader, place, { ...opening, over: at.modal }, key)
      else await answers.turn(answer, place, { trigger, id: at.modal ? at.id : null }, key)
    } else if (answer.reply.type === 'form') {
      await answers.open(answer.reply.form, answer.reader, { ...at.place, own: false }, opening, key)
    } else {
      const own = room === null && (await isOwn(account, at.place.channel, desk))
      await answers.show(answer, { ...at.place, own }, key)
    }
    desk.home.touch(account)
  }
}
