import type { PlatformName } from '../../ids.ts'
import { phrase } from '../../phrase.ts'
import { longestMessage } from '../../text/fit.ts'
import { type Paragraph, packPieces } from '../../text/pieces.ts'
import { type Reader, say } from '../../text/say.ts'
import { splitText } from '../../text/split.ts'
import type { Line, View } from '../../view.ts'

/**
 * A message as one platform shows it: what is read in each of the messages that it takes, line by line; what can be
 * pressed under the last; and on Signal, where nothing is pressed, what stands in the text to be answered by number.
 */
export type Shown = {
  readonly messages: readonly string[]
  readonly buttons: readonly string[]
  readonly numbers: readonly string[]
}

/** The most characters of words in one language: with what stands under them no platform cuts a message short. */
export const mostWords = 3400

/** A message of plain lines (not a card) as that platform shows it to that reader. */
export function shownOn(platform: PlatformName, view: View, reader: Reader): Shown {
  const labels = view.buttons.map(button => say(button.label, reader))
  const lines = view.lines.map(line => textOf(line, reader))
  switch (platform) {
    case 'signal': {
      const actions = labels.map((label, index) => `${index + 1} ${label}`)
      const how = actions.length > 0 ? ['', ...actions, say(phrase('signal.how'), reader)] : []
      const paragraphs = [...lines, ...how].map((text): Paragraph => ({ text, bold: false }))
      return {
        messages: packPieces(paragraphs, longestOnSignal, escaped).map(unescaped),
        buttons: [],
        numbers: actions,
      }
    }
    case 'discord':
      return { messages: parted(lines, discordEscapes), buttons: labels, numbers: [] }
    case 'slack':
    case 'workspace':
      return { messages: [lines.join('\n')], buttons: labels, numbers: [] }
  }
}

/** By how many characters words are longer than may be; 0: they are not. */
export function tooLong(words: string): number {
  return Math.max(0, words.length - mostWords)
}

// Longer ones become a file there, in UTF-16 units and in bytes.
const longestOnSignal = 2000
// Each of these is escaped by a backslash, which counts.
const discordEscapes = /[\\`*_~|[\]<]|^[ \t]*[#>+-]|:\/\//gm

function textOf(line: Line, reader: Reader): string {
  if (line.type === 'rule' || line.type === 'table') return ''
  return say(line.text, reader)
}

function escaped(text: string): string {
  return text.replace(/[*~`|]/g, '\\$&')
}

function unescaped(text: string): string {
  return text.replace(/\\([*~`|])/g, '$1')
}

/** Lines in messages of at most so many characters together, a line longer than that parted after a sentence. */
function parted(lines: readonly string[], escapes: RegExp): readonly string[] {
  const messages: string[][] = [[]]
  let left = longestMessage
  for (const line of lines) {
    const size = (text: string) => text.length + (text.match(escapes)?.length ?? 0) + small
    const most = Math.floor(longestMessage * (line.length / Math.max(size(line), 1)))
    for (const piece of size(line) <= longestMessage ? [line] : splitText(line, most)) {
      if (size(piece) > left && messages.at(-1)?.length !== 0) {
        messages.push([])
        left = longestMessage
      }
      messages.at(-1)?.push(piece)
      left -= size(piece)
    }
  }
  return messages.map(message => message.join('\n'))
}

// What makes a line a note.
const small = 3
