import { linkSpans } from './link.ts'
import { addresses } from './mask/address.ts'
import { names } from './mask/name.ts'
import { emails, phones, plates } from './mask/number.ts'
import type { Span } from './mask/span.ts'

/** The word that stands in place of each thing that is masked, in the reader's language. */
export type MaskLabels = {
  readonly phone: string
  readonly email: string
  readonly address: string
  readonly plate: string
  readonly name: string
  /** Of an address on a known site (X, Facebook) with the site's name; of any other (null) without. */
  readonly link: (site: string | null) => string
}

/**
 * The text with phone numbers, e-mails, street addresses, licence plates, links and the given names replaced by labels.
 * Incident ids, ZIP codes, times, dates and counts stay; takes time in proportion to the text and never throws.
 */
export function maskWords(
  text: string,
  labels: MaskLabels,
  known: readonly string[] | ((text: string) => readonly Span[]) = [],
): string {
  const found = [
    // First, so that what looks like a number or a name inside an address goes with it.
    ...linkSpans(text).map(({ start, end, link }) => ({
      start,
      end,
      label: labels.link(link.known ? link.site : null),
    })),
    ...emails(text).map(span => ({ ...span, label: labels.email })),
    ...(/\p{Nd}/u.test(text) ? numbered(text, labels) : []),
    ...(typeof known === 'function' ? known(text) : names(text, known)).map(span => ({ ...span, label: labels.name })),
  ].toSorted((one, other) => one.start - other.start || other.end - one.end)
  let masked = ''
  let done = 0
  for (const { start, end, label } of found) {
    if (end <= done) continue
    masked += start < done ? '' : text.slice(done, start) + label
    done = end
  }
  return masked + text.slice(done)
}

// Each of them has a digit, and most texts have none.
function numbered(text: string, labels: MaskLabels) {
  return [
    ...phones(text).map(span => ({ ...span, label: labels.phone })),
    ...addresses(text).map(span => ({ ...span, label: labels.address })),
    ...plates(text).map(span => ({ ...span, label: labels.plate })),
  ]
}
