import type { SlackCommandMiddlewareArgs, SlackShortcutMiddlewareArgs, types } from '@slack/bolt'
import { phrase } from '../../workflows/phrase.ts'
import type { Answers, Place } from './answer.ts'
import { drawAttach } from './attach.ts'
import { plain } from './block.ts'
import { ask, type Desk } from './desk.ts'
import { shortcuts } from './manifest.ts'
import { commandName } from './names.ts'
import { filesOf } from './opened.ts'
import { roomOf } from './press.ts'
import { codeOf } from './problem.ts'
import { plainWords } from './words.ts'

type Command = SlackCommandMiddlewareArgs['body']

/** Somebody typed a slash command, which was acknowledged. */
export async function takeCommand(body: Command, answers: Answers, desk: Desk): Promise<void> {
  const { user_id: account, channel_id: channel, trigger_id: trigger, response_url: responseUrl } = body
  // Slack gives slash commands no id of their own but this one.
  const key = `slack:command:${trigger}`
  const room = roomOf(channel)
  const answer = await ask(
    {
      platform: 'slack',
      type: 'command',
      name: commandName(body.command),
      words: plainWords(body.text ?? ''),
      key,
      account,
      room,
      message: null,
      at: desk.clock(),
      ...(room === null || !body.channel_name ? {} : { roomName: body.channel_name }),
    },
    desk,
  )
  // A command can be typed in a conversation between two people, where the hub is not.
  const own = room === null && answer.reply.type !== 'form' && (await isOwn(account, channel, desk))
  const place: Place = { account, channel, thread: null, responseUrl, own }
  if (answer.reply.type === 'form') {
    return answers.open(answer.reply.form, answer.reader, place, { trigger, room, message: null, files: [] }, key)
  }
  await answers.show(answer, place, key)
  desk.home.touch(account)
}

type Shortcut = SlackShortcutMiddlewareArgs['body']

/** Somebody chose what the hub offers beside a message: a report of it, or to add it to an incident. */
export async function takeShortcut(body: Shortcut, answers: Answers, desk: Desk): Promise<void> {
  if (body.type !== 'message_action') return
  const { callback_id: chosen, trigger_id: trigger, user, channel, message, response_url: responseUrl } = body
  const words = plainWords(String(message.text ?? ''))
  const files = filesOf(message.files)
  const room = roomOf(channel.id)
  const thread = typeof message.thread_ts === 'string' ? message.thread_ts : null
  const place: Place = { account: user.id, channel: channel.id, thread, responseUrl, own: false }
  const key = `slack:shortcut:${trigger}`
  const name = chosen === shortcuts.add ? 'mine' : 'report'
  const bare = { platform: 'slack', key, account: user.id, room, message: null, at: desk.clock() } as const
  // What somebody has to do says also how they read, and whether anybody knows them.
  const answer = await ask({ ...bare, type: 'command', name, words: name === 'report' ? words : '' }, desk)
  if (chosen === shortcuts.report && answer.reply.type === 'form') {
    return answers.open(answer.reply.form, answer.reader, place, { trigger, room, message: null, files }, key)
  }
  if (chosen !== shortcuts.add || answer.reply.type !== 'view') return answers.show(answer, place, key)
  const { reader } = answer
  try {
    await desk.web.now('views.open', { trigger_id: trigger, view: drawAttach(words, files, room, reader) })
  } catch (error) {
    desk.log.warn({ code: codeOf(error) }, 'a form could not be opened')
    await answers.show({ reply: { type: 'refused', phrase: phrase('slack.try-again') }, reader }, place, key)
  }
}

/** Which incidents somebody may mean, as they type. */
export async function suggest(
  account: string,
  typed: string,
  desk: Desk,
): Promise<{ text: types.PlainTextElement; value: string }[]> {
  const known = await desk.people.of(account)
  const origin = { platform: 'slack', key: '', account, room: null, message: null, at: desk.clock(), ...known } as const
  const found = await desk.host.suggest(origin, typed)
  return found.slice(0, 100).map(({ id, label }) => ({
    text: plain(label, 75),
    value: id,
  }))
}

/** Whether that is the hub's own conversation with somebody; where Slack does not say, it is not. */
export async function isOwn(account: string, channel: string, desk: Desk): Promise<boolean> {
  try {
    return (await desk.poster.direct(account)) === channel
  } catch {
    return false
  }
}
