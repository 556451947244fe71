import type { Command } from '../../commands/command.ts'

// What Slack itself understands, so that no app may have it.
const taken = new Set(
  (
    'active archive away apps call collapse dm dnd expand feed feedback help invite invite_people join kick leave me ' +
    'msg mute open part people prefs remind remove rename search shortcuts shrug star status topic unarchive unmute who'
  ).split(' '),
)

/** The commands of the hub whose names Slack keeps; its own `/invite` and the like are told as they are. */
export const renamed: readonly string[] = ['join']

/** The name under which a command is typed in Slack: its own, or with `hub-` before it where Slack keeps the name. */
export function slashName(name: string): string {
  return taken.has(name) ? `hub-${name}` : name
}

/** The command that a slash command stands for. */
export function commandName(slash: string): string {
  const typed = slash.replace(/^\//, '').toLowerCase()
  const own = typed.replace(/^hub-/, '')
  return typed !== own && taken.has(own) ? own : typed
}

/** The commands that can be typed, in the order in which people are told of them. */
export function typedCommands(commands: readonly Command[]): readonly Command[] {
  return commands.filter(command => command.usage !== undefined)
}

/** A sentence of the hub with the names that its commands have in Slack. */
export function nativeNames(text: string): string {
  return text.replace(/(^|[\s("«])\/([a-z]+)(?![\w/-])/gu, (whole, before: string, name: string) =>
    renamed.includes(name) ? `${before}/${slashName(name)}` : whole,
  )
}
