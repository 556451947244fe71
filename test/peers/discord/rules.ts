import { type Component, componentsIn, type Json } from './world.ts'

const v2 = 1 << 15
const top = { row: 1, section: 9, text: 10, container: 17 }

/** What of a message breaks Discord's documented limits. */
export function messageFaults(body: Json): readonly string[] {
  const components = (body.components ?? []) as Component[]
  const all = componentsIn(components)
  const flagged = (Number(body.flags ?? 0) & v2) !== 0
  const content = String(body.content ?? '')
  const text = all.filter(one => one.type === top.text).reduce((sum, one) => sum + (one.content ?? '').length, 0)
  const ids = all.flatMap(one => one.custom_id ?? [])
  const numbers = all.flatMap(one => one.id ?? [])
  return [
    fault(content.length > 2000, `content of ${content.length} characters, at most 2000`),
    fault(flagged && (content !== '' || body.embeds !== undefined), 'components V2 exclude content and embeds'),
    fault(!flagged && all.some(one => one.type >= 9), 'components V2 without their flag'),
    fault(all.length > 40, `${all.length} components, at most 40`),
    fault(text > 4000, `${text} characters of text, at most 4000`),
    fault(new Set(ids).size < ids.length, 'a custom_id that stands twice'),
    fault(new Set(numbers).size < numbers.length, 'a component id that stands twice'),
    fault(!flagged && content === '' && !body.sticker_ids && !body.files, 'an empty message'),
    fault(flagged && all.length === 0, 'an empty message'),
    fault(body.allowed_mentions === undefined, 'no allowed_mentions, so that words may ping'),
    ...all.flatMap(one => [
      fault((one.custom_id ?? '').length > 100, `a custom_id of ${one.custom_id?.length} characters`),
      fault(one.type === 2 && (one.label ?? '').length > 80, 'a button label of over 80 characters'),
      fault(one.type === 2 && (one.label ?? '') === '', 'a button without a label'),
      fault(one.type === top.row && (one.components?.length ?? 0) > 5, 'over five buttons in a row'),
      fault(one.type === top.text && (one.content ?? '').trim() === '', 'an empty text display'),
    ]),
  ].filter(one => one !== '')
}

/** What of a modal breaks Discord's documented limits. */
export function modalFaults(data: Json): readonly string[] {
  const components = (data.components ?? []) as Component[]
  const all = componentsIn(components)
  const ids = all.flatMap(one => one.custom_id ?? [])
  return [
    fault(components.length < 1 || components.length > 5, `a modal of ${components.length} components, 1 to 5`),
    fault(String(data.title ?? '').length > 45, 'a modal title of over 45 characters'),
    fault(new Set(ids).size < ids.length, 'a custom_id that stands twice'),
    fault(
      components.some(one => one.type === top.row),
      'an action row in a modal, which is deprecated',
    ),
    ...all.flatMap(one => {
      const options = (one.options ?? []) as Json[]
      const most = one.type === 3 ? 25 : 10
      return [
        fault(one.type === 18 && String(one.label ?? '').length > 45, 'a label of over 45 characters'),
        fault(one.type === 18 && String(one.description ?? '').length > 100, 'a description of over 100 characters'),
        fault(one.type === 21 && (options.length < 2 || options.length > most), `${options.length} radio choices`),
        fault((one.type === 22 || one.type === 3) && options.length < 1, 'nothing to choose from'),
        fault(options.length > most, `${options.length} choices, at most ${most}`),
        fault(String(one.value ?? '').length > Number(one.max_length ?? 4000), 'a value longer than its field'),
        fault(
          options.filter(option => option.default).length > Number(one.type === 22 ? 10 : 1),
          'several choices are set where one may be',
        ),
      ]
    }),
  ].filter(one => one !== '')
}

/** What of command definitions breaks Discord's documented limits. */
export function commandFaults(commands: readonly Json[]): readonly string[] {
  const typed = commands.filter(command => (command.type ?? 1) === 1)
  const names = commands.map(command => `${command.type ?? 1} ${command.name}`)
  return [
    fault(typed.length > 100, `${typed.length} commands, at most 100`),
    fault(commands.length - typed.length > 15, 'too many entries in the menus'),
    fault(new Set(names).size < names.length, 'a command that stands twice'),
    ...commands.flatMap(command => {
      const options = (command.options ?? []) as Json[]
      const name = String(command.name)
      const isTyped = (command.type ?? 1) === 1
      const required = options.map(option => Boolean(option.required))
      return [
        fault(isTyped && !/^[-_\p{Ll}\p{Lo}\p{N}]{1,32}$/u.test(name), `a command named ${name}`),
        fault(!isTyped && (name.length > 32 || command.description !== undefined), `a menu entry named ${name}`),
        fault(isTyped && !within(command.description, 1, 100), `the description of ${name}`),
        fault(
          required.some((one, index) => one && required.slice(0, index).includes(false)),
          `${name}: a required option after one that is not`,
        ),
        ...options.flatMap(option => [
          fault(!/^[-_\p{Ll}\p{Lo}\p{N}]{1,32}$/u.test(String(option.name)), `${name}: an option named ${option.name}`),
          fault(!within(option.description, 1, 100), `${name}: the description of ${option.name}`),
        ]),
        ...[command, ...options].flatMap(one =>
          Object.values((one.description_localizations ?? {}) as Json).map(text =>
            fault(!within(text, 1, 100), `${name}: a translated description of ${String(text).length} characters`),
          ),
        ),
      ]
    }),
  ].filter(one => one !== '')
}

function within(text: unknown, least: number, most: number): boolean {
  return typeof text === 'string' && text.length >= least && text.length <= most
}

function fault(broken: boolean, what: string): string {
  return broken ? what : ''
}
