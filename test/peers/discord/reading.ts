import type { Seen } from '../peer.ts'
import { type Component, componentsIn, type Message } from './world.ts'

/** A message as somebody reads it: without mark-up, times as a clock in New York shows them. */
export function readMessage(message: Message): Seen {
  const all = componentsIn(message.components)
  const pictures = all.flatMap(one =>
    ((one.items ?? []) as { media: { url: string }; description?: string }[]).flatMap(({ media, description = '' }) => {
      const file = message.attachments.find(each => each.url === media.url)
      return file ? [{ name: file.filename, alt: description, size: file.size }] : []
    }),
  )
  return {
    id: message.id,
    author: message.author.bot ? 'hub' : message.author.id,
    text:
      message.content ||
      all
        .filter(one => one.type === 10)
        .map(readText)
        .join('\n'),
    buttons: all.flatMap(one => (one.type === 2 && one.label ? [one.label] : [])),
    edited: message.edited_timestamp !== null,
    ...(pictures.length > 0 ? { pictures } : {}),
  }
}

const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'America/New_York', hour: '2-digit', minute: '2-digit' })

function readText({ content = '' }: Component): string {
  return content
    .replace(/(?<!\\)<t:(\d+):[tf]>/g, (_, seconds: string) => clock.format(Number(seconds) * 1000))
    .replace(/(?<!\\)\[((?:\\.|[^\]\\])*)\]\(<[^>]*>\)/g, '$1')
    .replace(/^(### |> |-# )/gm, '')
    .replace(/(?<!\\)\*\*/g, '')
    .replace(/\\(.)/g, '$1')
}
