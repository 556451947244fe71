import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The ways in which a text may lie in a file: plain, UTF-16 of both orders, base64 at any offset, escaped for JSON. */
function formsOf(text: string): readonly Buffer[] {
  const plain = Buffer.from(text, 'utf8')
  const wide = Buffer.from(text, 'utf16le')
  const escaped = [...text].map(letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
  const coded = [0, 1, 2].flatMap(offset => {
    const whole = Buffer.concat([Buffer.alloc(offset), plain])
    // The first and last letters depend on what stands beside.
    const middle = (kind: 'base64' | 'base64url') =>
      whole
        .toString(kind)
        .replace(/=+$/, '')
        .slice(offset === 0 ? 0 : 4, -2)
    return [Buffer.from(middle('base64')), Buffer.from(middle('base64url'))]
  })
  const hex = [Buffer.from(plain.toString('hex')), Buffer.from(plain.toString('hex').toUpperCase())]
  return [plain, wide, Buffer.from(wide).swap16(), Buffer.from(escaped), ...coded, ...hex]
}

/** Every file below a folder, with its bytes. */
function filesBelow(folder: string): readonly { readonly name: string; readonly bytes: Buffer }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .filter(name => statSync(name).isFile())
    .map(name => ({ name: name.slice(folder.length + 1), bytes: readFileSync(name) }))
}

/** Where any form of these texts or bytes stands: `file: text`. */
export function traces(folder: string, wanted: readonly (string | Buffer)[]): readonly string[] {
  return filesBelow(folder).flatMap(({ name, bytes }) =>
    wanted.flatMap(one => {
      const forms = typeof one === 'string' ? formsOf(one) : [one]
      const found = forms.some(form => bytes.includes(form))
      return found ? [`${name}: ${typeof one === 'string' ? one : one.toString('hex').slice(0, 24)}`] : []
    }),
  )
}
