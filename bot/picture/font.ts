import { closeSync, openSync, readSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ConfigError } from '../../workflows/errors.ts'

const folder = 'dejavu-fonts-ttf/ttf/'

/** The files of the picture's own letters: no font of the machine is ever used. */
export const fontFiles: readonly string[] = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map(name =>
  fileURLToPath(new URL(`../../node_modules/${folder}${name}`, import.meta.url)),
)

/**
 * Makes sure that pictures will have letters: without them they would come out empty, and nobody would be told.
 * @throws ConfigError that names the file and what to do
 */
export function requireFonts(files: readonly string[] = fontFiles): void {
  for (const file of files) {
    const start = headOf(file)
    // A TrueType file begins so; the web's packed kinds are taken by the renderer without a word, and without letters.
    if (start !== '00010000' && start !== '74727565') {
      throw new ConfigError(`Pictures need the font file ${file}, which is missing or damaged. Run \`npm ci\` again.`)
    }
  }
}

function headOf(path: string): string | null {
  let file: number | null = null
  try {
    file = openSync(path, 'r')
    const head = Buffer.alloc(4)
    readSync(file, head)
    return head.toString('hex')
  } catch {
    return null
  } finally {
    if (file !== null) closeSync(file)
  }
}
