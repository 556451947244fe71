import type { EvidenceKind } from '../../workflows/evidence.ts'
import type { PhraseKey } from '../../workflows/phrase.ts'

/** What a file is by its first bytes, or the sentence that refuses it. */
export type Sort = { readonly kind: EvidenceKind; readonly type: string } | { readonly refused: PhraseKey }

/**
 * Sorts a file: `magic` is the MIME type that its first bytes tell (null: none), `head` are those bytes. What the
 * sender's tool claims decides only where bytes cannot: whether a film without pictures is a voice note, and what an
 * old office file or a plain text is, by its name.
 */
export function sortOf(magic: string | null, head: Buffer, name: string, claimed: string): Sort {
  const ending = /\.([a-z0-9]{1,12})$/i.exec(name.trim())?.[1]?.toLowerCase() ?? ''
  if (magic === null) return textual(head, ending)
  const type = magic.split(';')[0] ?? magic
  if (photos.includes(type)) return { kind: 'photo', type }
  if (voices.includes(type)) return { kind: 'voice', type }
  if (videos.includes(type)) return { kind: claimed.startsWith('audio/') ? 'voice' : 'video', type }
  if (documents.includes(type)) return { kind: 'document', type }
  if (type === 'application/x-cfb') return oldOffice(ending)
  if (type.includes('macroenabled')) return { refused: 'file.macros' }
  if (archives.includes(type)) return { refused: 'file.archive' }
  if (programs.includes(type)) return { refused: 'file.program' }
  if (type === 'application/xml') return { refused: 'file.page' }
  return { refused: 'file.unknown' }
}

const photos = ['jpeg', 'png', 'apng', 'gif', 'webp', 'heic', 'heif', 'heic-sequence', 'heif-sequence', 'avif']
  .concat('tiff', 'bmp', 'jxl', 'x-adobe-dng')
  .map(name => `image/${name}`)
const videos = ['mp4', 'quicktime', 'webm', 'matroska', '3gpp', '3gpp2', 'x-m4v', 'vnd.avi', 'mpeg', 'mp2t', 'ogg']
  .concat('x-ms-asf', 'MP1S', 'MP2P')
  .map(name => `video/${name}`)
const voices = ['mpeg', 'mp4', 'x-m4a', 'ogg', 'wav', 'amr', 'aac', 'flac', 'aiff', 'x-ms-asf']
  .map(name => `audio/${name}`)
  .concat('application/ogg')
const office = 'application/vnd.openxmlformats-officedocument'
const documents = [
  'application/pdf',
  'application/rtf',
  `${office}.wordprocessingml.document`,
  `${office}.spreadsheetml.sheet`,
  `${office}.presentationml.presentation`,
  `${office}.presentationml.slideshow`,
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.presentation',
  'text/calendar',
  'text/vcard',
]
const archives = ['zip', 'gzip', 'zstd', 'x-7z-compressed', 'x-rar-compressed', 'x-tar', 'x-bzip2', 'x-xz', 'x-lzip']
  .concat('x-lz4', 'x-compress', 'x-lzh-compressed', 'vnd.ms-cab-compressed', 'x-cpio', 'x-arj', 'x-ace-compressed')
  .concat('x-unix-archive', 'x-apple-diskimage')
  .map(name => `application/${name}`)
const programs = ['x-msdownload', 'x-elf', 'x-mach-binary', 'wasm', 'java-vm', 'java-archive', 'x-shockwave-flash']
  .concat('vnd.android.package-archive', 'x-google-chrome-extension', 'x-xpinstall', 'x-deb', 'x-rpm', 'x-asar')
  .concat('x.ms.shortcut', 'x.apple.alias', 'x-ms-regedit', 'vnd.ms-htmlhelp')
  .map(name => `application/${name}`)

const oldOffices: Readonly<Record<string, string>> = {
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
}
const scripts = ['js', 'mjs', 'cjs', 'ts', 'jse', 'vbs', 'vbe', 'wsf', 'wsh', 'hta', 'ps1', 'psm1', 'bat', 'cmd', 'com']
  .concat('sh', 'bash', 'zsh', 'command', 'py', 'pyw', 'rb', 'pl', 'php', 'lua', 'jar', 'scr', 'reg', 'inf', 'lnk')
  .concat('desktop', 'url', 'scpt', 'applescript')
const pages = ['html', 'htm', 'xhtml', 'shtml', 'mht', 'mhtml', 'svg', 'xml', 'xsl', 'xslt']

const control = /(?!\s)\p{Cc}/v
const markup = /^\s*<(!doctype|!--|\?xml|head|body|math)\b|<(html|script|svg|iframe|object|embed)\b/i

/** An installer has the same bytes at its head as an old office document. */
function oldOffice(ending: string): Sort {
  const type = oldOffices[ending]
  if (type) return { kind: 'document', type }
  return { refused: ending === 'msi' || ending === 'msp' ? 'file.program' : 'file.unknown' }
}

function textual(head: Buffer, ending: string): Sort {
  const text = textOf(head)
  if (text === null) return { refused: 'file.unknown' }
  if (text.startsWith('#!') || scripts.includes(ending)) return { refused: 'file.program' }
  if (pages.includes(ending) || markup.test(text)) return { refused: 'file.page' }
  return { kind: 'document', type: 'text/plain' }
}

/** The text that starts with these bytes; null if they are none. Bytes cut off in the middle of a letter are text. */
function textOf(head: Buffer): string | null {
  const marked = head.length > 1 && ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff))
  try {
    const encoding = marked ? (head[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8'
    const text = new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true })
    return control.test(text) ? null : text
  } catch {
    return latin(head)
  }
}

/** Old programs write a letter a byte: text too, while it has no control characters. */
function latin(head: Buffer): string | null {
  const text = head.toString('latin1')
  return control.test(text) ? null : text
}
