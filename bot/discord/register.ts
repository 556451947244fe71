import { createHash } from 'node:crypto'
import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js'
import type { Command } from '../../commands/command.ts'
import type { Language } from '../../workflows/directory.ts'
import type { PhraseKey } from '../../workflows/phrase.ts'
import { say } from '../../workflows/text/say.ts'

/** A command as Discord is told of it. */
export type Registered = RESTPostAPIApplicationCommandsJSONBody

/** The message menu's entries, by their English names: Discord sends these back whatever the person's language is. */
export const menu = { report: 'Make this a report', add: 'Add to an incident' } as const

const most = { name: 32, description: 100, words: 3000 }

/**
 * Everything that can be typed, for the servers the bot is in. Names are the same in every language, because people
 * tell each other what to type; what is said of them is translated.
 */
export function serverCommands(commands: readonly Command[]): readonly Registered[] {
  return [...typed(commands), ...entries()]
}

/** The same for direct conversations, which server commands do not reach; the menu stays in servers. */
export function directCommands(commands: readonly Command[]): readonly Registered[] {
  return typed(commands).map(command => ({
    ...command,
    contexts: [InteractionContextType.BotDM],
    integration_types: [ApplicationIntegrationType.GuildInstall],
  }))
}

/** Tells whether two definitions are the same without keeping them: equal texts for equal commands. */
export function digestOf(commands: readonly Registered[]): string {
  return createHash('sha256').update(JSON.stringify(commands)).digest('base64url')
}

function typed(commands: readonly Command[]): Registered[] {
  return commands.flatMap(command => (command.usage === undefined ? [] : [registered(command, command.usage)]))
}

function registered(command: Command, usage: PhraseKey): Registered {
  const options = optionsOf(command, usage)
  return {
    type: ApplicationCommandType.ChatInput,
    name: command.name.slice(0, most.name),
    ...described(command.summary),
    ...(options.length > 0 ? { options } : {}),
  }
}

function optionsOf({ about, verb }: Command, usage: PhraseKey): APIApplicationCommandBasicOption[] {
  const words: APIApplicationCommandBasicOption = {
    type: ApplicationCommandOptionType.String,
    name: 'words',
    name_localizations: inSpanish('texto'),
    ...described(usage),
    max_length: most.words,
  }
  const id: APIApplicationCommandBasicOption = {
    type: ApplicationCommandOptionType.String,
    name: 'id',
    ...described('discord.option-id'),
    autocomplete: true,
    max_length: 32,
  }
  const said = text(usage, 'en') === '' || (about === 'incident' && usage === 'usage.id') ? [] : [words]
  if (about === 'nothing') return said
  return verb ? [...said, id] : [id, ...said]
}

function entries(): Registered[] {
  return (['report', 'add'] as const).map(name => ({
    type: ApplicationCommandType.Message,
    name: menu[name],
    name_localizations: inSpanish(text(`discord.menu-${name}`, 'es')),
  }))
}

function described(key: PhraseKey) {
  return {
    description: text(key, 'en').slice(0, most.description),
    description_localizations: inSpanish(text(key, 'es').slice(0, most.description)),
  }
}

function inSpanish(words: string) {
  return { 'es-ES': words, 'es-419': words }
}

function text(key: PhraseKey, language: Language): string {
  return say({ key }, { language, zone: 'UTC', now: 0, person: () => null })
}
