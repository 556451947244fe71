import {
  type APIApplicationCommandAutocompleteInteraction,
  type APIChatInputApplicationCommandInteraction,
  type APIInteraction,
  type APIMessageApplicationCommandInteraction,
  type APIMessageComponentInteraction,
  type APIModalSubmitInteraction,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionType,
} from 'discord.js'
import type { Logger } from 'pino'
import type { Command } from '../../commands/command.ts'
import type { OpenForm } from '../../commands/form.ts'
import { reasonOf } from '../../workflows/errors.ts'
import { type PhraseKey, phrase } from '../../workflows/phrase.ts'
import { inWords } from '../../workflows/text/depicted.ts'
import type { Answer, Host, IncomingFile, Interaction, Origin } from '../platform.ts'
import { createKept } from './again.ts'
import { answerBodies, lateBody, refusedBody, sureBody } from './answer.ts'
import { chooseModal, readChosen } from './choose.ts'
import { readCustom } from './custom.ts'
import { codeOf, refusesPicture } from './failure.ts'
import { type AttachmentLike, incomingFile } from './file.ts'
import { labelOf } from './message.ts'
import { readModal, renderModal } from './modal.ts'
import { languageOf, originOf, plainReader } from './origin.ts'
import type { Places } from './places.ts'
import { menu } from './register.ts'
import { plainBody } from './render.ts'
import { createResponse, type Response } from './respond.ts'
import type { Rest } from './rest.ts'
import { sayText } from './text.ts'

/** What answering works with; `later` sends an answer whose interaction has run out as a direct message. */
export type InteractionOptions = {
  readonly rest: Rest
  readonly places: Places
  readonly host: Host
  readonly commands: readonly Command[]
  readonly later: (account: string, answer: Answer, key: string) => Promise<void>
  readonly log: Pick<Logger, 'warn' | 'error'>
  readonly clock: () => number
  /** Resolves after that many ms. */
  readonly pause: (ms: number) => Promise<void>
}

/** Answers interactions; it never rejects, and resolves when the person has their answer. */
export type TakeInteraction = (interaction: APIInteraction) => Promise<void>

// Discord wants the first answer within 3 s. A form must be that answer, so it may take longer than other work before
// "thinking" is shown; some time is left for the way to Discord.
const formMs = 2000
const workMs = 1300
const choicesMs = 2000
const mostChoices = 25

