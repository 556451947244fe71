import type { Text } from '../../workflows/phrase.ts'
import { type Reader, say } from '../../workflows/text/say.ts'

// A moment inside a sentence until it is escaped; the letter in the second keeps the Spanish article of dates right. A
// person who types these marks shows, at worst, a moment that the same message shows anyway.
const marks = { time: '\ue000', date: '\ua7f7\ue000', end: '\ue001' } as const

/**
 * A text as Discord's markdown that reads exactly as it was meant: whatever people typed is neither mark-up nor mention
 * nor link, and every time is Discord's own stamp, shown in each reader's zone (never the relative form).
 */
export function sayText(text: Text, reader: Reader): string {
  const moments: string[] = []
  const time = (at: number, withDate: boolean) => {
    const dated = withDate || !sameDay(at, reader)
    moments.push(`<t:${Math.floor(at / 1000)}:${dated ? 'f' : 't'}>`)
    return `${dated ? marks.date : marks.time}${moments.length - 1}${marks.end}`
  }
  return escapeText(say(text, { ...reader, time })).replace(
    /\ua7f7?\ue000(\d{1,4})\ue001/g,
    (_, index: string) => moments[Number(index)] ?? '',
  )
}

/** A text where no mark-up is shown: labels of buttons, titles of forms, names of threads; times are printed. */
export function sayPlain(text: Text, reader: Reader): string {
  return say(text, reader).replace(unseen, '')
}

/** Text as markdown that shows as it was typed; nothing in it can ping, link, hide or turn the lines around. */
export function escapeText(text: string): string {
  return (
    text
      .replace(unseen, '')
      .replace(/[\\`*_~|[\]<]/g, '\\$&')
      // Headings, quotes, lists and small print are made at the beginning of a line only.
      .replace(/^([ \t]*)([#>+-])/gm, '$1\\$2')
      .replace(/^([ \t]*\d+)([.)])(?=\s)/gm, '$1\\$2')
      .replace(/(\w):\/\//g, '$1\\://')
      .replace(/@(everyone|here)\b/gi, '@\u200b$1')
  )
}

// Marks that show nothing and can hide words or turn their order: bidirectional controls, fillers, tag characters.
const unseen = /(?!\u200c|\u200d|\p{Variation_Selector})\p{Default_Ignorable_Code_Point}/gu

function sameDay(at: number, { now, zone }: Reader): boolean {
  const format = dayFormat(zone)
  return format.format(at) === format.format(now)
}

const formats = new Map<string, Intl.DateTimeFormat>()

function dayFormat(zone: string): Intl.DateTimeFormat {
  const made = formats.get(zone) ?? new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' })
  formats.set(zone, made)
  return made
}