/** Makes what answers interactions. */
export function createInteractions(options: InteractionOptions): TakeInteraction {
  const { rest, places, host, log, clock, pause } = options
  const commands = new Map(options.commands.map(command => [command.name, command]))
  const kept = createKept(() => host.memory)

  return async interaction => {
    const response = createResponse(interaction, rest)
    try {
      await take(interaction, response)
    } catch (error) {
      log.error({ reason: reasonOf(error), code: codeOf(error), kind: interaction.type }, 'an interaction failed')
      await apologise(interaction, response)
    }
  }

  async function take(interaction: APIInteraction, response: Response): Promise<void> {
    if (interaction.type === InteractionType.Ping) return
    const origin = await originOf(interaction, places, clock())
    switch (interaction.type) {
      case InteractionType.ApplicationCommandAutocomplete:
        return suggest(interaction, origin, response)
      case InteractionType.ApplicationCommand:
        if (interaction.data.type === ApplicationCommandType.ChatInput)
          return typed(interaction as APIChatInputApplicationCommandInteraction, origin, response)
        if (interaction.data.type === ApplicationCommandType.Message)
          return fromMenu(interaction as APIMessageApplicationCommandInteraction, origin, response)
        return
      case InteractionType.MessageComponent:
        return pressed(interaction, origin, response)
      case InteractionType.ModalSubmit:
        return submitted(interaction, origin, response)
    }
  }

  async function typed(
    { data }: APIChatInputApplicationCommandInteraction,
    origin: Origin,
    response: Response,
  ): Promise<void> {
    const given = (name: string) => {
      const option = data.options?.find(one => one.name === name)
      return option?.type === ApplicationCommandOptionType.String ? option.value.trim() : ''
    }
    const command = commands.get(data.name)
    const [verb = '', ...rest] = command?.verb ? given('words').split(' ') : ['', given('words')]
    const words = [verb, given('id'), ...rest].filter(Boolean).join(' ')
    const opens = opensForm(command, { from: 'typed', words: given('words'), assumed: '' })
    await answer({ ...origin, type: 'command', name: data.name, words }, response, opens)
  }

  async function pressed(interaction: APIMessageComponentInteraction, origin: Origin, response: Response) {
    const { custom_id } = interaction.data
    const custom = readCustom(custom_id)
    const reader = plainReader(origin.language, clock())
    switch (custom?.type) {
      case 'press': {
        const [name = '', , assumed = ''] = custom.button.split(':')
        const opens = opensForm(commands.get(name), { from: 'press', words: '', assumed })
        return answer({ ...origin, type: 'press', button: custom.button }, response, opens)
      }
      case 'ask': {
        const id = custom.button.split(':')[1] ?? ''
        const question = phrase(custom.key as PhraseKey, { id, person: phrase('discord.sender') })
        const label = labelOf(interaction.message, custom_id)
        return response.show([sureBody(question, custom.button, label, reader)], true)
      }
      case 'again':
        return openAgain(custom, origin, response)
      default:
        return response.show([plainBody(sayText(phrase('discord.old-button'), reader))], true)
    }
  }

  async function submitted({ data }: APIModalSubmitInteraction, origin: Origin, response: Response) {
    const custom = readCustom(data.custom_id)
    const read = readModal(data)
    const attachments = data.resolved?.attachments ?? {}
    const sent = read.files.flatMap(id => {
      const attachment = attachments[id]
      return attachment ? [incomingFile(attachment as AttachmentLike, null)] : []
    })
    if (custom?.type !== 'form' && custom?.type !== 'choose') throw new Error('a form of nobody was sent in')
    const form = custom.type === 'form' ? custom : readChosen(custom, read.values)
    const before = await kept.find(form.form, origin.account)
    const files = [...(before?.files ?? []), ...sent]
    const values = custom.type === 'form' ? read.values : { text: read.values.text ?? '' }
    const { form: id, command, about } = form
    await answer({ ...origin, type: 'submission', form: id, command, about, values, files }, response, false, files)
  }

  /** "Make this a report" and "Add to an incident": the message's words stand in the form, its files go with it. */
  async function fromMenu(
    { data }: APIMessageApplicationCommandInteraction,
    origin: Origin,
    response: Response,
  ): Promise<void> {
    const message = data.resolved.messages[data.target_id]
    const words = message?.content ?? ''
    const from = message ? { channel: message.channel_id, message: message.id } : null
    const files = (message?.attachments ?? []).map(one => incomingFile(one as AttachmentLike, from))
    if (data.name === menu.report) {
      return answer({ ...origin, type: 'command', name: 'report', words }, response, true, files)
    }
    if (origin.message) {
      const button = { ...origin, type: 'press', button: 'add' } as const
      return answer(button, response, true, files, open => ({ ...open, values: { text: words } }))
    }
    const suggestions = await soon(host.suggest(origin, ''), choicesMs, [])
    const reader = plainReader(origin.language, clock())
    if (suggestions.length === 0) {
      return response.show([plainBody(sayText(phrase('discord.none-to-add'), reader))], true)
    }
    const modal = chooseModal(data.target_id, words, suggestions.slice(0, mostChoices), reader)
    const language = reader.language
    await kept.save(modal.form, origin.account, { open: null, files, language, zone: 'UTC' })
    await response.modal(modal.modal)
  }

  async function suggest(
    { data }: APIApplicationCommandAutocompleteInteraction,
    origin: Origin,
    response: Response,
  ): Promise<void> {
    const focused = data.options.find(option => 'focused' in option && option.focused)
    const words = focused && 'value' in focused ? String(focused.value) : ''
    const found = await soon(host.suggest(origin, words), choicesMs, [])
    const choices = found.slice(0, mostChoices).map(({ id, label }) => ({ name: label.slice(0, 100), value: id }))
    await response.choices(choices)
  }

  /** Opens a form as it stood; where nobody knows it any more, afresh, with what the hub has kept of it. */
  async function openAgain(
    custom: { readonly form: string; readonly command: string; readonly about: string },
    origin: Origin,
    response: Response,
  ): Promise<void> {
    const again = await soon(kept.find(custom.form, origin.account), workMs, null)
    if (again?.open) {
      const reader = { ...plainReader(again.language, clock()), zone: again.zone }
      return response.modal(renderModal(withFiles(again.open, again.files.length), reader))
    }
    const [about = '', assumed = ''] = custom.about.split(':')
    const button = [custom.command, about, assumed].join(':').replace(/:+$/, '')
    await answer({ ...origin, type: 'press', button }, response, true)
  }

  /**
   * Hands it to the hub and gives the person what comes back: at once, or, where that takes too long for Discord, after
   * "thinking", which only they see.
   */
  async function answer(
    interaction: Interaction,
    response: Response,
    opens: boolean,
    files: readonly IncomingFile[] = [],
    filled: (open: OpenForm) => OpenForm = open => open,
  ): Promise<void> {
    const coming = host.receive(interaction)
    const early = await soon<Answer | null>(coming, opens ? formMs : workMs, null)
    if (!early) await response.defer()
    const given = early ?? (await coming)
    try {
      await give(given, interaction, response, files, filled)
    } catch (error) {
      // The three seconds, or the quarter of an hour, are over: what was done is done, and its answer is written.
      if (response.state() === 'done' || !overdue.has(codeOf(error) ?? 0)) throw error
      await options.later(interaction.account, given, `late:${interaction.key}`)
    }
    if (given.later) await replace(await given.later, interaction, response, files)
  }

  /** How it ended takes the place of what only said that it is being saved. */
  async function replace(truth: Answer, interaction: Interaction, response: Response, files: readonly IncomingFile[]) {
    try {
      await give(truth, interaction, response, files, open => open)
    } catch (error) {
      log.warn({ code: codeOf(error) }, 'an answer could not be replaced; it is written')
      await options.later(interaction.account, truth, `late:${interaction.key}`)
    }
  }

  async function give(
    { reply, reader, image }: Answer,
    { account, type, ...interaction }: Interaction,
    response: Response,
    files: readonly IncomingFile[],
    filled: (open: OpenForm) => OpenForm,
  ): Promise<void> {
    const { language, zone } = reader
    if (reply.type === 'form') {
      const open = filled(reply.form)
      const mayOpen = response.state() === 'waiting' && type !== 'submission'
      if (!mayOpen || files.length > 0) await kept.save(open.id, account, { open, files, language, zone })
      if (mayOpen) return response.modal(renderModal(withFiles(open, files.length), reader))
      const refused = Object.keys(open.errors).length > 0
      return response.show([refused ? refusedBody(open, files.length, reader) : lateBody(open, reader)], true)
    }
    if ('form' in interaction && reply.type !== 'failed') await kept.forget(interaction.form, account)
    if (reply.type !== 'nothing') {
      return shown({ reply, reader, ...(image ? { image } : {}) }, response)
    }
    if (response.state() === 'deferred') return response.unsay()
    if (type === 'press') return response.note()
    await response.show([plainBody(sayText(phrase('discord.done'), reader))], true)
  }

  /** Shows an answer; where Discord takes no picture, its words, with what the picture shows. */
  async function shown(given: Answer, response: Response): Promise<void> {
    const { reply, reader, image } = given
    const hidden = reply.type !== 'view' || reply.private
    // To bring a picture over may take longer than Discord waits for a first answer.
    if (image && hidden && response.state() === 'waiting') await response.defer()
    const deferred = response.state() === 'deferred'
    try {
      await response.show(answerBodies(given), hidden, image)
    } catch (error) {
      // What takes the place of "thinking" may be put there twice: however it failed, the words come.
      if (!image || reply.type !== 'view' || !(deferred || refusesPicture(error))) throw error
      await response.show(answerBodies({ reply: { ...reply, view: inWords(reply.view) }, reader }), hidden)
    }
  }

  async function apologise(interaction: APIInteraction, response: Response): Promise<void> {
    if (response.state() === 'done' || interaction.type === InteractionType.ApplicationCommandAutocomplete) return
    const language = languageOf('locale' in interaction ? interaction.locale : undefined)
    const reader = plainReader(language, clock())
    await response.show([plainBody(sayText(phrase('discord.failed'), reader))], true).catch(() => {})
  }

  function soon<T>(coming: Promise<T>, ms: number, otherwise: T): Promise<T> {
    return Promise.race([coming, pause(ms).then(() => otherwise)])
  }
}

const overdue = new Set([10062, 10015, 50027, 10008])

function opensForm(command: Command | undefined, request: Parameters<Exclude<Command['opens'], string>>[0]): boolean {
  if (!command?.form) return false
  return (typeof command.opens === 'function' ? command.opens(request) : command.opens) === 'form'
}

/** Where files are kept already, the field for files says so. */
function withFiles(open: OpenForm, count: number): OpenForm {
  if (count === 0) return open
  const fields = Object.entries(open.form.fields).map(([name, field]) => [
    name,
    field.type === 'files' ? { ...field, hint: phrase('discord.files-kept', { count }) } : field,
  ])
  return { ...open, form: { ...open.form, fields: Object.fromEntries(fields) } }
}
